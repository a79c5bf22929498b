/** Connections to PostgreSQL: their settings, their types, and which errors mean that the server could not be reached. */
import pg from 'pg';

/** Milliseconds; what takes longer is stopped by the server. Requests have less (`pool.ts`). */
const statementTimeout = 60_000;
const connectTimeout = 10_000;

/** `bigint` as a number: our integers are times and counts, far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === 20 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

export interface ConnectionSettings {
  /** `postgres://user:password@host:port/database?…` */
  readonly url: string;
  /** Seen in `pg_stat_activity`. */
  readonly applicationName: string;
}

export function connectionOptions({ url, applicationName }: ConnectionSettings): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    types,
    keepAlive: true,
    connectionTimeoutMillis: connectTimeout,
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: statementTimeout,
  };
}

const lostCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOENT',
  'EAI_AGAIN',
  'ENOTFOUND',
  // Ended by an administrator, by a crash, or not open yet; too many connections; a standby after a fail-over.
  '57P01',
  '57P02',
  '57P03',
  '57P05',
  '53300',
  '25006',
  '25P03',
]);

/** Whether the server was lost or is not there, rather than that it refused what was asked. */
export function isLost(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (typeof code === 'string') return lostCodes.has(code) || code.startsWith('08');
  return (
    typeof message === 'string' &&
    /connection terminated|connection error|timeout exceeded|query read timeout|not queryable/i.test(message)
  );
}

/** Whether there is no room, on the disk or in its limits. */
export const isFull = (error: unknown): boolean => (error as { code?: unknown }).code === '53100';

/** Why the server refuses this user whatever is asked, for callers: rights and passwords may change while a server works. */
export const refusalOf = (error: unknown): string | undefined => refusals[String((error as { code?: unknown }).code)];

const refusals: Readonly<Record<string, string>> = {
  '28P01': 'The database refuses the password of this server.',
  '28000': 'The database refuses the user of this server.',
  '3D000': 'The database of this server does not exist any more.',
  '42501': 'The database refuses this server a right that it needs.',
};

/** Whether the same statements can succeed when they are sent again: a deadlock, a time-out, a conflict of transactions. */
export function isPassing(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === '40P01' || code === '40001' || code === '57014' || code === '55P03';
}

/** The address without its password, for sentences. */
export function shownUrl(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname || 'localhost'}${port && `:${port}`}${pathname}`;
  } catch {
    return 'the given address';
  }
}

/** What keeps a server from using the database, and what to do about it. */
export function openingProblem(url: string, error: unknown): Error {
  const { code, message } = error as { code?: string; message: string };
  const at = shownUrl(url);
  const sentence =
    openingSentences[code ?? '']?.(at) ??
    (isLost(error) ? `The database at ${at} (--database-url) cannot be reached: ${message}` : undefined);
  return sentence === undefined ? (error as Error) : new Error(sentence, { cause: error });
}

const openingSentences: Readonly<Record<string, (at: string) => string>> = {
  '28P01': (at) => `The database at ${at} refuses the user or the password of --database-url.`,
  '28000': (at) => `The database at ${at} refuses the user of --database-url.`,
  '3D000': (at) => `There is no database at ${at} (--database-url): make it with createdb.`,
  '42501': (at) =>
    `The user of --database-url may not make tables in the database at ${at}: give it the right CREATE on its schema.`,
  ECONNREFUSED: (at) => `No PostgreSQL answers at ${at} (--database-url): start it, or correct the address.`,
  ENOTFOUND: (at) => `The host of ${at} (--database-url) is not known.`,
};

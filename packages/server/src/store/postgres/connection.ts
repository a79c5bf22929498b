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

/**
 * What keeps a program from using the database, and what to do about it.
 *
 * @param flag by which the address was given
 */
export function openingProblem(url: string, error: unknown, flag = '--database-url'): Error {
  const { code = '', message } = error as { code?: string; message: string };
  const place: Place = { at: shownUrl(url), flag, message: message.replace(/\.$/, '') };
  const sentence = openingSentences[code]?.(place) ?? sentenceOfKind(code, error)?.(place);
  return sentence === undefined ? (error as Error) : new Error(sentence, { cause: error });
}

interface Place {
  readonly at: string;
  readonly flag: string;
  /** What the driver or the server says. */
  readonly message: string;
}

type Sentence = (place: Place) => string;

const openingSentences: Readonly<Record<string, Sentence>> = {
  '28P01': ({ at, flag }) => `The database at ${at} refuses the user or the password of ${flag}.`,
  // Also when it takes no connection without TLS, or with it; only its own words tell.
  '28000': ({ at, flag, message }) => `The database at ${at} refuses the user of ${flag}: ${message}.`,
  '3D000': ({ at, flag }) => `There is no database at ${at} (${flag}): make it with createdb.`,
  '42501': ({ at, flag }) =>
    `The user of ${flag} may not make tables in the database at ${at}: give it the right CREATE on its schema.`,
  ECONNREFUSED: ({ at, flag }) => `No PostgreSQL answers at ${at} (${flag}): start it, or correct the address.`,
  ENOTFOUND: ({ at, flag }) => `The host of ${at} (${flag}) is not known.`,
  ERR_INVALID_URL: ({ flag }) =>
    `${flag} is no address of a database: special characters in its user and password are written as %XX.`,
};

function sentenceOfKind(code: string, error: unknown): Sentence | undefined {
  const { message } = error as Error;
  if (/^(?:SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_)/.test(code) || /\bSSL\b/.test(message))
    return (place) =>
      `The database at ${place.at} (${place.flag}) cannot be used with TLS: ${place.message}. What its address says of sslmode decides.`;
  if (/password must be a/.test(message))
    return ({ at, flag }) => `The database at ${at} asks for a password, and ${flag} has none.`;
  if (isLost(error))
    return (place) => `The database at ${place.at} (${place.flag}) cannot be reached: ${place.message}.`;
  // What has no code is a sentence of ours.
  if (/^[0-9A-Z]{5}$/.test(code))
    return (place) => `The database at ${place.at} (${place.flag}) cannot be used: ${place.message}.`;
  return undefined;
}

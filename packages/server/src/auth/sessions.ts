/**
 * Sessions of workers: a random value in a cookie, its hash in a row. A session ends when it was not used for `idle`
 * milliseconds, `absolute` milliseconds after sign-in, at sign-out, when another password is set, when the worker is
 * disabled and when the workforce gets its people from elsewhere. Session and worker are read at every request, so that an
 * end is an end at once; what another node does to the workforce is known within a second (`store/postgres/read.ts`).
 */
import type { Exchange } from '../context.ts';
import { type Change, discard, insert, update } from '../domain/change.ts';
import type { Session, Worker } from '../domain/rows.ts';
import { newSecret } from '../id.ts';
import type { Store } from '../store/store.ts';
import { cookiesNamed } from './cookies.ts';
import { seal, unseal } from './sealed.ts';
import { hashSecret, isSecret } from './secrets.ts';

export interface SessionLimits {
  /** Milliseconds without a request after which a session ends. */
  readonly idle: number;
  /** Milliseconds after sign-in at which a session ends in any case. */
  readonly absolute: number;
}

export const defaultSessionLimits: SessionLimits = { idle: 12 * 3_600_000, absolute: 7 * 86_400_000 };

/** A session is written again only when it was last seen this long ago (milliseconds): most requests write nothing. */
const touchEvery = 60_000;

/** The session that a request belongs to, and its worker; undefined when it belongs to none. */
export async function findSession(
  store: Store,
  exchange: Exchange,
  now: number,
): Promise<{ session: Session; worker: Worker } | undefined> {
  const value = cookieValue(exchange);
  const found = value === undefined ? undefined : await store.sessionWithWorker(hashSecret(value));
  return found && found.session.expiresAt > now && found.worker.status === 'active' ? found : undefined;
}

/** Moves the idle limit on. Losing against another request of the same session is no loss. */
export async function touchSession(store: Store, session: Session, limits: SessionLimits, now: number): Promise<void> {
  if (now - session.lastSeenAt < touchEvery) return;
  await store.save([update('sessions', session, { lastSeenAt: now, expiresAt: expiryOf(session, limits, now) })]);
}

/**
 * Opens a session for a worker, ends the one that the same browser had and clears away some that are long over.
 * The caller's save also guards the worker's row, so that a password that is changed or a worker who is disabled at the
 * same moment wins.
 */
export async function openSession(
  store: Store,
  exchange: Exchange,
  session: { worker: Worker; limits: SessionLimits; now: number; idToken?: string | undefined },
): Promise<{ cookie: string; changes: readonly Change[] }> {
  const { worker, limits, now, idToken } = session;
  const value = newSecret();
  const expiresAt = expiryOf({ createdAt: now }, limits, now);
  const over = await store.expiredSessions(now, 20);
  const changes = [
    insert('sessions', {
      idHash: hashSecret(value),
      workerId: worker.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt,
      signOutHint: idToken === undefined || idToken.length > longestHint ? null : seal({ idToken }, value, hintUse),
    }),
    ...endSession(exchange),
    ...over.map(({ idHash }) => discard('sessions', idHash)),
  ];
  return { cookie: cookie(value, limits.absolute, exchange.secure), changes };
}

/**
 * The ID token with which the provider began the session of a request, or undefined. It is sealed with the cookie's value, of
 * which the rows have a hash only: who reads the database reads no token.
 */
export async function idTokenOf(store: Store, exchange: Exchange): Promise<string | undefined> {
  const value = cookieValue(exchange);
  const session = value === undefined ? undefined : await store.session(hashSecret(value));
  return session?.signOutHint ? unseal<{ idToken: string }>(session.signOutHint, value!, hintUse)?.idToken : undefined;
}

const hintUse = 'holdpoint sign-out hint';
/** Characters: it goes into an address, of which servers read some thousand. */
const longestHint = 6000;

/** Ends the session of the browser that asks, if it has one. */
export function endSession(exchange: Exchange): Change[] {
  const value = cookieValue(exchange);
  return value === undefined ? [] : [discard('sessions', hashSecret(value))];
}

/** Ends all sessions of a worker. */
export async function endSessionsOf(store: Store, workerId: string): Promise<Change[]> {
  return (await store.sessionsOfWorker(workerId)).map(({ idHash }) => discard('sessions', idHash));
}

/** The `Set-Cookie` value that makes a browser forget its session. */
export const endedCookie = (secure: boolean): string => cookie('', 0, secure);

const expiryOf = (session: { createdAt: number }, limits: SessionLimits, now: number): number =>
  Math.min(now + limits.idle, session.createdAt + limits.absolute);

/** The `__Host-` prefix ties the cookie to this host and path, but browsers accept it only over https. */
const cookieName = (secure: boolean): string => (secure ? '__Host-holdpoint' : 'holdpoint');

function cookie(value: string, maxAge: number, secure: boolean): string {
  const attributes = ['Path=/', `Max-Age=${Math.floor(maxAge / 1000)}`, 'HttpOnly', 'SameSite=Lax'];
  return [`${cookieName(secure)}=${value}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ');
}

const cookieValue = (exchange: Exchange): string | undefined =>
  cookiesNamed(exchange, cookieName(exchange.secure)).find(isSecret);

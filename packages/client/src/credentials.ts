/** Credentials as a program gives them, and their renewal before they expire. */
import type { Credentials } from '@holdpoint/protocol';
import { NoCredentialsError, PartialCredentialsError } from './errors.ts';

export interface ProvidedCredentials extends Credentials {
  /** When they end; without it they hold. */
  readonly expiration?: Date | undefined;
}

/** Gives credentials when they are needed; those of AWS's own packages fit. */
export type CredentialsProvider = () => Promise<ProvidedCredentials>;

/** Credentials that expire within so many milliseconds are asked for anew, as botocore does; short-lived ones at half-time. */
const renewalTime = 10 * 60_000;

/**
 * The credentials of a client.
 *
 * @param credentials what the program gives, or else what its surroundings have.
 * @throws PartialCredentialsError when one half is missing; the provider itself NoCredentialsError when there are none.
 */
export function providerOf(
  credentials: Credentials | CredentialsProvider | undefined,
  now: () => number,
): CredentialsProvider {
  if (typeof credentials === 'function') return renewed(async () => whole(await credentials(), 'a provider'), now);
  const given = credentials && whole(credentials, 'explicit');
  return async () => {
    if (given === undefined) throw new NoCredentialsError();
    return given;
  };
}

function whole(credentials: ProvidedCredentials, place: string): ProvidedCredentials {
  for (const half of ['accessKeyId', 'secretAccessKey'] as const)
    if (!credentials?.[half]) throw new PartialCredentialsError(place, half);
  // An empty token is none: programs take it from a variable that may not be set.
  return { ...credentials, sessionToken: credentials.sessionToken || undefined };
}

/**
 * Keeps what a provider gave until shortly before it ends. A failure is forgotten, so that the next call asks again; until
 * they end the old ones are as good.
 */
function renewed(provider: CredentialsProvider, now: () => number): CredentialsProvider {
  let current: Promise<ProvidedCredentials> | undefined;
  let renewAt = Number.POSITIVE_INFINITY;
  return () => {
    const time = now();
    if (current !== undefined && time < renewAt) return current;
    const before = current;
    const asked = provider().then(
      (credentials) => {
        const left = credentials.expiration ? credentials.expiration.getTime() - time : Number.POSITIVE_INFINITY;
        renewAt = time + Math.max(left - renewalTime, left / 2);
        return credentials;
      },
      async (error: unknown) => {
        current = before;
        renewAt = time;
        const old = await before;
        if (old?.expiration && old.expiration.getTime() > time) return old;
        throw error;
      },
    );
    current = asked;
    renewAt = Number.POSITIVE_INFINITY;
    return asked;
  };
}

/**
 * Checks what authenticators sign (Web Authentication Level 3, 7.1 and 7.2). Challenge and origin are looked at here first,
 * so that the usual failures have sentences; signature, host, presence and verification are the library's.
 */
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { Passkey } from '../../domain/rows.ts';
import { hashSecret } from '../secrets.ts';
import { algorithms } from './options.ts';
import type { PasskeyPlace } from './place.ts';
import { RefusedPasskey } from './refused-passkey.ts';

/** What a new passkey is known by. */
export type NewPasskey = Pick<Passkey, 'id' | 'credentialId' | 'publicKey' | 'counter' | 'transports' | 'rpId'>;

interface Expected {
  readonly place: PasskeyPlace;
  /** Whether a challenge is one that may be answered now. */
  readonly isOpen: (challenge: string) => boolean;
}

/** Loaded with the first passkey: a server without them never needs it. */
const load = () => import('@simplewebauthn/server');

/** @throws RefusedPasskey unless it is a new key for this place, made by somebody who was verified. */
export async function verifyNewPasskey(
  credential: unknown,
  expected: Expected,
): Promise<{ passkey: NewPasskey; challenge: string }> {
  const rpId = hostOf(expected.place);
  const challenge = challengeOf(credential, 'webauthn.create', expected);
  const response = credential as RegistrationResponseJSON;
  const { registrationInfo } = await checked(async () => {
    const { verifyRegistrationResponse } = await load();
    return verifyRegistrationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: expected.place.origin,
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: [...algorithms],
    });
  });
  if (!registrationInfo) throw unverified();
  const { id, publicKey, counter } = registrationInfo.credential;
  const passkey: NewPasskey = {
    id: hashSecret(id),
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    transports: transportsOf(response),
    rpId,
  };
  return { passkey, challenge };
}

/** The id of the passkey that an assertion names, and whom it names as its owner. */
export function namedPasskey(credential: unknown): { id: string; userHandle: string | undefined } {
  const { id, response } = (credential ?? {}) as { id?: unknown; response?: { userHandle?: unknown } };
  if (typeof id !== 'string' || id.length > 2000) throw unverified();
  const handle = response?.userHandle;
  return {
    id: hashSecret(id),
    userHandle: typeof handle === 'string' ? Buffer.from(handle, 'base64url').toString('utf8') : undefined,
  };
}

/** @throws RefusedPasskey unless the passkey signed it here, just now, for somebody who was verified. */
export async function verifyPasskey(
  credential: unknown,
  passkey: Passkey,
  expected: Expected,
): Promise<{ counter: number; challenge: string }> {
  const rpId = hostOf(expected.place);
  const challenge = challengeOf(credential, 'webauthn.get', expected);
  const { verified, authenticationInfo } = await checked(async () => {
    const { verifyAuthenticationResponse } = await load();
    return verifyAuthenticationResponse({
      response: credential as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: expected.place.origin,
      expectedRPID: rpId,
      credential: {
        id: passkey.credentialId,
        publicKey: Buffer.from(passkey.publicKey, 'base64url'),
        counter: passkey.counter,
      },
      requireUserVerification: true,
    });
  });
  if (!verified) throw unverified();
  return { counter: authenticationInfo.newCounter, challenge };
}

export function hostOf(place: PasskeyPlace): string {
  if (place.rpId === undefined) throw new RefusedPasskey(place.problem);
  return place.rpId;
}

/** The challenge that was signed, by what the browser says that it signed. */
function challengeOf(credential: unknown, type: string, { place, isOpen }: Expected): string {
  const said = clientDataOf(credential);
  if (said.type !== type) throw unverified();
  if (said.origin !== place.origin)
    throw new RefusedPasskey(`Passkeys work at ${place.origin} only. Please open the portal there.`);
  if (typeof said.challenge !== 'string' || !isOpen(said.challenge)) throw overdue();
  return said.challenge;
}

function clientDataOf(credential: unknown): { type?: unknown; origin?: unknown; challenge?: unknown } {
  const { response } = (credential ?? {}) as { response?: { clientDataJSON?: unknown } };
  if (typeof response?.clientDataJSON !== 'string') throw unverified();
  try {
    const said: unknown = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8'));
    if (typeof said === 'object' && said !== null) return said;
  } catch {
    // Falls through to the one sentence below.
  }
  throw unverified();
}

/** The library throws plain errors with sentences for programmers. */
async function checked<T>(verify: () => Promise<T>): Promise<T> {
  try {
    return await verify();
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    if (/counter/i.test(message))
      throw new RefusedPasskey(
        'This passkey was used elsewhere since it was used here, so there may be a copy of it. Sign in in another way, and remove it.',
      );
    if (/user verification/i.test(message))
      throw new RefusedPasskey('The passkey must check that it is you, by fingerprint, face or PIN. Please try again.');
    if (/RP ID/i.test(message)) throw new RefusedPasskey('This passkey belongs to another site.');
    throw unverified();
  }
}

const unverified = () => new RefusedPasskey('What the passkey signed could not be verified. Please try again.');

export const overdue = () =>
  new RefusedPasskey('This request for a passkey is over, or it was answered already. Please try again.');

export const unknownPasskey = () =>
  new RefusedPasskey('This passkey is not known here, or it was removed. Please sign in in another way.');

const transportsOf = ({ response }: RegistrationResponseJSON): readonly string[] =>
  (Array.isArray(response.transports) ? response.transports : [])
    .filter((one) => typeof one === 'string' && /^[a-z-]{1,20}$/.test(one))
    .slice(0, 8);

/** What browsers are asked for, in the JSON form of Web Authentication Level 3. */
import type { Passkey, Worker } from '../../domain/rows.ts';

/** Milliseconds for finding the authenticator. */
const timeout = 5 * 60_000;
/** EdDSA, ECDSA and RSA: one of them every authenticator has. */
export const algorithms = [-8, -7, -257];

const described = (passkeys: readonly Passkey[]) =>
  passkeys.map(({ credentialId, transports }) => ({ type: 'public-key', id: credentialId, transports }));

/** A new passkey that is found without a name (discoverable) and checks who uses it. */
export const creationOptions = (input: {
  challenge: string;
  rpId: string;
  rpName: string;
  worker: Worker;
  passkeys: readonly Passkey[];
}) => ({
  challenge: input.challenge,
  rp: { id: input.rpId, name: input.rpName },
  user: {
    id: Buffer.from(input.worker.id, 'utf8').toString('base64url'),
    name: input.worker.emailAsGiven,
    displayName: input.worker.name,
  },
  pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
  timeout,
  attestation: 'none',
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  excludeCredentials: described(input.passkeys),
});

/** Without passkeys the browser offers those that it has for this host. */
export const requestOptions = (input: { challenge: string; rpId: string; passkeys?: readonly Passkey[] }) => ({
  challenge: input.challenge,
  rpId: input.rpId,
  timeout,
  userVerification: 'required',
  allowCredentials: described(input.passkeys ?? []),
});

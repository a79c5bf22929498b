// Passkeys in the browser: the JSON that the server speaks, and the bytes that Web Authentication takes. Browsers have their own
// conversion only since 2025, so it is here.
import type { PasskeyOptionsResponse, PasskeyPlaceView } from '@holdpoint/protocol';

type Options = PasskeyOptionsResponse['publicKey'];

/** Why passkeys cannot be used in this browser, here; undefined where they can. */
export function passkeyProblem({ origin, problem }: PasskeyPlaceView): string | undefined {
  if (problem !== undefined) return problem;
  if (location.origin !== origin) return `Passkeys work at ${origin}. This page is at ${location.origin}.`;
  return passkeysKnown() ? undefined : 'This browser knows no passkeys.';
}

export const passkeysKnown = (): boolean => typeof window.PublicKeyCredential === 'function';

/** Whether the browser offers passkeys in the field of the e-mail address, without being asked. */
export const offersPasskeys = async (): Promise<boolean> =>
  passkeysKnown() && ((await PublicKeyCredential.isConditionalMediationAvailable?.()) ?? false);

/** Makes a passkey; rejects with `Dismissed` when the worker does not want to after all. */
export async function createPasskey(options: Options): Promise<object> {
  const { user, excludeCredentials, ...rest } = options as Options & {
    user: { id: string };
    excludeCredentials: readonly { id: string }[];
  };
  const publicKey = {
    ...rest,
    challenge: bytesOf(options.challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map((one) => ({ ...one, id: bytesOf(one.id) })),
  } as unknown as PublicKeyCredentialCreationOptions;
  const credential = await asked(navigator.credentials.create({ publicKey }));
  const response = credential.response as AuthenticatorAttestationResponse;
  return described(credential, {
    attestationObject: textOf(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  });
}

/** Has a passkey sign; `mediation` conditional waits until the worker chooses one in the field of the e-mail address. */
export async function usePasskey(
  options: Options,
  more: { mediation?: 'conditional'; signal?: AbortSignal } = {},
): Promise<object> {
  const { allowCredentials, ...rest } = options as Options & { allowCredentials: readonly { id: string }[] };
  const publicKey = {
    ...rest,
    challenge: bytesOf(options.challenge),
    allowCredentials: allowCredentials.map((one) => ({ ...one, id: bytesOf(one.id) })),
  } as unknown as PublicKeyCredentialRequestOptions;
  const credential = await asked(navigator.credentials.get({ ...more, publicKey }));
  const response = credential.response as AuthenticatorAssertionResponse;
  return described(credential, {
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    ...(response.userHandle && { userHandle: textOf(response.userHandle) }),
  });
}

/** The worker closed the browser's dialog, or it was closed for another one. */
export class Dismissed extends Error {}
/** The browser or the authenticator did not do it; the message is a sentence. */
export class NoPasskey extends Error {}

async function asked(request: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await request;
    if (credential !== null) return credential as PublicKeyCredential;
  } catch (error) {
    const { name } = error as { name?: string };
    if (name === 'NotAllowedError' || name === 'AbortError') throw new Dismissed();
    if (name === 'InvalidStateError') throw new NoPasskey('This device has a passkey for you already.');
    if (name === 'SecurityError') throw new NoPasskey('Passkeys cannot be used at this address.');
  }
  throw new NoPasskey('The passkey could not be used. Please try again, or choose another way.');
}

const described = ({ id, rawId, type, response }: PublicKeyCredential, more: object): object => ({
  id,
  rawId: textOf(rawId),
  type,
  response: { clientDataJSON: textOf(response.clientDataJSON), ...more },
  clientExtensionResults: {},
});

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

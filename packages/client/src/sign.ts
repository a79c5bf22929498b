/** Signature Version 4 with WebCrypto, which Node and browsers share. */
import {
  type Credentials,
  hashable,
  prepareSignature,
  type Scope,
  type SignableRequest,
  stringToSign,
  toHex,
} from '@holdpoint/protocol';

/** Gives the headers to add to a request, its signature among them. `service` is always SageMaker's, as in A2I. */
export type Signer = (request: SignableRequest, body: string, now: Date) => Promise<Record<string, string>>;

const service = 'sagemaker';

export function createSigner(credentials: Credentials, region: string): Signer {
  // One key holds for a day, so that most signatures need one HMAC instead of five.
  let cached: { date: string; key: Promise<Uint8Array> } | undefined;
  const keyOf = (scope: Scope): Promise<Uint8Array> => {
    if (cached?.date !== scope.date) cached = { date: scope.date, key: signingKey(credentials.secretAccessKey, scope) };
    return cached.key;
  };

  return async (request, body, now) => {
    const payloadHash = await sha256Hex(body);
    const unsigned = prepareSignature({ ...request, payloadHash }, credentials, { region, service, now });
    const text = stringToSign(unsigned.amzDate, unsigned.scope, await sha256Hex(hashable(unsigned.canonicalRequest)));
    return unsigned.finish(toHex(await hmac(await keyOf(unsigned.scope), text)));
  };
}

async function signingKey(secretAccessKey: string, { date, region, service }: Scope): Promise<Uint8Array> {
  let key: Uint8Array = bytes(`AWS4${secretAccessKey}`);
  for (const part of [date, region, service, 'aws4_request']) key = await hmac(key, part);
  return key;
}

async function sha256Hex(data: string | Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes(data))));
}

async function hmac(key: Uint8Array, text: string): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await crypto.subtle.importKey('raw', bytes(key), algorithm, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, bytes(text)));
}

const bytes = (data: string | Uint8Array): Uint8Array<ArrayBuffer> =>
  typeof data === 'string' ? new TextEncoder().encode(data) : new Uint8Array(data);

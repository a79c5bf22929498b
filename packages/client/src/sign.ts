/** Signature Version 4 with the hash functions of the runtime. */
import {
  type Credentials,
  emptyHash,
  hashable,
  type PresignOptions,
  preparePresignedUrl,
  prepareSignature,
  type Scope,
  type SignableRequest,
  stringToSign,
  toHex,
  type UnsignedRequest,
} from '@holdpoint/protocol';

/** Hash functions, synchronous or not. Strings are hashed as UTF-8. */
export interface RuntimeHashing {
  sha256Hex(data: string | Uint8Array): string | Promise<string>;
  /** HMAC-SHA256. */
  hmac(key: Uint8Array, text: string): Uint8Array | Promise<Uint8Array>;
}

export interface SignatureScope {
  readonly region: string;
  /** What the signature is for: `sagemaker` for both of A2I's services, or `s3`. */
  readonly service: 'sagemaker' | 's3';
}

export interface Signer {
  /** The headers to add to a request, its signature among them. */
  sign(
    request: SignableRequest,
    body: string,
    credentials: Credentials,
    scope: SignatureScope,
    now: Date,
  ): Promise<Record<string, string>>;
  /** A URL that carries its signature. */
  presign(options: PresignOptions): Promise<string>;
}

export function createSigner(hashing: RuntimeHashing): Signer {
  // A key holds for a day, so that most signatures need one HMAC instead of five.
  const keys = new Map<string, Promise<Uint8Array>>();

  function keyOf(secretAccessKey: string, scope: Scope): Promise<Uint8Array> {
    const of = `${scope.date}/${scope.region}/${scope.service}/${secretAccessKey}`;
    const known = keys.get(of);
    if (known !== undefined) return known;
    if (keys.size >= 8) keys.clear();
    const key = signingKey(hashing, secretAccessKey, scope);
    keys.set(of, key);
    return key;
  }

  async function signatureOf(
    { amzDate, scope, canonicalRequest }: Omit<UnsignedRequest, 'finish'>,
    secretAccessKey: string,
  ): Promise<string> {
    const text = stringToSign(amzDate, scope, await hashing.sha256Hex(hashable(canonicalRequest)));
    return toHex(await hashing.hmac(await keyOf(secretAccessKey, scope), text));
  }

  return {
    async sign(request, body, credentials, scope, now) {
      const payloadHash = body === '' ? emptyHash : await hashing.sha256Hex(body);
      const s3 = scope.service === 's3';
      const unsigned = prepareSignature({ ...request, payloadHash }, credentials, { ...scope, now, s3 });
      return unsigned.finish(await signatureOf(unsigned, credentials.secretAccessKey));
    },
    async presign(options) {
      const unsigned = preparePresignedUrl(options);
      return unsigned.finish(await signatureOf(unsigned, options.credentials.secretAccessKey));
    },
  };
}

async function signingKey(hashing: RuntimeHashing, secretAccessKey: string, scope: Scope): Promise<Uint8Array> {
  let key: Uint8Array = new TextEncoder().encode(`AWS4${secretAccessKey}`);
  for (const part of [scope.date, scope.region, scope.service, 'aws4_request']) key = await hashing.hmac(key, part);
  return key;
}

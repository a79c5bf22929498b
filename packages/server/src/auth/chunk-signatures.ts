import { type ApiError, chunkStringToSign, type Scope, toHex, trailerStringToSign } from '@holdpoint/protocol';
import { equalInConstantTime, hashing } from './hashing.ts';

/** Checks the chain of signatures of an `aws-chunked` body: each covers the one before it, the first the request's own. */
export interface ChunkSignatures {
  /** `sha256Hex` of the chunk's data; the last chunk is empty and has a signature too. Throws when it is not the next one. */
  verifyChunk(sha256Hex: string, signature: string): void;
  /** `sha256Hex` of the trailing headers, `name:value\n` each. */
  verifyTrailer(sha256Hex: string, signature: string): void;
}

export function chunkSignatures(
  key: Uint8Array,
  amzDate: string,
  scope: Scope,
  requestSignature: string,
  refuse: () => ApiError,
): ChunkSignatures {
  let previous = requestSignature;
  const verify = (stringToSign: string, signature: string): void => {
    const expected = toHex(hashing.hmac(key, stringToSign));
    if (!equalInConstantTime(expected, signature)) throw refuse();
    previous = expected;
  };
  return {
    verifyChunk: (sha256Hex, signature) => verify(chunkStringToSign(amzDate, scope, previous, sha256Hex), signature),
    verifyTrailer: (sha256Hex, signature) =>
      verify(trailerStringToSign(amzDate, scope, previous, sha256Hex), signature),
  };
}

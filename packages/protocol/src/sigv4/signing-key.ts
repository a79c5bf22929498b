import type { Hashing } from './hashing.ts';

/** The key that signs for one day, region and service; it may be cached for as long as the secret holds. */
export function signingKey(
  hashing: Hashing,
  secretAccessKey: string,
  date: string,
  region: string,
  service: string,
): Uint8Array {
  const dateKey = hashing.hmac(`AWS4${secretAccessKey}`, date);
  return hashing.hmac(hashing.hmac(hashing.hmac(dateKey, region), service), 'aws4_request');
}

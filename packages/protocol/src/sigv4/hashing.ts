/** The hash functions that the caller brings, synchronous: Node has them in `node:crypto`. Strings are hashed as UTF-8. */
export interface Hashing {
  sha256Hex(data: string | Uint8Array): string;
  /** HMAC-SHA256. */
  hmac(key: Uint8Array | string, data: string): Uint8Array;
}

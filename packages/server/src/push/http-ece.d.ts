declare module 'http_ece' {
  import type { ECDH } from 'node:crypto';

  /** Encrypts for a receiver; keys are base64url. */
  export function encrypt(
    plain: Buffer,
    options: {
      readonly version: 'aes128gcm';
      readonly dh: string;
      readonly privateKey: ECDH;
      readonly authSecret: string;
      readonly salt?: string;
    },
  ): Buffer;
}

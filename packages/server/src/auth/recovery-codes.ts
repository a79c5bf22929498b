/** Codes for the day on which the second factor is lost: each works once. Their hashes are kept; 80 random bits need no slower ones. */
import { randomBytes } from 'node:crypto';
import { hashSecret } from './secrets.ts';
import { toBase32 } from './totp.ts';

const howMany = 10;

/** Shown once, and their hashes. */
export function newRecoveryCodes(): { codes: readonly string[]; hashes: readonly string[] } {
  const codes = Array.from({ length: howMany }, () =>
    toBase32(randomBytes(10)).toLowerCase().match(/.{4}/g)!.join('-'),
  );
  return { codes, hashes: codes.map(recoveryCodeHash) };
}

/** Capitals, spaces and hyphens are the typist's. */
export const recoveryCodeHash = (code: string): string => hashSecret(code.replace(/[\s-]/g, '').toLowerCase());

/** Whether a text is meant as one, and not as the code of an app. */
export const isRecoveryCode = (code: string): boolean => /^[a-z2-7]{16}$/i.test(code.replace(/[\s-]/g, ''));

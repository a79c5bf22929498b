/** What is kept of a secret that a person carries (a cookie, a link): its SHA-256 in hexadecimal, never itself. */
import { createHash } from 'node:crypto';

export const hashSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** Whether a text has the form of a secret made by `newSecret`: 256 bits in base64url. */
export const isSecret = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);

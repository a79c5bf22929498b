/** Codes of authenticator apps: RFC 6238 with HMAC-SHA-1, six digits and steps of 30 seconds, which all of them know. */
import { createHmac, randomBytes } from 'node:crypto';
import { equalInConstantTime } from './hashing.ts';

const stepSeconds = 30;
/** By how many steps an app's clock may differ, either way. */
const tolerance = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits, as RFC 4226 recommends, in Base32. */
export const newTotpSecret = (): string => toBase32(randomBytes(20));

/** The code of a counter (RFC 4226, 5.3). */
export function hotp(key: Uint8Array, counter: number, digits: number): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const hash = createHmac('sha1', key).update(message).digest();
  const number = hash.readUInt32BE(hash[19]! & 0xf) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step whose code was given, or undefined when it is none of now.
 *
 * @param secret Base32
 * @param lastStep the step of the last code that was taken, or 0: neither it nor an earlier one is found
 * @param now milliseconds since 1970
 */
export function totpStep(secret: string, code: string, lastStep: number, now: number): number | undefined {
  const key = fromBase32(secret);
  const current = Math.floor(now / 1000 / stepSeconds);
  const steps = Array.from({ length: 2 * tolerance + 1 }, (_, index) => current - tolerance + index);
  return steps.find((step) => step > lastStep && equalInConstantTime(hotp(key, step, 6), code));
}

/** What apps read from a QR code (Key URI Format). */
export function totpUri(secret: string, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** RFC 4648, without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

export function fromBase32(text: string): Uint8Array {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (eight) => Number.parseInt(eight, 2));
}

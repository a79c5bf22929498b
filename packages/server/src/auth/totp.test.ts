import { expect, it } from 'vitest';
import { fromBase32, hotp, newTotpSecret, toBase32, totpStep, totpUri } from './totp.ts';

const key = Buffer.from('12345678901234567890');

// RFC 6238, appendix B.
it.each([
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
])('S2 the code of second %i is that of RFC 6238', (seconds, code) => {
  expect(hotp(key, Math.floor(seconds / 30), 8)).toBe(code);
});

// RFC 4226, appendix D.
it('S2 codes of six digits are those of RFC 4226', () => {
  const codes = Array.from({ length: 10 }, (_, counter) => hotp(key, counter, 6));
  expect(codes.join(' ')).toBe('755224 287082 359152 969429 338314 254676 287922 162583 399871 520489');
});

// RFC 4648, section 10, without padding.
it.each([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foobar', 'MZXW6YTBOI'],
])('S2 %s in Base32 is that of RFC 4648', (text, expected) => {
  expect(toBase32(Buffer.from(text))).toBe(expected);
  expect(Buffer.from(fromBase32(expected)).toString()).toBe(text);
});

it('S2 codes of the step before and after are taken too, those further away and those of taken steps are not', () => {
  const secret = toBase32(key);
  const now = 1_000_000 * 30_000;
  const found = (step: number, last = 0) => totpStep(secret, hotp(key, step, 6), last, now);
  expect([999_998, 999_999, 1_000_000, 1_000_001, 1_000_002].map((step) => found(step))).toEqual([
    undefined,
    999_999,
    1_000_000,
    1_000_001,
    undefined,
  ]);
  expect([999_999, 1_000_000, 1_000_001].map((step) => found(step, 1_000_000))).toEqual([
    undefined,
    undefined,
    1_000_001,
  ]);
  for (const code of ['', '12345', '1234567', 'é23456', '000000 '])
    expect(totpStep(secret, code, 0, now)).toBeUndefined();
});

it('S2 an app finds the secret in its address', () => {
  expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
  expect(totpUri('ABC', 'ada@example.com', 'Example & Co.')).toBe(
    'otpauth://totp/Example%20%26%20Co.:ada%40example.com?secret=ABC&issuer=Example%20%26%20Co.',
  );
});

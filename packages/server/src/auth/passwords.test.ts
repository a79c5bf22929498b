import { expect, it } from 'vitest';
import { hashPassword, passwordProblem, TooManyPasswords, verifyPassword } from './passwords.ts';

it.each([
  ['correct horse battery', undefined],
  ['zehn Zeich', undefined],
  ['too short', /at least 10/],
  ['😀😀😀😀😀abcd', /at least 10/],
  ['x'.repeat(1001), /at most 1000/],
  [' Ada@Example.com', /not your e-mail/],
  ['aaaaaaaaaaaaa', /different characters/],
])('%s', (password, problem) => {
  const found = passwordProblem(password, 'ada@example.com');
  if (problem) expect(found).toMatch(problem);
  else expect(found).toBeUndefined();
});

it('keeps argon2id hashes and checks them, however the characters were typed', async () => {
  const hash = await hashPassword('Ünïcödé pass');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await verifyPassword(hash, 'Ünïcödé pass'.normalize('NFD'))).toBe(true);
  expect(await verifyPassword(hash, 'Unicode pass')).toBe(false);
  expect(await verifyPassword(null, 'Ünïcödé pass')).toBe(false);
  expect(await verifyPassword('broken', 'Ünïcödé pass')).toBe(false);
});

it('refuses more than it can work off soon', async () => {
  const settled = await Promise.allSettled(Array.from({ length: 70 }, () => verifyPassword(null, 'x')));
  const refused = settled.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
  expect(refused).toHaveLength(6);
  expect(refused[0]!.reason).toBeInstanceOf(TooManyPasswords);
  expect(await verifyPassword(null, 'x')).toBe(false);
});

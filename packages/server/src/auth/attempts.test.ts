import { expect, it } from 'vitest';
import { createAttempts } from './attempts.ts';

const limits = { perEmail: 2, perAddress: 3, window: 1000, maxKeys: 100 };
const at = (now: number, email = 'ada@example.com', address = '192.0.2.1') => ({ email, address, now });

it('lets through what the window has room for, and says when there is room again', () => {
  const attempts = createAttempts(limits);
  expect([at(0), at(100)].map((attempt) => attempts.begin(attempt).allowed)).toEqual([true, true]);
  expect(attempts.begin(at(200))).toEqual({ allowed: false, retryAfterSeconds: 1 });
  // The refused attempt did not count: the window slides on.
  expect(attempts.begin(at(1000)).allowed).toBe(true);
  expect(attempts.begin(at(1050)).allowed).toBe(false);
  expect(attempts.begin(at(1100)).allowed).toBe(true);
});

it('counts a client over all addresses it tries', () => {
  const attempts = createAttempts(limits);
  for (const email of ['a', 'b', 'c']) expect(attempts.begin(at(0, email)).allowed).toBe(true);
  expect(attempts.begin(at(0, 'd')).allowed).toBe(false);
  expect(attempts.begin(at(0, 'd', '192.0.2.2')).allowed).toBe(true);
});

it('counts an IPv6 network as one client', () => {
  const attempts = createAttempts({ ...limits, perEmail: 100 });
  for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8:0:0:ffff::3'])
    expect(attempts.begin(at(0, 'a', address)).allowed).toBe(true);
  expect(attempts.begin(at(0, 'b', '2001:db8::4')).allowed).toBe(false);
  expect(attempts.begin(at(0, 'b', '2001:db8:0:1::1')).allowed).toBe(true);
});

it('does not count attempts that succeeded', () => {
  const attempts = createAttempts(limits);
  for (let count = 0; count < 10; count++) {
    const attempt = attempts.begin(at(count));
    if (!attempt.allowed) throw new Error(`attempt ${count} was refused`);
    attempt.succeeded();
  }
  expect(attempts.begin(at(10)).allowed).toBe(true);
});

it('counts attempts under way, so that many at once get no further', () => {
  const attempts = createAttempts(limits);
  const begun = [at(0), at(0), at(0), at(0)].map((attempt) => attempts.begin(attempt));
  expect(begun.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
});

it('leaves a worker in from where they signed in before, whoever else fails in their name', () => {
  const attempts = createAttempts(limits);
  const first = attempts.begin(at(0));
  if (first.allowed) first.succeeded();
  for (const address of ['198.51.100.1', '198.51.100.2', '198.51.100.3'])
    attempts.begin(at(0, 'ada@example.com', address));
  expect(attempts.begin(at(0, 'ada@example.com', '198.51.100.4')).allowed).toBe(false);
  expect(attempts.begin(at(0)).allowed).toBe(true);
});

it('remembers a bounded number of keys', () => {
  const attempts = createAttempts({ ...limits, maxKeys: 4 });
  for (let client = 0; client < 50; client++) attempts.begin(at(0, `w${client}`, `192.0.2.${client}`));
  expect([attempts.begin(at(0, 'w49', '192.0.2.49')), attempts.begin(at(0, 'w49', '192.0.2.49'))]).toMatchObject([
    { allowed: true },
    { allowed: false },
  ]);
});

import { beforeEach, describe, expect, it } from 'vitest';
import { createA2IRuntimeClient } from './index.ts';
import { testOptions } from './testing/options.ts';
import { json, scriptedTransport } from './testing/scripted-transport.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const minutes = 60_000;
const described = { HumanLoopName: 'a', HumanLoopStatus: 'InProgress', CreationTime: '2026-01-02T03:04:05Z' };

let waits: number[];
beforeEach(() => {
  waits = [];
});

/** A service whose clock is ahead by so much: it refuses signatures that are more than five minutes off. */
function serviceAhead(ahead: number, extra: Record<string, string> = {}, code = 'InvalidSignatureException') {
  return scriptedTransport(({ headers }: HttpRequest): HttpResponse => {
    const date = { date: new Date(now + ahead).toUTCString(), ...extra };
    const off = Math.abs(signedAt(headers) - (now + ahead));
    return off <= 5 * minutes
      ? json(described, date)
      : json({ message: 'Signature expired' }, { ...date, 'x-amzn-errortype': code }, 403);
  });
}

const signedAt = (headers: HttpRequest['headers']): number =>
  Date.parse(headers['x-amz-date']!.replace(/(....)(..)(..T..)(..)(..Z)/, '$1-$2-$3:$4:$5'));

const open = (transport: ReturnType<typeof scriptedTransport>, maxAttempts = 5) =>
  createA2IRuntimeClient(
    testOptions({ endpointUrl: 'http://127.0.0.1:1', transport, now: () => now, maxAttempts }, waits),
  );

const offsets = (transport: ReturnType<typeof scriptedTransport>): number[] =>
  transport.requests.map(({ headers }) => (signedAt(headers) - now) / minutes);

describe('a wrong clock', () => {
  it.each([60, -60, 6, -6, 24 * 60])('of %s minutes is corrected with one further request, for good', async (off) => {
    const transport = serviceAhead(off * minutes);
    const client = open(transport);
    expect(await client.describeHumanLoop({ HumanLoopName: 'a' })).toMatchObject({ HumanLoopName: 'a' });
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    expect(offsets(transport)).toEqual([0, off, off]);
    // Nobody waits for a clock.
    expect(waits).toEqual([]);
    const url = await client.generatePresignedUrl('describeHumanLoop', { params: { HumanLoopName: 'a' } });
    expect(url).toContain(`X-Amz-Date=${new Date(now + off * minutes).toISOString().replace(/[-:]|\.\d+/g, '')}`);
  });

  it.each([
    'InvalidSignatureException',
    'SignatureDoesNotMatch',
    'RequestTimeTooSkewed',
    'RequestExpired',
    'RequestInTheFuture',
    'AuthFailure',
  ])('is corrected after %s', async (code) => {
    const transport = serviceAhead(60 * minutes, {}, code);
    await open(transport).describeHumanLoop({ HumanLoopName: 'a' });
    expect(offsets(transport)).toEqual([0, 60]);
  });

  it('of several calls at once is corrected for each of them', async () => {
    const transport = serviceAhead(60 * minutes);
    const client = open(transport);
    const calls = ['a', 'b', 'c'].map((HumanLoopName) => client.describeHumanLoop({ HumanLoopName }));
    await expect(Promise.all(calls)).resolves.toHaveLength(3);
    expect(offsets(transport)).toEqual([0, 0, 0, 60, 60, 60]);
  });

  it.each([3, -3, 0.5])('of %s minutes is left alone', async (off) => {
    const transport = serviceAhead(off * minutes);
    const client = open(transport);
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    expect(offsets(transport)).toEqual([0, 0]);
  });

  it.each<readonly [what: string, headers: Record<string, string>]>([
    ['comes out of a cache', { age: '0' }],
    ['has no date', { date: '' }],
    ['has a bad date', { date: 'yesterday' }],
  ])('is not learned from an answer that %s', async (_what, headers) => {
    const transport = serviceAhead(60 * minutes, headers);
    await expect(open(transport).describeHumanLoop({ HumanLoopName: 'a' })).rejects.toMatchObject({
      code: 'InvalidSignatureException',
    });
    expect(offsets(transport)).toEqual([0]);
  });

  it('is no reason to send a wrong key a second time', async () => {
    const refusal = json(
      {},
      { date: new Date(now).toUTCString(), 'x-amzn-errortype': 'InvalidSignatureException' },
      403,
    );
    const transport = scriptedTransport(refusal);
    await expect(open(transport).describeHumanLoop({ HumanLoopName: 'a' })).rejects.toThrow();
    expect(transport.requests).toHaveLength(1);
  });

  it('is no reason for more requests than were allowed', async () => {
    let clock = now;
    const transport = scriptedTransport(() => {
      // Two servers behind one address, with two clocks.
      clock = clock === now ? now + 60 * minutes : now;
      return json({}, { date: new Date(clock).toUTCString(), 'x-amzn-errortype': 'InvalidSignatureException' }, 403);
    });
    await expect(open(transport, 3).describeHumanLoop({ HumanLoopName: 'a' })).rejects.toThrow();
    expect(transport.requests).toHaveLength(3);
  });
});

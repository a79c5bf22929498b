import { EndpointConnectionError } from '@holdpoint/client';
import { describe, expect, it } from 'vitest';
import { createPace, type PaceSettings } from './pace.ts';

const away = new EndpointConnectionError('http://127.0.0.1:1/');

function open(settings: Partial<PaceSettings> = {}) {
  const told: string[] = [];
  const pace = createPace({
    most: 4,
    patience: 60_000,
    signal: new AbortController().signal,
    onTrouble: (_error, unreachable) => told.push(unreachable ? 'unreachable' : 'busy'),
    onRecovery: () => told.push('well'),
    ...settings,
  });
  return { pace, told };
}

describe('a pace', () => {
  it('lets as many in as there may be, and the next when one has ended', async () => {
    const { pace } = open({ most: 2 });
    expect([pace.enter(), pace.enter()]).toEqual([undefined, undefined]);
    const third = pace.enter();
    expect(third).toBeInstanceOf(Promise);
    pace.succeeded();
    await third;
    expect(pace.enter()).toBeInstanceOf(Promise);
  });

  it('has everybody wait after a failure, tells of it once, and of its end', async () => {
    const { pace, told } = open();
    for (let turn = 0; turn < 3; turn++) expect(pace.enter()).toBeUndefined();
    const begun = performance.now();
    pace.failed(away);
    pace.failed(away);
    expect([pace.pausing, told]).toEqual([true, ['unreachable']]);
    const turn = pace.enter();
    await turn;
    expect(performance.now() - begun).toBeGreaterThan(200);
    pace.succeeded();
    expect([pace.pausing, told]).toEqual([false, ['unreachable', 'well']]);
  });

  it('waits as long as a busy server asks for', async () => {
    const { pace, told } = open();
    expect(pace.enter()).toBeUndefined();
    pace.failed(Object.assign(new Error('busy'), { retryAfter: 1 }));
    expect(told).toEqual(['busy']);
    const begun = performance.now();
    await pace.enter();
    expect(performance.now() - begun).toBeGreaterThan(900);
  });

  it('ends with the error when nothing has got through for too long', () => {
    const { pace } = open({ patience: 0 });
    expect(pace.enter()).toBeUndefined();
    expect(() => pace.failed(away)).toThrow(away);
  });

  it('tells whoever waits why there is no turn any more', async () => {
    const stopping = new AbortController();
    const { pace } = open({ most: 1, signal: stopping.signal });
    expect(pace.enter()).toBeUndefined();
    const waiting = [pace.enter(), pace.enter()];
    stopping.abort(new Error('stopped'));
    for (const one of [...waiting, pace.enter()]) await expect(one).rejects.toThrow('stopped');
  });
});

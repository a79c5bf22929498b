import { describe, expect, test } from 'vitest';
import { flowDefinitionRow, humanLoopRow, t0, workerRow } from '../testing/rows.ts';
import type { Change } from './change.ts';
import { barredFlows, chooseGold, mixInGold, nameLike, readmit, scoreGold, startGold, takeGoldResult } from './gold.ts';
import type { GoldItem, GoldResult, Worker } from './rows.ts';

const item = (set: Partial<GoldItem> = {}): GoldItem => ({
  id: 'gold-1',
  flowDefinitionId: 'flow-1',
  inputContent: '{"text":"known"}',
  expectedAnswer: '{"label":"a"}',
  createdAt: t0,
  usedAt: null,
  humanLoopId: null,
  version: 1,
  ...set,
});
const result = (isRight: 0 | 1, at: number): GoldResult => ({
  id: `turn-${at}`,
  goldItemId: 'gold-1',
  flowDefinitionId: 'flow-1',
  workerId: 'worker-1',
  score: isRight,
  isRight,
  answeredAt: t0 + at,
});
const barredIn = (changes: readonly Change[]) =>
  changes.flatMap((change) =>
    change.change === 'update' && change.table === 'workers' ? [change.set.goldStanding] : [],
  );

describe('7.4 – which loops bring a gold item along', () => {
  test('as many as the rate says, the same ones each time, at any moment of two minutes', () => {
    let seed = 7;
    const random = (): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor(seed / 65_536);
    };
    const digits = (): string => random().toString(16).padStart(4, '0');
    const ids = Array.from(
      { length: 4000 },
      () => `019b7cc4-a9ee-7${digits().slice(1)}-${[1, 2, 3, 4].map(digits).join('')}`,
    );
    const extensionTags = { 'holdpoint:gold-rate': '0.1' };
    const jobs = ids.flatMap((one) => mixInGold(humanLoopRow({ id: one, extensionTags }), t0));
    expect(jobs).toEqual(ids.flatMap((one) => mixInGold(humanLoopRow({ id: one, extensionTags }), t0)));
    // Four standard deviations of a binomial distribution.
    expect(Math.abs(jobs.length - 400)).toBeLessThan(4 * Math.sqrt(4000 * 0.1 * 0.9));
    const delays = jobs.map((job) => (job.change === 'insert' && job.table === 'jobs' ? job.row.dueAt - t0 : -1));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...delays)).toBeLessThan(120_000);
    expect(Math.max(...delays)).toBeGreaterThan(60_000);
  });

  test('all with a rate of 1, none without the tag, and no gold item another one', () => {
    const extensionTags = { 'holdpoint:gold-rate': '1' };
    const { id } = humanLoopRow({ id: '019b7cc4-a9ee-7000-8000-0123456789ab' });
    expect(mixInGold(humanLoopRow({ id, extensionTags }), t0)).toHaveLength(1);
    expect(mixInGold(humanLoopRow({ id, extensionTags, goldItemId: 'gold-1' }), t0)).toEqual([]);
    expect(mixInGold(humanLoopRow({ id }), t0)).toEqual([]);
  });

  test('the item that was used longest ago is next', () => {
    expect(chooseGold([])).toBeUndefined();
    expect(chooseGold([item({ usedAt: t0 }), item({ id: 'never' })])?.id).toBe('never');
    expect(chooseGold([item({ usedAt: t0 + 1 }), item({ id: 'older', usedAt: t0 })])?.id).toBe('older');
  });

  test('its loop has a name that no program’s has, and what workers notice of the flow', () => {
    const tags = {
      'holdpoint:gold-rate': '1',
      'holdpoint:undo-seconds': '5',
      'holdpoint:adjudicator-workteam': 'arn',
      'holdpoint:exclude-requester': 'by',
      team: 'a',
    };
    const flowDefinition = flowDefinitionRow({ tags });
    const changes = startGold({ item: item(), flowDefinition, id: 'id', inputSha256: 'x', now: t0 });
    expect(changes[0]).toMatchObject({
      row: { name: 'gold:id', goldItemId: 'gold-1', extensionTags: { 'holdpoint:undo-seconds': '5' } },
    });
    expect(changes.map((change) => [change.change, change.table])).toEqual([
      ['insert', 'humanLoops'],
      ['insert', 'humanLoopInputs'],
      ['update', 'goldItems'],
      ['insert', 'jobs'],
    ]);
  });
});

describe('7.4 – a name like others', () => {
  test.each([
    ['order-1234', /^order-12\d\d$/],
    ['invoice-2026-01-17', /^invoice-2026-01-1\d$/],
    ['019b7cc4-a9ee-7000-8000-0123456789ab', /^019b7cc4-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['scan-3fa9c2-b', /^scan-[0-9a-f]{6}-b$/],
    ['alpha', /^[a-z]{5}$/],
    ['review-beta', /^review-[a-z]{4}$/],
  ])('%s', (name, form) => {
    const made = Array.from({ length: 20 }, () => nameLike(name, Math.random));
    for (const one of made) expect(one).toMatch(form);
    expect(new Set(made).size).toBeGreaterThan(1);
  });
});

describe('7.4 – a score', () => {
  test.each([
    [{ label: 'a' }, { label: 'a', note: 'sure' }, 1, true],
    [{ label: 'a' }, { label: 'b' }, 0, false],
    [{ label: 'a' }, {}, 0, false],
    [{ label: 'a', sure: true }, { label: 'a', sure: false }, 0.5, false],
    [{ category: { label: 'a' } }, { category: { label: 'a' } }, 1, true],
  ])('%j answered by %j: %d', (expected, given, score, isRight) => {
    expect(scoreGold(JSON.stringify(expected), JSON.stringify(given))).toEqual({ score, isRight });
  });

  test('of boxes is how far they cover each other', () => {
    const boxes = (left: number) => ({
      boxes: {
        boundingBoxes: [{ left, top: 0, width: 100, height: 100, label: 'car' }],
        inputImageProperties: { width: 400, height: 400 },
      },
    });
    const score = (left: number) => scoreGold(JSON.stringify(boxes(0)), JSON.stringify(boxes(left)));
    expect(score(5).isRight).toBe(true);
    expect(score(80).isRight).toBe(false);
  });
});

describe('7.4 – who is right too rarely', () => {
  const humanLoop = humanLoopRow({ extensionTags: { 'holdpoint:min-accuracy': '0.6' } });
  const take = (isRight: 0 | 1, earlier: readonly (0 | 1)[], worker: Worker = workerRow()) =>
    takeGoldResult({
      result: result(isRight, 1000),
      earlier: earlier.map((one, index) => result(one, 999 - index)),
      worker,
      humanLoop,
      now: t0 + 9,
    });

  test.each<[string, 0 | 1, (0 | 1)[], boolean, number]>([
    ['fewer than five say nothing', 0, [0, 0, 0], false, 0],
    ['two of five are too few', 0, [0, 0, 1, 1], true, 0.4],
    ['three of five are enough', 1, [0, 0, 1, 1], false, 0.6],
    ['the last twenty count', 0, [...Array(11).fill(0), ...Array(30).fill(1)], true, 0.4],
  ])('%s', (_name, last, earlier, isBarred, accuracy) => {
    const taken = take(last, earlier.slice(0, 20));
    expect([taken.isBarred, taken.accuracy]).toEqual([isBarred, accuracy]);
    expect(barredIn(taken.changes)).toEqual(isBarred ? [{ 'flow-1': { barredAt: t0 + 9 } }] : []);
  });

  test('gets no more of that flow alone, once, until an operator says so', () => {
    const worker = workerRow({ goldStanding: { 'flow-1': { barredAt: t0 }, 'flow-2': { since: t0 } } });
    expect(barredFlows(worker)).toEqual(['flow-1']);
    expect(take(0, [0, 0, 0, 0], worker).isBarred).toBe(false);
    expect(barredIn(readmit(worker, 'flow-1', t0 + 5))).toEqual([
      { 'flow-1': { since: t0 + 5 }, 'flow-2': { since: t0 } },
    ]);
    expect(readmit(worker, 'flow-2', t0 + 5)).toEqual([]);
  });
});

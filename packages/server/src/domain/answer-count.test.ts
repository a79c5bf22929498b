import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countAnswers, countProblem, countRulesOf } from './answer-count.ts';

type Said = Readonly<Record<string, string>>;
const tagsOf = (said: Said) =>
  Object.fromEntries(Object.entries(said).map(([name, value]) => [`holdpoint:${name}`, value]));

const answersOf = (contents: readonly unknown[]) =>
  contents.map((content, index) => ({ workerId: `worker-${index}`, answerContent: JSON.stringify(content) }));

const decide = (said: Said, taskCount: number, answers: readonly unknown[]) =>
  countAnswers(countRulesOf(tagsOf(said), taskCount)!, answersOf(answers));

const [a, b, c] = [{ label: 'a' }, { label: 'b' }, { label: 'c' }];

test('7.4 – a flow without these tags has no rules', () => {
  expect(countRulesOf({}, 3)).toBeUndefined();
  expect(countRulesOf(tagsOf({ 'undo-seconds': '5', 'compare-fields': 'x' }), 3)).toBeUndefined();
});

describe('7.4 – how many are asked at first and at most', () => {
  test.each<[Said, number, number, number]>([
    [{ 'min-answers': '2' }, 3, 2, 3],
    [{ 'max-answers': '5' }, 2, 2, 5],
    [{ 'max-answers': '2' }, 3, 2, 2],
    [{ quorum: '2' }, 3, 2, 3],
    [{ quorum: '3', 'min-answers': '2', 'max-answers': '5' }, 2, 3, 5],
    [{ quorum: '2', 'min-answers': '3' }, 3, 3, 3],
    [{ veto: 'reject' }, 2, 2, 2],
    [{ 'min-answers': '1', 'stop-confidence': '0.9' }, 3, 1, 3],
  ])('%j with TaskCount %i: %i and %i', (said, taskCount, first, most) => {
    expect(countRulesOf(tagsOf(said), taskCount)).toMatchObject({ first, most });
    expect(countProblem(tagsOf(said), taskCount)).toBeUndefined();
  });

  test.each<[Said, number, string]>([
    [{ quorum: '4' }, 3, 'The tag holdpoint:quorum (4) must not be more than TaskCount (3).'],
    [
      { quorum: '3', 'max-answers': '2' },
      3,
      'The tag holdpoint:quorum (3) must not be more than holdpoint:max-answers (2).',
    ],
    [{ 'min-answers': '3' }, 2, 'The tag holdpoint:min-answers (3) must not be more than TaskCount (2).'],
    [
      { 'min-answers': '1' },
      3,
      'Where one worker is asked at first, one answer always agrees with itself: set holdpoint:min-answers to 2, or holdpoint:stop-confidence.',
    ],
  ])('%j with TaskCount %i cannot be', (said, taskCount, problem) => {
    expect(countProblem(tagsOf(said), taskCount)).toBe(problem);
  });
});

describe('7.4 – one more is asked only on disagreement', () => {
  const said = { 'min-answers': '2', 'max-answers': '4' };
  test.each([
    [[], 2, undefined],
    [[a], 2, undefined],
    [[a, a], 2, 'agreement'],
    [
      [
        { x: 1, y: 2 },
        { y: 2, x: 1 },
      ],
      2,
      'agreement',
    ],
    [[a, b], 3, undefined],
    [[a, b, a], 3, 'agreement'],
    [[a, b, c], 4, undefined],
    [[a, a, b, b], 4, 'most-answers'],
  ])('%j: %i needed, %s', (answers, needed, reason) => {
    expect(decide(said, 3, answers)).toEqual({ needed, ...(reason && { reason }) });
  });

  test('or while the confidence is too low', () => {
    const confident = { 'min-answers': '1', 'max-answers': '4', 'stop-confidence': '0.9' };
    // A worker of whom nothing is known is right four times in five.
    const near = (share: number) => expect.closeTo(share, 9);
    expect(decide(confident, 1, [a])).toEqual({ needed: 2, confidence: near(0.8) });
    expect(decide(confident, 1, [a, a])).toEqual({ needed: 2, reason: 'confidence', confidence: near(16 / 17) });
    expect(decide(confident, 1, [a, b])).toEqual({ needed: 3, confidence: near(0.5) });
    expect(decide(confident, 1, [a, b, a])).toEqual({ needed: 4, confidence: near(0.8) });
    expect(decide(confident, 1, [a, b, a, a])).toEqual({ needed: 4, reason: 'confidence', confidence: near(16 / 17) });
    expect(decide(confident, 1, [a, b, a, b])).toEqual({ needed: 4, reason: 'most-answers', confidence: near(0.5) });
  });
});

describe('7.4 – a quorum', () => {
  test.each([
    ['2', 3, [a], 2, undefined],
    ['2', 3, [a, a], 2, 'quorum'],
    ['2', 3, [a, b], 3, undefined],
    ['2', 3, [a, b, b], 3, 'quorum'],
    ['2', 3, [a, b, c], 3, 'no-quorum'],
    ['3', 5, [a, b, a], 4, undefined],
    ['3', 5, [a, b, c], 5, undefined],
    ['3', 5, [a, b, c, a], 5, undefined],
    ['3', 4, [a, b, c], 3, 'no-quorum'],
  ])('of %s among %i after %j: %i needed, %s', (quorum, taskCount, answers, needed, reason) => {
    expect(decide({ quorum }, taskCount, answers)).toEqual({ needed, ...(reason && { reason }) });
  });

  test('counts by the fields that are compared', () => {
    const answers = [
      { decision: 'yes', note: 'good' },
      { decision: 'yes', note: 'fine' },
    ];
    expect(decide({ quorum: '2' }, 3, answers)).toEqual({ needed: 3 });
    expect(decide({ quorum: '2', 'compare-fields': 'decision' }, 3, answers)).toEqual({ needed: 2, reason: 'quorum' });
  });
});

describe('7.4 – a veto', () => {
  test.each<[unknown, boolean]>([
    [{ decision: 'reject' }, true],
    [{ decision: { label: 'reject' } }, true],
    [{ decision: ['later', 'reject'] }, true],
    [{ choice: { reject: true, approve: false } }, true],
    [{ choice: { reject: { on: true }, approve: { on: false } } }, true],
    [{ choice: { reject: false, approve: true } }, false],
    [{ choice: { reject: { on: false } } }, false],
    [{ decision: 'rejected' }, false],
    [{ reject: 'no' }, false],
    [{}, false],
  ])('%j: %s', (answer, isVeto) => {
    expect(decide({ veto: 'reject' }, 3, [answer])).toEqual(isVeto ? { needed: 1, reason: 'veto' } : { needed: 3 });
  });

  test('stands above a quorum, and in compared fields only', () => {
    const said = { veto: 'reject', quorum: '2', 'compare-fields': 'decision' };
    expect(decide(said, 3, [{ decision: 'yes' }, { decision: 'yes' }, { decision: 'reject' }]).reason).toBe('veto');
    expect(decide(said, 3, [{ decision: 'yes', note: 'reject' }])).toEqual({ needed: 2 });
  });
});

test('7.4 – whatever is answered in whatever order, as many are asked as may be, and it comes to an end', () => {
  const said = fc
    .record({
      quorum: fc.option(fc.integer({ min: 2, max: 5 })),
      min: fc.option(fc.integer({ min: 1, max: 5 })),
      max: fc.option(fc.integer({ min: 1, max: 7 })),
      confidence: fc.option(fc.constantFrom('0.6', '0.9', '1')),
      veto: fc.option(fc.constant('v')),
    })
    .map(({ quorum, min, max, confidence, veto }) => ({
      ...(quorum && { 'holdpoint:quorum': String(quorum) }),
      ...(min && { 'holdpoint:min-answers': String(min) }),
      ...(max && { 'holdpoint:max-answers': String(max) }),
      ...(confidence && { 'holdpoint:stop-confidence': confidence }),
      ...(veto && { 'holdpoint:veto': veto }),
    }));
  const labels = fc.array(fc.constantFrom('a', 'b', 'v'), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(said, fc.integer({ min: 1, max: 3 }), labels, (tags, taskCount, given) => {
      const rules = countRulesOf(tags, taskCount);
      fc.pre(rules !== undefined && countProblem(tags, taskCount) === undefined);
      const answers = answersOf(given.map((label) => ({ label })));
      for (let there = 0; there <= rules!.most; there++) {
        const known = answers.slice(0, there);
        const verdict = countAnswers(rules!, known);
        expect(countAnswers(rules!, known.toReversed())).toEqual(verdict);
        expect(verdict.needed).toBeLessThanOrEqual(rules!.most);
        if (verdict.reason !== undefined) {
          expect(verdict.needed).toBe(there);
          return;
        }
        expect(verdict.needed).toBeGreaterThan(there);
      }
      expect.fail('it never ends');
    }),
  );
});

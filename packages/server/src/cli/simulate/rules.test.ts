import type { Json } from '@holdpoint/protocol';
import { describe, expect, it } from 'vitest';
import { decide, mayLeaveTasks, ruleFor } from './decide.ts';
import { createRandom } from './random.ts';
import { parseRules } from './rules.ts';

const rules = (...given: readonly unknown[]) => parseRules(JSON.stringify(given), 'rules.json');

describe('rules that are wrong are told of, all at once', () => {
  it.each<[what: string, given: unknown, told: string]>([
    ['no list', {}, ' must be a list of rules, as "holdpoint simulate --help" shows them.'],
    ['an empty list', [], ' must be a list of rules, as "holdpoint simulate --help" shows them.'],
    [
      'no object',
      [7],
      ', rule 1: must be a JSON object; rule 1: must have one of answer, choose, decline, release, ignore.',
    ],
    ['no ending', [{}], ', rule 1: must have one of answer, choose, decline, release, ignore.'],
    [
      'two endings',
      [{ answer: {}, decline: true }],
      ', rule 1: must have one of answer, choose, decline, release, ignore.',
    ],
    [
      'an unknown member',
      [{ answer: {}, second: 1 }],
      ", rule 1: has an unknown member 'second'; there are when, answer, choose, decline, release, ignore, seconds, errorRate, mistake, comment.",
    ],
    ['an answer that is none', [{ answer: [] }], ', rule 1: answer must be a JSON object.'],
    ['a half-hearted decline', [{ decline: 'yes' }], ', rule 1: decline must be true.'],
    [
      'no flow',
      [{ when: { flow: [1] }, answer: {} }],
      ', rule 1: when.flow must be the name of a flow definition, or a list of names.',
    ],
    [
      'an unknown condition',
      [{ when: { input: { a: { gt: 1 } } }, answer: {} }],
      ", rule 1: when.input.a has an unknown condition 'gt'; there are equals, in, exists, greaterThan, lessThan, matches.",
    ],
    ['an empty condition', [{ when: { input: { a: {} } }, answer: {} }], ', rule 1: when.input.a has no condition.'],
    [
      'a list for a condition',
      [{ when: { input: { a: [1] } }, answer: {} }],
      ', rule 1: when.input.a is a list; write { "in": […] } or { "equals": […] }.',
    ],
    [
      'conditions of other types',
      [{ when: { input: { a: { in: 1, exists: 1, lessThan: null, matches: '(' } } }, answer: {} }],
      ', rule 1: when.input.a.in must be a list; rule 1: when.input.a.exists must be true or false; rule 1: when.input.a.lessThan must be a number or a text; rule 1: when.input.a.matches must be a regular expression.',
    ],
    ['no choice', [{ choose: [] }], ', rule 1: choose must be a list of answers.'],
    [
      'bad choices',
      [
        {
          choose: [
            { weight: -1, answer: {} },
            { answer: {}, ignore: true },
          ],
        },
      ],
      ", rule 1: choose 1 weight must be a number of 0 or more; rule 1: choose 2 has an unknown member 'ignore'; there are weight, answer, decline, release.",
    ],
    ['no weight', [{ choose: [{ weight: 0, answer: {} }] }], ', rule 1: choose must have a weight above 0.'],
    [
      'seconds of no kind',
      [
        { answer: {}, seconds: 'long' },
        { answer: {}, seconds: -1 },
        { answer: {}, seconds: { min: 3, max: 2 } },
        { answer: {}, seconds: { median: 1, spread: 0.5 } },
      ],
      ', rule 1: seconds must be a JSON object; rule 1: seconds.min must be a number of 0 or more; rule 1: seconds.max must be a number of 0 or more; rule 2: seconds must be a number of 0 or more; rule 3: seconds.max must be a number of 3 or more; rule 4: seconds.spread must be a number of 1 or more.',
    ],
    [
      'errors of no kind',
      [
        { answer: {}, errorRate: 2 },
        { answer: {}, errorRate: 0.5 },
      ],
      ', rule 1: errorRate must be a number from 0 to 1; rule 2: errorRate needs a mistake to make, or several answers to choose from.',
    ],
  ])('%s', (_what, given, told) => {
    expect(() => parseRules(JSON.stringify(given), 'rules.json')).toThrow(new Error(`rules.json${told}`));
  });
});

describe('a condition', () => {
  const input = { a: { b: [{ c: 5 }], 'd.e': 'x' }, s: 'Refund me', n: null, t: '2026-01-02' };
  it.each<[path: string, condition: unknown, holds: boolean]>([
    ['a.b.0.c', 5, true],
    ['a.b.0.c', '5', false],
    ['a.b.1.c', 5, false],
    ['a.d\\.e', 'x', true],
    ['a.d.e', 'x', false],
    ['a.toString', { exists: true }, false],
    ['n', null, true],
    ['x', null, false],
    ['a.b', { equals: [{ c: 5 }] }, true],
    ['a.b', { equals: [{ c: 6 }] }, false],
    ['a.b', { equals: { 0: { c: 5 } } }, false],
    ['s', { in: ['x', 'Refund me'] }, true],
    ['s', { in: [] }, false],
    ['x', { exists: false }, true],
    ['n', { exists: true }, true],
    ['n', { exists: false }, false],
    ['a.b.0.c', { greaterThan: 4, lessThan: 6 }, true],
    ['a.b.0.c', { greaterThan: 5 }, false],
    ['a.b.0.c', { lessThan: '6' }, false],
    ['t', { greaterThan: '2026-01-01', lessThan: '2027' }, true],
    ['x', { lessThan: 6 }, false],
    ['s', { matches: '^Refund\\b' }, true],
    ['s', { matches: 'refund' }, false],
    ['n', { matches: 'null' }, false],
  ])('%s %j', (path, condition, holds) => {
    const found = ruleFor(rules({ when: { input: { [path]: condition } }, answer: {} }), { flow: 'mood', input });
    expect(found).toBe(holds ? 1 : undefined);
  });
});

describe('the first rule that fits', () => {
  const given = rules(
    { when: { flow: ['a', 'b'], input: { x: 1, y: 2 } }, answer: {} },
    { when: { flow: 'a' }, answer: {} },
    { when: { input: { x: { exists: true } } }, answer: {} },
  );
  it.each<[flow: string, input: Json, rule: number | undefined]>([
    ['a', { x: 1, y: 2 }, 1],
    ['b', { x: 1, y: 2 }, 1],
    ['a', { x: 1 }, 2],
    ['a', 'text', 2],
    ['b', { x: 1 }, 3],
    ['b', {}, undefined],
    ['b', [1], undefined],
  ])('of %s %j', (flow, input, rule) => {
    expect(ruleFor(given, { flow, input })).toBe(rule);
  });
});

describe('tasks may be left', () => {
  it.each<[rule: unknown, left: boolean]>([
    [{ answer: {} }, false],
    [{ choose: [{ answer: {} }, { decline: true }] }, false],
    [{ choose: [{ answer: {} }, { release: true }] }, true],
    [{ ignore: true }, true],
    [{ when: { flow: 'a' }, answer: {} }, true],
    [{ when: {}, answer: {} }, false],
  ])('%j: %s', (rule, left) => {
    expect(mayLeaveTasks(rules(rule))).toBe(left);
  });
});

describe('a decision', () => {
  const task = { flow: 'mood', input: { s: 'x', n: 1.5, o: { a: [1] }, 'k.l': true } };
  const draw = (rule: unknown, seed: string) => decide(rules(rule)[0]!, task, createRandom(seed));
  const many = (rule: unknown) => Array.from({ length: 4000 }, (_, index) => draw(rule, `7/${index}`));
  const share = (rule: unknown, test: (decision: ReturnType<typeof draw>) => boolean) =>
    many(rule).filter(test).length / 4000;
  const label = ({ outcome }: ReturnType<typeof draw>) =>
    outcome.kind === 'answer' ? outcome.content.l : outcome.kind;

  it('takes values of the input, as they are or within a text', () => {
    const answer = {
      whole: '{{ input }}',
      s: '{{input.s}}',
      n: '{{ input.n }}',
      o: '{{ input.o }}',
      item: '{{ input.o.a.0 }}',
      dot: '{{ input.k\\.l }}',
      text: 'a {{ input.s }} of {{ input.o }} {{ other }}',
      list: [{ in: '{{ input.n }}' }],
      same: 3,
      '{{ input.s }}': null,
    };
    expect(draw({ answer }, '1').outcome).toEqual({
      kind: 'answer',
      content: {
        whole: task.input,
        s: 'x',
        n: 1.5,
        o: { a: [1] },
        item: 1,
        dot: true,
        text: 'a x of {"a":[1]} {{ other }}',
        list: [{ in: 1.5 }],
        same: 3,
        '{{ input.s }}': null,
      },
    });
    expect(() => draw({ answer: { a: '{{ input.none }}' } }, '1')).toThrow('the input has no none');
  });

  it('is the same for the same seed', () => {
    const rule = { choose: [{ answer: { l: 1 } }, { answer: { l: 2 } }] };
    expect(many(rule)).toEqual(many(rule));
    // Written down, so that what a seed draws stays the same from version to version.
    expect(
      ['7/a', '7/b', '7/c', '8/a'].map((seed) => [label(draw(rule, seed)), draw(rule, seed).seconds.toFixed(3)]),
    ).toEqual([
      [1, '16.431'],
      [2, '16.095'],
      [2, '23.388'],
      [1, '20.887'],
    ]);
  });

  it.each<[what: string, rule: unknown, test: (decision: ReturnType<typeof draw>) => boolean, share: number]>([
    ['by weight', { choose: [{ weight: 3, answer: { l: 1 } }, { answer: { l: 2 } }] }, (one) => label(one) === 1, 0.75],
    [
      'never without a weight',
      { choose: [{ weight: 0, answer: { l: 1 } }, { answer: { l: 2 } }] },
      (one) => label(one) === 1,
      0,
    ],
    [
      'also to decline',
      { choose: [{ answer: {} }, { weight: 1, decline: true }] },
      (one) => label(one) === 'decline',
      0.5,
    ],
    [
      'a mistake',
      { answer: { l: 1 }, errorRate: 0.2, mistake: { l: 2 } },
      (one) => one.isMistake && label(one) === 2,
      0.2,
    ],
    [
      'another answer for a mistake',
      {
        choose: [
          { weight: 1, answer: { l: 1 } },
          { weight: 0, answer: { l: 2 } },
          { weight: 0, answer: { l: 3 } },
        ],
        errorRate: 0.5,
      },
      (one) => label(one) === 3,
      0.25,
    ],
    ['always', { answer: { l: 1 }, errorRate: 1, mistake: { l: 2 } }, (one) => label(one) === 2, 1],
    [
      'a time between two',
      { answer: {}, seconds: { min: 2, max: 6 } },
      ({ seconds }) => seconds >= 2 && seconds < 3,
      0.25,
    ],
    ['a time as people need', { answer: {}, seconds: { median: 20, spread: 2 } }, ({ seconds }) => seconds < 20, 0.5],
    [
      'mostly within a spread',
      { answer: {}, seconds: { median: 20, spread: 2 } },
      ({ seconds }) => seconds > 10 && seconds < 40,
      0.683,
    ],
    ['never beyond three', { answer: {}, seconds: { median: 20, spread: 2 } }, ({ seconds }) => seconds > 160, 0],
    ['a fixed time', { answer: {}, seconds: 3 }, ({ seconds }) => seconds === 3, 1],
    ['a usual time', { answer: {} }, ({ seconds }) => seconds < 15, 0.5],
  ])('draws %s', (_what, rule, test, expected) => {
    expect(share(rule, test)).toBeGreaterThan(expected - 0.03);
    expect(share(rule, test)).toBeLessThan(expected + 0.03);
  });
});

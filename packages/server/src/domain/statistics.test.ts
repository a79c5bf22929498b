import { expect, test } from 'vitest';
import { agreementOf } from './agreement.ts';
import { addFigures, durationOf, noFigures, quantile, subtractFigures } from './statistics.ts';
import { forecast } from './waiting.ts';

test('O4 quantiles are at most 4.5 % away from the true ones, of whatever length', () => {
  for (const longest of [3, 1000, 60_000, 864_000_000]) {
    const values = Array.from({ length: 500 }, (_, index) => Math.round(1 + longest ** (index / 499)));
    const figures = values.map((value) => ({ ...noFigures, active: durationOf(value) })).reduce(addFigures, noFigures);
    for (const part of [0.01, 0.5, 0.9, 1]) {
      const exact = values[Math.ceil(part * 500) - 1]!;
      expect(Math.abs(quantile(figures.active, part)! - exact) / exact).toBeLessThan(0.045);
    }
  }
  expect(quantile(noFigures.active, 0.5)).toBeUndefined();
});

test('O4 what was added can be taken away again, and a clock that went back makes no negative time', () => {
  const some = { ...noFigures, started: 2, active: durationOf(70_000), agreement: agreementOf(['{"a":1}', '{"a":2}']) };
  expect(subtractFigures(addFigures(some, some), some)).toEqual(some);
  expect(subtractFigures(some, some)).toEqual(noFigures);
  expect(durationOf(-5000)).toEqual(durationOf(0));
});

const agreements: [string, string[], ReturnType<typeof agreementOf>][] = [
  [
    'the same in another order',
    ['{"a":1,"b":[2]}', '{"b":[2],"a":1}'],
    { pairs: 1, equal: 1, fields: { a: [1, 1], b: [1, 1] } },
  ],
  ['one field apart', ['{"a":1,"b":2}', '{"a":1,"b":3}'], { pairs: 1, equal: 0, fields: { a: [1, 1], b: [1, 0] } }],
  ['a field that one lacks', ['{"a":1}', '{"a":1,"b":3}'], { pairs: 1, equal: 0, fields: { a: [1, 1], b: [1, 0] } }],
  ['three answers, two alike', ['{"a":1}', '{"a":1}', '{"a":2}'], { pairs: 3, equal: 1, fields: { a: [3, 1] } }],
  ['no objects', ['[1]', '[1]', '"x"'], { pairs: 3, equal: 1, fields: {} }],
  [
    'a name that objects have anyway',
    ['{"__proto__":1}', '{"__proto__":1}'],
    { pairs: 1, equal: 1, fields: JSON.parse('{"__proto__":[1,1]}') },
  ],
];
test.each(agreements)('O4 agreement of %s', (_what, answers, expected) => {
  expect(agreementOf(answers)).toEqual(expected);
});

const hour = 3_600_000;
const forecasts: [string, [number, number, number][], number, number, number | undefined][] = [
  ['nothing waits', [], 10, 0, 0],
  ['enough time', [[hour, 10, 10]], 10, 0, hour],
  ['half of it is late', [[hour, 10, 10]], 5, 5, 2 * hour],
  [
    'nobody answers',
    [
      [hour, 3, 3],
      [2 * hour, 4, 4],
    ],
    0,
    7,
    undefined,
  ],
  [
    'what is late already takes no time from the rest',
    [
      [hour, 10, 10],
      [2 * hour, 5, 5],
    ],
    5,
    5,
    3 * hour,
  ],
  ['tasks that need two answers each', [[hour, 10, 20]], 10, 5, 2 * hour],
];
test.each(forecasts)('O4 forecast: %s', (_what, ends, answersPerHour, late, emptyAt) => {
  const needed = ends.reduce((sum, [, , each]) => sum + each, 0);
  expect(forecast({ needed, ends }, answersPerHour, 0)).toEqual({ late, emptyAt });
});

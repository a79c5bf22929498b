// The methods against what their authors, and others who wrote about them, published.
import { expect, test } from 'vitest';
import { type AlphaSum, intervalAlpha, nominalAlpha } from './alpha.ts';
import { accuracyOf, dawidSkene, type LabelColumns, posteriorOfLabels } from './dawid-skene.ts';
import { cohensKappa, meanKappa, pairKappas } from './kappa.ts';
import { editDistance } from './texts.ts';

/**
 * Table 1 of Dawid & Skene (1979): 45 patients, whose fitness for anaesthesia five anaesthetists rated from 1 to 4, the first
 * of them three times. A line has the ratings of the first, then those of the four others.
 */
const patients = `
111 1111  333 4334  112 2122  222 3121  222 3222  222 3322  122 2111  333 3433  222 2223
232 2223  444 4444  222 3343  111 1111  222 3212  121 1111  111 2111  111 1111  111 1111
222 2221  222 1322  222 2222  222 2221  222 3222  221 2222  111 1111  111 1111  232 2222
111 1111  111 1111  112 1121  111 1111  333 3233  111 1111  222 2222  222 3232  433 4343
221 2232  232 3233  333 3432  111 1111  111 1111  121 2111  232 2222  121 1111  222 2222`
  .trim()
  .split(/\s{2,}|\n/)
  .map((ratings) => {
    const [first, others] = ratings.split(' ') as [string, string];
    return [
      ...[...first].map((label) => [0, label] as const),
      ...[...others].map((label, at) => [at + 1, label] as const),
    ];
  });

/** The classes to which section 4 of the paper comes. */
const classes = '142222132243121111222222112111131224233111212'.split('').map(Number);

function columnsOf(items: readonly (readonly (readonly [worker: number, label: string])[])[]): LabelColumns {
  const starts = [0];
  for (const item of items) starts.push(starts.at(-1)! + item.length);
  return {
    starts: Uint32Array.from(starts),
    workers: Uint32Array.from(items.flatMap((item) => item.map(([worker]) => worker))),
    labels: Uint16Array.from(items.flatMap((item) => item.map(([, label]) => Number(label) - 1))),
    workerCount: 5,
    labelCount: 4,
  };
}

const rounded = (numbers: Iterable<number>): number[] => [...numbers].map((number) => Math.round(number * 100) / 100);

test('7.4 Dawid & Skene: the anaesthetists of 1979 come to the classes and error rates of the paper', () => {
  expect(patients.length).toBe(45);
  const model = dawidSkene(columnsOf(patients), { priorAnswers: 0, tolerance: 1e-9 });
  expect(rounded(model.prior)).toEqual([0.4, 0.42, 0.11, 0.07]);
  const found = patients.map((ratings) => {
    const posterior = posteriorOfLabels(
      model,
      ratings.map(([worker, label]) => ({ worker, label: Number(label) - 1 })),
    );
    return posterior.indexOf(Math.max(...posterior)) + 1;
  });
  expect(found).toEqual(classes);
  // Table 2 of the paper, of two of the observers; a line for each right class.
  const observer = (worker: number): number[][] =>
    [0, 1, 2, 3].map((right) =>
      rounded(model.confusion.subarray((worker * 4 + right) * 4, (worker * 4 + right) * 4 + 4)),
    );
  expect(observer(0)).toEqual([
    [0.89, 0.11, 0, 0],
    [0.07, 0.88, 0.05, 0],
    [0, 0.34, 0.66, 0],
    [0, 0, 0.56, 0.44],
  ]);
  expect(observer(3)).toEqual([
    [0.94, 0.06, 0, 0],
    [0.05, 0.84, 0.1, 0],
    [0, 0, 0.8, 0.2],
    [0, 0, 0.33, 0.67],
  ]);
  expect(model.logLikelihood).toBeCloseTo(-192.891, 3);
  expect(rounded([0, 1, 2, 3, 4].map((worker) => accuracyOf(model, worker)))).toEqual([0.83, 0.78, 0.78, 0.87, 0.84]);
});

test('7.4 Dawid & Skene: whoever has answered little is neither perfect nor hopeless', () => {
  const model = dawidSkene(
    columnsOf([
      [
        [0, '1'],
        [1, '1'],
      ],
      [
        [0, '2'],
        [1, '1'],
      ],
    ]),
  );
  for (const worker of [0, 1, 2]) {
    expect(accuracyOf(model, worker)).toBeGreaterThan(0.5);
    expect(accuracyOf(model, worker)).toBeLessThan(0.95);
  }
  // Of a label nobody gave nothing is known.
  expect([...posteriorOfLabels(model, [{ worker: -1, label: 3 }])].every(Number.isFinite)).toBe(true);
});

/** Units in columns; a dot where an observer gave nothing. */
const unitsOf = (observers: readonly string[]): number[][] =>
  [...observers[0]!].map((_each, unit) =>
    observers.flatMap((values) => (values[unit] === '.' ? [] : [Number(values[unit])])),
  );
const alphaOf = (sum: AlphaSum, units: readonly number[][]): number | undefined => {
  for (const unit of units) sum.add(unit);
  return sum.alpha();
};
const four = unitsOf(['123321412...', '1233224125.3', '.3332342251.', '12332441251.']);
const three = unitsOf(['.....34121133.3', '1.213343.......', '..21344.21133.4']);

test.each([
  ['two observers of Krippendorff (2011), section A: binary', unitsOf(['0100000010', '1110010000']), 0.095, undefined],
  ['two observers, section B: nominal', unitsOf(['112243335441', '212223335444']), 0.692, undefined],
  ['four observers with gaps, section C', four, 0.743, 0.849],
  ['three observers with gaps, as textbooks have them', three, 0.691, 0.811],
] as const)("7.4 Krippendorff's alpha of %s", (_what, units, nominal, interval) => {
  const [byName, byNumber] = [alphaOf(nominalAlpha(6), units), alphaOf(intervalAlpha(), units)];
  if (nominal !== undefined) expect(byName).toBeCloseTo(nominal, 3);
  if (interval !== undefined) expect(byNumber).toBeCloseTo(interval, 3);
});

test.each([
  [
    'two clinicians, table 1 of Cohen (1960)',
    [
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ],
    0.492,
  ],
  [
    'fifty proposals',
    [
      [20, 5],
      [10, 15],
    ],
    0.4,
  ],
  [
    'agreement by chance',
    [
      [45, 15],
      [25, 15],
    ],
    0.1304,
  ],
  [
    'the same agreement with other margins',
    [
      [25, 35],
      [5, 35],
    ],
    0.2593,
  ],
])("7.4 Cohen's kappa of %s", (_what, table, expected) => {
  expect(cohensKappa(table)).toBeCloseTo(expected, 3);
  const items = table.flatMap((row, one) =>
    row.flatMap((count, other) =>
      Array.from(
        { length: count },
        () =>
          [
            [0, `${one + 1}`],
            [1, `${other + 1}`],
          ] as const,
      ),
    ),
  );
  expect(meanKappa(pairKappas(columnsOf(items)))).toBeCloseTo(expected, 3);
});

test('7.4 who always says the same shows nothing', () => {
  expect(
    cohensKappa([
      [7, 0],
      [0, 0],
    ]),
  ).toBeUndefined();
  expect(
    alphaOf(nominalAlpha(2), [
      [1, 1],
      [1, 1],
    ]),
  ).toBeUndefined();
  expect(alphaOf(intervalAlpha(), [[3, 3], [3]])).toBeUndefined();
  expect(
    alphaOf(intervalAlpha(), [
      [1e200, 3e200],
      [2e200, 5e200],
    ]),
  ).toBeUndefined();
});

test.each([
  ['kitten', 'sitting', 3],
  ['Saturday', 'Sunday', 3],
  ['', 'abc', 3],
])('7.4 the edit distance of %s and %s', (a, b, expected) => {
  expect(editDistance([...a], [...b])).toBe(expected);
});

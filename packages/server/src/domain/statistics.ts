/**
 * Figures of human loops as they are summed up: everything is a whole number, so that sums can be taken apart again and no
 * order of adding changes them. Durations are kept as a histogram whose classes grow by 2^(1/8): a quantile read from it is at
 * most 4.5 % away from the true one.
 */

/** How many milliseconds something took, over many. */
export interface Durations {
  readonly count: number;
  readonly sumMs: number;
  /** How many are in each class, by its number; a class without any is left out. */
  readonly classes: Readonly<Record<string, number>>;
}

/** How far the answers of workers to the same task agree; see `agreement.ts`. */
export interface Agreement {
  readonly pairs: number;
  readonly equal: number;
  /** For each top-level field of the answers: pairs of answers of which one has it at least, and those that have it alike. */
  readonly fields: Readonly<Record<string, readonly [pairs: number, equal: number]>>;
}

export interface Figures {
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly stopped: number;
  readonly expired: number;
  readonly answers: number;
  /** Active time of all answers in milliseconds. */
  readonly answersMs: number;
  /** From the start of a loop to the first acceptance of its task. */
  readonly acceptance: Durations;
  /** From the start of a loop to its completion. */
  readonly completion: Durations;
  /** Active time of all answers of a completed loop. */
  readonly active: Durations;
  readonly agreement: Agreement;
}

/** What each worker did: answers and their active time in milliseconds. */
export type WorkerFigures = Readonly<Record<string, readonly [answers: number, milliseconds: number]>>;

export const noDurations: Durations = { count: 0, sumMs: 0, classes: {} };
const noAgreement: Agreement = { pairs: 0, equal: 0, fields: {} };
export const noFigures: Figures = {
  started: 0,
  completed: 0,
  failed: 0,
  stopped: 0,
  expired: 0,
  answers: 0,
  answersMs: 0,
  acceptance: noDurations,
  completion: noDurations,
  active: noDurations,
  agreement: noAgreement,
};

const classesPerDoubling = 8;

/** The class of a duration: class n holds what is above 2^((n-1)/8) milliseconds and at most 2^(n/8). */
const classOf = (milliseconds: number): number =>
  milliseconds <= 1 ? 0 : Math.ceil(classesPerDoubling * Math.log2(milliseconds));

/** The upper bound of a class in milliseconds. */
export const boundOf = (index: number): number => 2 ** (index / classesPerDoubling);

/** One duration; a clock that was set back makes none negative. */
export function durationOf(milliseconds: number): Durations {
  const whole = Math.max(0, Math.round(milliseconds));
  return { count: 1, sumMs: whole, classes: { [classOf(whole)]: 1 } };
}

/** The quantile in milliseconds, `part` from 0 to 1; undefined of nothing. */
export function quantile({ count, classes }: Durations, part: number): number | undefined {
  if (count <= 0) return undefined;
  const rank = Math.max(1, Math.ceil(part * count));
  let seen = 0;
  const indices = Object.keys(classes)
    .map(Number)
    .sort((a, b) => a - b);
  for (const index of indices) {
    seen += classes[index] ?? 0;
    // The middle of the class, as far from its lower bound as from its upper one.
    if (seen >= rank) return index === 0 ? 1 : boundOf(index - 0.5);
  }
  return undefined;
}

type Sums = Readonly<Record<string, number>>;

function sumOf(a: Sums, b: Sums, sign: 1 | -1): Record<string, number> {
  const sums: Record<string, number> = { ...a };
  for (const [name, value] of Object.entries(b)) {
    const sum = (sums[name] ?? 0) + sign * value;
    if (sum === 0) delete sums[name];
    else sums[name] = sum;
  }
  return sums;
}

const durations = (a: Durations, b: Durations, sign: 1 | -1): Durations => ({
  count: a.count + sign * b.count,
  sumMs: a.sumMs + sign * b.sumMs,
  classes: sumOf(a.classes, b.classes, sign),
});

type Pairs = Readonly<Record<string, readonly [number, number]>>;

/** Names come from elsewhere (fields of answers), so no name may be one that objects have anyway. */
function pairsOf(a: Pairs, b: Pairs, sign: 1 | -1): Pairs {
  const sums = new Map(Object.entries(a));
  for (const [name, [first, second]] of Object.entries(b)) {
    const [one = 0, two = 0] = sums.get(name) ?? [];
    const sum = [one + sign * first, two + sign * second] as const;
    if (sum[0] === 0 && sum[1] === 0) sums.delete(name);
    else sums.set(name, sum);
  }
  return Object.fromEntries(sums);
}

function combine(a: Figures, b: Figures, sign: 1 | -1): Figures {
  const number = (name: 'started' | 'completed' | 'failed' | 'stopped' | 'expired' | 'answers' | 'answersMs') =>
    a[name] + sign * b[name];
  return {
    started: number('started'),
    completed: number('completed'),
    failed: number('failed'),
    stopped: number('stopped'),
    expired: number('expired'),
    answers: number('answers'),
    answersMs: number('answersMs'),
    acceptance: durations(a.acceptance, b.acceptance, sign),
    completion: durations(a.completion, b.completion, sign),
    active: durations(a.active, b.active, sign),
    agreement: {
      pairs: a.agreement.pairs + sign * b.agreement.pairs,
      equal: a.agreement.equal + sign * b.agreement.equal,
      fields: pairsOf(a.agreement.fields, b.agreement.fields, sign),
    },
  };
}

export const addFigures = (a: Figures, b: Figures): Figures => combine(a, b, 1);
export const subtractFigures = (a: Figures, b: Figures): Figures => combine(a, b, -1);
export const addWorkers = (a: WorkerFigures, b: WorkerFigures): WorkerFigures => pairsOf(a, b, 1);
export const subtractWorkers = (a: WorkerFigures, b: WorkerFigures): WorkerFigures => pairsOf(a, b, -1);

/** Nothing at all, so that no row is kept for it. */
export const isNothing = (value: Figures | WorkerFigures): boolean =>
  JSON.stringify(value) === JSON.stringify(noFigures) || Object.keys(value).length === 0;

/** For all flow definitions together: names of fields mean something only within one. */
export const withoutFields = (figures: Figures): Figures => ({
  ...figures,
  agreement: { ...figures.agreement, fields: {} },
});

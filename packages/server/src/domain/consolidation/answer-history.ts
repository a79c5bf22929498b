import type { Json } from '@holdpoint/protocol';
import { type AlphaSum, intervalAlpha, nominalAlpha } from './alpha.ts';
import { consolidateAnswers, type OpenedAnswer } from './consolidate-answers.ts';
import { type FieldModel, kindOf } from './consolidate-field.ts';
import { accuracyOf, type DawidSkeneModel, dawidSkene } from './dawid-skene.ts';
import { inOrder, isRecord } from './field-kind.ts';
import { meanKappa, pairKappas } from './kappa.ts';
import { createLabelColumns, type GrowingColumns } from './label-columns.ts';

/** How the answers to one field of a flow agree. */
export interface FieldFigures {
  readonly name: string;
  readonly kind: string;
  /** Loops of which several answers have the field. */
  readonly loops: number;
  readonly answers: number;
  /** 0 to 1: how far two answers to the same loop are the same; of shapes and long texts over the latest loops. */
  readonly agreement?: number;
  /** Krippendorff's, nominal for choices and interval for numbers; not there where it is not defined. */
  readonly alpha?: number;
  readonly metric?: 'nominal' | 'interval';
  /** Cohen's, the mean of all pairs of workers by the loops that they share. */
  readonly kappa?: number;
  /** The pairs that share the most loops. */
  readonly pairs?: readonly {
    readonly workers: readonly [string, string];
    readonly loops: number;
    readonly kappa?: number;
  }[];
  /** Of choices, when there are not too many: what Dawid & Skene's method found. */
  readonly model?: FieldModel;
}

export interface WorkerReliability {
  readonly workerId: string;
  /** Answers to loops with several. */
  readonly answers: number;
  /** 0 to 1: how often right, as far as the answers of all show; the mean of the fields by answers. */
  readonly accuracy: number;
  readonly fields: Readonly<Record<string, { readonly answers: number; readonly accuracy: number }>>;
}

/** What the answers to a flow say about each other. Plain data. */
export interface FlowAgreement {
  /** Loops with several answers; only these count. */
  readonly loops: number;
  readonly answers: number;
  readonly fields: readonly FieldFigures[];
  readonly workers: readonly WorkerReliability[];
}

export interface AnswerHistory {
  /** The answers to one loop. Loops come latest first. */
  add(answers: readonly OpenedAnswer[]): void;
  /** Everything that was added. */
  agreement(): FlowAgreement;
}

/** Fields of one flow that are looked at; forms have far fewer. */
const mostFields = 50;
/** Different labels of one field; what has more is free text. */
const mostLabels = 100;
/** Up to so many labels confusion matrices are kept, and so many numbers of them in all. */
const keptLabels = 20;
const keptNumbers = 200_000;
/** Numbers of all matrices that are worked with. */
const mostNumbers = 8_000_000;
/** Of kinds that take long to compare, so many loops are: the latest. */
const comparedLoops = 2000;
const mostPairs = 100;

interface FieldState {
  readonly kind: string;
  loops: number;
  answers: number;
  pairs: number;
  equal: number;
  compared: number;
  readonly columns: GrowingColumns;
  readonly labels: Map<string, number>;
  readonly values: Json[];
  /** More labels than a choice has. */
  isFree: boolean;
  numbers: AlphaSum | undefined;
  /** Of each worker how near to the consolidated value, summed up. */
  readonly nearness: Map<number, [answers: number, sum: number]>;
}

/**
 * Collects the answers to a flow in columns and works out how reliable its workers are. What is kept for each answer and field with choices
 * is ten bytes, and four for each loop.
 */
export function createAnswerHistory(): AnswerHistory {
  const workers = new Map<string, number>();
  const fields = new Map<string, FieldState>();
  const answered: number[] = [];
  let [loops, total] = [0, 0];
  const numberOfWorker = (id: string): number => {
    const known = workers.get(id);
    if (known !== undefined) return known;
    workers.set(id, workers.size);
    answered.push(0);
    return workers.size - 1;
  };

  function add(answers: readonly OpenedAnswer[]): void {
    if (answers.length < 2 || !answers.every(({ content }) => isRecord(content))) return;
    loops += 1;
    total += answers.length;
    const numbers = answers.map(({ workerId }) => numberOfWorker(workerId));
    for (const number of numbers) answered[number]!++;
    for (const name of new Set(answers.flatMap(({ content }) => Object.keys(content as object)))) {
      const given = answers.flatMap(({ content, workerId }, index) => {
        const value = Object.hasOwn(content as object, name) ? (content as Record<string, Json>)[name]! : undefined;
        return value === undefined ? [] : [{ workerId, value, worker: numbers[index]! }];
      });
      if (given.length < 2) continue;
      const { kind, read } = kindOf(given.map(({ value }) => value));
      const state = stateOf(name, kind.kind);
      // A field that now is a number and now is none has no figures of its own.
      if (!state || state.kind !== kind.kind) continue;
      state.loops += 1;
      state.answers += given.length;
      const own = given.map(({ value }) => read.get(value)!);
      const labels = own.map((value) => kind.labelOf?.(value));
      if (kind.numberOf) {
        state.numbers ??= intervalAlpha();
        state.numbers.add(own.map((value) => kind.numberOf!(value)));
      } else if (!state.isFree && labels.every((label) => label !== undefined)) {
        addLabels(state, given, labels);
        continue;
      }
      if (state.compared < comparedLoops) compare(state, name, given);
    }
  }

  function stateOf(name: string, kind: string): FieldState | undefined {
    const known = fields.get(name);
    if (known || fields.size >= mostFields) return known;
    const state: FieldState = {
      kind,
      loops: 0,
      answers: 0,
      pairs: 0,
      equal: 0,
      compared: 0,
      columns: createLabelColumns(),
      labels: new Map(),
      values: [],
      isFree: false,
      numbers: undefined,
      nearness: new Map(),
    };
    fields.set(name, state);
    return state;
  }

  function agreement(): FlowAgreement {
    const ids = [...workers.keys()];
    let left = keptNumbers;
    const made = [...fields].map(([name, state]) => {
      const { figures, accuracies } = figuresOf(name, state, ids, left);
      left -= figures.model ? ids.length * figures.model.labels.length ** 2 : 0;
      return { figures, accuracies };
    });
    made.sort((a, b) => inOrder(a.figures.name, b.figures.name));
    const reliability = ids.map((workerId, worker): WorkerReliability => {
      const own = made.flatMap(({ figures, accuracies }) => {
        const accuracy = accuracies.get(worker);
        return accuracy ? [[figures.name, accuracy] as const] : [];
      });
      const counted = own.reduce((sum, [, { answers }]) => sum + answers, 0);
      const right = own.reduce((sum, [, { answers, accuracy }]) => sum + answers * accuracy, 0);
      return {
        workerId,
        answers: answered[worker]!,
        accuracy: counted > 0 ? right / counted : 0,
        fields: Object.fromEntries(own),
      };
    });
    return {
      loops,
      answers: total,
      fields: made.map(({ figures }) => figures),
      workers: reliability.sort((a, b) => b.answers - a.answers || inOrder(a.workerId, b.workerId)),
    };
  }

  return { add, agreement };
}

function addLabels(
  state: FieldState,
  given: readonly { readonly value: Json; readonly worker: number }[],
  labels: readonly (string | undefined)[],
): void {
  const numbers = labels.map((label, index) => {
    const known = state.labels.get(label!);
    if (known !== undefined) return known;
    state.labels.set(label!, state.labels.size);
    state.values.push(given[index]!.value);
    return state.labels.size - 1;
  });
  if (state.labels.size > mostLabels) {
    state.isFree = true;
    state.columns.clear();
    return;
  }
  state.columns.add(
    given.map(({ worker }) => worker),
    numbers,
  );
  for (let one = 1; one < numbers.length; one++)
    for (let other = 0; other < one; other++) {
      state.pairs += 1;
      if (numbers[one] === numbers[other]) state.equal += 1;
    }
}

function compare(
  state: FieldState,
  name: string,
  given: readonly { readonly workerId: string; readonly value: Json; readonly worker: number }[],
): void {
  state.compared += 1;
  const field = consolidateAnswers(given.map(({ workerId, value }) => ({ workerId, content: { [name]: value } })))
    .fields[name]!;
  const pairs = (given.length * (given.length - 1)) / 2;
  state.pairs += pairs;
  state.equal += pairs * field.agreement;
  for (const { workerId, worker } of given) {
    const [answers, sum] = state.nearness.get(worker) ?? [0, 0];
    state.nearness.set(worker, [answers + 1, sum + field.workers[workerId]!]);
  }
}

type Accuracies = ReadonlyMap<number, { readonly answers: number; readonly accuracy: number }>;

function figuresOf(
  name: string,
  state: FieldState,
  ids: readonly string[],
  left: number,
): { readonly figures: FieldFigures; readonly accuracies: Accuracies } {
  const { kind, loops, answers, pairs, equal, labels, numbers } = state;
  const basics = { name, kind, loops, answers, ...(pairs > 0 && { agreement: equal / pairs }) };
  const square = ids.length * labels.size ** 2;
  if (numbers || state.isFree || labels.size === 0 || square > mostNumbers) {
    const alpha = numbers?.alpha();
    const accuracies = [...state.nearness].map(
      ([worker, [count, sum]]) => [worker, { answers: count, accuracy: sum / count }] as const,
    );
    return {
      figures: { ...basics, ...(numbers && { metric: 'interval' }), ...(alpha !== undefined && { alpha }) },
      accuracies: new Map(accuracies),
    };
  }
  const columns = state.columns.columns(ids.length, labels.size);
  const sum = nominalAlpha(labels.size);
  for (let item = 0; item + 1 < columns.starts.length; item++)
    sum.add(columns.labels.subarray(columns.starts[item], columns.starts[item + 1]));
  const alpha = sum.alpha();
  const kappas = pairKappas(columns);
  const kappa = meanKappa(kappas);
  const found = dawidSkene(columns);
  const counts = new Uint32Array(ids.length);
  for (const worker of columns.workers) counts[worker]!++;
  const accuracies = [...counts.entries()].flatMap(([worker, count]) =>
    count > 0 ? [[worker, { answers: count, accuracy: accuracyOf(found, worker) }] as const] : [],
  );
  const listed = [...kappas].sort(
    (a, b) => b.items - a.items || a.workers[0] - b.workers[0] || a.workers[1] - b.workers[1],
  );
  return {
    figures: {
      ...basics,
      metric: 'nominal',
      ...(alpha !== undefined && { alpha }),
      ...(kappa !== undefined && { kappa }),
      pairs: listed.slice(0, mostPairs).map((pair) => ({
        workers: [ids[pair.workers[0]]!, ids[pair.workers[1]]!] as const,
        loops: pair.items,
        ...(pair.kappa !== undefined && { kappa: pair.kappa }),
      })),
      ...(labels.size <= keptLabels && square <= left && { model: modelOf(state, found, ids, counts) }),
    },
    accuracies: new Map(accuracies),
  };
}

/** Labels in the order of their text, so that the same answers give the same model whoever came first. */
function modelOf(state: FieldState, found: DawidSkeneModel, ids: readonly string[], counts: Uint32Array): FieldModel {
  const { labelCount, confusion, prior } = found;
  const order = [...state.labels].sort(([a], [b]) => inOrder(a, b)).map(([, number]) => number);
  const matrixOf = (worker: number): number[][] =>
    order.map((right) => order.map((given) => rounded(confusion[(worker * labelCount + right) * labelCount + given]!)));
  return {
    labels: [...state.labels.keys()].sort(inOrder),
    values: order.map((number) => state.values[number]!),
    prior: order.map((number) => rounded(prior[number]!)),
    confusion: Object.fromEntries(
      ids.flatMap((id, worker) => (counts[worker]! > 0 ? [[id, matrixOf(worker)] as const] : [])),
    ),
  };
}

/** Six digits: kept as text, and no figure is surer. */
const rounded = (number: number): number => Math.round(number * 1e6) / 1e6;

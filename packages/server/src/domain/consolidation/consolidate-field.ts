import type { Json } from '@holdpoint/protocol';
import { blocks } from './blocks.ts';
import { anything, classifier, labels, moderationLabels, options as optionKind } from './choices.ts';
import { posteriorOfLabels } from './dawid-skene.ts';
import { entities } from './entities.ts';
import { type ConsolidationMethod, type FieldKind, inOrder, type Merged, sumOf } from './field-kind.ts';
import { instanceMasks, semanticMasks } from './masks.ts';
import { numbers, numberTexts } from './numbers.ts';
import { posteriorOf } from './posterior.ts';
import { rankings } from './rankings.ts';
import { boxes, keypoints, lines, polygons, polylines } from './shapes.ts';
import { texts } from './texts.ts';

export interface ConsolidationOptions {
  /** What becomes of numbers; the median by default. */
  readonly numbers?: 'median' | 'mean';
  /** How often each worker is right, 0 to 1, for the posteriors; who is not in it is taken to be right four times in five. */
  readonly accuracies?: Readonly<Record<string, number>>;
  /** How many values a choice has, where it is known, by the name of the field; else what was chosen counts, and two at least. */
  readonly choices?: Readonly<Record<string, number>>;
  /** What the history of the flow says of fields with choices, by name: these are decided by Dawid & Skene's method. */
  readonly models?: Readonly<Record<string, FieldModel>>;
}

/** What Dawid & Skene's method found out about a field; see `dawidSkene`. Plain data, so that it can be kept. */
export interface FieldModel {
  /** The labels, as the kind of the field tells them apart. */
  readonly labels: readonly string[];
  /** Of each label a value as an answer has it. */
  readonly values: readonly Json[];
  /** How often each is the right one. */
  readonly prior: readonly number[];
  /** Of each worker, for each right label, how often each label is given. */
  readonly confusion: Readonly<Record<string, readonly (readonly number[])[]>>;
}

export interface ConsolidatedField {
  /** The kind of control, as the shape of the values says. */
  readonly kind: string;
  readonly method: ConsolidationMethod;
  /** In the form that the control gives; not there when most of the weight leaves the field out. */
  readonly value?: Json;
  /** 0 to 1: the share of the weight whose answers are the value; an answer that is near it counts in part. */
  readonly confidence: number;
  /** 0 to 1: how far two answers are the same, on average over all pairs of which one has the field; 1 of a single answer. */
  readonly agreement: number;
  /** 0 to 1: how likely the value is the right one; grows with the number of answers that agree. See `posteriorOf`. */
  readonly posterior: number;
  /** How many answers have the field. */
  readonly answers: number;
  /** Of each worker how far the answer is the consolidated value, 0 to 1. */
  readonly workers: Readonly<Record<string, number>>;
  /** Of choices: the share of the weight that each got. */
  readonly votes?: Readonly<Record<string, number>>;
}

/** The first that reads all values of a field is the one: from the most particular shape to any. */
const kinds: readonly FieldKind<never>[] = [
  classifier,
  labels,
  moderationLabels,
  boxes,
  polygons,
  polylines,
  lines,
  keypoints,
  entities,
  semanticMasks,
  instanceMasks,
  blocks,
  rankings,
  optionKind,
  numbers,
  numberTexts,
  texts,
  anything,
] as unknown as readonly FieldKind<never>[];

/** What one worker gave for a field. */
export interface Entry {
  readonly workerId: string;
  readonly weight: number;
  /** Undefined when the answer leaves the field out. */
  readonly value: Json | undefined;
  readonly key: string;
}

/** Consolidates one field of several answers. @param unsorted one for each answer. */
export function consolidateField(
  name: string,
  unsorted: readonly Entry[],
  options: ConsolidationOptions,
): ConsolidatedField {
  // By what was answered, so that neither the order nor the names of workers decide anything.
  const entries = [...unsorted].sort(
    (a, b) => inOrder(a.key, b.key) || a.weight - b.weight || inOrder(a.workerId, b.workerId),
  );
  const { kind, read } = kindOf(entries.flatMap(({ value }) => (value === undefined ? [] : [value])));
  const given = entries.flatMap(({ value, weight }) =>
    value === undefined ? [] : [{ value: read.get(value)!, weight }],
  );
  const learned = byModel(kind, entries, read, modelOf(options, name));
  const result = learned ?? kind.merge(given, { numbers: options.numbers ?? 'median' });
  const total = sumOf(entries.map(({ weight }) => weight));
  const isLeftOut = sumOf(given.map(({ weight }) => weight)) < total / 2 - 1e-12;
  const readOf = ({ value }: Entry) => (value === undefined ? undefined : read.get(value));
  const toValue = entries.map((entry) => {
    const mine = readOf(entry);
    if (mine === undefined || isLeftOut) return mine === undefined && isLeftOut ? 1 : 0;
    return kind.similarity(mine, result.merged);
  });
  const confidence = sumOf(toValue.map((similarity, index) => similarity * (entries[index]!.weight / total)));
  const posterior = posteriorOf(
    entries.map(({ workerId, key }, index) => ({
      similarity: toValue[index]!,
      choice: key,
      ...accuracyOf(options, workerId),
    })),
    choicesOf(options, name) ?? Math.max(2, new Set(entries.map(({ key }) => key)).size),
  );
  return {
    kind: kind.kind,
    method: result.method,
    ...(!isLeftOut && { value: result.value }),
    confidence: bounded(isLeftOut ? confidence : (learned?.posterior ?? confidence)),
    agreement: meanOfPairs(entries.map(readOf), kind),
    posterior: bounded(isLeftOut ? posterior : (learned?.posterior ?? posterior)),
    answers: given.length,
    workers: Object.fromEntries(
      entries.map(({ workerId }, index) => [workerId, toValue[index]!] as const).sort(([a], [b]) => inOrder(a, b)),
    ),
    ...(result.votes !== undefined && { votes: result.votes }),
  };
}

/** The kind of a field, and what it reads in each of the values. */
export function kindOf(values: readonly Json[]): { kind: FieldKind<never>; read: ReadonlyMap<Json, never> } {
  for (const kind of kinds) {
    const read = new Map<Json, never>();
    const isOfThisKind = values.every((value) => {
      const own = kind.read(value);
      if (own !== undefined) read.set(value, own);
      return own !== undefined;
    });
    if (isOfThisKind) return { kind, read };
  }
  throw new Error('Any JSON value is read by the last kind.');
}

function meanOfPairs(values: readonly (undefined | never)[], kind: FieldKind<never>): number {
  const pairs = values.flatMap((one, index) =>
    values.slice(0, index).flatMap((other) => {
      if (one === undefined && other === undefined) return [];
      return [one === undefined || other === undefined ? 0 : kind.similarity(one, other)];
    }),
  );
  if (pairs.length === 0) return 1;
  return bounded(sumOf(pairs.sort((a, b) => a - b)) / pairs.length);
}

function accuracyOf({ accuracies }: ConsolidationOptions, workerId: string): { accuracy?: number } {
  return accuracies !== undefined && Object.hasOwn(accuracies, workerId) ? { accuracy: accuracies[workerId]! } : {};
}

/** Sums of fractions may be a little off. */
const bounded = (number: number): number => Math.min(1, Math.max(0, number));

const choicesOf = ({ choices }: ConsolidationOptions, name: string): number | undefined =>
  choices !== undefined && Object.hasOwn(choices, name) ? choices[name] : undefined;

const modelOf = ({ models }: ConsolidationOptions, name: string): FieldModel | undefined =>
  models !== undefined && Object.hasOwn(models, name) ? models[name] : undefined;

/** The likeliest value by what is known of the workers; undefined when a value is new to the model. */
function byModel(
  kind: FieldKind<never>,
  entries: readonly Entry[],
  read: ReadonlyMap<Json, never>,
  model: FieldModel | undefined,
): (Merged<never> & { readonly posterior: number }) | undefined {
  if (!model || model.labels.length === 0) return undefined;
  const workers = Object.keys(model.confusion);
  const answers = entries.flatMap(({ workerId, value }) =>
    value === undefined
      ? []
      : [{ worker: workers.indexOf(workerId), label: model.labels.indexOf(kind.labelOf?.(read.get(value)!) ?? '') }],
  );
  if (answers.length === 0 || answers.some(({ label }) => label < 0)) return undefined;
  const confusion = Float64Array.from(workers.flatMap((id) => model.confusion[id]!.flat()));
  const labelCount = model.labels.length;
  const posterior = posteriorOfLabels({ prior: Float64Array.from(model.prior), confusion, labelCount }, answers);
  const best = posterior.indexOf(posterior.reduce((most, each) => Math.max(most, each)));
  const value = model.values[best]!;
  const merged = kind.read(value);
  if (merged === undefined) return undefined;
  const votes = Object.fromEntries(model.labels.map((label, index) => [label, posterior[index]!] as const));
  return { method: 'dawid-skene', merged, value, votes, posterior: posterior[best]! };
}

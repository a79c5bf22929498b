import { type Json, stringifySorted } from '@holdpoint/protocol';
import { blocks } from './blocks.ts';
import { anything, classifier, labels, moderationLabels, options as optionKind } from './choices.ts';
import { entities } from './entities.ts';
import { type ConsolidationMethod, type FieldKind, inOrder, isRecord, sumOf } from './field-kind.ts';
import { instanceMasks, semanticMasks } from './masks.ts';
import { numbers, numberTexts } from './numbers.ts';
import { posteriorOf } from './posterior.ts';
import { rankings } from './rankings.ts';
import { boxes, keypoints, lines, polygons, polylines } from './shapes.ts';
import { texts } from './texts.ts';

/** One submitted answer of a human loop. */
export interface OpenedAnswer {
  readonly workerId: string;
  /** What the form handed over, by the names of its controls. */
  readonly content: Json;
  /** How much it counts, above 0; 1 by default. */
  readonly weight?: number;
}

export interface ConsolidationOptions {
  /** What becomes of numbers; the median by default. */
  readonly numbers?: 'median' | 'mean';
  /** How often each worker is right, 0 to 1, for the posteriors; who is not in it is taken to be right four times in five. */
  readonly accuracies?: Readonly<Record<string, number>>;
  /** How many values a choice has, where it is known, by the name of the field; else what was chosen counts, and two at least. */
  readonly choices?: Readonly<Record<string, number>>;
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

export interface Consolidation {
  /** One answer in the form of the given ones. */
  readonly answerContent: Json;
  /** 0 to 1, of the least sure field; 0 without answers. */
  readonly confidence: number;
  /** 0 to 1, the mean of all fields; 1 of a single answer. */
  readonly agreement: number;
  /** 0 to 1, of the least sure field. */
  readonly posterior: number;
  /** By the names of the controls; that of contents that are no objects is empty. */
  readonly fields: Readonly<Record<string, ConsolidatedField>>;
  /** Of each worker the mean over all fields, 0 to 1. */
  readonly workers: Readonly<Record<string, number>>;
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

interface Entry {
  readonly workerId: string;
  readonly weight: number;
  /** Undefined when the answer leaves the field out. */
  readonly value: Json | undefined;
  readonly key: string;
}

/**
 * Makes one answer of several to the same human loop. Each top-level field is consolidated by the kind of its control, which the
 * shape of its values shows; what is not known is a choice among JSON values. The result does not depend on the order of the
 * answers, and of equally good values the same one is taken, whoever gave it.
 */
export function consolidateAnswers(
  answers: readonly OpenedAnswer[],
  options: ConsolidationOptions = {},
): Consolidation {
  const isForm = answers.every(({ content }) => isRecord(content));
  const names = isForm
    ? [...new Set(answers.flatMap(({ content }) => Object.keys(content as object)))].sort(inOrder)
    : [''];
  const entriesOf = (name: string): Entry[] =>
    answers.map(({ workerId, content, weight = 1 }) => {
      const value = isForm ? memberOf(content, name) : content;
      return { workerId, weight, value, key: value === undefined ? '' : stringifySorted(value) };
    });
  const fields = names.map((name) => [name, consolidateField(name, entriesOf(name), options)] as const);
  const values = fields.flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value] as const]));
  const each = fields.map(([, field]) => field);
  const none = answers.length === 0 ? 0 : 1;
  return {
    answerContent: isForm ? Object.fromEntries(values) : (each[0]?.value ?? null),
    confidence: Math.min(none, ...each.map(({ confidence }) => confidence)),
    agreement: each.length === 0 ? 1 : sumOf(each.map(({ agreement }) => agreement)) / each.length,
    posterior: Math.min(none, ...each.map(({ posterior }) => posterior)),
    fields: Object.fromEntries(fields),
    workers: Object.fromEntries(
      answers
        .map(({ workerId }) => workerId)
        .sort(inOrder)
        .map((id) => [id, each.length === 0 ? 1 : sumOf(each.map(({ workers }) => workers[id]!)) / each.length]),
    ),
  };
}

const memberOf = (content: Json, name: string): Json | undefined =>
  isRecord(content) && Object.hasOwn(content, name) ? content[name] : undefined;

function consolidateField(name: string, unsorted: readonly Entry[], options: ConsolidationOptions): ConsolidatedField {
  // By what was answered, so that neither the order nor the names of workers decide anything.
  const entries = [...unsorted].sort(
    (a, b) => inOrder(a.key, b.key) || a.weight - b.weight || inOrder(a.workerId, b.workerId),
  );
  const { kind, read } = kindOf(entries);
  const given = entries.flatMap(({ value, weight }) =>
    value === undefined ? [] : [{ value: read.get(value)!, weight }],
  );
  const result = kind.merge(given, { numbers: options.numbers ?? 'median' });
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
    options.choices?.[name] ?? Math.max(2, new Set(entries.map(({ key }) => key)).size),
  );
  return {
    kind: kind.kind,
    method: result.method,
    ...(!isLeftOut && { value: result.value }),
    confidence: bounded(confidence),
    agreement: meanOfPairs(entries.map(readOf), kind),
    posterior: bounded(posterior),
    answers: given.length,
    workers: Object.fromEntries(
      entries.map(({ workerId }, index) => [workerId, toValue[index]!] as const).sort(([a], [b]) => inOrder(a, b)),
    ),
    ...(result.votes !== undefined && { votes: result.votes }),
  };
}

function kindOf(entries: readonly Entry[]): { kind: FieldKind<never>; read: ReadonlyMap<Json, never> } {
  const values = entries.flatMap(({ value }) => (value === undefined ? [] : [value]));
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

import { type Json, stringifySorted } from '@holdpoint/protocol';
import {
  type ConsolidatedField,
  type ConsolidationOptions,
  consolidateField,
  type Entry,
} from './consolidate-field.ts';
import { inOrder, isRecord, sumOf } from './field-kind.ts';

export type { ConsolidatedField, ConsolidationOptions } from './consolidate-field.ts';

/** One submitted answer of a human loop. */
export interface OpenedAnswer {
  readonly workerId: string;
  /** What the form handed over, by the names of its controls. */
  readonly content: Json;
  /** How much it counts, above 0; 1 by default. */
  readonly weight?: number;
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

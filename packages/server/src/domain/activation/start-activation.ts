import type { FlowDefinition, Tags } from '../rows.ts';
import type { JsonMembers, WordRule } from './condition-tree.ts';
import { type ActivationInput, evaluateActivation } from './evaluate-activation.ts';
import { type ParsedConditions, parseActivationConditions } from './parse-activation-conditions.ts';

/** What the conditions of a flow without a request source say about the input of a start. */
export interface StartActivation {
  /** Whether people are asked. */
  readonly activated: boolean;
  /** An `ActivationRecord` as JSON, which is kept with the input. */
  readonly record: string;
}

export interface ActivationRecord {
  readonly activated: boolean;
  /** The conditions, with `EvaluationResult` on each node; undefined when they could not be read. */
  readonly results?: JsonMembers;
  /** Why people are asked although the conditions could not be judged. */
  readonly reasons: readonly string[];
}

/**
 * Evaluates our conditions on the input content of a start; undefined where nothing evaluates any: without conditions, with a
 * request source, whose service evaluates them, and with AWS's own types alone.
 */
export function startActivation(
  { config }: FlowDefinition,
  input: Omit<ActivationInput, 'wordRule'>,
): StartActivation | undefined {
  const conditions = conditionsOf(config);
  if (conditions === undefined || config.HumanLoopRequestSource) return undefined;
  const { tree, violations } = readConditions(conditions, undefined);
  // Conditions of ours were read when the flow was made: an older program may not know what a newer one took.
  if (!tree) return isOurs(conditions) ? recorded({ activated: true, reasons: violations }) : undefined;
  if (tree.subject !== 'content') return undefined;
  const { activated, results, reasons } = evaluateActivation(tree, input);
  return recorded({ activated, results, reasons });
}

/** The text of a flow definition's conditions. */
export function conditionsOf(config: { readonly HumanLoopActivationConfig?: unknown }): string | undefined {
  const given = config.HumanLoopActivationConfig as
    | { HumanLoopActivationConditionsConfig?: { HumanLoopActivationConditions?: string } }
    | undefined;
  return given?.HumanLoopActivationConditionsConfig?.HumanLoopActivationConditions;
}

/** How many words of a pair a bound on them must hold of, by the tag of the flow definition. */
export const wordRuleOf = (tags: Tags): WordRule => (tags['holdpoint:word-confidence'] === 'any' ? 'any' : 'every');

const recorded = (record: ActivationRecord): StartActivation => ({
  activated: record.activated,
  record: JSON.stringify(record),
});

const isOurs = (conditions: string): boolean => conditions.includes('"holdpoint:');

const mostKept = 200;
const kept = new Map<string, ParsedConditions>();

/** Reads conditions, of which those that were asked for last are kept: a start is told by them in microseconds. */
export function readConditions(text: string, source: string | undefined): ParsedConditions {
  const key = `${source ?? ''}\n${text}`;
  const known = kept.get(key);
  if (known) return known;
  const parsed = parseActivationConditions(text, source);
  if (kept.size >= mostKept) kept.delete(kept.keys().next().value!);
  kept.set(key, parsed);
  return parsed;
}

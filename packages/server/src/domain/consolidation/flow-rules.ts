import { textOfTag } from '@holdpoint/protocol';
import type { Tags } from '../rows.ts';
import type { FlowAgreement } from './answer-history.ts';
import type { ConsolidationOptions, OpenedAnswer } from './consolidate-answers.ts';
import { assumedAccuracy } from './posterior.ts';

export type ConsolidationRule = 'majority' | 'weighted' | 'dawid-skene';

/** How the answers to the loops of a flow become one, as its tags say. */
export interface ConsolidationRules {
  readonly method: ConsolidationRule;
  readonly numbers: 'median' | 'mean';
}

export const consolidationRulesOf = (tags: Tags): ConsolidationRules => ({
  method: (textOfTag(tags, 'holdpoint:consolidation') ?? 'majority') as ConsolidationRule,
  numbers: (textOfTag(tags, 'holdpoint:consolidation-numbers') ?? 'median') as 'median' | 'mean',
});

/**
 * What `consolidateAnswers` is to be given: the weights and models that the rules ask for, taken from the answers to the flow so far.
 * With `weighted` a worker who is right with probability a has the weight log(a / (1 - a)), which is best for two choices
 * (Nitzan & Paroush 1982); whoever is right no more often than a coin has nearly none.
 */
export function consolidationInput(
  answers: readonly OpenedAnswer[],
  { method, numbers }: ConsolidationRules,
  agreement: FlowAgreement | undefined,
): { readonly answers: readonly OpenedAnswer[]; readonly options: ConsolidationOptions } {
  if (method === 'majority' || !agreement) return { answers, options: { numbers } };
  const accuracies = accuraciesOf(agreement);
  const weighted = answers.map((answer) => ({
    ...answer,
    weight: weightOfAccuracy(accuracies.get(answer.workerId) ?? assumedAccuracy),
  }));
  const models = agreement.fields.flatMap(({ name, model }) => (model ? [[name, model] as const] : []));
  return {
    answers: weighted,
    options: {
      numbers,
      accuracies: Object.fromEntries(accuracies),
      ...(method === 'dawid-skene' && { models: Object.fromEntries(models) }),
    },
  };
}

/** How often each worker is right who has answered anything that shows it. */
export const accuraciesOf = ({ workers }: FlowAgreement): ReadonlyMap<string, number> =>
  new Map(
    workers.flatMap(({ workerId, accuracy, fields }) =>
      Object.keys(fields).length > 0 ? [[workerId, accuracy] as const] : [],
    ),
  );

const leastWeight = 0.05;

function weightOfAccuracy(accuracy: number): number {
  const known = Math.min(0.99, Math.max(0.01, accuracy));
  return Math.max(leastWeight, Math.log(known / (1 - known)));
}

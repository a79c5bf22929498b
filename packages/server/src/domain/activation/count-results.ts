import { isRecord } from '@holdpoint/protocol';
import type { JsonMembers } from './condition-tree.ts';

/** Counts how often each node of the same conditions is true: `EvaluationCount` instead of `EvaluationResult`. */
export function countResults(counts: JsonMembers, results: JsonMembers): JsonMembers {
  const counted: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(results))
    if (name === 'EvaluationResult') counted.EvaluationCount = Number(counts.EvaluationCount ?? 0) + (value ? 1 : 0);
    else counted[name] = lists.includes(name) ? countList(counts[name], value) : value;
  return counted;
}

const lists: readonly string[] = ['Conditions', 'And', 'Or'];

const countList = (counts: unknown, results: unknown): unknown =>
  Array.isArray(results)
    ? results.map((each, index) => {
        const known: unknown = Array.isArray(counts) ? counts[index] : undefined;
        return countResults(isRecord(known) ? known : {}, each as JsonMembers);
      })
    : results;

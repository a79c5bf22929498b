import { textOfTag } from '@holdpoint/protocol';
import { countRulesOf } from '../domain/answer-count.ts';
import type { Counting } from '../domain/end-assignment.ts';
import type { HumanLoop, Task } from '../domain/rows.ts';
import type { Store } from './store.ts';

/**
 * What decides how many a loop asks; undefined where its flow simply asks `TaskCount` workers, for which nothing is read.
 *
 * @param task read before: whoever changes answers or assignments changes it too, so that a decision on what is read here
 *   stands only if nothing of it has changed.
 */
export async function loadCounting(store: Store, humanLoop: HumanLoop, task: Task): Promise<Counting | undefined> {
  // Most loops have no tags at all.
  if (!countRulesOf(humanLoop.extensionTags, 1)) return undefined;
  const [flowDefinition, answers, assignments] = await Promise.all([
    store.flowDefinition(humanLoop.flowDefinitionId),
    store.answersOfHumanLoop(humanLoop.id),
    store.assignmentsOfTask(task.id),
  ]);
  if (!flowDefinition) return undefined;
  const rules = countRulesOf(humanLoop.extensionTags, flowDefinition.config.HumanLoopConfig.TaskCount)!;
  const { workteamId } = flowDefinition;
  const arn = textOfTag(humanLoop.extensionTags, 'holdpoint:adjudicator-workteam');
  const adjudicators = arn === undefined ? undefined : await store.workteamByName(arn.slice(arn.lastIndexOf('/') + 1));
  const openAssignments = assignments.filter(({ status }) => status === 'open');
  return { rules, answers, openAssignments, workteamId, adjudicatorsId: adjudicators?.id };
}

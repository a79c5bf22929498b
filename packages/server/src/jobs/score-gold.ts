import { activity, systemActor } from '../domain/activity.ts';
import { goldWindow, scoreGold as score, takeGoldResult } from '../domain/gold.ts';
import { newId } from '../id.ts';
import { type JobHandler, nothingToDo } from './job.ts';

/** Scores an answer to a gold item, once it is final; operators hear of a worker who gets no more of the flow. */
export const scoreGold: JobHandler = async ({ store, log, now }, job) => {
  const assignment = await store.assignment(job.subject);
  const humanLoop = assignment && (await store.humanLoop(assignment.humanLoopId));
  const item = humanLoop?.goldItemId ? await store.goldItem(humanLoop.goldItemId) : undefined;
  if (!assignment || !humanLoop || !item) return nothingToDo;
  const answers = await store.answersOfHumanLoop(humanLoop.id);
  const answer = answers.find(({ assignmentId }) => assignmentId === assignment.id);
  if (!answer) return nothingToDo;
  const { flowDefinitionId } = item;
  const { workerId } = answer;
  const worker = await store.worker(workerId);
  const since = worker?.goldStanding?.[flowDefinitionId]?.since;
  const earlier = await store.goldResults(flowDefinitionId, { workerId, limit: goldWindow, ...(since && { since }) });
  const found = score(item.expectedAnswer, answer.answerContent);
  const result = {
    id: assignment.id,
    goldItemId: item.id,
    flowDefinitionId,
    workerId,
    score: found.score,
    isRight: found.isRight ? (1 as const) : (0 as const),
    answeredAt: answer.submittedAt,
  };
  const { changes, accuracy, isBarred } = takeGoldResult({ result, earlier, worker, humanLoop, now });
  if (!isBarred) return { done: true, changes };
  const flow = humanLoop.flowDefinitionName;
  log.warn({ flow, workerId: worker?.identity.workerId, accuracy }, 'a worker gets no more tasks of a flow');
  const row = activity(
    {
      actor: systemActor,
      clientAddress: null,
      requestId: null,
      action: 'bar-worker',
      resource: { type: 'worker', name: worker!.emailAsGiven },
      details: () => ({ flowDefinition: flow, accuracy }),
      at: now,
    },
    newId(now),
  );
  return { done: true, changes: [...changes, row] };
};

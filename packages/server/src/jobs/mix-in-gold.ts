import { createHash } from 'node:crypto';
import { isMember } from '../domain/assignment.ts';
import { update } from '../domain/change.ts';
import { chooseGold, startGold } from '../domain/gold.ts';
import { isFinal } from '../domain/human-loop.ts';
import type { GoldItem, Worker } from '../domain/rows.ts';
import { newId } from '../id.ts';
import { type JobContext, type JobHandler, nothingToDo } from './job.ts';

/** Makes a loop of a gold item of the flow of another loop, if there is one that nobody is at and that somebody has not seen. */
export const mixInGold: JobHandler = async (context, job) => {
  const { store, now } = context;
  const humanLoop = await store.humanLoop(job.subject);
  const flowDefinition = humanLoop && (await store.flowDefinition(humanLoop.flowDefinitionId));
  if (!flowDefinition || flowDefinition.status === 'Deleting') return nothingToDo;
  const [items, workteam, workers] = await Promise.all([
    store.goldItems(flowDefinition.id),
    store.workteam(flowDefinition.workteamId),
    store.workers(),
  ]);
  const members = workteam ? workers.filter((worker) => isMember(worker, workteam)) : [];
  const free: GoldItem[] = [];
  for (const one of items) if (await isFree(context, one, members)) free.push(one);
  const item = chooseGold(free);
  if (!item) return nothingToDo;
  const inputSha256 = createHash('sha256').update(item.inputContent).digest('hex');
  const changes = startGold({ item, flowDefinition, id: newId(now), inputSha256, now });
  // The flow's row is changed, so that deleting it meanwhile, which has not seen this loop, conflicts with this.
  return { done: true, changes: [update('flowDefinitions', flowDefinition, {}), ...changes] };
};

/** Nobody can be at it, and somebody has not answered it. */
async function isFree({ store }: JobContext, item: GoldItem, members: readonly Worker[]): Promise<boolean> {
  const humanLoop = item.humanLoopId === null ? undefined : await store.humanLoop(item.humanLoopId);
  if (humanLoop && !isFinal(humanLoop)) return false;
  const seen = new Set((await store.goldResultsOfItem(item.id)).map(({ workerId }) => workerId));
  return members.some(({ id }) => !seen.has(id));
}

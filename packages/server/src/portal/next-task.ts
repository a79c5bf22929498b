import type { NextTaskResponse } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import { acceptTask } from '../domain/assignment.ts';
import { newId } from '../id.ts';
import { myWorkteams } from './my-workteams.ts';
import { readJson, smallBody, textOf } from './read-json.ts';
import { json } from './reply.ts';
import type { WorkerVisit } from './visit.ts';

/** POST tasks/next: takes the oldest task that the worker may take, of one flow definition if one is named. */
export async function nextTask({ exchange, store, worker, now }: WorkerVisit): Promise<Reply> {
  const body = await readJson(exchange, smallBody);
  const flowDefinitionName = body.flowDefinitionName == null ? undefined : textOf(body, 'flowDefinitionName', 63);
  const workteams = await myWorkteams(store, worker);
  const assignment = await store.claimNextTask({
    workerId: worker.id,
    workteamIds: workteams.map(({ id }) => id),
    flowDefinitionName,
    now,
    accept(task) {
      const workteam = workteams.find(({ id }) => id === task.workteamId)!;
      // The store offers only tasks that the worker holds no live assignment of.
      return acceptTask({ task, worker, workteam, assignmentsOfWorker: [], assignmentId: newId(now), now });
    },
  });
  const reply: NextTaskResponse = { assignmentId: assignment?.id ?? null };
  return json(reply);
}

import { announceWith } from '../domain/announce.ts';
import type { AssignmentState } from '../domain/end-assignment.ts';
import type { Announce } from '../domain/human-loop.ts';
import { Refusal } from '../domain/refusal.ts';
import { newRequestId } from '../id.ts';
import { loadCounting } from '../store/load-counting.ts';
import { isUuid } from './read-json.ts';
import type { WorkerVisit } from './visit.ts';

/**
 * The worker's assignment with all that decisions about it need to see.
 *
 * @throws Refusal `not-found` when there is none, `not-yours` when it is somebody else's.
 */
export async function loadAssignment(visit: WorkerVisit, id: string): Promise<AssignmentState> {
  const { store, worker, now } = visit;
  const found = isUuid(id) ? await store.assignmentWithTask(id) : undefined;
  if (!found) throw gone();
  if (found.assignment.workerId !== worker.id) throw new Refusal('not-yours', 'This task is not assigned to you.');
  const [announce, counting] = await Promise.all([
    loadAnnounce(visit),
    loadCounting(store, found.humanLoop, found.task),
  ]);
  return { ...found, now, announce, counting };
}

const gone = (): Refusal => new Refusal('not-found', 'This task does not exist any more.');

async function loadAnnounce({ store, installation, now }: WorkerVisit): Promise<Announce> {
  return announceWith({ eventTargets: await store.eventTargets(), installation, now, newId: newRequestId });
}

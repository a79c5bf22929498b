import type { Reply } from '../context.ts';
import { undoAnswer as decideUndo } from '../domain/assignment.ts';
import { jobId } from '../domain/jobs.ts';
import { assignmentView } from './assignment-view.ts';
import { decide } from './decide.ts';
import { loadAssignment } from './load-assignment.ts';
import { json } from './reply.ts';
import { signedOut } from './signed-out.ts';
import type { WorkerVisit } from './visit.ts';

/** POST assignments/{id}/undo: takes a submitted answer back, as long as it is not final; the task goes on where it was. */
export async function undoAnswer(visit: WorkerVisit, id: string): Promise<Reply> {
  const { store } = visit;
  await decide(store, async () => {
    const state = await loadAssignment(visit, id);
    const [worker, answers, outputJob] = await Promise.all([
      store.worker(visit.worker.id),
      store.answersOfHumanLoop(state.humanLoop.id),
      store.job(jobId('write-output', state.humanLoop.id)),
    ]);
    if (worker?.status !== 'active') throw signedOut();
    return decideUndo({ ...state, worker, answer: answers.find(({ assignmentId }) => assignmentId === id), outputJob });
  });
  return json(assignmentView(await loadAssignment(visit, id)));
}

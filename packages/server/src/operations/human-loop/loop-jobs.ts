import type { OperationContext } from '../../context.ts';
import { jobId } from '../../domain/jobs.ts';
import type { Assignment, EventDelivery, HumanLoop, HumanLoopEvent, Job } from '../../domain/rows.ts';

/** A job about a loop, with the delivery that it makes, if it does. */
export interface LoopJob {
  readonly job: Job;
  readonly delivery?: EventDelivery;
}

/** What is to be done about a loop: by the server itself, and by telling event targets. First what is due first. */
export async function loadJobs(
  { store }: OperationContext,
  humanLoop: HumanLoop,
  openAssignments: readonly Assignment[],
): Promise<readonly LoopJob[]> {
  const ids = [
    ...(['prepare-task', 'write-output', 'write-details', 'expire-human-loop'] as const).map((kind) =>
      jobId(kind, humanLoop.id),
    ),
    ...openAssignments.map(({ id }) => jobId('expire-assignment', id)),
  ];
  const own = (await Promise.all(ids.map((id) => store.job(id)))).flatMap((job) => (job ? [{ job }] : []));
  return [...own, ...(await loadSending(store, humanLoop))].sort((a, b) => a.job.dueAt - b.job.dueAt);
}

/** What tells event targets of a loop. */
export async function loadSending(
  store: OperationContext['store'],
  { name }: HumanLoop,
): Promise<readonly Required<LoopJob>[]> {
  const targets = await store.eventTargets();
  const waiting = await Promise.all(targets.map(({ id }) => store.waitingDeliveries(id, name)));
  const sending = await Promise.all(
    waiting.flat().map(async (delivery) => {
      const job = await store.job(jobId('send-event', delivery.id));
      return job ? [{ job, delivery }] : [];
    }),
  );
  return sending.flat();
}

/** Deliveries of a loop's events that were given up and are still there, by what its timeline says of them. */
export async function loadDeadLetters(
  store: OperationContext['store'],
  events: readonly HumanLoopEvent[],
): Promise<readonly EventDelivery[]> {
  const ids = new Set(events.flatMap(({ kind, subject }) => (kind === 'EventGivenUp' && subject ? [subject] : [])));
  const found = await Promise.all([...ids].map((id) => store.eventDelivery(id)));
  return found.filter((delivery) => delivery !== undefined).filter(({ failedAt }) => failedAt !== null);
}

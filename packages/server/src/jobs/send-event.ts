import { type Change, discard, guard, update } from '../domain/change.ts';
import { jobId } from '../domain/jobs.ts';
import type { EventDelivery, EventTarget, Job } from '../domain/rows.ts';
import type { SendResult } from '../events/event-sender.ts';
import { type JobContext, type JobHandler, type JobOutcome, nothingToDo } from './job.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waiting times after the first, second … failure; the last one repeats. */
const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 6 * hour];

/** How long after it was queued (first, or by a replay) an event is tried again; the last attempt is at its end. */
const persistence = 72 * hour;

/** Sends one event to one target: a delivery that succeeds leaves no row, one that is given up stays and says why. */
export const sendEvent: JobHandler = async (context, job) => {
  const delivery = await context.store.eventDelivery(job.subject);
  if (!delivery || delivery.failedAt !== null) return nothingToDo;
  const forget: JobOutcome = { done: true, changes: [discard('eventDeliveries', delivery.id)] };
  const target = await context.store.eventTarget(delivery.eventTargetId);
  if (!target) return forget;
  const earlier = await earlierJob(context, delivery);
  if (earlier)
    return {
      done: false,
      tried: false,
      error: 'An older event of the same human loop has to arrive first.',
      retryAt: Math.max(earlier.dueAt, context.clock.now()) + second,
    };
  const result = await context.sendEvent(target, delivery.id, delivery.event);
  return result.delivered ? forget : keep(context, job, target, delivery, result);
};

/** What sends an older event that has to arrive before this one. */
async function earlierJob({ store }: JobContext, delivery: EventDelivery): Promise<Job | undefined> {
  const earlier = delivery.orderKey === null ? undefined : await store.earlierDelivery(delivery);
  return earlier && store.job(jobId('send-event', earlier.id));
}

function keep(
  context: JobContext,
  job: Job,
  target: EventTarget,
  delivery: EventDelivery,
  failure: SendResult & { delivered: false },
): JobOutcome {
  const now = context.clock.now();
  const attempts = delivery.attempts + 1;
  const { error } = failure;
  const givenUp = failure.permanent === true || now >= job.createdAt + persistence;
  const failedAt = givenUp ? now : null;
  const changes: Change[] = [
    // Of a target that was deleted meanwhile no failed delivery may be left over.
    guard('eventTargets', target),
    update('eventDeliveries', delivery, { attempts, lastError: error.slice(0, 1000), failedAt }),
  ];
  const facts = {
    eventTargetId: target.id,
    service: target.service,
    deliveryId: delivery.id,
    attempts,
    statusCode: failure.statusCode,
  };
  if (givenUp) {
    context.log.warn(facts, 'event given up');
    return { done: true, changes };
  }
  context.log.info(facts, 'event not delivered, will be tried again');
  const delay = delays[Math.min(job.attempts, delays.length - 1)]!;
  return { done: false, error, retryAt: Math.min(now + delay, job.createdAt + persistence), changes };
}

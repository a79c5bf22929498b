import { type Change, discard, guard, update } from '../domain/change.ts';
import { isTimelineKept, loopOfEvent, noteDelivery } from '../domain/human-loop-event.ts';
import { jobId } from '../domain/jobs.ts';
import type { EventDelivery, EventTarget, HumanLoop, Job } from '../domain/rows.ts';
import type { SendResult } from '../events/event-sender.ts';
import { bringForward, mostHurried } from './bring-forward.ts';
import { type JobContext, type JobHandler, type JobOutcome, nothingToDo } from './job.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** Waiting times after the first, second … failure; the last one repeats. */
const delays = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 6 * hour];

/** The longest waiting time of an event at a target that takes others. */
const hurried = 30 * second;

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
  const humanLoop = await loopOf(context, delivery);
  if (!result.delivered) return keep(context, job, { target, delivery, humanLoop }, result);
  if (result.isFirst) await bringForward(context, target.id);
  const outcome = { kind: 'EventDelivered', service: target.service } as const;
  const noted = noteOf(humanLoop, delivery, outcome, context.clock.now());
  return { done: true, changes: [discard('eventDeliveries', delivery.id), ...noted] };
};

/** The loop that the delivery's event is about, as long as anything about it is kept. */
async function loopOf({ store, retentionDays, clock }: JobContext, { event }: EventDelivery) {
  const about = loopOfEvent(event);
  const humanLoop = about && (await store.humanLoopByName(about.name));
  return humanLoop && about.isOf(humanLoop) && isTimelineKept(humanLoop, retentionDays, clock.now())
    ? humanLoop
    : undefined;
}

/** Of a loop that is deleted meanwhile nothing may be left over. */
const noteOf = (
  humanLoop: HumanLoop | undefined,
  delivery: EventDelivery,
  outcome: Parameters<typeof noteDelivery>[2],
  now: number,
): readonly Change[] =>
  humanLoop ? [guard('humanLoops', humanLoop), ...noteDelivery(humanLoop, delivery, outcome, now)] : [];

/** What sends an older event that has to arrive before this one. */
async function earlierJob({ store }: JobContext, delivery: EventDelivery): Promise<Job | undefined> {
  const earlier = delivery.orderKey === null ? undefined : await store.earlierDelivery(delivery);
  return earlier && store.job(jobId('send-event', earlier.id));
}

function keep(
  context: JobContext,
  job: Job,
  { target, delivery, humanLoop }: { target: EventTarget; delivery: EventDelivery; humanLoop: HumanLoop | undefined },
  failure: SendResult & { delivered: false },
): JobOutcome {
  const now = context.clock.now();
  const attempts = delivery.attempts + 1;
  const { error } = failure;
  const givenUp = failure.permanent === true || now >= job.createdAt + persistence;
  const failedAt = givenUp ? now : null;
  const usual = delays[Math.min(job.attempts, delays.length - 1)]!;
  const delay = failure.isTaking && attempts <= mostHurried ? Math.min(usual, hurried) : usual;
  const retryAt = Math.min(now + delay, job.createdAt + persistence);
  const kind = givenUp ? 'EventGivenUp' : 'EventFailed';
  const outcome = { kind, service: target.service, error, ...(!givenUp && { retryAt }) } as const;
  const changes: Change[] = [
    // Of a target that was deleted meanwhile no failed delivery may be left over.
    guard('eventTargets', target),
    update('eventDeliveries', delivery, { attempts, lastError: error.slice(0, 1000), failedAt }),
    ...noteOf(humanLoop, delivery, outcome, now),
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
  return { done: false, error, retryAt, changes };
}

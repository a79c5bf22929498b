/**
 * The input, the answers, the drafts and the timeline of a loop are kept for so many days after its end, as the service does (30). The loop itself and
 * its output object stay. Events that were given up are kept as long after that. Work goes through finished loops in the order
 * of their ends; how far it is, is a setting.
 */
import { activity, systemActor } from './activity.ts';
import { type Change, discard, insert, remove, update } from './change.ts';
import { addJob } from './jobs.ts';
import type { Activity, Answer, Draft, EventDelivery, HumanLoop, HumanLoopEvent, JobKind, Setting } from './rows.ts';

/** The setting that says up to which finished loop everything is purged. */
export const purgedUntil = 'purgedUntil';

const dayMs = 86_400_000;
/** How often it is looked whether something is over. */
const lookEveryMs = 3_600_000;
/** Between two batches, so that requests have the store to themselves most of the time. */
const betweenBatchesMs = 250;
/** Loops of one batch. */
export const purgeBatch = 100;
/** Rows of the activity log of one batch. */
export const purgeActivitiesBatch = 500;

export interface PurgePosition {
  readonly finishedAt: number;
  readonly id: string;
}

export function readPosition(setting: Setting | undefined): PurgePosition | undefined {
  const [, finishedAt, id] = /^(\d+) (\S+)$/.exec(setting?.value ?? '') ?? [];
  return id === undefined ? undefined : { finishedAt: Number(finishedAt), id };
}

/** Loops that ended before this are over. */
export const purgeBefore = (retentionDays: number, now: number): number => now - retentionDays * dayMs;

/** The job that looks at a moment; its name is that moment, so that all who want one make the same. */
export const lookAt = (dueAt: number, now: number): Change =>
  addJob('purge-human-loops', String(dueAt), dueAt, now, { ifAbsent: true });

/** The same for the activity log. */
export const lookAtActivities = (dueAt: number, now: number): Change =>
  addJob('purge-activities', String(dueAt), dueAt, now, { ifAbsent: true });

/** At the full hour: however often servers start, one look an hour is enough. */
const nextHour = (now: number): number => (Math.floor(now / lookEveryMs) + 1) * lookEveryMs;

/** A loop, with the keys of what is purged of it. */
export interface Purged {
  readonly humanLoop: HumanLoop;
  readonly answers: readonly Pick<Answer, 'assignmentId'>[];
  readonly drafts: readonly Pick<Draft, 'id'>[];
  readonly events: readonly Pick<HumanLoopEvent, 'id'>[];
}

/**
 * @param loops the next finished ones that are over, at most `purgeBatch`, with their answers, drafts and events.
 * @param deadLetters deliveries that were given up and are over, at most `purgeBatch`.
 * @param lookedAt when this look was due. The next one is later also by a clock that was set back meanwhile: of the same moment
 *   there is only one, which ends now.
 */
export function purge(input: {
  readonly loops: readonly Purged[];
  readonly deadLetters: readonly EventDelivery[];
  readonly setting: Setting | undefined;
  readonly lookedAt: number;
  readonly now: number;
  /** For the row of the activity log. */
  readonly activityId: string;
}): { changes: readonly Change[] } {
  const { loops, deadLetters, setting } = input;
  const now = Math.max(input.now, input.lookedAt);
  const last = loops.at(-1)?.humanLoop;
  const isMore = loops.length === purgeBatch || deadLetters.length === purgeBatch;
  const changes: Change[] = [lookAt(isMore ? now + betweenBatchesMs : nextHour(now), now)];
  if (!last && deadLetters.length === 0) return { changes };
  // One that is sent again meanwhile stays.
  changes.push(...deadLetters.map((delivery) => remove('eventDeliveries', delivery)));
  for (const { humanLoop, answers, drafts, events } of loops) {
    changes.push(discard('humanLoopInputs', humanLoop.id));
    changes.push(...answers.map((answer) => discard('answers', answer.assignmentId)));
    changes.push(...drafts.map((draft) => discard('drafts', draft.id)));
    changes.push(...events.map((event) => discard('humanLoopEvents', event.id)));
  }
  if (last) {
    const value = `${last.finishedAt} ${last.id}`;
    changes.push(setting ? update('settings', setting, { value }) : insert('settings', { name: purgedUntil, value }));
  }
  const details = {
    ...(last && { humanLoops: loops.length, until: new Date(last.finishedAt ?? now).toISOString() }),
    ...(deadLetters.length > 0 && { deadLetters: deadLetters.length }),
  };
  changes.push(purged('purge-human-loops', details, input.activityId, input.now));
  return { changes };
}

/**
 * The log loses its oldest rows.
 *
 * @param rows the oldest ones, at most `purgeActivitiesBatch`, old enough or not.
 * @param lookedAt see `purge`.
 */
export function purgeActivities(input: {
  readonly rows: readonly Activity[];
  readonly before: number;
  readonly lookedAt: number;
  readonly now: number;
  readonly activityId: string;
}): { changes: readonly Change[] } {
  const over = input.rows.filter(({ at }) => at < input.before);
  const now = Math.max(input.now, input.lookedAt);
  const isMore = over.length === purgeActivitiesBatch;
  const changes: Change[] = [lookAtActivities(isMore ? now + betweenBatchesMs : nextHour(now), now)];
  const last = over.at(-1);
  if (!last) return { changes };
  changes.push(...over.map(({ id }) => discard('activities', id)));
  const details = { activities: over.length, until: new Date(last.at).toISOString() };
  changes.push(purged('purge-activities', details, input.activityId, input.now));
  return { changes };
}

const purged = (action: JobKind, details: Readonly<Record<string, unknown>>, id: string, at: number): Change =>
  activity({ actor: systemActor, clientAddress: null, requestId: null, action, details: () => details, at }, id);

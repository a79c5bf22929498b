/**
 * What happened to a human loop and leaves no trace in its rows: written in the commit of the change itself and never changed
 * afterwards. Its start and end, who accepted its task and how each turn ended stand in the loop and its assignments; a start
 * therefore writes nothing here. Kept as long as the loop's answers.
 */
import { type Change, insert } from './change.ts';
import { purgeBefore } from './retention.ts';
import type { Assignment, EventDelivery, HumanLoop, HumanLoopEvent, Job, JobKind, Task } from './rows.ts';

const hourMs = 3_600_000;
/** Every failed try of a job is kept up to this one; then one in so many, since an outage may last for days. */
const triesKept = 20;
const thenOneIn = 12;
/** As much of an error as a row keeps. */
const mostOfError = 1000;

/**
 * @param version of the row that the event is about, as the decision saw it: what tells two events of one moment apart. The
 *   time stands first, so that new rows land at the end of the index.
 */
function note(event: Omit<HumanLoopEvent, 'id'>, version: number): Change {
  const { happenedAt, subject, humanLoopId, kind } = event;
  const id = `${happenedAt.toString(36).padStart(9, '0')}:${subject ?? humanLoopId}:${kind}:${version}`;
  return insert('humanLoopEvents', { id, ...event }, { ifAbsent: true });
}

/** Somebody stopped the loop; who it was is no affair of the loop's. */
export const noteStopping = ({ id, version }: HumanLoop, now: number): Change =>
  note({ humanLoopId: id, kind: 'Stopping', happenedAt: now, subject: null, details: {} }, version);

/** Something within a turn that goes on. */
export const noteTurn = (
  { id, humanLoopId, version }: Assignment,
  kind: 'PutAside' | 'Resumed' | 'Extended' | 'AnswerUndone',
  now: number,
  details: HumanLoopEvent['details'] = {},
): Change => note({ humanLoopId, kind, happenedAt: now, subject: id, details }, version);

/** One more worker is asked, or no more are; `answers` is how many the loop needs now. */
export const noteCount = (
  { humanLoopId, version }: Task,
  kind: 'MoreAsked' | 'EnoughAnswers' | 'AdjudicatorAsked',
  now: number,
  details: Pick<HumanLoopEvent['details'], 'answers' | 'reason' | 'confidence'>,
): Change => note({ humanLoopId, kind, happenedAt: now, subject: null, details }, version);

const loopOfJob: Partial<Record<JobKind, true>> = {
  'prepare-task': true,
  'expire-human-loop': true,
  'write-output': true,
};

/** A job of a loop failed and will be tried again. While it is there the loop is under way, so that nothing is left over. */
export function noteFailedTry(job: Job, error: string, retryAt: number, now: number): readonly Change[] {
  const attempt = job.attempts + 1;
  if (!loopOfJob[job.kind] || (attempt > triesKept && attempt % thenOneIn !== 0)) return [];
  const details = { job: job.kind, attempt, error: error.slice(0, mostOfError), retryAt };
  return [
    note({ humanLoopId: job.subject, kind: 'JobFailed', happenedAt: now, subject: job.id, details }, job.version),
  ];
}

export const noteOutput = (humanLoop: HumanLoop, bytes: number, now: number): Change =>
  note(
    {
      humanLoopId: humanLoop.id,
      kind: 'OutputWritten',
      happenedAt: now,
      subject: null,
      details: { outputS3Uri: humanLoop.outputS3Uri, bytes },
    },
    humanLoop.version,
  );

/** One attempt to send an event of the loop to a target, and how it ended. */
export function noteDelivery(
  humanLoop: HumanLoop,
  delivery: EventDelivery,
  outcome: {
    readonly kind: 'EventDelivered' | 'EventFailed' | 'EventGivenUp';
    readonly service: string;
    readonly error?: string;
    readonly retryAt?: number;
  },
  now: number,
): readonly Change[] {
  const { kind, service, error, retryAt } = outcome;
  const attempt = delivery.attempts + 1;
  if (kind === 'EventFailed' && attempt > triesKept && attempt % thenOneIn !== 0) return [];
  const details = {
    eventTargetId: delivery.eventTargetId,
    service,
    attempt,
    ...(error !== undefined && { error: error.slice(0, mostOfError) }),
    ...(retryAt !== undefined && { retryAt }),
  };
  return [note({ humanLoopId: humanLoop.id, kind, happenedAt: now, subject: delivery.id, details }, delivery.version)];
}

/** The human loop that an event is about, by its name and by what tells it from an earlier loop of that name. */
export function loopOfEvent(event: string): { readonly name: string; isOf(humanLoop: HumanLoop): boolean } | undefined {
  const { detail, Records } = JSON.parse(event) as {
    detail?: { humanLoopName?: string; creationTime?: string };
    Records?: readonly { s3?: { bucket?: { name?: string }; object?: { key?: string } } }[];
  };
  if (detail?.humanLoopName !== undefined)
    return {
      name: detail.humanLoopName,
      isOf: ({ createdAt }) => new Date(createdAt).toISOString() === detail.creationTime,
    };
  const { bucket, object } = Records?.[0]?.s3 ?? {};
  const key = decoded(object?.key ?? '');
  const name = /([^/]+)\/output\.json$/.exec(key)?.[1];
  return name === undefined
    ? undefined
    : { name, isOf: ({ outputS3Uri }) => outputS3Uri === `s3://${bucket?.name}/${key}` };
}

/** Keys in events of objects are encoded as in forms. */
function decoded(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key;
  }
}

/**
 * Whether what happens now is still kept: of a loop that is purged, or about to be while an event is on its way, nothing new
 * is written.
 */
export const isTimelineKept = ({ finishedAt }: HumanLoop, retentionDays: number, now: number): boolean =>
  retentionDays === 0 || finishedAt === null || finishedAt > purgeBefore(retentionDays, now) + hourMs;

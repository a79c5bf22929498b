import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { isFinal } from '../../domain/human-loop.ts';
import type { Answer, Assignment, HumanLoop, HumanLoopEvent } from '../../domain/rows.ts';
import { loadOwnHumanLoop, loadTask } from './load-human-loop.ts';
import { loadJobs } from './loop-jobs.ts';
import { type NamedWorker, namesOf } from './named-workers.ts';

type Event = OperationOutput<'ListHumanLoopEvents'>['Events'][number];

/** All that happened to a loop: what its rows say of themselves, and what was written down as it happened. */
export const listHumanLoopEvents: OperationHandler<'ListHumanLoopEvents'> = async (context, input) => {
  const { store } = context;
  const humanLoop = await loadOwnHumanLoop(context, input.HumanLoopName);
  const [{ assignments, openAssignments }, answers, noted] = await Promise.all([
    loadTask(context, humanLoop),
    store.answersOfHumanLoop(humanLoop.id),
    store.eventsOfHumanLoop(humanLoop.id),
  ]);
  const named = await namesOf(
    context,
    assignments.map(({ workerId }) => workerId),
  );
  const turns = new Map(assignments.map((one) => [one.id, { AssignmentId: one.id, ...named.get(one.workerId) }]));
  const events = [
    ...states(humanLoop),
    ...assignments.flatMap((one) => ofTurn(one, turns.get(one.id)!, answers, noted)),
    ...noted.flatMap((event) => ofNote(event, (event.subject !== null && turns.get(event.subject)) || undefined)),
  ];
  const jobs = await loadJobs(context, humanLoop, openAssignments);
  return {
    HumanLoopName: humanLoop.name,
    Events: events.sort((a, b) => a.Time.getTime() - b.Time.getTime() || rank(a) - rank(b)),
    Jobs: jobs.map(({ job, delivery }) => ({
      Job: job.kind,
      DueTime: new Date(job.dueAt),
      FailedTries: job.attempts,
      ...(job.lastError !== null && job.attempts > 0 && { LastError: job.lastError }),
      ...(delivery && { EventTargetId: delivery.eventTargetId }),
    })),
  };
};

/** Of one moment: what has to be before anything else comes first, and the end after what it follows from. */
const ranks: { readonly [Kind in Event['Kind']]?: number } = {
  Started: 0,
  Accepted: 1,
  OutputWritten: 3,
  Completed: 4,
  Failed: 4,
  Stopped: 4,
  EventDelivered: 5,
  EventFailed: 5,
  EventGivenUp: 5,
};
const rank = ({ Kind }: Event): number => ranks[Kind] ?? 2;

function states(loop: HumanLoop): Event[] {
  const started: Event = { Kind: 'Started', Time: new Date(loop.createdAt) };
  if (loop.finishedAt === null || !isFinal(loop)) return [started];
  return [
    started,
    {
      Kind: loop.status as 'Completed' | 'Failed' | 'Stopped',
      Time: new Date(loop.finishedAt),
      ...(loop.failureCode !== null && { FailureCode: loop.failureCode }),
      ...(loop.failureReason !== null && { Message: loop.failureReason }),
    },
  ];
}

interface Turn extends NamedWorker {
  readonly AssignmentId: string;
}

function ofTurn(one: Assignment, turn: Turn, answers: readonly Answer[], noted: readonly HumanLoopEvent[]): Event[] {
  // More time moves the deadline: what it was at first is what the first extension began from, which nobody needs to know.
  const isExtended = noted.some(({ kind, subject }) => kind === 'Extended' && subject === one.id);
  const accepted: Event = {
    Kind: 'Accepted',
    Time: new Date(one.acceptedAt),
    ...turn,
    ...(!isExtended && { Deadline: new Date(one.deadline) }),
  };
  if (one.status === 'open' || one.endedAt === null) return [accepted];
  const answer = answers.find(({ assignmentId }) => assignmentId === one.id);
  return [
    accepted,
    {
      Kind: ends[one.status],
      Time: new Date(one.endedAt),
      ...turn,
      ...(answer && { TimeSpentInSeconds: answer.timeSpentInSeconds, SubmissionTime: new Date(answer.submittedAt) }),
      ...(one.declineReason !== null && { DeclineReason: one.declineReason }),
      ...(one.declineNote !== null && { DeclineNote: one.declineNote }),
    },
  ];
}

const ends = { submitted: 'Answered', released: 'Released', declined: 'Declined', expired: 'TimedOut' } as const;

function ofNote({ kind, happenedAt, details }: HumanLoopEvent, turn: Turn | undefined): Event[] {
  const { deadline, submittedAt, job, attempt, error, retryAt, eventTargetId, service, outputS3Uri, bytes } = details;
  const { answers, reason, confidence } = details;
  const event: Event = {
    Kind: kind,
    Time: new Date(happenedAt),
    ...turn,
    ...(deadline !== undefined && { Deadline: new Date(deadline) }),
    ...(submittedAt !== undefined && { SubmissionTime: new Date(submittedAt) }),
    ...(job !== undefined && { Job: job }),
    ...(attempt !== undefined && { Attempt: attempt }),
    ...(error !== undefined && { Message: error }),
    ...(retryAt !== undefined && { RetryTime: new Date(retryAt) }),
    ...(eventTargetId !== undefined && { EventTargetId: eventTargetId }),
    ...(service !== undefined && { EventTargetService: service }),
    ...(outputS3Uri !== undefined && { OutputS3Uri: outputS3Uri }),
    ...(bytes !== undefined && { OutputBytes: bytes }),
    ...(answers !== undefined && { Answers: answers }),
    ...(reason !== undefined && { StopReason: reason }),
    ...(confidence !== undefined && { Confidence: confidence }),
  };
  // The answer that was taken back is gone; that it was given is not.
  if (kind !== 'AnswerUndone' || submittedAt === undefined) return [event];
  return [{ Kind: 'Answered', Time: new Date(submittedAt), ...turn, SubmissionTime: new Date(submittedAt) }, event];
}

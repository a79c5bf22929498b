/**
 * A human loop is `InProgress` from its start. It becomes
 * `Completed` when `TaskCount` answers are in and its output is written;
 * `Failed` when its page cannot be rendered (ValidationError), when its availability ends with answers missing (Expired)
 * or by a fault of ours (InternalError);
 * `Stopping` when it is stopped, until nobody works on it any more and its output is written; then `Stopped`.
 * Completed, Failed and Stopped are final; each is announced to event targets in the commit that makes it so.
 * A loop whose input the activation conditions of its flow pass opens no task: its output, without answers, is written at once.
 * The output always comes before the status. A Stopped loop has an output as well, with the answers that came in
 * (possibly none), since programs read it without asking.
 */
import { ApiError } from '@holdpoint/protocol';
import type { StartActivation } from './activation/start-activation.ts';
import { type Change, discard, guard, insert, remove, update } from './change.ts';
import { detailsPlace } from './consolidation/details.ts';
import { noteStopping } from './human-loop-event.ts';
import { addJob, dropJob, isSealed } from './jobs.ts';
import type {
  Answer,
  Assignment,
  Draft,
  EventDelivery,
  FailureCode,
  FlowDefinition,
  HumanLoop,
  HumanLoopEvent,
  Job,
  Tags,
  Task,
} from './rows.ts';
import { closeTask } from './task.ts';

/** Makes the rows that announce a loop that has just reached a final state. */
export type Announce = (humanLoop: HumanLoop) => readonly Change[];

export const isFinal = (humanLoop: HumanLoop): boolean =>
  humanLoop.status === 'Completed' || humanLoop.status === 'Failed' || humanLoop.status === 'Stopped';

/** `StartHumanLoop` of a name that is not taken. */
export function startHumanLoop(input: {
  flowDefinition: FlowDefinition;
  id: string;
  name: string;
  inputContent: string;
  dataAttributes: unknown;
  inputSha256: string;
  outputS3Uri: string;
  /** What the conditions of the flow say about the input; undefined where none are asked. */
  activation?: StartActivation | undefined;
  /** Who may not answer, by e-mail address. */
  requester?: string | null;
  now: number;
}): { humanLoop: HumanLoop; changes: readonly Change[] } {
  const { flowDefinition, activation, now } = input;
  const { id, name, inputSha256, outputS3Uri } = input;
  const humanLoop: HumanLoop = {
    ...newHumanLoop(flowDefinition, { id, name, inputSha256, outputS3Uri, now }),
    ...(input.requester && { requester: input.requester }),
  };
  return {
    humanLoop,
    changes: [
      guard('flowDefinitions', flowDefinition),
      insert('humanLoops', humanLoop),
      insert('humanLoopInputs', {
        humanLoopId: humanLoop.id,
        inputContent: input.inputContent,
        dataAttributes: input.dataAttributes ?? null,
        ...(activation && { activation: activation.record }),
      }),
      // Whoever waits for the loop hears of it in either way: without people its output has no answers.
      addJob(activation?.activated === false ? 'write-output' : 'prepare-task', humanLoop.id, now, now),
    ],
  };
}

/** The row of a loop that begins. */
export const newHumanLoop = (
  flowDefinition: FlowDefinition,
  {
    now,
    ...own
  }: Pick<HumanLoop, 'id' | 'name' | 'inputSha256' | 'outputS3Uri'> & {
    readonly now: number;
  },
): HumanLoop => ({
  ...own,
  flowDefinitionId: flowDefinition.id,
  flowDefinitionName: flowDefinition.name,
  status: 'InProgress',
  failureCode: null,
  failureReason: null,
  templateSha256: flowDefinition.templateSha256,
  extensionTags: extensionTags(flowDefinition.tags),
  createdAt: now,
  finishedAt: null,
  version: 1,
});

/**
 * `StartHumanLoop` of a name that is taken: the same input is the same loop, for retries; another input is a conflict;
 * a finished loop's name stays taken until the loop is deleted.
 *
 * @param isAsked whether the conditions of the flow send the input to people. A loop of which nobody is asked ends in moments, so
 *   that a program whose first reply was lost would find it finished: the same input is the same loop then, too.
 */
export function restartHumanLoop(existing: HumanLoop, inputSha256: string, isAsked = true): void {
  const isRepetition = !isAsked && existing.status === 'Completed' && existing.inputSha256 === inputSha256;
  if (isFinal(existing) && !isRepetition)
    throw new ApiError(
      'ValidationException',
      `HumanLoop '${existing.name}' already exists and is finished. Please use a different HumanLoopName.`,
    );
  if (existing.inputSha256 !== inputSha256)
    throw new ApiError(
      'ConflictException',
      `HumanLoop '${existing.name}' already exists with a different input. Please use a different HumanLoopName.`,
    );
}

/**
 * `StopHumanLoop`, also used when the flow definition is deleted.
 *
 * @param input.outputJob the job that writes the loop's output, if there is one.
 */
export function stopHumanLoop(input: {
  humanLoop: HumanLoop;
  task: Task | undefined;
  openAssignments: readonly Assignment[];
  outputJob: Job | undefined;
  now: number;
}): { changes: readonly Change[] } {
  const { humanLoop, task, openAssignments, outputJob, now } = input;
  if (isFinal(humanLoop))
    throw new ApiError(
      'ValidationException',
      `HumanLoop '${humanLoop.name}' is ${humanLoop.status} and cannot be stopped.`,
    );
  if (humanLoop.status === 'Stopping') return { changes: [] };
  // All answers are in, or none are asked for: the loop is about to be Completed, which is what was asked for. None of them is
  // taken back any more.
  if (task ? task.answersDone >= task.answersNeeded : outputJob !== undefined)
    return {
      changes: outputJob && !isSealed(outputJob) ? [update('jobs', outputJob, { dueAt: outputJob.createdAt })] : [],
    };
  // Whoever chose "stop and resume later" has left, and nobody who left may come back to a loop that is stopping.
  const left = openAssignments.filter((assignment) => assignment.stoppedAt !== null);
  const staying = openAssignments.filter((assignment) => assignment.stoppedAt === null);
  const working = staying.length;
  const changes: Change[] = [
    update('humanLoops', humanLoop, { status: 'Stopping' }),
    noteStopping(humanLoop, now),
    dropJob('expire-human-loop', humanLoop.id),
    dropJob('prepare-task', humanLoop.id),
    ...left.flatMap((assignment) => endOf(assignment, now)),
    // Whoever leaves for later meanwhile would not be let out, and the loop would wait for the end of the time limit.
    ...staying.map((assignment) => guard('assignments', assignment)),
  ];
  if (task) changes.push(closeTask(task, { assignmentsOpen: working, slotsFree: 0 }));
  if (working === 0) changes.push(addJob('write-output', humanLoop.id, now, now));
  return { changes };
}

/** Ends a loop as Failed; whoever is working on it loses the assignment. */
export function failHumanLoop(input: {
  humanLoop: HumanLoop;
  task: Task | undefined;
  openAssignments: readonly Assignment[];
  failureCode: FailureCode;
  failureReason: string;
  now: number;
  announce: Announce;
}): { changes: readonly Change[] } {
  const { humanLoop, task, openAssignments, failureCode, failureReason, now, announce } = input;
  if (isFinal(humanLoop)) return { changes: [] };
  const set = { status: 'Failed', failureCode, failureReason, finishedAt: now } as const;
  const changes: Change[] = [
    update('humanLoops', humanLoop, set),
    dropJob('expire-human-loop', humanLoop.id),
    dropJob('prepare-task', humanLoop.id),
    ...openAssignments.flatMap((assignment) => endOf(assignment, now)),
    ...announce({ ...humanLoop, ...set }),
  ];
  if (task) changes.push(closeTask(task, { assignmentsOpen: 0, slotsFree: 0 }));
  return { changes };
}

/** The availability lifetime is over: closes the task; ends the loop unless somebody may still finish. */
export function expireHumanLoop(input: {
  humanLoop: HumanLoop;
  task: Task;
  openAssignments: readonly Assignment[];
  failureReason: string;
  now: number;
  announce: Announce;
}): { changes: readonly Change[] } {
  const { humanLoop, task, openAssignments } = input;
  if (humanLoop.status !== 'InProgress' || task.answersDone >= task.answersNeeded) return { changes: [] };
  if (openAssignments.length > 0) return { changes: [closeTask(task)] };
  return failHumanLoop({ ...input, failureCode: 'Expired' });
}

/** The output is written: Completed, or Stopped if the loop was stopped. */
export function finishHumanLoop(input: { humanLoop: HumanLoop; now: number; announce: Announce }): {
  changes: readonly Change[];
} {
  const { humanLoop, now, announce } = input;
  const set = { status: humanLoop.status === 'Stopping' ? 'Stopped' : 'Completed', finishedAt: now } as const;
  const details =
    detailsPlace(humanLoop) && !humanLoop.goldItemId ? [addJob('write-details', humanLoop.id, now, now)] : [];
  return { changes: [update('humanLoops', humanLoop, set), ...announce({ ...humanLoop, ...set }), ...details] };
}

/** `DeleteHumanLoop`: everything but the output object. */
export function deleteHumanLoop(input: {
  humanLoop: HumanLoop;
  task: Task | undefined;
  assignments: readonly Assignment[];
  answers: readonly Answer[];
  drafts: readonly Draft[];
  events: readonly HumanLoopEvent[];
  /** Deliveries of its events that were given up. */
  deadLetters: readonly EventDelivery[];
  /** Of those that add events to the timeline of a loop that has ended. */
  jobs: readonly Job[];
}): { changes: readonly Change[] } {
  const { humanLoop, task, assignments, answers, drafts, events, deadLetters, jobs } = input;
  if (!isFinal(humanLoop))
    throw new ApiError(
      'ValidationException',
      `HumanLoop '${humanLoop.name}' is ${humanLoop.status}. Only human loops that are Completed, Failed or Stopped can be deleted; stop it first.`,
    );
  return {
    changes: [
      ...jobs.map((job) => guard('jobs', job)),
      remove('humanLoops', humanLoop),
      discard('humanLoopInputs', humanLoop.id),
      ...(task ? [discard('tasks', task.id)] : []),
      ...assignments.map((assignment) => discard('assignments', assignment.id)),
      ...answers.map((answer) => discard('answers', answer.assignmentId)),
      ...drafts.map((draft) => discard('drafts', draft.id)),
      ...events.map((event) => discard('humanLoopEvents', event.id)),
      // One that is sent again meanwhile stays: the loop is looked at anew.
      ...deadLetters.map((delivery) => remove('eventDeliveries', delivery)),
    ],
  };
}

function endOf(assignment: Assignment, now: number): Change[] {
  return [
    update('assignments', assignment, { status: 'released', endedAt: now }),
    dropJob('expire-assignment', assignment.id),
  ];
}

export const extensionTags = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => key.startsWith('holdpoint:')));

/**
 * An assignment is one worker's turn at a task. It is `open` from acceptance and ends exactly once:
 * `submitted` with an answer; `released` by the worker (the slot is free again, the same worker may come back);
 * `declined` (the slot is free, this worker never sees the task again); `expired` when its time limit passed.
 * "Stop and resume later" keeps it open, with `stoppedAt` set; its clock goes on, its time spent does not.
 * For some seconds a submitted answer can be taken back, which makes the assignment `open` again. It counts from the
 * start: the slot is taken, and where it was the last one missing the output is due when it is final. Stopping the loop
 * makes it final at once.
 * Where the answers decide how many are asked (`answer-count.ts`), each submission and each answer that is taken back decides
 * anew. A submission that is enough releases whoever else is at the task; leaving it ends nobody's turn but one's own.
 *
 * While the loop is Stopping, whoever is working may finish; leaving (release, decline, stop) ends the turn for good.
 * When the last open assignment of a closed task ends, the loop ends: with its output if it is complete or Stopping,
 * as Failed/Expired if its availability is over and answers are missing.
 */
import { isAtSecondStage } from './adjudication.ts';
import { type Change, discard, guard, insert, remove, update } from './change.ts';
import { countGroups, groupsFor, isClosedTo, isOpenTo } from './distinct-groups.ts';
import { draftId } from './draft.ts';
import { type AssignmentState, type Counting, endAssignment, neededWithout } from './end-assignment.ts';
import { isBarred } from './gold.ts';
import { noteTurn } from './human-loop-event.ts';
import { addJob, dropJob, isSealed } from './jobs.ts';
import { Refusal } from './refusal.ts';
import type { Answer, Assignment, DeclineReason, HumanLoop, Job, Task, Worker, Workteam } from './rows.ts';
import { countTask } from './task.ts';

/** An answer that was under way when the time ran out is accepted this much later, so that a slow network loses nothing. */
export const submitGraceMs = 5000;

export const isMember = (worker: Worker, workteam: Workteam): boolean =>
  worker.status === 'active' && workteam.groups.some((group) => worker.groups.includes(group));

/** Accepts a task for a worker. Holding it already is no error: the open assignment is returned, with nothing to save. */
export function acceptTask(input: {
  task: Task;
  humanLoop?: HumanLoop | undefined;
  worker: Worker;
  workteam: Workteam;
  assignmentsOfWorker: readonly Assignment[];
  assignmentId: string;
  now: number;
}): { assignment: Assignment; changes: readonly Change[] } {
  const { task, worker, workteam, assignmentsOfWorker, now } = input;
  const held = assignmentsOfWorker.find((assignment) => assignment.status === 'open');
  if (held) return { assignment: held, changes: [] };
  if (!isMember(worker, workteam) || isBarred(worker, task.flowDefinitionId))
    throw new Refusal('forbidden', 'This task is for another team.');
  if (assignmentsOfWorker.some((assignment) => assignment.status === 'submitted'))
    throw new Refusal('task-gone', 'You have already answered this task.');
  if (assignmentsOfWorker.some((assignment) => assignment.status === 'declined'))
    throw new Refusal('task-gone', 'You declined this task.');
  if (
    task.status !== 'open' ||
    task.availableUntil <= now ||
    (input.humanLoop && input.humanLoop.status !== 'InProgress')
  )
    throw new Refusal('task-gone', 'This task is no longer available.');
  if (isClosedTo(task, worker))
    throw new Refusal('forbidden', 'You asked for this review yourself, so somebody else has to answer.');
  if (!isOpenTo(task, worker)) throw new Refusal('forbidden', 'This task needs somebody of another group.');
  if (task.slotsFree <= 0) throw new Refusal('task-taken', 'Somebody else is working on this task.');
  const assignment: Assignment = {
    id: input.assignmentId,
    taskId: task.id,
    humanLoopId: task.humanLoopId,
    workerId: worker.id,
    status: 'open',
    acceptedAt: now,
    deadline: now + task.timeLimitSeconds * 1000,
    endedAt: null,
    stoppedAt: null,
    pausedMs: 0,
    declineReason: null,
    declineNote: null,
    version: 1,
  };
  const counters = countTask(task, { open: 1 });
  const taken = { [assignment.id]: groupsFor(worker, workteam) };
  const changes = [
    markTurn(worker),
    update('tasks', task, { ...counters, ...countGroups(task, counters.slotsFree, { taken }) }),
    insert('assignments', assignment),
    addJob('expire-assignment', assignment.id, assignment.deadline + submitGraceMs, now),
  ];
  return { assignment, changes };
}

/** The worker's row is changed, so that disabling the worker meanwhile conflicts with this and finds the assignment. */
const markTurn = (worker: Worker): Change => update('workers', worker, {});

/**
 * Saves an answer.
 *
 * @param input.answers those of the loop, as far as there can be others: with the one that this assignment already has, a
 *   repeated submit is harmless.
 * @param input.undoSeconds how long it can be taken back.
 */
export function submitAnswer(
  input: AssignmentState & {
    worker: Worker;
    answerContent: string;
    answers: readonly Pick<Answer, 'assignmentId' | 'answerContent' | 'sequence' | 'finalAt'>[];
    undoSeconds: number;
  },
): { changes: readonly Change[]; finalAt: number } {
  const { assignment, task, humanLoop, worker, answerContent, answers, now } = input;
  if (assignment.status === 'submitted') {
    const earlier = answers.find(({ assignmentId }) => assignmentId === assignment.id);
    if (earlier?.answerContent === answerContent) return { changes: [], finalAt: earlier.finalAt ?? now };
    throw new Refusal('task-gone', 'You have already submitted an answer to this task.');
  }
  requireOpen(assignment);
  if (now > assignment.deadline + submitGraceMs) throw new Refusal('time-over', 'The time for this task is over.');
  if (humanLoop.status !== 'InProgress' && humanLoop.status !== 'Stopping')
    throw new Refusal('task-gone', 'This task was ended and takes no more answers.');
  const pause = pausedUntil(assignment, now);
  // Whoever takes it back needs time to give it anew. A loop that is stopping waits for nobody's second thoughts.
  const latest = Math.min(now + input.undoSeconds * 1000, assignment.deadline, task.availableUntil);
  const finalAt = humanLoop.status === 'Stopping' ? now : Math.max(now, latest);
  const answer = insert('answers', {
    assignmentId: assignment.id,
    humanLoopId: humanLoop.id,
    workerId: worker.id,
    answerContent,
    acceptedAt: assignment.acceptedAt,
    submittedAt: now,
    finalAt,
    timeSpentInSeconds: Math.max(0, now - assignment.acceptedAt - pause) / 1000,
    // After answers that were taken back some numbers are missing.
    sequence: 1 + answers.reduce((most, { sequence }) => Math.max(most, sequence), task.answersDone),
    workerIdentity: worker.identity,
  });
  const scoring = humanLoop.goldItemId ? [addJob('score-gold', assignment.id, finalAt, now)] : [];
  return {
    changes: [answer, ...scoring, ...endAssignment(input, 'submitted', { outputDueAt: finalAt, answerContent })],
    finalAt,
  };
}

/**
 * Takes an answer back: the assignment goes on where it was. Done already, it is no error.
 *
 * @param input.outputJob the job that writes the loop's output, if there is one.
 */
export function undoAnswer(
  input: Omit<AssignmentState, 'announce'> & {
    worker: Worker;
    answer: Answer | undefined;
    outputJob: Job | undefined;
  },
): { changes: readonly Change[] } {
  const { assignment, task, humanLoop, answer, outputJob, now } = input;
  if (assignment.status === 'open') return { changes: [] };
  const isComplete = task.answersDone >= task.answersNeeded;
  // Of an output that is being written or was asked for at once, by stopping the loop, nothing can be taken back.
  const isBeingWritten = isComplete && !(outputJob && outputJob.dueAt > now && !isSealed(outputJob));
  if (assignment.status !== 'submitted' || !answer || !isOpenUntil(answer.finalAt, now) || isBeingWritten)
    throw new Refusal('answer-final', 'This answer is final and can no longer be changed.');
  if (humanLoop.status !== 'InProgress')
    throw new Refusal('answer-final', 'This task was ended, which made your answer final.');
  // Its availability ran out while this was decided; others at work may still finish.
  if (!isComplete && task.status === 'closed')
    throw new Refusal('answer-final', 'The time for this task is over, which made your answer final.');
  const isBeforeSecondStage = isAtSecondStage(task) && !(isComplete && isLast(answer, input.counting));
  if (isBeforeSecondStage && (isComplete || task.assignmentsOpen > 0))
    throw new Refusal('answer-final', 'Somebody else decides about the answers now, which made yours final.');
  const before = isBeforeSecondStage ? { ...task, stage: null } : task;
  const firstStage = isBeforeSecondStage ? { stage: null, workteamId: input.counting!.workteamId } : {};
  const counters = countTask(task, { open: 1, done: -1 }, neededWithout({ ...input, task: before }));
  const changes = [
    markTurn(input.worker),
    discard('answers', assignment.id),
    update('assignments', assignment, {
      status: 'open',
      endedAt: null,
      stoppedAt: null,
      pausedMs: pausedUntil(assignment, answer.submittedAt) + (now - answer.submittedAt),
    }),
    addJob('expire-assignment', assignment.id, assignment.deadline + submitGraceMs, now),
    update('tasks', task, {
      ...counters,
      ...firstStage,
      ...countGroups(before, counters.slotsFree, {}),
      status: 'open',
    }),
    ...(humanLoop.goldItemId ? [dropJob('score-gold', assignment.id)] : []),
    noteTurn(assignment, 'AnswerUndone', now, { submittedAt: answer.submittedAt }),
    guard('humanLoops', humanLoop),
  ];
  if (!isComplete || !outputJob) return { changes };
  return {
    changes: [
      ...changes,
      remove('jobs', outputJob),
      addJob('expire-human-loop', humanLoop.id, task.availableUntil, now),
    ],
  };
}

/** Whether nothing was answered after it. */
const isLast = ({ sequence }: Answer, counting: Counting | undefined): boolean =>
  !counting?.answers.some((other) => other.sequence > sequence);

const isOpenUntil = (finalAt: number | null, now: number): boolean => finalAt !== null && now < finalAt;

const pausedUntil = ({ pausedMs, stoppedAt }: Assignment, time: number): number =>
  pausedMs + (stoppedAt === null ? 0 : time - stoppedAt);

/**
 * More time for a worker who asks for it: at least `seconds` from now.
 *
 * @throws Refusal `time-over` when the time has passed, `forbidden` when the flow gives none.
 */
export function extendAssignment(input: Omit<AssignmentState, 'announce'> & { seconds: number }): {
  changes: readonly Change[];
} {
  const { assignment, now, seconds } = input;
  requireOpen(assignment);
  if (now > assignment.deadline + submitGraceMs) throw new Refusal('time-over', 'The time for this task is over.');
  if (seconds === 0) throw new Refusal('forbidden', 'The time for this task cannot be extended.');
  const deadline = Math.max(assignment.deadline, now + seconds * 1000);
  // The job that ends the assignment looks at the deadline when it comes.
  return deadline === assignment.deadline
    ? { changes: [] }
    : {
        changes: [update('assignments', assignment, { deadline }), noteTurn(assignment, 'Extended', now, { deadline })],
      };
}

export function releaseAssignment(state: AssignmentState): { changes: readonly Change[] } {
  requireOpen(state.assignment);
  return { changes: endAssignment(state, 'released') };
}

export function declineAssignment(state: AssignmentState & { reason?: DeclineReason | null; note?: string | null }): {
  changes: readonly Change[];
} {
  if (state.assignment.status === 'declined') return { changes: [] };
  requireOpen(state.assignment);
  const said = { declineReason: state.reason ?? null, declineNote: state.note ?? null };
  // The worker never sees the task again.
  return { changes: [...endAssignment(state, 'declined', { said }), discard('drafts', draftId(state.assignment))] };
}

/** "Stop and resume later". While the loop is Stopping nobody may come back, so it releases instead. */
export function stopAssignment(state: AssignmentState): { changes: readonly Change[] } {
  requireOpen(state.assignment);
  if (state.humanLoop.status === 'Stopping') return releaseAssignment(state);
  if (state.assignment.stoppedAt !== null) return { changes: [] };
  // Were the loop stopped meanwhile, this turn would have to end instead.
  const { assignment, humanLoop, now } = state;
  return {
    changes: [
      guard('humanLoops', humanLoop),
      update('assignments', assignment, { stoppedAt: now }),
      noteTurn(assignment, 'PutAside', now),
    ],
  };
}

export function resumeAssignment(state: Omit<AssignmentState, 'announce'>): { changes: readonly Change[] } {
  const { assignment, now } = state;
  requireOpen(assignment);
  if (now > assignment.deadline) throw new Refusal('time-over', 'The time for this task is over.');
  if (assignment.stoppedAt === null) return { changes: [] };
  const pausedMs = assignment.pausedMs + (now - assignment.stoppedAt);
  return {
    changes: [update('assignments', assignment, { stoppedAt: null, pausedMs }), noteTurn(assignment, 'Resumed', now)],
  };
}

/** Ends an assignment whose time limit passed; its slot is free again. What was entered stays as a draft. */
export function expireAssignment(state: AssignmentState): { changes: readonly Change[] } {
  if (state.assignment.status !== 'open') return { changes: [] };
  return { changes: endAssignment(state, 'expired') };
}

function requireOpen(assignment: Assignment): void {
  if (assignment.status === 'open') return;
  if (assignment.status === 'expired') throw new Refusal('time-over', 'The time for this task is over.');
  throw new Refusal('task-gone', `This task is not yours any more (${assignment.status}).`);
}

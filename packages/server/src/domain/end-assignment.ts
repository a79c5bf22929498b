/**
 * How a worker's turn ends, and what becomes of the task and the loop by it: whether more are asked, an adjudicator is, or the loop
 * has what it needs; of a closed task, whether it was the last turn that was waited for.
 */
import { isAtSecondStage, isDisputed, secondStage } from './adjudication.ts';
import { type Counted, type CountRules, countAnswers, type Verdict } from './answer-count.ts';
import { type Change, update } from './change.ts';
import { countGroups } from './distinct-groups.ts';
import { type Announce, failHumanLoop } from './human-loop.ts';
import { noteCount } from './human-loop-event.ts';
import { addJob, dropJob } from './jobs.ts';
import type { Answer, Assignment, HumanLoop, Task } from './rows.ts';
import { closeTask, countTask } from './task.ts';

/** What a decision about one assignment needs to see. */
export interface AssignmentState {
  readonly assignment: Assignment;
  readonly task: Task;
  readonly humanLoop: HumanLoop;
  readonly now: number;
  /** Makes the events of a loop that this decision ends. */
  readonly announce: Announce;
  /** Of a loop whose answers decide how many are asked. */
  readonly counting?: Counting | undefined;
}

/** What decides how many a loop asks. */
export interface Counting {
  readonly rules: CountRules;
  readonly answers: readonly (Counted & Pick<Answer, 'assignmentId' | 'sequence'>)[];
  /** Who is at the task, the assignment that is decided about among them. */
  readonly openAssignments: readonly Assignment[];
  /** The flow's workteam, which is asked at first. */
  readonly workteamId: string;
  /** The workteam that decides where the answers do not suffice, if there is one. */
  readonly adjudicatorsId?: string | undefined;
}

/**
 * @param more.said what else is noted with it. @param more.outputDueAt when the output is due, if this completes the loop.
 * @param more.answerContent of the answer with which it ends.
 */
export function endAssignment(
  state: AssignmentState,
  status: 'submitted' | 'released' | 'declined' | 'expired',
  {
    said = {},
    outputDueAt = state.now,
    answerContent,
  }: { said?: Partial<Assignment>; outputDueAt?: number; answerContent?: string } = {},
): Change[] {
  const { assignment, task, humanLoop, now, counting } = state;
  const { needed, verdict } = asked(state, answerContent);
  const counted = countTask(task, { open: -1, done: status === 'submitted' ? 1 : 0 }, needed);
  const isComplete = humanLoop.status === 'InProgress' && counted.answersDone >= needed;
  const released = isComplete ? othersOf(state) : [];
  const left = [...(status === 'submitted' ? [] : [assignment]), ...released].map(({ id }) => id);
  const counters = { ...counted, ...countGroups(task, counted.slotsFree, { left }) };
  const changes = [
    update('assignments', assignment, { ...said, status, endedAt: now }),
    dropJob('expire-assignment', assignment.id),
  ];
  const last = counters.assignmentsOpen === 0;
  // A closed task whose loop goes on was closed by the end of its availability, whatever time it was when this request came.
  const unavailable = task.status === 'closed' || now >= task.availableUntil;
  if (isComplete && verdict && isDisputed(verdict) && counting?.adjudicatorsId !== undefined && !unavailable)
    return [
      ...changes,
      ...released.flatMap((other) => release(other, now)),
      update('tasks', task, { ...counters, ...secondStage(counters.answersDone, counting.adjudicatorsId) }),
      noteCount(task, 'AdjudicatorAsked', now, saidOf(verdict)),
    ];
  if (isComplete)
    return [
      ...changes,
      ...released.flatMap((other) => release(other, now)),
      closeTask(task, { ...counters, assignmentsOpen: 0 }),
      ...(verdict?.reason ? [noteCount(task, 'EnoughAnswers', now, saidOf(verdict))] : []),
      ...writeOutput(humanLoop, outputDueAt, now),
    ];
  if (humanLoop.status === 'Stopping' && last)
    return [...changes, closeTask(task, counters), ...writeOutput(humanLoop, now, now)];
  if (humanLoop.status === 'InProgress' && last && unavailable) {
    const ended = { ...task, ...counters };
    const failed = failHumanLoop({
      humanLoop,
      task: undefined,
      openAssignments: [],
      failureCode: 'Expired',
      failureReason: expiredReason(ended),
      now,
      announce: state.announce,
    });
    return [...changes, closeTask(task, counters), ...failed.changes];
  }
  const isMoreAsked = verdict !== undefined && needed > task.answersNeeded;
  return [
    ...changes,
    update('tasks', task, counters),
    ...(isMoreAsked ? [noteCount(task, 'MoreAsked', now, saidOf(verdict))] : []),
  ];
}

/**
 * How many answers the task needs when this turn has ended.
 *
 * @param answerContent of the answer with which it ends; undefined when it ends without.
 */
function asked(state: AssignmentState, answerContent: string | undefined): { needed: number; verdict?: Verdict } {
  const { assignment, task, humanLoop, counting } = state;
  if (!counting || humanLoop.status !== 'InProgress') return { needed: task.answersNeeded };
  const isAnswer = answerContent !== undefined;
  if (isAtSecondStage(task)) {
    const { answersNeeded: needed } = task;
    return isAnswer ? { needed, verdict: { needed, reason: 'adjudication' } } : { needed };
  }
  const answers = isAnswer ? [...counting.answers, { workerId: assignment.workerId, answerContent }] : counting.answers;
  const verdict = countAnswers(counting.rules, answers);
  const others = task.assignmentsOpen - 1;
  // An answer that is enough ends the turns of others; without one they may finish.
  const taken = isAnswer && verdict.reason !== undefined ? 0 : answers.length + others;
  return { needed: Math.max(verdict.needed, taken), verdict };
}

const saidOf = ({ needed, reason, confidence }: Verdict) => ({
  answers: needed,
  ...(reason !== undefined && { reason }),
  ...(confidence !== undefined && { confidence }),
});

const othersOf = ({ assignment, counting }: AssignmentState): readonly Assignment[] =>
  (counting?.openAssignments ?? []).filter(({ id }) => id !== assignment.id);

const release = (assignment: Assignment, now: number): Change[] => [
  update('assignments', assignment, { status: 'released', endedAt: now }),
  dropJob('expire-assignment', assignment.id),
];

const writeOutput = (humanLoop: HumanLoop, dueAt: number, now: number): Change[] => [
  dropJob('expire-human-loop', humanLoop.id),
  addJob('write-output', humanLoop.id, dueAt, now),
];

export const expiredReason = (task: Task): string =>
  `The task was not completed by ${task.answersNeeded} worker(s) within TaskAvailabilityLifetimeInSeconds; ` +
  `${task.answersDone} of ${task.answersNeeded} answer(s) had been submitted.`;

/** How many a loop needs without an answer that is taken back. Who gave it is waited for, and so is whoever was asked because of it. */
export function neededWithout({ counting, assignment, task }: Omit<AssignmentState, 'announce'>): number {
  if (!counting || isAtSecondStage(task)) return task.answersNeeded;
  const left = counting.answers.filter(({ assignmentId }) => assignmentId !== assignment.id);
  const { needed } = countAnswers(counting.rules, left);
  return Math.max(needed, task.answersDone + task.assignmentsOpen);
}

/**
 * Adjudication (`holdpoint:adjudicator-workteam`): where as many workers were asked as may be and their answers do not suffice, the
 * task goes on to another workteam. It is the same task at its second stage, which whoever has answered or declined it cannot
 * take. One adjudicator sees all answers and gives one more, which is final. Until an adjudicator has taken it, an answer can
 * still be taken back as long as it is not final, and the task is where it was.
 */
import type { Verdict } from './answer-count.ts';
import type { Answer, HumanLoop, StopReason, Task } from './rows.ts';

/** The outcomes that need somebody to decide. */
const undecided: ReadonlySet<StopReason> = new Set(['no-quorum', 'most-answers']);

export const isDisputed = ({ reason }: Verdict): boolean => reason !== undefined && undecided.has(reason);

/** Whether somebody may be asked to decide about the answers of a loop; of others nothing has to be read for it. */
export const isAdjudicable = ({ extensionTags }: Pick<HumanLoop, 'extensionTags'>): boolean =>
  Object.hasOwn(extensionTags, 'holdpoint:adjudicator-workteam');

/** The columns of a task that waits for an adjudicator. */
export const secondStage = (answersDone: number, workteamId: string): Partial<Task> => ({
  stage: 'adjudication',
  workteamId,
  openTo: null,
  answersNeeded: answersDone + 1,
  answersDone,
  assignmentsOpen: 0,
  slotsFree: 1,
});

export const isAtSecondStage = ({ stage }: Pick<Task, 'stage'>): boolean => stage === 'adjudication';

/** Whether an adjudicator has answered. */
export const isAdjudicated = (task: Task): boolean => isAtSecondStage(task) && task.answersDone >= task.answersNeeded;

/** Answers, in order of submission, as the output lists them: the adjudicator's first, since programs read the first one. */
export function inOrderOfWeight<A extends Pick<Answer, 'sequence'>>(
  answers: readonly A[],
  task: Task | undefined,
): readonly A[] {
  const last = answers.at(-1);
  return task && last && isAdjudicated(task) ? [last, ...answers.slice(0, -1)] : answers;
}

import { type AssignmentView, type JsonObject, secondsOfTag } from '@holdpoint/protocol';
import { isAtSecondStage } from '../domain/adjudication.ts';
import { submitGraceMs } from '../domain/assignment.ts';
import type { AssignmentState } from '../domain/end-assignment.ts';
import type { Assignment, HumanLoop, Task } from '../domain/rows.ts';

/** An assignment as the work page sees it. */
export function assignmentView({
  assignment,
  task,
  humanLoop,
  now,
  counting,
}: Omit<AssignmentState, 'announce'>): AssignmentView {
  const isDeciding = isAtSecondStage(task) && assignment.status === 'open';
  return {
    assignmentId: assignment.id,
    taskId: task.id,
    title: task.title,
    description: task.description,
    flowDefinitionName: task.flowDefinitionName,
    humanLoopName: task.humanLoopName,
    status: statusOf(assignment, now, task),
    acceptedAt: isoTime(assignment.acceptedAt),
    deadline: isoTime(assignment.deadline),
    serverTime: isoTime(now),
    frameUrl: `/portal/frame/${assignment.id}`,
    canStop: humanLoop.status === 'InProgress',
    extendSeconds: extendSecondsOf(humanLoop),
    ...(isDeciding && {
      earlierAnswers: counting?.answers.map(({ answerContent }) => JSON.parse(answerContent) as JsonObject),
    }),
  };
}

/** What one press on "more time" gives, from then on. */
export const extendSecondsOf = ({ extensionTags }: HumanLoop): number =>
  secondsOfTag(extensionTags, 'holdpoint:extend-seconds', 0);

/** An assignment whose time is over reads as expired, also in the moment before the job that ends it has run. */
export function statusOf(assignment: Assignment, now: number, task?: Task): AssignmentView['status'] {
  if (assignment.status === 'released' && task?.status === 'closed') return 'ended';
  if (assignment.status !== 'open') return assignment.status;
  if (now > assignment.deadline + submitGraceMs) return 'expired';
  return assignment.stoppedAt === null ? 'open' : 'stopped';
}

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/**
 * A task is `open` from the moment its page was found to render until enough answers are in, the loop is stopped or its
 * availability is over; then `closed`, for good. An open task is offered while it has free slots; a slot is taken by an
 * open assignment or an answer. Assignments that are open when a task closes may still be submitted until their deadline.
 */
import { numberOfTag } from '@holdpoint/protocol';
import { countRulesOf } from './answer-count.ts';
import { type Change, insert, update } from './change.ts';
import { beginGroups } from './distinct-groups.ts';
import { addJob } from './jobs.ts';
import type { FlowDefinition, HumanLoop, Task, Workteam } from './rows.ts';

/** `TaskAvailabilityLifetimeInSeconds` when none is given; the service documents no default (ten days was its maximum). */
export const defaultAvailabilitySeconds = 864_000;
/** `TaskTimeLimitInSeconds` when none is given, as the service documents it. */
export const defaultTimeLimitSeconds = 3600;
/** Beyond this a due time would not be a safe integer of milliseconds. */
const farFuture = 253_402_300_799_000;

/** Opens the task of a loop whose page renders. The availability lifetime counts from the start of the loop. */
export function openTask(input: {
  humanLoop: HumanLoop;
  flowDefinition: FlowDefinition;
  /** Who may not take it, and what the loop is called there, of a gold item. */
  gold?: { readonly closedTo: readonly string[]; readonly name: string } | undefined;
  /** The flow's; needed where answers must come from several of its groups. */
  workteam?: Workteam | undefined;
  taskId: string;
  now: number;
}): {
  task: Task;
  changes: readonly Change[];
} {
  const { humanLoop, flowDefinition, taskId, now } = input;
  const config = flowDefinition.config.HumanLoopConfig;
  const answersNeeded = countRulesOf(humanLoop.extensionTags, config.TaskCount)?.first ?? config.TaskCount;
  const wanted = numberOfTag(humanLoop.extensionTags, 'holdpoint:distinct-groups');
  const availability = config.TaskAvailabilityLifetimeInSeconds ?? defaultAvailabilitySeconds;
  const task: Task = {
    id: taskId,
    humanLoopId: humanLoop.id,
    humanLoopName: humanLoop.name,
    flowDefinitionId: flowDefinition.id,
    flowDefinitionName: flowDefinition.name,
    workteamId: flowDefinition.workteamId,
    title: config.TaskTitle,
    description: config.TaskDescription,
    keywords: config.TaskKeywords ?? [],
    status: 'open',
    answersNeeded,
    answersDone: 0,
    assignmentsOpen: 0,
    slotsFree: answersNeeded,
    timeLimitSeconds: config.TaskTimeLimitInSeconds ?? defaultTimeLimitSeconds,
    availableUntil: Math.min(humanLoop.createdAt + availability * 1000, farFuture),
    ...(input.gold && { humanLoopName: input.gold.name, closedTo: JSON.stringify(input.gold.closedTo) }),
    ...(humanLoop.requester && { closedTo: JSON.stringify([humanLoop.requester]) }),
    ...(wanted !== undefined && input.workteam && beginGroups(wanted, input.workteam, answersNeeded)),
    createdAt: humanLoop.createdAt,
    version: 1,
  };
  return {
    task,
    changes: [insert('tasks', task), addJob('expire-human-loop', humanLoop.id, task.availableUntil, now)],
  };
}

/**
 * The counters of a task after `open` more (or fewer) assignments and `done` more answers.
 *
 * @param answersNeeded how many it needs from now on.
 */
export function countTask(
  task: Task,
  difference: { open?: number; done?: number },
  answersNeeded = task.answersNeeded,
): Pick<Task, 'answersDone' | 'assignmentsOpen' | 'slotsFree'> & { readonly answersNeeded?: number } {
  const answersDone = task.answersDone + (difference.done ?? 0);
  const assignmentsOpen = task.assignmentsOpen + (difference.open ?? 0);
  return {
    answersDone,
    assignmentsOpen,
    slotsFree: Math.max(0, answersNeeded - answersDone - assignmentsOpen),
    ...(answersNeeded !== task.answersNeeded && { answersNeeded }),
  };
}

export const closeTask = (task: Task, set: Partial<Task> = {}): Change =>
  update('tasks', task, { ...set, status: 'closed' });

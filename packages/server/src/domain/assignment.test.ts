import { describe, expect, test } from 'vitest';
import { assignmentRow, humanLoopRow, t0, taskRow, workerRow, workteamRow } from '../testing/rows.ts';
import {
  type AssignmentState,
  acceptTask,
  declineAssignment,
  expireAssignment,
  releaseAssignment,
  resumeAssignment,
  stopAssignment,
  submitAnswer,
  submitGraceMs,
} from './assignment.ts';
import type { Change } from './change.ts';
import type { Assignment, HumanLoop, Task } from './rows.ts';

const announced: HumanLoop[] = [];
const state = (set: Partial<AssignmentState> = {}): AssignmentState => ({
  assignment: assignmentRow(),
  task: taskRow({ assignmentsOpen: 1, slotsFree: 0 }),
  humanLoop: humanLoopRow(),
  now: t0 + 60_000,
  announce: (humanLoop) => {
    announced.push(humanLoop);
    return [];
  },
  ...set,
});
const taskSet = (changes: readonly Change[]): Partial<Task> | undefined =>
  changes.find((change) => change.change === 'update' && change.table === 'tasks' && change)?.change === 'update'
    ? (changes.find((change) => change.change === 'update' && change.table === 'tasks') as { set: Partial<Task> }).set
    : undefined;
const jobsAdded = (changes: readonly Change[]): string[] =>
  changes.flatMap((change) => (change.change === 'insert' && change.table === 'jobs' ? [change.row.kind] : []));

describe('accepting', () => {
  const accept = (task: Task, assignmentsOfWorker: readonly Assignment[] = [], set = {}) =>
    acceptTask({
      task,
      humanLoop: humanLoopRow(),
      worker: workerRow(),
      workteam: workteamRow(),
      assignmentsOfWorker,
      assignmentId: 'assignment-9',
      now: t0 + 1000,
      ...set,
    });

  test('takes a slot and starts the clock', () => {
    const { assignment, changes } = accept(taskRow({ answersNeeded: 3, slotsFree: 3 }));
    expect(assignment).toMatchObject({ status: 'open', acceptedAt: t0 + 1000, deadline: t0 + 1000 + 3_600_000 });
    expect(taskSet(changes)).toEqual({ answersDone: 0, assignmentsOpen: 1, slotsFree: 2 });
    expect(jobsAdded(changes)).toEqual(['expire-assignment']);
  });

  test('what one holds already is no change', () => {
    const held = assignmentRow();
    expect(accept(taskRow({ slotsFree: 0 }), [held])).toEqual({ assignment: held, changes: [] });
  });

  test.each([
    ['a taken task', taskRow({ slotsFree: 0 }), [], {}, 'task-taken'],
    ['a closed task', taskRow({ status: 'closed' }), [], {}, 'task-gone'],
    ['a task whose availability is over', taskRow({ availableUntil: t0 + 1000 }), [], {}, 'task-gone'],
    ['a task of a stopping loop', taskRow(), [], { humanLoop: humanLoopRow({ status: 'Stopping' }) }, 'task-gone'],
    ['what one has answered', taskRow(), [assignmentRow({ status: 'submitted' })], {}, 'task-gone'],
    ['what one has declined', taskRow(), [assignmentRow({ status: 'declined' })], {}, 'task-gone'],
    ['another team’s task', taskRow(), [], { worker: workerRow({ groups: ['others'] }) }, 'forbidden'],
    ['anything when disabled', taskRow(), [], { worker: workerRow({ status: 'disabled' }) }, 'forbidden'],
  ])('%s is refused', (_name, task, assignments, set, code) => {
    expect(() => accept(task, assignments, set)).toThrow(expect.objectContaining({ code }));
  });

  test.each(['released', 'expired'] as const)('again after one was %s is fine', (status) => {
    expect(accept(taskRow(), [assignmentRow({ status })]).changes).not.toEqual([]);
  });
});

describe('submitting', () => {
  const submit = (set: Partial<AssignmentState> = {}, previousAnswer?: string) =>
    submitAnswer({ ...state(set), worker: workerRow(), answerContent: '{"a":1}', previousAnswer });
  const answer = (changes: readonly Change[]) =>
    changes.find((change) => change.change === 'insert' && change.table === 'answers') as { row: object };

  test('the last answer closes the task and queues the output', () => {
    const { changes } = submit();
    expect(answer(changes).row).toMatchObject({ sequence: 1, timeSpentInSeconds: 60, answerContent: '{"a":1}' });
    expect(taskSet(changes)).toEqual({ answersDone: 1, assignmentsOpen: 0, slotsFree: 0, status: 'closed' });
    expect(jobsAdded(changes)).toEqual(['write-output']);
  });

  test('one of three leaves the task open', () => {
    const { changes } = submit({ task: taskRow({ answersNeeded: 3, assignmentsOpen: 2, slotsFree: 1 }) });
    expect(taskSet(changes)).toEqual({ answersDone: 1, assignmentsOpen: 1, slotsFree: 1 });
    expect(jobsAdded(changes)).toEqual([]);
  });

  test('pauses do not count as time spent, one that still lasts included', () => {
    const assignment = assignmentRow({ pausedMs: 10_500, stoppedAt: t0 + 50_000 });
    expect(answer(submit({ assignment }).changes).row).toMatchObject({ timeSpentInSeconds: 39.5 });
  });

  test('while the loop stops, the last one out queues the output', () => {
    const humanLoop = humanLoopRow({ status: 'Stopping' });
    const task = taskRow({ answersNeeded: 3, assignmentsOpen: 2, status: 'closed' });
    expect(jobsAdded(submit({ humanLoop, task }).changes)).toEqual([]);
    expect(jobsAdded(submit({ humanLoop, task: { ...task, assignmentsOpen: 1 } }).changes)).toEqual(['write-output']);
  });

  test('the same answer twice is harmless, another one is refused', () => {
    const assignment = assignmentRow({ status: 'submitted' });
    expect(submit({ assignment }, '{"a":1}').changes).toEqual([]);
    expect(() => submit({ assignment }, '{"a":2}')).toThrow(expect.objectContaining({ code: 'task-gone' }));
  });

  test.each([
    ['after the deadline and its grace', { now: t0 + 3_600_000 + submitGraceMs + 1 }, 'time-over'],
    ['an expired assignment', { assignment: assignmentRow({ status: 'expired' }) }, 'time-over'],
    ['a released assignment', { assignment: assignmentRow({ status: 'released' }) }, 'task-gone'],
    ['to a failed loop', { humanLoop: humanLoopRow({ status: 'Failed' }) }, 'task-gone'],
  ] as const)('%s is refused', (_name, set, code) => {
    expect(() => submit(set)).toThrow(expect.objectContaining({ code }));
  });

  test('within the grace period is taken', () => {
    expect(submit({ now: t0 + 3_600_000 + submitGraceMs }).changes).not.toEqual([]);
  });
});

describe('leaving', () => {
  test.each([
    ['release', releaseAssignment, 'released'],
    ['decline', declineAssignment, 'declined'],
    ['expiry', expireAssignment, 'expired'],
  ] as const)('by %s frees the slot', (_name, leave, status) => {
    const { changes } = leave(state());
    expect(changes[0]).toMatchObject({ change: 'update', table: 'assignments', set: { status } });
    expect(taskSet(changes)).toEqual({ answersDone: 0, assignmentsOpen: 0, slotsFree: 1 });
  });

  test('last, when the availability is over, fails the loop as Expired', () => {
    announced.length = 0;
    const task = taskRow({ assignmentsOpen: 1, slotsFree: 0, status: 'closed', availableUntil: t0 + 1 });
    releaseAssignment(state({ task }));
    expect(announced).toMatchObject([{ status: 'Failed', failureCode: 'Expired' }]);
  });

  test('last, of a task that was closed while the request was under way, fails the loop as well', () => {
    announced.length = 0;
    const now = t0 + 60_000;
    releaseAssignment(
      state({ now, task: taskRow({ assignmentsOpen: 1, slotsFree: 0, status: 'closed', availableUntil: now + 1 }) }),
    );
    expect(announced).toMatchObject([{ status: 'Failed', failureCode: 'Expired' }]);
  });

  test('not last, when the availability is over, leaves the others their turn', () => {
    announced.length = 0;
    const task = taskRow({ answersNeeded: 2, assignmentsOpen: 2, slotsFree: 0, availableUntil: t0 + 1 });
    releaseAssignment(state({ task }));
    expect(announced).toEqual([]);
  });

  test('for later keeps the assignment; coming back adds the pause', () => {
    const stopped = stopAssignment(state());
    expect(stopped.changes).toMatchObject([
      { change: 'guard', table: 'humanLoops' },
      { change: 'update', table: 'assignments', set: { stoppedAt: t0 + 60_000 } },
    ]);
    const assignment = assignmentRow({ stoppedAt: t0 + 60_000, pausedMs: 5 });
    const resumed = resumeAssignment({ ...state({ assignment }), now: t0 + 90_000 });
    expect(resumed.changes).toMatchObject([{ change: 'update', set: { stoppedAt: null, pausedMs: 30_005 } }]);
  });

  test('for later while the loop stops is leaving for good', () => {
    const { changes } = stopAssignment(state({ humanLoop: humanLoopRow({ status: 'Stopping' }) }));
    expect(changes[0]).toMatchObject({ set: { status: 'released' } });
    expect(jobsAdded(changes)).toEqual(['write-output']);
  });

  test('coming back after the deadline is refused', () => {
    const late = { ...state({ assignment: assignmentRow({ stoppedAt: t0 }) }), now: t0 + 3_600_001 };
    expect(() => resumeAssignment(late)).toThrow(expect.objectContaining({ code: 'time-over' }));
  });
});

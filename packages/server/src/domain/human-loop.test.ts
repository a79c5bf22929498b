import { describe, expect, test } from 'vitest';
import { assignmentRow, flowDefinitionRow, humanLoopRow, jobRow, t0, taskRow } from '../testing/rows.ts';
import type { Change } from './change.ts';
import {
  deleteHumanLoop,
  expireHumanLoop,
  failHumanLoop,
  finishHumanLoop,
  restartHumanLoop,
  startHumanLoop,
  stopHumanLoop,
} from './human-loop.ts';
import type { HumanLoop, HumanLoopStatus } from './rows.ts';

/** Changes in short: what happens to which table, and the status that is set. */
const short = (changes: readonly Change[]): string[] =>
  changes.map((change) => {
    if (change.change === 'discard') return `discard ${change.key}`;
    const status = change.change === 'update' && 'status' in change.set ? ` ${change.set.status}` : '';
    const job = change.change === 'insert' && change.table === 'jobs' ? ` ${change.row.kind}` : '';
    return `${change.change} ${change.table}${status}${job}`;
  });

const announced: HumanLoop[] = [];
const announce = (humanLoop: HumanLoop): Change[] => {
  announced.push(humanLoop);
  return [];
};
const final: readonly HumanLoopStatus[] = ['Completed', 'Failed', 'Stopped'];

describe('a start', () => {
  test('guards its flow, keeps the input apart and queues the preparation', () => {
    const { humanLoop, changes } = startHumanLoop({
      flowDefinition: flowDefinitionRow({ tags: { 'holdpoint:x': '1', team: 'a' } }),
      id: 'loop-9',
      name: 'Loop-9',
      inputContent: '{"a":1}',
      dataAttributes: undefined,
      inputSha256: 'c'.repeat(64),
      outputS3Uri: 's3://bucket/key',
      now: t0,
    });
    expect(short(changes)).toEqual([
      'guard flowDefinitions',
      'insert humanLoops',
      'insert humanLoopInputs',
      'insert jobs prepare-task',
    ]);
    expect(humanLoop).toMatchObject({ status: 'InProgress', extensionTags: { 'holdpoint:x': '1' }, createdAt: t0 });
  });

  test('7.3 – that nobody is asked about queues its output instead, and keeps what the conditions said', () => {
    const { changes } = startHumanLoop({
      flowDefinition: flowDefinitionRow(),
      id: 'loop-9',
      name: 'Loop-9',
      inputContent: '1',
      dataAttributes: undefined,
      inputSha256: 'c'.repeat(64),
      outputS3Uri: 's3://bucket/key',
      activation: { activated: false, record: '{}' },
      now: t0,
    });
    expect(short(changes).at(-1)).toBe('insert jobs write-output');
    expect(changes).toContainEqual(
      expect.objectContaining({ table: 'humanLoopInputs', row: expect.objectContaining({ activation: '{}' }) }),
    );
  });

  test('of a running loop is the same loop for the same input and a conflict for another', () => {
    const existing = humanLoopRow();
    expect(() => restartHumanLoop(existing, existing.inputSha256)).not.toThrow();
    expect(() => restartHumanLoop(existing, 'd'.repeat(64))).toThrow(
      expect.objectContaining({ name: 'ConflictException' }),
    );
  });

  test('7.3 – of a loop that has ended without anybody being asked is the same loop for the same input only', () => {
    const existing = humanLoopRow({ status: 'Completed' });
    expect(() => restartHumanLoop(existing, existing.inputSha256, false)).not.toThrow();
    for (const [loop, sha256] of [
      [existing, 'd'.repeat(64)],
      [humanLoopRow({ status: 'Failed' }), existing.inputSha256],
    ] as const)
      expect(() => restartHumanLoop(loop, sha256, false)).toThrow(
        expect.objectContaining({ name: 'ValidationException' }),
      );
  });

  test.each(final)('of a %s loop is refused in the words of the service', (status) => {
    const existing = humanLoopRow({ status });
    expect(() => restartHumanLoop(existing, existing.inputSha256)).toThrow(
      expect.objectContaining({
        name: 'ValidationException',
        message: expect.stringMatching(/^HumanLoop 'loop' already exists and is finished\./),
      }),
    );
  });
});

describe('a stop', () => {
  const held = assignmentRow();
  const paused = assignmentRow({ id: 'assignment-2', workerId: 'worker-2', stoppedAt: t0 + 5 });

  test.each([
    [
      'before the task exists',
      undefined,
      [],
      ['update humanLoops Stopping', 'insert humanLoopEvents', 'insert jobs write-output'],
    ],
    [
      'with nobody working',
      taskRow(),
      [],
      ['update humanLoops Stopping', 'insert humanLoopEvents', 'update tasks closed', 'insert jobs write-output'],
    ],
    [
      'with somebody working',
      taskRow({ assignmentsOpen: 1 }),
      [held],
      ['update humanLoops Stopping', 'insert humanLoopEvents', 'guard assignments', 'update tasks closed'],
    ],
    [
      'with somebody who left to come back later',
      taskRow({ assignmentsOpen: 1 }),
      [paused],
      [
        'update humanLoops Stopping',
        'insert humanLoopEvents',
        'update assignments released',
        'update tasks closed',
        'insert jobs write-output',
      ],
    ],
  ])('%s', (_name, task, openAssignments, expected) => {
    const { changes } = stopHumanLoop({
      humanLoop: humanLoopRow(),
      task,
      openAssignments,
      outputJob: undefined,
      now: t0 + 10,
    });
    expect(short(changes).filter((line) => !line.startsWith('discard'))).toEqual(expected);
  });

  test('7.3 – of a loop that nobody is asked about, whose output is queued, changes nothing', () => {
    const outputJob = jobRow({ kind: 'write-output', dueAt: t0, createdAt: t0 });
    const given = { humanLoop: humanLoopRow(), task: undefined, openAssignments: [], outputJob, now: t0 };
    expect(stopHumanLoop(given).changes).toEqual([]);
  });

  test('of a loop that is stopping, or whose answers are all in, changes nothing', () => {
    const nothing = { openAssignments: [], outputJob: undefined, now: t0 };
    const humanLoop = humanLoopRow({ status: 'Stopping' });
    expect(stopHumanLoop({ ...nothing, humanLoop, task: taskRow() }).changes).toEqual([]);
    const complete = { ...nothing, humanLoop: humanLoopRow(), task: taskRow({ answersDone: 1 }) };
    expect(stopHumanLoop(complete).changes).toEqual([]);
    expect(stopHumanLoop({ ...complete, outputJob: jobRow({ dueAt: t0 }) }).changes).toEqual([]);
  });

  test('makes an answer final that could still be taken back', () => {
    const complete = { humanLoop: humanLoopRow(), task: taskRow({ answersDone: 1 }), openAssignments: [] };
    const outputJob = jobRow({ createdAt: t0, dueAt: t0 + 5000 });
    expect(stopHumanLoop({ ...complete, outputJob, now: t0 + 1000 }).changes).toEqual([
      { change: 'update', table: 'jobs', row: outputJob, set: { dueAt: t0 } },
    ]);
  });

  test.each(final)('of a %s loop is refused', (status) => {
    const nothing = { task: undefined, openAssignments: [], outputJob: undefined };
    const input = { ...nothing, humanLoop: humanLoopRow({ status }), now: t0 };
    expect(() => stopHumanLoop(input)).toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });
});

describe('an end', () => {
  test.each([
    ['InProgress', 'Completed'],
    ['Stopping', 'Stopped'],
  ] as const)('with its output written: %s becomes %s and is announced', (from, to) => {
    announced.length = 0;
    const { changes } = finishHumanLoop({ humanLoop: humanLoopRow({ status: from }), now: t0 + 9, announce });
    expect(short(changes)).toEqual([`update humanLoops ${to}`]);
    expect(announced).toMatchObject([{ status: to, finishedAt: t0 + 9 }]);
  });

  test('as a failure takes the work from whoever is at it', () => {
    announced.length = 0;
    const { changes } = failHumanLoop({
      humanLoop: humanLoopRow(),
      task: taskRow({ assignmentsOpen: 1, slotsFree: 0 }),
      openAssignments: [assignmentRow()],
      failureCode: 'ValidationError',
      failureReason: 'why',
      now: t0 + 9,
      announce,
    });
    expect(short(changes)).toEqual([
      'update humanLoops Failed',
      'discard expire-human-loop:loop-1',
      'discard prepare-task:loop-1',
      'update assignments released',
      'discard expire-assignment:assignment-1',
      'update tasks closed',
    ]);
    expect(announced).toMatchObject([{ status: 'Failed', failureCode: 'ValidationError', failureReason: 'why' }]);
  });

  test.each([
    ['nobody working', [], 'InProgress', 0, ['update humanLoops Failed', 'update tasks closed']],
    ['somebody working', [assignmentRow()], 'InProgress', 0, ['update tasks closed']],
    ['all answers in', [], 'InProgress', 1, []],
    ['a loop that is stopping', [], 'Stopping', 0, []],
  ] as const)('of the availability with %s', (_name, openAssignments, status, answersDone, expected) => {
    const { changes } = expireHumanLoop({
      humanLoop: humanLoopRow({ status }),
      task: taskRow({ answersDone, assignmentsOpen: openAssignments.length }),
      openAssignments,
      failureReason: 'late',
      now: t0,
      announce,
    });
    expect(short(changes).filter((line) => !line.startsWith('discard'))).toEqual(expected);
  });
});

describe('a deletion', () => {
  test.each(['InProgress', 'Stopping'] as const)('of a loop that is %s is refused', (status) => {
    const input = {
      humanLoop: humanLoopRow({ status }),
      task: undefined,
      assignments: [],
      answers: [],
      drafts: [],
      events: [],
      deadLetters: [],
      jobs: [],
    };
    expect(() => deleteHumanLoop(input)).toThrow(expect.objectContaining({ name: 'ValidationException' }));
  });

  test.each(final)('of a %s loop leaves no row', (status) => {
    const { changes } = deleteHumanLoop({
      humanLoop: humanLoopRow({ status }),
      task: taskRow(),
      assignments: [assignmentRow()],
      answers: [{ assignmentId: 'assignment-1' } as never],
      drafts: [{ id: 'task-1:worker-1' } as never],
      events: [{ id: 'event-1' } as never],
      deadLetters: [{ id: 'delivery-2', version: 4 } as never],
      jobs: [jobRow({ id: 'send-event:delivery-1' })],
    });
    expect(short(changes)).toEqual([
      'guard jobs',
      'remove humanLoops',
      'discard loop-1',
      'discard task-1',
      'discard assignment-1',
      'discard assignment-1',
      'discard task-1:worker-1',
      'discard event-1',
      'remove eventDeliveries',
    ]);
  });
});

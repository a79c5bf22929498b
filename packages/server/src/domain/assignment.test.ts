import { describe, expect, test } from 'vitest';
import {
  answerRow,
  assignmentRow,
  humanLoopRow,
  jobRow,
  t0,
  taskRow,
  workerRow,
  workteamRow,
} from '../testing/rows.ts';
import { countRulesOf } from './answer-count.ts';
import {
  acceptTask,
  declineAssignment,
  expireAssignment,
  extendAssignment,
  releaseAssignment,
  resumeAssignment,
  stopAssignment,
  submitAnswer,
  submitGraceMs,
  undoAnswer,
} from './assignment.ts';
import type { Change } from './change.ts';
import type { AssignmentState } from './end-assignment.ts';
import type { Answer, Assignment, HumanLoop, Job, Task } from './rows.ts';

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
  const submit = (set: Partial<AssignmentState> = {}, answers: readonly Answer[] = [], undoSeconds = 0) =>
    submitAnswer({ ...state(set), worker: workerRow(), answerContent: '{"a":1}', answers, undoSeconds });
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
    expect(submit({ assignment }, [answerRow()]).changes).toEqual([]);
    const other = answerRow({ answerContent: '{"a":2}' });
    expect(() => submit({ assignment }, [other])).toThrow(expect.objectContaining({ code: 'task-gone' }));
  });

  test.each([
    ['after the deadline and its grace', { now: t0 + 3_600_000 + submitGraceMs + 1 }, 'time-over'],
    ['an expired assignment', { assignment: assignmentRow({ status: 'expired' }) }, 'time-over'],
    ['a released assignment', { assignment: assignmentRow({ status: 'released' }) }, 'task-gone'],
    ['to a failed loop', { humanLoop: humanLoopRow({ status: 'Failed' }) }, 'task-gone'],
  ] as const)('%s is refused', (_name, set, code) => {
    expect(() => submit(set)).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    ['after the seconds that were asked for', {}, 5, t0 + 65_000],
    ['at once where none were', {}, 0, t0 + 60_000],
    ['at the deadline', { assignment: assignmentRow({ deadline: t0 + 61_000 }) }, 5, t0 + 61_000],
    [
      'at the end of the availability',
      { task: taskRow({ assignmentsOpen: 1, availableUntil: t0 + 62_000 }) },
      5,
      t0 + 62_000,
    ],
    ['at once after the deadline', { assignment: assignmentRow({ deadline: t0 + 59_000 }) }, 5, t0 + 60_000],
    ['at once while the loop stops', { humanLoop: humanLoopRow({ status: 'Stopping' }) }, 5, t0 + 60_000],
  ] as const)('is final %s, which is when the output is due', (_name, set, seconds, finalAt) => {
    const { changes, ...rest } = submit(set, [], seconds);
    expect(rest).toEqual({ finalAt });
    expect(answer(changes).row).toMatchObject({ finalAt });
    expect(changes).toContainEqual(
      expect.objectContaining({
        table: 'jobs',
        row: expect.objectContaining({ kind: 'write-output', dueAt: finalAt }),
      }),
    );
  });

  test('counts on after the highest number that is left when others were taken back', () => {
    const task = taskRow({ answersNeeded: 3, answersDone: 1, assignmentsOpen: 1 });
    const left = answerRow({ assignmentId: 'assignment-2', sequence: 2 });
    expect(answer(submit({ task }, [left]).changes).row).toMatchObject({ sequence: 3 });
  });

  test('within the grace period is taken', () => {
    expect(submit({ now: t0 + 3_600_000 + submitGraceMs }).changes).not.toEqual([]);
  });
});

describe('taking an answer back', () => {
  const now = t0 + 60_000;
  const submitted = assignmentRow({ status: 'submitted', endedAt: t0 + 58_000, pausedMs: 500 });
  const complete = taskRow({ status: 'closed', answersDone: 1, assignmentsOpen: 0, slotsFree: 0 });
  const undo = (set: Partial<AssignmentState> = {}, answer = {}, job: Partial<Job> | undefined = {}) =>
    undoAnswer({
      worker: workerRow(),
      ...state({ assignment: submitted, task: complete, now, ...set }),
      answer: answerRow({ submittedAt: t0 + 58_000, finalAt: t0 + 63_000, ...answer }),
      outputJob: job && jobRow({ dueAt: t0 + 63_000, ...job }),
    });

  test('opens the assignment and the task again, and nothing is written', () => {
    const { changes } = undo();
    expect(taskSet(changes)).toEqual({ answersDone: 0, assignmentsOpen: 1, slotsFree: 0, status: 'open' });
    expect(changes).toContainEqual({ change: 'discard', table: 'answers', key: 'assignment-1' });
    // The seconds since the submission are none of work.
    const set = { status: 'open', endedAt: null, stoppedAt: null, pausedMs: 2500 };
    expect(changes).toContainEqual({ change: 'update', table: 'assignments', row: submitted, set });
    expect(changes).toContainEqual(expect.objectContaining({ change: 'remove', table: 'jobs' }));
    expect(jobsAdded(changes)).toEqual(['expire-assignment', 'expire-human-loop']);
  });

  test('of one of three leaves the loop’s jobs alone', () => {
    const { changes } = undo({ task: taskRow({ answersNeeded: 3, answersDone: 2, slotsFree: 1 }) }, {}, undefined);
    expect(taskSet(changes)).toEqual({ answersDone: 1, assignmentsOpen: 1, slotsFree: 1, status: 'open' });
    expect(jobsAdded(changes)).toEqual(['expire-assignment']);
  });

  test('twice is harmless', () => {
    expect(undo({ assignment: assignmentRow() }).changes).toEqual([]);
  });

  test.each([
    ['when it is final', {}, { finalAt: now }, {}],
    ['that was never open to it', {}, { finalAt: null }, {}],
    ['when the output is due', {}, {}, { dueAt: now }],
    ['when the output was asked for at once', {}, {}, { createdAt: t0 + 63_000 }],
    ['when the loop is stopping', { humanLoop: humanLoopRow({ status: 'Stopping' }) }, {}, {}],
    ['when the loop is over', { humanLoop: humanLoopRow({ status: 'Completed' }) }, {}, {}],
    [
      'when the availability has ended meanwhile, while another one is at work',
      { task: taskRow({ status: 'closed', answersNeeded: 2, answersDone: 1, assignmentsOpen: 1, slotsFree: 0 }) },
      {},
      {},
    ],
    ['that was never given', { assignment: assignmentRow({ status: 'released' }) }, {}, {}],
  ] as const)('%s is refused', (_name, set, answer, job) => {
    expect(() => undo(set, answer, job)).toThrow(expect.objectContaining({ code: 'answer-final' }));
  });
});

describe('more time', () => {
  const extend = (set: Partial<AssignmentState>, seconds = 600) => extendAssignment({ ...state(set), seconds });

  test('is counted from now', () => {
    const assignment = assignmentRow({ deadline: t0 + 61_000 });
    expect(extend({ assignment }).changes).toMatchObject([
      { change: 'update', table: 'assignments', row: assignment, set: { deadline: t0 + 660_000 } },
      { change: 'insert', table: 'humanLoopEvents', row: { kind: 'Extended', details: { deadline: t0 + 660_000 } } },
    ]);
  });

  test('never takes any away', () => {
    expect(extend({}).changes).toEqual([]);
  });

  test.each([
    ['when it is over', { assignment: assignmentRow({ deadline: t0 + 50_000 }) }, 600, 'time-over'],
    ['where the flow gives none', {}, 0, 'forbidden'],
    ['after the end', { assignment: assignmentRow({ status: 'submitted' }) }, 600, 'task-gone'],
  ] as const)('%s is refused', (_name, set, seconds, code) => {
    expect(() => extend(set, seconds)).toThrow(expect.objectContaining({ code }));
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
      { change: 'insert', table: 'humanLoopEvents', row: { kind: 'PutAside', happenedAt: t0 + 60_000 } },
    ]);
    const assignment = assignmentRow({ stoppedAt: t0 + 60_000, pausedMs: 5 });
    const resumed = resumeAssignment({ ...state({ assignment }), now: t0 + 90_000 });
    expect(resumed.changes).toMatchObject([
      { change: 'update', set: { stoppedAt: null, pausedMs: 30_005 } },
      { change: 'insert', row: { kind: 'Resumed', subject: 'assignment-1' } },
    ]);
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

describe('7.4 – where answers decide how many are asked', () => {
  const [ada, ben, cleo] = ['ada', 'ben', 'cleo'].map((workerId) =>
    assignmentRow({ id: `turn-${workerId}`, workerId }),
  ) as [Assignment, Assignment, Assignment];
  const said = (assignment: Assignment, label: string, sequence: number) =>
    answerRow({
      assignmentId: assignment.id,
      workerId: assignment.workerId,
      answerContent: JSON.stringify({ label }),
      sequence,
      finalAt: t0 + 90_000,
    });
  const first = said(ada, 'a', 1);
  const loop = (tags: Readonly<Record<string, string>>, openAssignments: readonly Assignment[], answers: Answer[]) => ({
    counting: {
      rules: countRulesOf(tags, 3)!,
      answers,
      openAssignments,
      workteamId: 'team-1',
      adjudicatorsId: 'judges',
    },
  });
  const adaptive = { 'holdpoint:min-answers': '2' };
  const task = taskRow({ answersNeeded: 2, answersDone: 1, assignmentsOpen: 1, slotsFree: 0 });
  const submit = (set: Partial<AssignmentState>, label: string, answers = [first]) =>
    submitAnswer({
      ...state({ assignment: ben, task, ...loop(adaptive, [ben], answers), ...set }),
      worker: workerRow(),
      answerContent: JSON.stringify({ label }),
      answers,
      undoSeconds: 60,
    });
  const kinds = (changes: readonly Change[]) =>
    changes.flatMap((change) =>
      change.change === 'insert' && change.table === 'humanLoopEvents'
        ? [[change.row.kind, change.row.details.answers, change.row.details.reason]]
        : [],
    );
  const released = (changes: readonly Change[]) =>
    changes.flatMap((change) =>
      change.change === 'update' && change.table === 'assignments' && change.set.status === 'released'
        ? [change.row.workerId]
        : [],
    );

  test('two that agree end it', () => {
    const { changes } = submit({}, 'a');
    expect(taskSet(changes)).toEqual({ answersDone: 2, assignmentsOpen: 0, slotsFree: 0, status: 'closed' });
    expect(jobsAdded(changes)).toEqual(['write-output']);
    expect(kinds(changes)).toEqual([['EnoughAnswers', 2, 'agreement']]);
  });

  test('two that do not have a third one asked', () => {
    const { changes } = submit({}, 'b');
    expect(taskSet(changes)).toEqual({ answersNeeded: 3, answersDone: 2, assignmentsOpen: 0, slotsFree: 1 });
    expect(jobsAdded(changes)).toEqual([]);
    expect(kinds(changes)).toEqual([['MoreAsked', 3, undefined]]);
  });

  test('a stop while somebody works asks nobody else', () => {
    const { changes } = submit({ humanLoop: humanLoopRow({ status: 'Stopping' }) }, 'b');
    expect(taskSet(changes)).toEqual({ answersDone: 2, assignmentsOpen: 0, slotsFree: 0, status: 'closed' });
    expect(kinds(changes)).toEqual([]);
  });

  test('an answer that is taken back takes its question to a third worker back', () => {
    const answers = [first, said(ben, 'b', 2)];
    const asked = taskRow({ answersNeeded: 3, answersDone: 2, assignmentsOpen: 0, slotsFree: 1 });
    const undo = (set: Partial<Task>, openAssignments: Assignment[]) =>
      undoAnswer({
        worker: workerRow(),
        ...state({ assignment: { ...ben, status: 'submitted' }, task: { ...asked, ...set } }),
        ...loop(adaptive, openAssignments, answers),
        answer: answers[1],
        outputJob: undefined,
      });
    expect(taskSet(undo({}, []).changes)).toMatchObject({ answersNeeded: 2, answersDone: 1, slotsFree: 0 });
    // Somebody is at it already, and may finish.
    const taken = taskSet(undo({ assignmentsOpen: 1, slotsFree: 0 }, [cleo]).changes);
    expect(taken).toEqual({ answersDone: 1, assignmentsOpen: 2, slotsFree: 0, status: 'open' });
  });

  test('what is enough releases whoever else is at it', () => {
    const busy = { ...task, answersNeeded: 3, assignmentsOpen: 2 };
    const agreed = submit({ task: busy, ...loop(adaptive, [ben, cleo], [first]) }, 'a').changes;
    expect(taskSet(agreed)).toEqual({
      answersNeeded: 2,
      answersDone: 2,
      assignmentsOpen: 0,
      slotsFree: 0,
      status: 'closed',
    });
    expect(released(agreed)).toEqual(['cleo']);
    const veto = { 'holdpoint:veto': 'no' };
    const ended = submit({ task: busy, ...loop(veto, [ben, cleo], [first]) }, 'no').changes;
    expect([kinds(ended), released(ended)]).toEqual([[['EnoughAnswers', 2, 'veto']], ['cleo']]);
  });

  test('whoever leaves ends nobody else’s turn, and the last one lets it end', () => {
    const answers = [first, said(ben, 'a', 2)];
    const leave = (open: readonly Assignment[]) => {
      const left = taskRow({
        answersNeeded: 2 + open.length,
        answersDone: 2,
        assignmentsOpen: open.length,
        slotsFree: 0,
      });
      return releaseAssignment(state({ assignment: cleo, task: left, ...loop(adaptive, open, answers) })).changes;
    };
    const waiting = leave([cleo, assignmentRow({ id: 'turn-dora', workerId: 'dora' })]);
    expect(taskSet(waiting)).toEqual({ answersNeeded: 3, answersDone: 2, assignmentsOpen: 1, slotsFree: 0 });
    const last = leave([cleo]);
    expect(taskSet(last)).toMatchObject({ answersNeeded: 2, status: 'closed' });
    expect([kinds(last), jobsAdded(last)]).toEqual([[['EnoughAnswers', 2, 'agreement']], ['write-output']]);
  });

  describe('7.4 – and somebody adjudicates', () => {
    const adjudicated = { 'holdpoint:quorum': '2', 'holdpoint:adjudicator-workteam': 'arn' };
    const disputed = [first, said(ben, 'b', 2)];
    const dora = assignmentRow({ id: 'turn-dora', workerId: 'dora' });
    const waiting = taskRow({
      answersNeeded: 4,
      answersDone: 3,
      assignmentsOpen: 0,
      slotsFree: 1,
      stage: 'adjudication',
      workteamId: 'judges',
    });
    const three = [...disputed, said(cleo, 'c', 3)];
    const undo = (set: Partial<Task>, answers: readonly Answer[], of: Assignment, outputJob?: Job) =>
      undoAnswer({
        worker: workerRow(),
        ...state({ assignment: { ...of, status: 'submitted' }, task: { ...waiting, ...set } }),
        ...loop(adjudicated, [], [...answers]),
        answer: answers.find(({ workerId }) => workerId === of.workerId),
        outputJob,
      });

    test('where no quorum is possible, the task goes on to the other team', () => {
      const last = taskRow({ answersNeeded: 3, answersDone: 2, assignmentsOpen: 1, slotsFree: 0 });
      const { changes } = submit(
        { assignment: cleo, task: last, ...loop(adjudicated, [cleo], disputed) },
        'c',
        disputed,
      );
      expect(taskSet(changes)).toEqual({
        stage: 'adjudication',
        workteamId: 'judges',
        openTo: null,
        answersNeeded: 4,
        answersDone: 3,
        assignmentsOpen: 0,
        slotsFree: 1,
      });
      expect(kinds(changes)).toEqual([['AdjudicatorAsked', 3, 'no-quorum']]);
      expect(jobsAdded(changes)).toEqual([]);
      const late = { ...last, availableUntil: t0 };
      const ended = submit({ assignment: cleo, task: late, ...loop(adjudicated, [cleo], disputed) }, 'c', disputed);
      expect(jobsAdded(ended.changes), 'nobody could take it any more').toEqual(['write-output']);
    });

    test('whose answer is the last one', () => {
      const held = { ...waiting, assignmentsOpen: 1, slotsFree: 0 };
      const { changes } = submit({ assignment: dora, task: held, ...loop(adjudicated, [dora], three) }, 'z', three);
      expect(taskSet(changes)).toMatchObject({ answersDone: 4, slotsFree: 0, status: 'closed' });
      expect(kinds(changes)).toEqual([['EnoughAnswers', 4, 'adjudication']]);
      const left = releaseAssignment(state({ assignment: dora, task: held, ...loop(adjudicated, [dora], three) }));
      expect(taskSet(left.changes)).toEqual({ answersDone: 3, assignmentsOpen: 0, slotsFree: 1 });
    });

    test('an answer that is taken back before takes the task back', () => {
      expect(taskSet(undo({}, three, cleo).changes)).toEqual({
        answersNeeded: 3,
        answersDone: 2,
        assignmentsOpen: 1,
        slotsFree: 0,
        stage: null,
        workteamId: 'team-1',
        status: 'open',
      });
    });

    test('none is taken back while an adjudicator is at it or has answered, but that one’s own', () => {
      const refused = expect.objectContaining({ code: 'answer-final' });
      expect(() => undo({ assignmentsOpen: 1, slotsFree: 0 }, three, cleo)).toThrow(refused);
      const four = [...three, said(dora, 'z', 4)];
      const complete = { answersDone: 4, slotsFree: 0, status: 'closed' as const };
      const outputJob = jobRow({ createdAt: t0, dueAt: t0 + 90_000 });
      expect(() => undo(complete, four, cleo, outputJob)).toThrow(refused);
      const own = undo(complete, four, dora, outputJob).changes;
      expect(taskSet(own)).toEqual({ answersDone: 3, assignmentsOpen: 1, slotsFree: 0, status: 'open' });
    });
  });
});

/** The battery that every engine of the store passes. */
import { describe, expect, test } from 'vitest';
import { deliver } from '../domain/announce.ts';
import { type Change, discard, guard, insert, remove, update } from '../domain/change.ts';
import { addJob } from '../domain/jobs.ts';
import type { Assignment, EventDelivery, HumanLoop, Rows, Task } from '../domain/rows.ts';
import {
  activityRow,
  answerRow,
  assignmentRow,
  eventTargetRow,
  flowDefinitionRow,
  humanLoopRow,
  jobRow,
  noticesRow,
  subscriptionRow,
  t0,
  taskRow,
  workerRow,
  workteamRow,
} from '../testing/rows.ts';
import { idAt } from './activity-queries.ts';
import { batchCharacters } from './batch-size.ts';
import { loopSearchCases } from './loop-search.cases.ts';
import type {
  ActivitiesWanted,
  AnswerPosition,
  Changed,
  NextTask,
  Position,
  Store,
  TaskPosition,
  WorkerTaskPage,
} from './store.ts';

export interface Engine {
  /** A new, empty store; closed by the battery. */
  open(): Promise<Store>;
}

export function storeCases(name: string, engine: Engine): void {
  const withStore = async (use: (store: Store) => Promise<void>): Promise<void> => {
    const store = await engine.open();
    try {
      await use(store);
    } finally {
      await store.close();
    }
  };
  const storeTest = (title: string, use: (store: Store) => Promise<void>) => test(title, () => withStore(use));

  loopSearchCases(name, storeTest);

  describe(`${name}: saves`, () => {
    storeTest('of large rows go in several batches', async (store) => {
      const batches: number[] = [];
      store.changes((changed) => batches.push(changed.filter(({ table }) => table === 'jobs').length));
      const inputContent = JSON.stringify('x'.repeat(batchCharacters / 8));
      const ids = Array.from({ length: 12 }, (_, index) => `loop-${index}`);
      const saves = ids.map((humanLoopId) =>
        store.save([
          insert('humanLoopInputs', { humanLoopId, inputContent, dataAttributes: null }),
          addJob('prepare-task', humanLoopId, t0, t0),
        ]),
      );
      expect(new Set(await Promise.all(saves))).toEqual(new Set(['saved']));
      const written = batches.filter((count) => count > 0);
      expect(written.reduce((sum, count) => sum + count, 0)).toBe(12);
      expect(Math.max(...written)).toBeLessThanOrEqual(8);
      for (const id of ids) expect((await store.humanLoopInput(id))?.inputContent).toHaveLength(inputContent.length);
    });

    storeTest('write all changes of a save and answer when they can be read', async (store) => {
      const saved = await store.save([
        insert('humanLoops', humanLoopRow()),
        insert('humanLoopInputs', { humanLoopId: 'loop-1', inputContent: '{"ä":"😀"}', dataAttributes: { a: [1] } }),
        insert('humanLoopInputs', { humanLoopId: 'loop-2', inputContent: '1', dataAttributes: null, activation: '{}' }),
        addJob('prepare-task', 'loop-1', t0, t0),
      ]);
      expect(saved).toBe('saved');
      expect(await store.humanLoopByName('loop')).toEqual(humanLoopRow());
      expect(await store.humanLoopInput('loop-1')).toEqual({
        humanLoopId: 'loop-1',
        inputContent: '{"ä":"😀"}',
        dataAttributes: { a: [1] },
        activation: null,
      });
      expect(await store.humanLoopInput('loop-2')).toMatchObject({ activation: '{}' });
      expect(await store.job('prepare-task:loop-1')).toMatchObject({ subject: 'loop-1', version: 1 });
    });

    storeTest('keep every kind of value: null, long text, fractions, JSON, hostile keys', async (store) => {
      const tags = JSON.parse('{"__proto__":"x","b":"2","a":"1"}');
      await store.save([
        insert('flowDefinitions', flowDefinitionRow({ tags })),
        insert('templates', { sha256: 'f'.repeat(64), content: 'x'.repeat(128_000) }),
        insert('answers', {
          assignmentId: 'assignment-1',
          humanLoopId: 'loop-1',
          workerId: 'worker-1',
          answerContent: '{}',
          acceptedAt: t0,
          submittedAt: t0 + 1,
          finalAt: null,
          timeSpentInSeconds: 40.543,
          sequence: 1,
          workerIdentity: workerRow().identity,
        }),
      ]);
      expect(Object.keys((await store.flowDefinition('flow-1'))!.tags)).toEqual(['__proto__', 'b', 'a']);
      expect((await store.template('f'.repeat(64)))!.content).toHaveLength(128_000);
      expect(await store.answersOfHumanLoop('loop-1')).toMatchObject([{ timeSpentInSeconds: 40.543 }]);
    });

    storeTest('list the answers of a worker, newest first, page by page', async (store) => {
      const given = [
        ['a', 'worker-1', 1],
        ['b', 'worker-1', 2],
        ['c', 'worker-1', 2],
        ['d', 'worker-2', 3],
      ] as const;
      await store.save(
        given.map(([id, workerId, after]) =>
          insert('answers', answerRow({ assignmentId: id, humanLoopId: id, workerId, submittedAt: t0 + after })),
        ),
      );
      const ids = async (before?: AnswerPosition) =>
        (await store.answersOfWorker('worker-1', { before, limit: 2 })).map(({ assignmentId }) => assignmentId);
      expect(await ids()).toEqual(['c', 'b']);
      expect(await ids({ submittedAt: t0 + 2, assignmentId: 'b' })).toEqual(['a']);
    });

    storeTest(
      'keep gold items and results by flow, item and worker, and show their loops in no list',
      async (store) => {
        const item = (id: string, flowDefinitionId: string, createdAt: number) =>
          insert('goldItems', {
            id,
            flowDefinitionId,
            inputContent: '{"text":"é"}',
            expectedAnswer: '{}',
            createdAt,
            usedAt: null,
            humanLoopId: null,
          });
        const result = (id: string, goldItemId: string, workerId: string, answeredAt: number) =>
          insert('goldResults', {
            id,
            goldItemId,
            flowDefinitionId: 'flow-1',
            workerId,
            score: 0.75,
            isRight: 1 as const,
            answeredAt,
          });
        const goldStanding = { 'flow-1': { barredAt: t0 } };
        await store.save([
          item('g2', 'flow-1', t0 + 2),
          item('g1', 'flow-1', t0 + 1),
          item('other', 'flow-2', t0),
          result('r1', 'g1', 'ada', t0 + 1),
          result('r2', 'g1', 'ben', t0 + 2),
          result('r3', 'g2', 'ada', t0 + 3),
          insert('workers', workerRow({ goldStanding })),
          insert('humanLoops', humanLoopRow()),
          insert('humanLoops', humanLoopRow({ id: 'gold', name: 'gold:1', goldItemId: 'g1', finishedAt: t0 + 5 })),
        ]);
        const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
        expect(ids(await store.goldItems('flow-1'))).toEqual(['g1', 'g2']);
        expect(await store.goldItem('g1')).toMatchObject({ inputContent: '{"text":"é"}', usedAt: null, version: 1 });
        expect(ids(await store.goldResultsOfItem('g1')).sort()).toEqual(['r1', 'r2']);
        expect(await store.goldResults('flow-1', { limit: 2 })).toMatchObject([
          { id: 'r3', score: 0.75 },
          { id: 'r2' },
        ]);
        expect(ids(await store.goldResults('flow-1', { workerId: 'ada', limit: 9 }))).toEqual(['r3', 'r1']);
        expect(ids(await store.goldResults('flow-1', { workerId: 'ada', since: t0 + 2, limit: 9 }))).toEqual(['r3']);
        expect((await store.worker('worker-1'))?.goldStanding).toEqual(goldStanding);
        expect(ids(await store.humanLoops('flow-1', { order: 'Ascending', limit: 9 }))).toEqual(['loop-1']);
        const search = { filter: {}, order: 'created', descending: false, limit: 9 } as const;
        expect(ids((await store.searchHumanLoops(search)).humanLoops)).toEqual(['loop-1']);
        expect(await store.loopStarts(t0, t0 + 1)).toEqual([{ flowDefinitionId: 'flow-1', started: 1 }]);
        expect(await store.loopEnds({ from: t0, to: t0 + 9, limit: 9 })).toEqual([]);
        expect(ids(await store.unfinishedHumanLoops('flow-1', 'InProgress', 9))).toEqual(['loop-1']);
      },
    );

    storeTest('keep drafts by worker and task, and find those of a loop', async (store) => {
      const draft = (id: string, humanLoopId: string) =>
        insert('drafts', { id, humanLoopId, taskId: 'task', workerId: 'worker', content: '{"a":"é"}', savedAt: t0 });
      await store.save([draft('1', 'loop-1'), draft('2', 'loop-2'), draft('3', 'loop-1')]);
      expect(await store.draft('2')).toMatchObject({ humanLoopId: 'loop-2', content: '{"a":"é"}', version: 1 });
      expect((await store.draftsOfHumanLoop('loop-1')).map(({ id }) => id)).toEqual(['1', '3']);
      expect(await store.save([draft('2', 'loop-2')])).toBe('conflict');
    });

    storeTest('O1: keep what happened to a loop as it was written first, and list it in its order', async (store) => {
      const event = (id: string, humanLoopId: string, happenedAt: number, error = '😀') =>
        insert(
          'humanLoopEvents',
          { id, humanLoopId, kind: 'JobFailed', happenedAt, subject: null, details: { error, attempt: 1 } },
          { ifAbsent: true },
        );
      await store.save([event('b', 'loop-1', t0), event('c', 'loop-2', t0), event('a', 'loop-1', t0 + 1)]);
      expect(await store.save([event('b', 'loop-1', t0, 'another')])).toBe('saved');
      const kept = await store.eventsOfHumanLoop('loop-1');
      expect(kept.map(({ id }) => id)).toEqual(['b', 'a']);
      expect(kept[0]?.details).toEqual({ error: '😀', attempt: 1 });
      await store.save([discard('humanLoopEvents', 'b')]);
      expect(await store.eventsOfHumanLoop('loop-1')).toHaveLength(1);
    });

    storeTest('O5: find rows of the activity log by actor, action, resource and time, newest first', async (store) => {
      const row = (place: number, over: Partial<Rows['activities']> = {}) => {
        const at = t0 + place * 10;
        const id = `${idAt(at)}-7000-8000-00000000000${place}`;
        return insert('activities', activityRow({ id, at, ...over }));
      };
      await store.save([
        row(1, { action: 'CreateWorkteam', resourceType: 'workteam', resourceName: 'ä' }),
        row(2, { resourceName: 'a' }),
        row(3, { resourceName: 'b', actorId: 'AKIAOTHER' }),
        row(4, { actorKind: 'worker', actorId: 'ada', action: 'submit', resourceName: 'a' }),
        row(5, { actorKind: 'worker', actorId: 'ada', action: 'sign-in', resourceType: 'worker', details: '{"a":1}' }),
      ]);
      const places = async (wanted: Partial<ActivitiesWanted>) => {
        const { activities, stopped } = await store.activities({ limit: 10, ...wanted });
        return [...activities.map(({ id }) => Number(id.at(-1))), ...(stopped ? [`at ${stopped.id.at(-1)}`] : [])];
      };
      expect(await places({})).toEqual([5, 4, 3, 2, 1]);
      expect(await places({ limit: 2 })).toEqual([5, 4]);
      const [, second] = (await store.activities({ limit: 2 })).activities;
      expect(await places({ before: second, limit: 2 })).toEqual([3, 2]);
      expect(await places({ since: t0 + 20, until: t0 + 40 })).toEqual([3, 2]);
      expect(await places({ actorId: 'ada' })).toEqual([5, 4]);
      expect(
        await places({ actorId: 'ada', before: { at: t0 + 50, id: `${idAt(t0 + 50)}-7000-8000-000000000005` } }),
      ).toEqual([4]);
      expect(await places({ actorId: 'ada', isAdministration: true })).toEqual([5]);
      expect(await places({ actorId: 'ada', action: 'submit', since: t0 + 41 })).toEqual([]);
      expect(await places({ actorKind: 'caller' })).toEqual([3, 2, 1]);
      expect(await places({ action: 'submit' })).toEqual([4]);
      expect(await places({ resourceType: 'human-loop', resourceName: 'a' })).toEqual([4, 2]);
      expect(await places({ resourceType: 'human-loop', resourceName: 'a', actorId: 'ada' })).toEqual([4]);
      expect(await places({ resourceType: 'workteam', resourceName: 'ä', until: t0 + 11 })).toEqual([1]);
      expect(await places({ resourceType: 'human-loop' })).toEqual([4, 3, 2]);
      expect(await places({ resourceType: 'workteam' })).toEqual([1]);
      expect(await places({ isAdministration: true })).toEqual([5, 1]);
      expect(await places({ isAdministration: true, until: t0 + 50 })).toEqual([1]);
      expect((await store.activities({ limit: 1 })).activities[0]).toMatchObject({
        details: '{"a":1}',
        requestId: null,
      });
    });

    storeTest('O4 sum up starts, ends and answers of a time', async (store) => {
      const loop = (id: string, flowDefinitionId: string, set: Partial<HumanLoop> = {}) =>
        insert('humanLoops', humanLoopRow({ id, name: id, flowDefinitionId, ...set }));
      const ended = { status: 'Completed', finishedAt: t0 + 900 } as const;
      const answer = (assignmentId: string, humanLoopId: string, workerId: string, after: number, seconds: number) =>
        insert(
          'answers',
          answerRow({
            assignmentId,
            humanLoopId,
            workerId,
            sequence: after,
            submittedAt: t0 + after,
            timeSpentInSeconds: seconds,
          }),
        );
      await store.save([
        insert('workers', workerRow({ id: 'worker-1', email: 'one' })),
        insert('workers', workerRow({ id: 'worker-2', email: 'two' })),
        loop('a', 'flow-1', ended),
        loop('b', 'flow-1', { createdAt: t0 + 10, status: 'Failed', failureCode: 'Expired', finishedAt: t0 + 900 }),
        loop('c', 'flow-3', { createdAt: t0 + 20 }),
        insert('tasks', taskRow({ id: 'task-a', humanLoopId: 'a', status: 'closed' })),
        insert(
          'tasks',
          taskRow({ id: 'task-c', humanLoopId: 'c', flowDefinitionId: 'flow-3', answersNeeded: 3, answersDone: 1 }),
        ),
        ...[70, 50].map((after, index) =>
          insert(
            'assignments',
            assignmentRow({
              id: `a${index}`,
              taskId: 'task-a',
              status: 'submitted',
              workerId: `worker-${index}`,
              acceptedAt: t0 + after,
            }),
          ),
        ),
        insert('assignments', assignmentRow({ id: 'c1', taskId: 'task-c', workerId: 'worker-1' })),
        answer('1', 'a', 'worker-1', 100, 1.5),
        answer('2', 'a', 'worker-2', 200, 2.25),
        answer('3', 'c', 'worker-1', 300, 4),
      ]);
      const of = async (after?: { finishedAt: number; id: string }) =>
        (await store.loopEnds({ from: t0 + 900, to: t0 + 901, after, limit: 1 })).map((end) => ({ ...end }));
      const a = {
        id: 'a',
        flowDefinitionId: 'flow-1',
        status: 'Completed',
        failureCode: null,
        createdAt: t0,
        finishedAt: t0 + 900,
      };
      expect(await of()).toEqual([{ ...a, acceptedAt: t0 + 50, answers: 2, activeMs: 3750 }]);
      expect(await of({ finishedAt: t0 + 900, id: 'a' })).toMatchObject([
        { id: 'b', failureCode: 'Expired', acceptedAt: null, answers: 0, activeMs: 0 },
      ]);
      expect(await store.loopEnds({ from: t0, to: t0 + 900, limit: 9 })).toEqual([]);
      expect([...(await store.loopStarts(t0, t0 + 20))]).toEqual([{ flowDefinitionId: 'flow-1', started: 2 }]);
      expect(await store.loopStarts(t0 + 20, t0 + 21)).toEqual([{ flowDefinitionId: 'flow-3', started: 1 }]);
      const answers = await store.answersGiven(t0 + 100, t0 + 300);
      expect([...answers].sort((one, other) => (one.workerId < other.workerId ? -1 : 1))).toEqual([
        { workerId: 'worker-1', flowDefinitionId: 'flow-1', answers: 1, activeMs: 1500 },
        { workerId: 'worker-2', flowDefinitionId: 'flow-1', answers: 1, activeMs: 2250 },
      ]);
      expect(await store.nextActivity(0)).toBe(t0);
      expect(await store.nextActivity(t0 + 21)).toBe(t0 + 100);
      expect(await store.nextActivity(t0 + 301)).toBe(t0 + 900);
      expect(await store.nextActivity(t0 + 901)).toBeUndefined();
      expect(await store.waitingTasks({ workteamId: 'team-1', limit: 9 })).toEqual([
        { id: 'task-c', flowDefinitionId: 'flow-3', createdAt: t0, availableUntil: t0 + 864_000_000, needed: 2 },
      ]);
      expect(
        await store.waitingTasks({ workteamId: 'team-1', after: { createdAt: t0, id: 'task-c' }, limit: 9 }),
      ).toEqual([]);
      expect(await store.openWork()).toEqual([{ flowDefinitionId: 'flow-3', held: 1 }]);
      const ofFlow = async (after?: { createdAt: number; id: string }) =>
        await store.answersOfFlow({ flowDefinitionId: 'flow-1', after, limit: 1 });
      // The latest loop has no answers; the one before it has two.
      const first = await ofFlow();
      expect(first.loops).toEqual([]);
      const second = await ofFlow(first.next);
      expect(second.loops.map(({ id, answers: given }) => [id, given.map(({ workerId }) => workerId)])).toEqual([
        ['a', ['worker-1', 'worker-2']],
      ]);
      expect(await ofFlow(second.next)).toEqual({ loops: [], next: undefined });
      // What is not finished may still change.
      expect((await store.answersOfFlow({ flowDefinitionId: 'flow-3', limit: 9 })).loops).toEqual([]);
    });

    storeTest('O4 keep figures by id, and count jobs by kind', async (store) => {
      const ids = ['a:1', 'a:2', 'b:1'];
      await store.save(ids.map((id) => insert('statistics', { id, figures: { of: id } })));
      expect(await store.statistic('a:2')).toEqual({ id: 'a:2', figures: { of: 'a:2' }, version: 1 });
      expect((await store.statistics('a:', 'a:2')).map(({ id }) => id)).toEqual(['a:1']);
      expect((await store.statisticsOf(['b:1', 'c', 'a:1'])).map(({ id }) => id).sort()).toEqual(['a:1', 'b:1']);
      await store.save([
        insert('jobs', jobRow({ id: 'send-event:1', kind: 'send-event', lane: 'events', dueAt: t0, attempts: 2 })),
        insert('jobs', jobRow({ id: 'send-event:2', kind: 'send-event', lane: 'events', dueAt: t0 + 5 })),
        // As an earlier version queued it, and this one does.
        insert('jobs', jobRow({ id: 'write-output:1', kind: 'write-output', lane: 'main', dueAt: t0 })),
        insert('jobs', jobRow({ id: 'write-output:2', kind: 'write-output', lane: 'outputs', dueAt: t0, attempts: 1 })),
      ]);
      const due = [...(await store.dueJobs(t0))].sort((a, b) => a.kind.localeCompare(b.kind));
      expect(due).toEqual([
        { kind: 'send-event', due: 1, failing: 1 },
        { kind: 'write-output', due: 2, failing: 1 },
      ]);
    });

    storeTest('R4 keep what workers want to hear of, and the browsers that take messages', async (store) => {
      const notices = (workerId: string, wanted: 0 | 1) => noticesRow({ workerId, wanted });
      const subscription = (id: string, workerId: string, createdAt: number) =>
        insert('pushSubscriptions', subscriptionRow({ id, workerId, createdAt }));
      await store.save([
        ...[notices('b', 1), notices('c', 0), notices('a', 1)].map((row) => insert('workerNotices', row)),
        ...[subscription('1', 'a', t0 + 2), subscription('2', 'b', t0), subscription('3', 'a', t0 + 1)],
      ]);
      expect(await store.workerNotices('c')).toEqual({ ...notices('c', 0), version: 1 });
      expect((await store.wantedNotices()).map(({ workerId }) => workerId)).toEqual(['a', 'b']);
      expect(await store.pushSubscription('2')).toMatchObject({ workerId: 'b', pushedAt: null, version: 1 });
      expect((await store.pushSubscriptionsOfWorker('a')).map(({ id }) => id)).toEqual(['3', '1']);
      await store.save([update('workerNotices', { ...notices('b', 1), version: 1 }, { wanted: 0 })]);
      expect((await store.wantedNotices()).map(({ workerId }) => workerId)).toEqual(['a']);
    });

    storeTest('are read with the rows that they belong to', async (store) => {
      const session = { idHash: 'h', workerId: 'worker-1', createdAt: t0, lastSeenAt: t0, expiresAt: t0 + 1 };
      const worker = workerRow({ id: 'worker-1', groups: ['a', 'ü'] });
      const loop = humanLoopRow({ extensionTags: { 'holdpoint:undo-seconds': '3' } });
      const [task, assignment] = [taskRow({ humanLoopId: loop.id }), assignmentRow({ workerId: worker.id })];
      const rows = [insert('sessions', { ...session, signOutHint: null }), insert('humanLoops', loop)];
      await store.save([...rows, insert('tasks', task), insert('assignments', assignment)]);
      expect(await store.sessionWithWorker('h')).toBeUndefined();
      await store.save([insert('workers', worker)]);
      expect(await store.sessionWithWorker('h')).toEqual({ session: await store.session('h'), worker });
      expect(await store.sessionWithWorker('g')).toBeUndefined();
      const found = await store.assignmentWithTask(assignment.id);
      expect(found).toEqual({ assignment, task, humanLoop: loop });
      expect(await store.assignmentWithTask('another')).toBeUndefined();
      await store.save([update('assignments', found!.assignment, { status: 'submitted' })]);
      expect((await store.assignmentWithTask(assignment.id))!.assignment).toMatchObject({
        status: 'submitted',
        version: 2,
      });
    });

    storeTest('are seen at once in lists of a whole table, although these are kept', async (store) => {
      const names = async () => ({
        workteams: (await store.allWorkteams()).map(({ name }) => name),
        targets: (await store.eventTargets()).map(({ id }) => id),
      });
      expect(await names()).toEqual({ workteams: [], targets: [] });
      await store.save([insert('workteams', workteamRow()), insert('eventTargets', eventTargetRow({ id: 'one' }))]);
      const { name } = workteamRow();
      expect(await names()).toEqual({ workteams: [name], targets: ['one'] });
      await store.save([update('workteams', workteamRow(), { name: `${name}-2` }), discard('eventTargets', 'one')]);
      expect(await names()).toEqual({ workteams: [`${name}-2`], targets: [] });
    });

    storeTest('keep passkeys, second factors and spent challenges', async (store) => {
      const passkey = (id: string, workerId: string, createdAt: number) =>
        insert('passkeys', {
          id,
          workerId,
          credentialId: `credential-${id}`,
          publicKey: 'key',
          counter: 2 ** 32 - 1,
          transports: ['internal', 'hybrid'],
          rpId: 'review.example.com',
          name: 'Schlüssel',
          createdAt,
          lastUsedAt: null,
        });
      const spent = (idHash: string, expiresAt: number) => insert('spentChallenges', { idHash, expiresAt });
      const factor = { workerId: 'worker-1', totpSecret: null, totpLastStep: 0, createdAt: t0 };
      await store.save([
        passkey('b', 'worker-1', t0 + 1),
        passkey('c', 'worker-1', t0),
        passkey('a', 'worker-2', t0),
        insert('secondFactors', { ...factor, recoveryCodeHashes: ['x', 'y'] }),
        spent('1', t0 + 2),
        spent('2', t0 + 1),
        spent('3', t0 + 3),
      ]);
      expect((await store.passkeysOfWorker('worker-1')).map(({ id }) => id)).toEqual(['c', 'b']);
      expect(await store.passkey('b')).toMatchObject({ counter: 2 ** 32 - 1, transports: ['internal', 'hybrid'] });
      expect(await store.secondFactor('worker-1')).toEqual({ ...factor, recoveryCodeHashes: ['x', 'y'], version: 1 });
      expect((await store.expiredChallenges(t0 + 2, 9)).map(({ idHash }) => idHash)).toEqual(['2', '1']);
      expect(await store.expiredChallenges(t0 + 2, 1)).toEqual([{ idHash: '2', expiresAt: t0 + 1 }]);
      expect(await store.spentChallenge('3')).toEqual({ idHash: '3', expiresAt: t0 + 3 });
      expect(await store.save([spent('1', t0 + 9)])).toBe('conflict');
    });

    storeTest('raise the version with every update', async (store) => {
      await store.save([insert('tasks', taskRow())]);
      await store.save([update('tasks', taskRow(), { slotsFree: 0, assignmentsOpen: 1 })]);
      expect(await store.task('task-1')).toMatchObject({ slotsFree: 0, assignmentsOpen: 1, version: 2 });
    });

    const changed: [string, (row: Task) => Change][] = [
      ['an update', (row) => update('tasks', row, { status: 'closed' })],
      ['a removal', (row) => remove('tasks', row)],
      ['a guard', (row) => guard('tasks', row)],
    ];
    for (const [what, change] of changed)
      storeTest(`refuse ${what} of a row that changed since, and all that came with it`, async (store) => {
        await store.save([insert('tasks', taskRow())]);
        await store.save([update('tasks', taskRow(), {})]);
        const save = [insert('humanLoops', humanLoopRow()), change(taskRow())];
        expect(await store.save(save)).toBe('conflict');
        expect(await store.humanLoop('loop-1')).toBeUndefined();
        expect(await store.task('task-1')).toMatchObject({ status: 'open', version: 2 });
      });

    storeTest('refuse changes of a row that is gone; discard it without asking', async (store) => {
      expect(await store.save([guard('flowDefinitions', flowDefinitionRow())])).toBe('conflict');
      expect(await store.save([update('tasks', taskRow(), {})])).toBe('conflict');
      expect(await store.save([discard('jobs', 'prepare-task:loop-1')])).toBe('saved');
    });

    storeTest('of one turn do not undo each other', async (store) => {
      const results = await Promise.all([
        store.save([insert('humanLoops', humanLoopRow({ id: 'a', name: 'a' }))]),
        store.save([insert('humanLoops', humanLoopRow({ id: 'b', name: 'a' }))]),
        store.save([insert('humanLoops', humanLoopRow({ id: 'c', name: 'c' }))]),
      ]);
      expect(results).toEqual(['saved', 'conflict', 'saved']);
      expect((await store.humanLoopByName('a'))?.id).toBe('a');
      expect((await store.humanLoopByName('c'))?.id).toBe('c');
    });

    storeTest('of one turn on the same row: exactly one wins', async (store) => {
      await store.save([insert('tasks', taskRow())]);
      const turns = Array.from({ length: 20 }, () => store.save([update('tasks', taskRow(), { slotsFree: 0 })]));
      const results = await Promise.all(turns);
      expect(results.filter((result) => result === 'saved')).toHaveLength(1);
    });

    storeTest('leave content that is there already alone', async (store) => {
      const template = { sha256: 'e'.repeat(64), content: 'same' };
      await store.save([insert('templates', template, { ifAbsent: true })]);
      expect(await store.save([insert('templates', template, { ifAbsent: true })])).toBe('saved');
    });

    storeTest('of nothing succeed', async (store) => {
      expect(await store.save([])).toBe('saved');
    });
  });

  describe(`${name}: uniqueness`, () => {
    const again = async (store: Store, first: Change, second: Change) => {
      expect(await store.save([first])).toBe('saved');
      expect(await store.save([second])).toBe('conflict');
    };
    storeTest('of loop names', (store) =>
      again(store, insert('humanLoops', humanLoopRow()), insert('humanLoops', humanLoopRow({ id: 'other' }))),
    );
    storeTest('of flow definition names', (store) =>
      again(
        store,
        insert('flowDefinitions', flowDefinitionRow()),
        insert('flowDefinitions', flowDefinitionRow({ id: 'other' })),
      ),
    );
    storeTest('of workteam names', (store) =>
      again(store, insert('workteams', workteamRow()), insert('workteams', workteamRow({ id: 'other' }))),
    );
    storeTest('of workers’ addresses', (store) =>
      again(store, insert('workers', workerRow()), insert('workers', workerRow({ id: 'other' }))),
    );
    storeTest('of the task of a loop', (store) =>
      again(store, insert('tasks', taskRow()), insert('tasks', taskRow({ id: 'other' }))),
    );
    for (const status of ['open', 'submitted', 'declined'] as const)
      storeTest(`of a worker’s assignment on a task while one is ${status}`, (store) =>
        again(
          store,
          insert('assignments', assignmentRow({ status })),
          insert('assignments', assignmentRow({ id: 'other' })),
        ),
      );
    for (const status of ['released', 'expired'] as const)
      storeTest(`allows another assignment after one was ${status}`, async (store) => {
        await store.save([insert('assignments', assignmentRow({ status }))]);
        expect(await store.save([insert('assignments', assignmentRow({ id: 'other' }))])).toBe('saved');
      });
    storeTest('of an answer’s place within its loop', (store) => {
      const answer = (assignmentId: string): Rows['answers'] => ({
        assignmentId,
        humanLoopId: 'loop-1',
        workerId: 'w',
        answerContent: '{}',
        acceptedAt: t0,
        submittedAt: t0,
        finalAt: null,
        timeSpentInSeconds: 0,
        sequence: 1,
        workerIdentity: workerRow().identity,
      });
      return again(store, insert('answers', answer('a')), insert('answers', answer('b')));
    });
  });

  describe(`${name}: lists`, () => {
    const loops = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        insert(
          'humanLoops',
          humanLoopRow({
            id: `id-${String(index).padStart(3, '0')}`,
            name: `loop-${index}`,
            // Two loops share each moment, so the order within one is by id.
            createdAt: t0 + Math.floor(index / 2),
            flowDefinitionId: index === 7 ? 'other' : 'flow-1',
          }),
        ),
      );

    for (const order of ['Ascending', 'Descending'] as const)
      storeTest(`of loops, ${order}, page by page, meet each exactly once`, async (store) => {
        await store.save(loops(23));
        const seen: string[] = [];
        let after: { createdAt: number; id: string } | undefined;
        for (;;) {
          const page = await store.humanLoops('flow-1', { order, limit: 5, after });
          seen.push(...page.map((loop) => loop.name));
          if (page.length < 5) break;
          after = page.at(-1);
          // What comes in meanwhile does not move what follows.
          await store.save([
            insert(
              'humanLoops',
              humanLoopRow({
                id: `new-${seen.length}`,
                name: `new-${seen.length}`,
                createdAt: order === 'Ascending' ? t0 - 1 : t0 + 999,
              }),
            ),
          ]);
        }
        const expected = Array.from({ length: 23 }, (_, index) => `loop-${index}`).filter((one) => one !== 'loop-7');
        expect(seen).toEqual(order === 'Ascending' ? expected : expected.reverse());
      });

    storeTest('of loops between two moments include the first and not the last', async (store) => {
      await store.save(loops(10));
      const page = { createdAfter: t0 + 1, createdBefore: t0 + 3, order: 'Ascending', limit: 100 } as const;
      const found = await store.humanLoops('flow-1', page);
      expect(found.map((loop) => loop.name)).toEqual(['loop-2', 'loop-3', 'loop-4', 'loop-5']);
    });

    storeTest('of unfinished loops by status, and their number up to a limit', async (store) => {
      await store.save([
        insert('humanLoops', humanLoopRow({ id: 'a', name: 'a' })),
        insert('humanLoops', humanLoopRow({ id: 'b', name: 'b', status: 'Stopping' })),
        insert('humanLoops', humanLoopRow({ id: 'c', name: 'c', status: 'Completed', finishedAt: t0 })),
      ]);
      expect(await store.unfinishedHumanLoops('flow-1', 'InProgress', 9)).toMatchObject([{ id: 'a' }]);
      expect(await store.unfinishedHumanLoops('flow-1', 'Stopping', 9)).toMatchObject([{ id: 'b' }]);
      expect(await store.countUnfinishedHumanLoops(9)).toBe(2);
      expect(await store.countUnfinishedHumanLoops(1)).toBe(1);
      await store.save([insert('humanLoops', humanLoopRow({ id: 'd', name: 'd', flowDefinitionId: 'flow-2' }))]);
      expect(await store.countUnfinishedHumanLoops(9, 'flow-1')).toBe(2);
      expect(await store.countUnfinishedHumanLoops(1, 'flow-1')).toBe(1);
      expect(await store.countUnfinishedHumanLoops(9, 'flow-2')).toBe(1);
    });

    storeTest('of workteams by name or time, filtered by a part of the name', async (store) => {
      const names = ['beta', 'alpha', 'gamma_1', 'alphabet'];
      await store.save(
        names.map((one, index) => insert('workteams', workteamRow({ id: one, name: one, createdAt: t0 + index }))),
      );
      const list = async (page: Partial<Parameters<Store['workteams']>[0]>) =>
        (await store.workteams({ sortBy: 'createdAt', order: 'Ascending', limit: 10, ...page })).map(
          (team) => team.name,
        );
      expect(await list({})).toEqual(names);
      expect(await list({ sortBy: 'name' })).toEqual(['alpha', 'alphabet', 'beta', 'gamma_1']);
      expect(await list({ nameContains: 'lpha', order: 'Descending' })).toEqual(['alphabet', 'alpha']);
      expect(await list({ nameContains: '_' })).toEqual(['gamma_1']);
      expect(await list({ nameContains: '%' })).toEqual([]);
      expect(
        await list({ sortBy: 'name', limit: 2, after: { name: 'alpha', id: 'alpha', createdAt: t0 + 1 } }),
      ).toEqual(['alphabet', 'beta']);
    });
  });

  describe(`${name}: a worker’s tasks`, () => {
    const page = { workerId: 'worker-1', workteamIds: ['team-1'], now: t0 + 1, limit: 10 };
    const task = (id: string, set: Partial<Task> = {}) =>
      insert('tasks', taskRow({ id, humanLoopId: `loop of ${id}`, humanLoopName: id, ...set }));
    const assigned = (id: string, set: Partial<Assignment>) =>
      insert('assignments', assignmentRow({ id: `${id} ${set.workerId ?? ''}`, taskId: id, ...set }));

    storeTest('are the held ones, and what may be taken, oldest first', async (store) => {
      await store.save([
        task('young', { createdAt: t0 + 9 }),
        task('old'),
        task('held', { slotsFree: 0 }),
        task('closed', { status: 'closed' }),
        task('taken', { slotsFree: 0 }),
        task('over', { availableUntil: t0 + 1 }),
        task('other team', { workteamId: 'team-2' }),
        task('answered'),
        task('declined'),
        task('released'),
        assigned('held', {}),
        assigned('answered', { status: 'submitted' }),
        assigned('declined', { status: 'declined' }),
        assigned('released', { status: 'released' }),
      ]);
      const held = await store.heldTasks('worker-1');
      expect(held.map((one) => [one.task.id, one.assignment.status])).toEqual([['held', 'open']]);
      const { tasks, stopped } = await store.offeredTasks(page);
      expect(tasks.map(({ id }) => id)).toEqual(['old', 'released', 'young']);
      expect(stopped).toBeUndefined();
      expect(await store.countOfferedTasks(page, 10)).toBe(3);
      expect(await store.countOfferedTasks(page, 2)).toBe(2);
      const { createdAt, id } = tasks[0]!;
      const rest = await store.offeredTasks({ ...page, after: { at: createdAt, id } });
      expect(rest.tasks.map((one) => one.id)).toEqual(['released', 'young']);
      expect(await store.offeredTasks({ ...page, workteamIds: [] })).toEqual({ tasks: [] });
    });

    const day = 86_400_000;
    /** The tasks, and the unfinished loops that they are of. */
    const withLoops = (tasks: readonly Change[]): Change[] =>
      tasks.flatMap((one) => {
        const { humanLoopId: id, humanLoopName: name, flowDefinitionId } = (one as { row: Task }).row;
        return [one, insert('humanLoops', humanLoopRow({ id, name, flowDefinitionId }))];
      });
    /** Six tasks of four flows and two teams, created one after the other; those of `b` end first. */
    const six = () => [
      task('t1', {
        createdAt: t0 + 1,
        flowDefinitionId: 'flow-a',
        humanLoopName: 'Invoice-1',
        availableUntil: t0 + 9 * day,
      }),
      task('t2', {
        createdAt: t0 + 2,
        flowDefinitionId: 'flow-b',
        humanLoopName: 'order-2',
        availableUntil: t0 + 2 * day,
      }),
      task('t3', {
        createdAt: t0 + 3,
        flowDefinitionId: 'flow-a',
        humanLoopName: 'order-3',
        availableUntil: t0 + 9 * day,
      }),
      task('t4', {
        createdAt: t0 + 4,
        flowDefinitionId: 'flow-b',
        humanLoopName: 'invoice-4',
        availableUntil: t0 + day,
      }),
      task('t5', { createdAt: t0 + 5, flowDefinitionId: 'flow-c', humanLoopName: 'order-5', workteamId: 'team-2' }),
      task('t6', { createdAt: t0 + 5, flowDefinitionId: 'flow-d', humanLoopName: '6' }),
    ];
    const all = { ...page, now: t0 + 6, workteamIds: ['team-1', 'team-2'] };
    const word = (text: string, ...flowDefinitionIds: string[]) => ({ text, flowDefinitionIds });
    const wishes: [string, Partial<WorkerTaskPage>, string[]][] = [
      ['oldest first', {}, ['t1', 't2', 't3', 't4', 't5', 't6']],
      ['newest first', { order: 'newest' }, ['t6', 't5', 't4', 't3', 't2', 't1']],
      ['due first', { order: 'due' }, ['t4', 't2', 't1', 't3', 't5', 't6']],
      ['of a flow', { filter: { flowDefinitionIds: ['flow-d'], words: [] } }, ['t6']],
      ['of flows', { filter: { flowDefinitionIds: ['flow-a', 'flow-c'], words: [] } }, ['t1', 't3', 't5']],
      ['of no flow', { filter: { flowDefinitionIds: [], words: [] } }, []],
      [
        'with a word in the loop’s name, in letters of any size',
        { filter: { words: [word('invoice')] } },
        ['t1', 't4'],
      ],
      ['with a word that the flow has', { filter: { words: [word('invoice', 'flow-c')] } }, ['t1', 't4', 't5']],
      [
        'with two words',
        { filter: { words: [word('order', 'flow-b'), word('-', 'flow-c')] } },
        ['t2', 't3', 't4', 't5'],
      ],
      ['with a word of signs', { filter: { words: [word("%_'\\ü")] } }, []],
      [
        'of flows, with a word, newest first',
        { order: 'newest', filter: { flowDefinitionIds: ['flow-b'], words: [word('e')] } },
        ['t4', 't2'],
      ],
      ['with a word, due first', { order: 'due', filter: { words: [word('e')] } }, ['t4', 't2', 't1', 't3', 't5']],
    ];
    storeTest('are found as they are wanted, in one page and in several', async (store) => {
      await store.save(withLoops(six()));
      for (const [what, wish, expected] of wishes) {
        const { tasks } = await store.offeredTasks({ ...all, ...wish });
        expect(
          tasks.map(({ id }) => id),
          what,
        ).toEqual(expected);
        expect(await store.countOfferedTasks({ ...all, ...wish }, 10), what).toBe(expected.length);
        const found: string[] = [];
        for (let after: TaskPosition | undefined; ; ) {
          const [next] = (await store.offeredTasks({ ...all, ...wish, after, limit: 1 })).tasks;
          if (!next) break;
          found.push(next.id);
          after = { at: wish.order === 'due' ? next.availableUntil : next.createdAt, id: next.id };
        }
        expect(found, `${what}, one by one`).toEqual(expected);
      }
    });

    storeTest('of flows with very many loops are looked for among so many only', async (store) => {
      const loops = Array.from({ length: 1001 }, (_, index) =>
        insert('humanLoops', humanLoopRow({ id: `loop ${index}`, name: `loop-${index}`, flowDefinitionId: 'flow-b' })),
      );
      await store.save([...withLoops(six()), ...loops]);
      const wish = { filter: { flowDefinitionIds: ['flow-b', 'flow-d'], words: [] }, workteamIds: ['team-1'] };
      const found = async (set: Partial<WorkerTaskPage>) => {
        const { tasks, stopped } = await store.offeredTasks({ ...all, ...wish, ...set });
        return [tasks.map(({ id }) => id), stopped?.searched];
      };
      expect(await found({})).toEqual([['t2', 't4', 't6'], undefined]);
      expect(await found({ mostSearched: 3 })).toEqual([['t2'], 3]);
      expect(await found({ mostSearched: 3, order: 'newest' })).toEqual([['t6', 't4'], 3]);
      expect(await found({ mostSearched: 3, order: 'due' })).toEqual([['t2'], 3]);
      const few = { flowDefinitionIds: ['flow-d'], words: [] };
      expect(await found({ mostSearched: 3, filter: few })).toEqual([['t6'], undefined]);
      expect(await found({ mostSearched: 3, filter: few, order: 'due' })).toEqual([['t6'], undefined]);
    });

    storeTest('are looked for among so many only, and it is said where that ended', async (store) => {
      await store.save(withLoops(six()));
      const wanted = { ...all, workteamIds: ['team-1'], filter: { words: [word('invoice')] }, mostSearched: 2 };
      const first = await store.offeredTasks(wanted);
      expect(first.tasks.map(({ id }) => id)).toEqual(['t1']);
      expect(first.stopped).toEqual({ searched: 2, at: { at: t0 + 2, id: 't2' } });
      const second = await store.offeredTasks({ ...wanted, after: first.stopped?.at });
      expect(second.tasks.map(({ id }) => id)).toEqual(['t4']);
      expect(second.stopped).toEqual({ searched: 4, at: { at: t0 + 4, id: 't4' } });
      expect(await store.offeredTasks({ ...wanted, after: second.stopped?.at })).toEqual({ tasks: [] });
      expect(await store.countOfferedTasks(wanted, 10)).toBe(1);
      const orders = { ...wanted, filter: { words: [word('order')] } };
      expect(await store.countOfferedTasks(orders, 10)).toBe(1);
      expect(await store.countOfferedTasks({ ...orders, order: 'newest' }, 10)).toBe(0);
      const newest = await store.offeredTasks({ ...wanted, order: 'newest' });
      expect(newest.tasks.map(({ id }) => id)).toEqual(['t4']);
      expect(newest.stopped).toMatchObject({ searched: 2 });
      const due = await store.offeredTasks({ ...wanted, filter: undefined, order: 'due', mostSearched: 3 });
      expect(due.tasks.map(({ id }) => id)).toEqual(['t2', 't1', 't3']);
      expect(due.stopped).toMatchObject({ searched: 3 });
      // Tasks of a page that is full were all looked for.
      expect((await store.offeredTasks({ ...wanted, limit: 1 })).stopped).toBeUndefined();
    });

    for (const order of ['oldest', 'newest'] as const)
      storeTest(`of several teams, ${order} first, are met once each however often the search stops`, async (store) => {
        const created = [1, 2, 3, 4, 11, 12, 13, 5, 14, 6];
        const teams = [
          'team-1',
          'team-1',
          'team-2',
          'team-1',
          'team-2',
          'team-2',
          'team-2',
          'team-1',
          'team-2',
          'team-1',
        ];
        await store.save(created.map((at, index) => task(`t${at}`, { createdAt: t0 + at, workteamId: teams[index]! })));
        const wanted = { ...all, now: t0 + 20, order, mostSearched: 4, filter: { words: [word('t')] } };
        const found: string[] = [];
        let searched = 0;
        for (let after: TaskPosition | undefined; ; ) {
          const { tasks, stopped } = await store.offeredTasks({ ...wanted, after });
          found.push(...tasks.map(({ id }) => id));
          if (!stopped) break;
          // No more than so many are looked at for one answer.
          expect(stopped.searched - searched).toBeLessThanOrEqual(4);
          expect(stopped.searched).toBe(found.length);
          ({ searched } = stopped);
          after = stopped.at;
        }
        const expected = created.toSorted((a, b) => a - b).map((at) => `t${at}`);
        expect(found).toEqual(order === 'oldest' ? expected : expected.toReversed());
      });

    storeTest('that end soon are known by the jobs that end them', async (store) => {
      const others = Array.from({ length: 210 }, (_, index) =>
        task(`other ${index}`, { workteamId: 'team-3', availableUntil: t0 + day / 2 }),
      );
      const tasks = [
        ...others,
        ...six(),
        task('over', { availableUntil: t0 + 6 }),
        task('closed', { status: 'closed' }),
      ];
      const jobs = tasks.map((one) => {
        const { humanLoopId, availableUntil } = (one as { row: Task }).row;
        return addJob('expire-human-loop', humanLoopId, availableUntil, t0);
      });
      await store.save([...tasks, ...jobs, addJob('write-output', 'loop of t1', t0 + 7, t0)]);
      const ending = async (until: number, wish: Partial<WorkerTaskPage> = {}, limit = 10) =>
        (await store.endingTasks({ ...all, ...wish }, until, limit)).map(({ id }) => id);
      expect(await ending(t0 + day - 1)).toEqual([]);
      expect(await ending(t0 + day)).toEqual(['t4']);
      expect(await ending(t0 + 3 * day)).toEqual(['t4', 't2']);
      expect(await ending(t0 + 3 * day, {}, 1)).toEqual(['t4']);
      expect(await ending(t0 + 3 * day, { filter: { words: [word('order')] } })).toEqual(['t2']);
      expect(await ending(t0 + 20 * day, { filter: { flowDefinitionIds: ['flow-d'], words: [] } })).toEqual(['t6']);
      await store.save([assigned('t4', {})]);
      expect(await ending(t0 + 3 * day)).toEqual(['t2']);
    });

    storeTest('are counted when they are answered', async (store) => {
      const answer = (id: string, workerId: string, submittedAt: number, timeSpentInSeconds: number) =>
        insert(
          'answers',
          answerRow({ assignmentId: id, humanLoopId: `loop of ${id}`, workerId, submittedAt, timeSpentInSeconds }),
        );
      await store.save([
        answer('early', 'worker-1', t0 - 1, 5),
        answer('first', 'worker-1', t0, 1.5),
        answer('second', 'worker-1', t0 + 1, 2),
        answer('another', 'worker-2', t0 + 1, 7),
      ]);
      expect(await store.countAnswersOfWorker('worker-1', t0)).toEqual({ answers: 2, seconds: 3.5 });
      expect(await store.countAnswersOfWorker('worker-3', t0)).toEqual({ answers: 0, seconds: 0 });
    });

    const next = (workerId: string): NextTask => ({
      workerId,
      workteamIds: ['team-1'],
      now: t0 + 1,
      accept: (row) => {
        const assignment = assignmentRow({ id: `${row.id} ${workerId}`, taskId: row.id, workerId });
        return {
          assignment,
          changes: [
            update('tasks', row, { slotsFree: row.slotsFree - 1, assignmentsOpen: row.assignmentsOpen + 1 }),
            insert('assignments', assignment),
          ],
        };
      },
    });

    storeTest('are claimed by each worker at most once and never beyond their slots', async (store) => {
      await store.save([task('a', { slotsFree: 2, answersNeeded: 2 }), task('b', { createdAt: t0 + 1 })]);
      const workers = ['w1', 'w2', 'w3', 'w4', 'w5'];
      const claims = await Promise.all(workers.map((worker) => store.claimNextTask(next(worker))));
      expect(claims.map((claim) => claim?.taskId).sort()).toEqual(['a', 'a', 'b', undefined, undefined]);
      const rest = await Promise.all(workers.map((worker) => store.claimNextTask(next(worker))));
      expect(rest.filter(Boolean)).toEqual([]);
    });

    storeTest('are claimed by flow definition, however many of other flows wait before', async (store) => {
      const others = Array.from({ length: 60 }, (_, index) => task(`t${index}`, { flowDefinitionId: 'other' }));
      await store.save(withLoops([...others, task('wanted', { createdAt: t0 + 9 })]));
      const wish = { filter: { flowDefinitionIds: ['flow-1'], words: [] }, mostSearched: 10 };
      expect(await store.claimNextTask({ ...next('w'), ...wish })).toMatchObject({ taskId: 'wanted' });
      expect(await store.claimNextTask({ ...next('w'), ...wish })).toBeUndefined();
    });

    storeTest('are claimed in the order and by the filter that are wanted', async (store) => {
      await store.save(withLoops(six()));
      const claimed = async (workerId: string, wish: Partial<WorkerTaskPage>) =>
        (await store.claimNextTask({ ...next(workerId), ...all, workerId, ...wish }))?.taskId;
      const far = { filter: { words: [word('order')] }, workteamIds: ['team-1'], mostSearched: 1 };
      expect(await claimed('w0', far)).toBeUndefined();
      expect(await claimed('w1', { order: 'newest' })).toBe('t6');
      expect(await claimed('w2', { order: 'due' })).toBe('t4');
      expect(await claimed('w3', { filter: { words: [word('order')] } })).toBe('t2');
      expect(await claimed('w4', { order: 'newest', filter: { flowDefinitionIds: ['flow-a'], words: [] } })).toBe('t3');
      expect(await claimed('w5', { filter: { words: [word('order')] }, workteamIds: ['team-1'] })).toBeUndefined();
    });

    storeTest('that are closed to a person or to groups are neither offered nor given to them', async (store) => {
      const lasting = { availableUntil: taskRow().availableUntil + 1 };
      await store.save([
        task('asked-by-ada', { ...lasting, closedTo: '["ada@example.com","eve@example.com"]' }),
        task('for-legal', { openTo: '["legal","sales"]', createdAt: t0 + 1 }),
        task('for-all', { ...lasting, createdAt: t0 + 2 }),
        addJob('expire-human-loop', 'loop of for-legal', taskRow().availableUntil, t0),
      ]);
      const who = (email: string, ...groups: string[]) => ({ email, groups });
      const offered = async (given: Partial<WorkerTaskPage>) =>
        (await store.offeredTasks({ ...page, ...given })).tasks.map(({ id }) => id);
      expect(await offered(who('ada@example.com', 'finance'))).toEqual(['for-all']);
      expect(await offered(who('ada@example.com', 'finance', 'legal'))).toEqual(['for-legal', 'for-all']);
      expect(await offered(who('ben@example.com'))).toEqual(['asked-by-ada', 'for-all']);
      expect(await offered({ ...who('ben@example.com', 'sales'), order: 'due' })).toHaveLength(3);
      expect(await store.countOfferedTasks({ ...page, ...who('ada@example.com', 'legal') }, 9)).toBe(2);
      const ending = async (...groups: string[]) =>
        (await store.endingTasks({ ...page, groups }, taskRow().availableUntil, 9)).map(({ id }) => id);
      expect([await ending('legal'), await ending('finance')]).toEqual([['for-legal'], []]);
      const claimed = async (given: Partial<WorkerTaskPage>, worker: string) =>
        (await store.claimNextTask({ ...next(worker), ...given }))?.taskId;
      expect(await claimed(who('ada@example.com', 'sales'), 'ada')).toBe('for-legal');
      expect(await claimed(who('ben@example.com', 'legal'), 'ben')).toBe('asked-by-ada');
      expect(await claimed(who('ada@example.com', 'legal'), 'ada')).toBe('for-all');
      expect(await claimed(who('ada@example.com', 'legal'), 'ada')).toBeUndefined();
      await store.save([task('later', { ...lasting, createdAt: t0 + 3 })]);
      const barred = { ...who('ben@example.com'), barredFlowIds: ['flow-1'] };
      expect([await offered(barred), await claimed(barred, 'ben')]).toEqual([[], undefined]);
      expect(await ending('legal')).toEqual([]);
    });

    storeTest('stay where they are when they are not accepted', async (store) => {
      await store.save([task('a')]);
      const accept = (): never => {
        throw new Error('not this one');
      };
      await expect(store.claimNextTask({ ...next('w1'), accept })).rejects.toThrow('not this one');
      expect(await store.claimNextTask(next('w2'))).toMatchObject({ taskId: 'a' });
    });

    storeTest('go to twenty workers at once without one going twice', async (store) => {
      await store.save(Array.from({ length: 20 }, (_, index) => task(`t${index}`, { createdAt: t0 + index })));
      const workers = Array.from({ length: 20 }, (_, index) => `w${index}`);
      const claims = await Promise.all(workers.map((worker) => store.claimNextTask(next(worker))));
      expect(new Set(claims.map((claim) => claim?.taskId)).size).toBe(20);
    });
  });

  describe(`${name}: jobs`, () => {
    storeTest('are claimed when due, oldest first, by one runner', async (store) => {
      await store.save([
        addJob('expire-assignment', 'late', t0 + 10, t0),
        addJob('expire-assignment', 'first', t0 - 5, t0),
        addJob('expire-assignment', 'second', t0, t0),
      ]);
      const claim = { lane: 'main', now: t0, leaseUntil: t0 + 60_000, limit: 10 } as const;
      expect((await store.claimJobs(claim)).map((job) => job.subject)).toEqual(['first', 'second']);
      expect(await store.claimJobs(claim)).toEqual([]);
      expect(await store.nextJobDueAt('main')).toBe(t0 + 10);
      store.releaseJob((await store.job('expire-assignment:second'))!);
      expect((await store.claimJobs(claim)).map((job) => job.subject)).toEqual(['second']);
    });

    storeTest('of one lane do not wait for another', async (store) => {
      await store.save([addJob('prepare-task', 'a', t0, t0), addJob('expire-assignment', 'b', t0 + 1, t0)]);
      const claim = { now: t0 + 1, leaseUntil: t0 + 60_000, limit: 1 };
      expect(await store.claimJobs({ lane: 'main', ...claim })).toMatchObject([{ subject: 'b' }]);
      expect(await store.nextJobDueAt('prepare')).toBe(t0);
      expect(await store.nextJobDueAt('events')).toBeUndefined();
    });

    storeTest('come back when their lease is over', async (store) => {
      await store.save([addJob('expire-assignment', 'a', t0, t0)]);
      await store.claimJobs({ lane: 'main', now: t0, leaseUntil: t0 + 10, limit: 1 });
      expect(await store.claimJobs({ lane: 'main', now: t0 + 9, leaseUntil: t0 + 19, limit: 1 })).toEqual([]);
      expect(await store.claimJobs({ lane: 'main', now: t0 + 10, leaseUntil: t0 + 20, limit: 1 })).toHaveLength(1);
    });

    storeTest('are no longer held once a commit has changed them', async (store) => {
      await store.save([addJob('expire-assignment', 'a', t0, t0)]);
      const claim = { lane: 'main', now: t0, leaseUntil: t0 + 60_000, limit: 1 } as const;
      const [job] = await store.claimJobs(claim);
      await store.save([update('jobs', job!, { dueAt: t0 - 1 })]);
      expect(await store.claimJobs(claim)).toMatchObject([{ subject: 'a', dueAt: t0 - 1 }]);
    });

    storeTest('of the same work are refused twice', async (store) => {
      await store.save([addJob('expire-assignment', 'a', t0, t0)]);
      expect(await store.save([addJob('expire-assignment', 'a', t0, t0)])).toBe('conflict');
    });
  });

  describe(`${name}: health`, () => {
    storeTest('of an empty store is sound', async (store) => {
      const { schemaVersion, ...health } = await store.health();
      expect(schemaVersion).toBeGreaterThan(0);
      expect(health).toEqual({
        damage: [],
        complete: true,
        newestRowAt: undefined,
        firstJobDueAt: undefined,
        failingJobs: 0,
      });
    });

    storeTest('tells of the newest row, of the job that is due first, and of jobs that failed', async (store) => {
      const late = addJob('prepare-task', 'late', t0 - 60_000, t0);
      await store.save([
        insert('workers', workerRow({ createdAt: t0 + 7 })),
        insert('humanLoops', humanLoopRow({ createdAt: t0 + 9 })),
        addJob('expire-assignment', 'soon', t0 + 1, t0),
        addJob('send-event', 'again', t0 + 2, t0),
        late,
      ]);
      const again = (await store.job('send-event:again'))!;
      await store.save([update('jobs', again, { attempts: 3, lastError: 'The answer was 503.' })]);
      await store.claimJobs({ lane: 'prepare', now: t0, leaseUntil: t0 + 60_000, limit: 1 });
      expect(await store.health()).toMatchObject({
        damage: [],
        newestRowAt: t0 + 9,
        firstJobDueAt: t0 - 60_000,
        failingJobs: 1,
      });
    });
  });

  describe(`${name}: event deliveries`, () => {
    const rows = (id: string, set: { orderKey?: string; at?: number; to?: string } = {}) =>
      deliver(
        eventTargetRow({ id: set.to ?? 'target-1' }),
        '{}',
        { now: set.at ?? t0, newId: () => id },
        set.orderKey ?? null,
      );
    const fail = async (store: Store, id: string, failedAt: number) => {
      const delivery = (await store.eventDelivery(id))!;
      await store.save([update('eventDeliveries', delivery, { failedAt })]);
    };

    storeTest('that are older, wait and are of the same target and order come first', async (store) => {
      const order = { orderKey: 'loop' };
      await store.save([
        ...rows('d', { ...order, at: t0 + 1 }),
        ...rows('c', order),
        ...rows('b', order),
        ...rows('a', { orderKey: 'another' }),
        ...rows('0', { ...order, to: 'target-2' }),
        ...rows('1'),
      ]);
      const earlier = async (id: string) => (await store.earlierDelivery((await store.eventDelivery(id))!))?.id;
      const all = async () => Promise.all(['d', 'c', 'b', 'a', '0'].map(earlier));
      expect(await all()).toEqual(['b', 'b', undefined, undefined, undefined]);
      await fail(store, 'b', t0);
      expect(await all()).toEqual(['c', undefined, undefined, undefined, undefined]);
    });

    storeTest('that wait are read page by page, whatever their order', async (store) => {
      const made = [
        ...rows('d', { at: t0 + 1 }),
        ...[rows('c', { orderKey: 'loop' }), rows('b'), rows('a', { to: 'target-2' }), rows('given-up')].flat(),
      ];
      await store.save(made);
      await fail(store, 'given-up', t0);
      const page = async (after: Position | undefined) =>
        (await store.waitingDeliveriesOf('target-1', { after, limit: 2 })).map(({ id }) => id);
      expect(await page(undefined)).toEqual(['b', 'c']);
      expect(await page({ createdAt: t0, id: 'c' })).toEqual(['d']);
      expect(await page({ createdAt: t0 + 1, id: 'd' })).toEqual([]);
    });

    storeTest('that were given up are read page by page', async (store) => {
      const failures = [
        ['e', t0 + 5, t0],
        ['d', t0 + 5, t0],
        ['c', t0 + 5, t0 - 1],
        ['b', t0 + 4, t0],
        ['a', t0 + 6, t0],
      ] as const;
      for (const [id, failedAt, at] of failures) {
        await store.save(rows(id, { at }));
        await fail(store, id, failedAt);
      }
      await store.save(rows('waiting'));
      await store.save(rows('of another', { to: 'target-2' }));
      await fail(store, 'of another', t0);
      const found: string[] = [];
      for (let last: EventDelivery | undefined; ; ) {
        const page = await store.failedDeliveries('target-1', 2, last);
        found.push(...page.map(({ id }) => id));
        last = page.at(-1);
        if (!last) break;
      }
      expect(found).toEqual(['b', 'c', 'd', 'e', 'a']);
      expect(await store.countDeliveries('target-1')).toMatchObject({ waiting: 1, failed: 5 });
    });
  });

  describe(`${name}: changes`, () => {
    storeTest('are told after the commit, by keys, and not for saves that were refused', async (store) => {
      const heard: Changed[] = [];
      const end = store.changes((changed) => heard.push(...changed));
      await store.save([insert('tasks', taskRow())]);
      await store.save([update('tasks', { ...taskRow(), version: 9 }, {})]);
      await store.save([update('tasks', taskRow(), {}), insert('assignments', assignmentRow())]);
      end();
      await store.save([discard('tasks', 'task-1')]);
      expect(heard).toEqual([
        { table: 'tasks', change: 'insert', id: 'task-1', humanLoopId: 'loop-1', workteamId: 'team-1' },
        { table: 'tasks', change: 'update', id: 'task-1', humanLoopId: 'loop-1', workteamId: 'team-1' },
        { table: 'assignments', change: 'insert', id: 'assignment-1', humanLoopId: 'loop-1', workerId: 'worker-1' },
      ]);
    });
  });
}

// What operators ask about human loops, on both engines: found among all, what happened, what was answered, what is tried again.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliver } from '../../domain/announce.ts';
import { insert, update } from '../../domain/change.ts';
import { failHumanLoop } from '../../domain/human-loop.ts';
import { noteDelivery, noteFailedTry } from '../../domain/human-loop-event.ts';
import { addJob, jobId } from '../../domain/jobs.ts';
import { openPostgresStore } from '../../store/postgres/postgres.ts';
import { accept, openPortalScenario, type PortalScenario, submit } from '../../testing/portal-scenario.ts';
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts';
import { eventTargetRow } from '../../testing/rows.ts';
import { listHumanLoopAnswers } from './list-human-loop-answers.ts';
import { listHumanLoopEvents } from './list-human-loop-events.ts';
import { previewHumanLoop } from './preview-human-loop.ts';
import { retryJobs } from './retry-jobs.ts';
import { searchHumanLoops } from './search-human-loops.ts';

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgres();
}, 120_000);
afterAll(() => postgres?.close(), 60_000);

describe.each(['sqlite', 'postgres'] as const)('O1: on %s', (engine) => {
  let scenario: PortalScenario;
  beforeEach(async () => {
    scenario = await openPortalScenario(
      engine === 'postgres'
        ? { openStore: async (clock) => openPostgresStore({ url: await postgres.newDatabase(), clock }) }
        : {},
    );
  }, 120_000);
  afterEach(() => scenario.close(), 60_000);

  type Search = Parameters<typeof searchHumanLoops>[1];
  const search = async (input: Search) => {
    const { HumanLoops, ...rest } = await searchHumanLoops(scenario.operationContext(), input);
    return { names: HumanLoops.map(({ HumanLoopName }) => HumanLoopName).join(' '), loops: HumanLoops, ...rest };
  };
  const kinds = async (HumanLoopName: string) =>
    (await listHumanLoopEvents(scenario.operationContext(), { HumanLoopName })).Events.map(({ Kind }) => Kind);
  const minute = 60_000;

  it('SearchHumanLoops finds, orders and pages; who holds a task and since when it waits stands beside it', async () => {
    const { clock } = scenario;
    const ada = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask({ name: 'invoice-1', taskCount: 2 });
    clock.pass(minute);
    await scenario.addTask({ name: 'invoice-2' });
    clock.pass(minute);
    const last = await scenario.addTask({ name: 'Letter', flowDefinitionName: 'letters' });
    await submit(ada, await accept(ada, task.id));
    const turn = await accept(ada, last.task.id);
    const all = await search({});
    expect(all.names).toBe('Letter invoice-2 invoice-1');
    expect(all).not.toHaveProperty('Searched');
    const pages: string[] = [];
    for (let NextToken: string | undefined; ; ) {
      const page = await search({ MaxResults: 2, SortBy: 'HumanLoopName', SortOrder: 'Ascending', NextToken });
      pages.push(page.names);
      NextToken = page.NextToken;
      if (NextToken === undefined) break;
    }
    expect(pages).toEqual(['Letter invoice-1', 'invoice-2']);
    const arn = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/letters';
    expect((await search({ FlowDefinitionArns: [arn], Statuses: ['InProgress'] })).names).toBe('Letter');
    expect((await search({ NameContains: 'INVOICE', Answers: 'Some' })).names).toBe('invoice-1');
    expect((await search({ HeldBy: 'ada@example.com' })).loops).toMatchObject([
      { HumanLoopName: 'Letter', Holders: [{ WorkerEmail: 'ada@example.com', PutAside: false }], AnswersDone: 0 },
    ]);
    clock.pass(minute);
    await ada.post(`/portal/api/assignments/${turn}/release`);
    clock.pass(minute);
    const [letter] = (await search({ Work: 'Waiting', NameContains: 'Letter' })).loops;
    expect(letter?.WaitingSince).toEqual(new Date(clock.now() - minute));
    expect((await search({ WaitingSinceBefore: new Date(clock.now() - minute / 2) })).names).toContain('Letter');
    expect((await search({ WaitingSinceBefore: new Date(clock.now() - minute) })).names).not.toContain('Letter');
  }, 120_000);

  it('SearchHumanLoops puts the loop of exactly the name first, and refuses what is not there', async () => {
    await scenario.addTask({ name: 'a' });
    scenario.clock.pass(1);
    await scenario.addTask({ name: 'a-2' });
    expect((await search({ NameContains: 'a' })).names).toBe('a a-2');
    expect((await search({ NameContains: 'a', Statuses: ['Failed'] })).names).toBe('');
    const flow = 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/none';
    await expect(search({ FlowDefinitionArns: [flow] })).rejects.toMatchObject({ name: 'ResourceNotFound' });
    await expect(search({ HeldBy: 'nobody@example.com' })).rejects.toMatchObject({
      message: 'There is no worker nobody@example.com.',
    });
    await expect(search({ NextToken: 'hp1.x' })).rejects.toMatchObject({ message: 'Invalid NextToken.' });
    const { NextToken } = await search({ MaxResults: 1 });
    await expect(search({ NextToken, SortBy: 'HumanLoopName' })).rejects.toMatchObject({ name: 'ValidationException' });
  }, 120_000);

  it('ListHumanLoopEvents tells every turn: put aside, resumed, extended, taken back, declined with reason and note', async () => {
    const { clock } = scenario;
    const tags = { 'holdpoint:undo-seconds': '60', 'holdpoint:extend-seconds': '7200' };
    const { task } = await scenario.addTask({ name: 'told', taskCount: 3, tags });
    const [ada, ben] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('ben@example.com')];
    const first = await accept(ada, task.id);
    for (const step of ['stop', 'resume', 'extend']) {
      clock.pass(1000);
      await ada.post(`/portal/api/assignments/${first}/${step}`);
    }
    clock.pass(1000);
    await submit(ada, first);
    clock.pass(1000);
    await ada.post(`/portal/api/assignments/${first}/undo`);
    clock.pass(1000);
    await submit(ada, first, { label: 'b' });
    clock.pass(1000);
    const second = await accept(ben, task.id);
    clock.pass(1000);
    await ben.post(`/portal/api/assignments/${second}/decline`, { reason: 'cannot-answer', note: 'Too dark.' });
    expect(await kinds('told')).toEqual([
      'Started',
      'Accepted',
      'PutAside',
      'Resumed',
      'Extended',
      'Answered',
      'AnswerUndone',
      'Answered',
      'Accepted',
      'Declined',
    ]);
    const { Events } = await listHumanLoopEvents(scenario.operationContext(), { HumanLoopName: 'told' });
    expect(Events.at(-1)).toMatchObject({
      WorkerEmail: 'ben@example.com',
      AssignmentId: second,
      DeclineReason: 'cannot-answer',
      DeclineNote: 'Too dark.',
    });
    expect(Events.find(({ Kind }) => Kind === 'Extended')?.Deadline?.getTime()).toBeGreaterThan(clock.now());
    const { Answers } = await listHumanLoopAnswers(scenario.operationContext(), { HumanLoopName: 'told' });
    expect(Answers).toMatchObject([
      { AssignmentId: first, WorkerEmail: 'ada@example.com', AnswerContent: '{"label":"b"}' },
    ]);
    expect(Answers[0]!.TimeSpentInSeconds).toBeGreaterThan(0);
  }, 120_000);

  it('RetryJobs makes what failed due now and queues what was given up; what only waits for its time is left', async () => {
    const { store, clock } = scenario;
    const { humanLoop } = await scenario.addTask({ name: 'stuck' });
    const target = eventTargetRow();
    const now = clock.now();
    const ids = ['waiting', 'given-up'];
    await store.save([insert('eventTargets', target), addJob('write-output', humanLoop.id, now, now)]);
    for (const id of ids) await store.save(deliver(target, '{}', { now, newId: () => id }, 'stuck'));
    const output = (await store.job(jobId('write-output', humanLoop.id)))!;
    const sending = (await store.job(jobId('send-event', 'waiting')))!;
    const dropped = (await store.job(jobId('send-event', 'given-up')))!;
    const delivery = (await store.eventDelivery('given-up'))!;
    const retryAt = now + 300_000;
    const failed = { attempts: 1, lastError: 'The bucket is away.', dueAt: retryAt };
    const givenUp = { kind: 'EventGivenUp', service: 'webhook', error: 'The answer was 410.' } as const;
    await store.save([
      update('jobs', output, failed),
      ...noteFailedTry(output, failed.lastError, retryAt, now),
      update('jobs', sending, failed),
      { change: 'remove', table: 'jobs', row: dropped },
      update('eventDeliveries', delivery, { failedAt: now, attempts: 1 }),
      ...noteDelivery(humanLoop, delivery, givenUp, now),
    ]);
    const list = () => listHumanLoopEvents(scenario.operationContext(), { HumanLoopName: 'stuck' });
    const before = await list();
    expect(before.Events).toMatchObject([
      { Kind: 'Started' },
      {
        Kind: 'JobFailed',
        Job: 'write-output',
        Attempt: 1,
        Message: 'The bucket is away.',
        RetryTime: new Date(retryAt),
      },
      { Kind: 'EventGivenUp', EventTargetId: target.id, Attempt: 1, Message: 'The answer was 410.' },
    ]);
    expect(before.Jobs.filter(({ FailedTries }) => FailedTries > 0)).toHaveLength(2);
    clock.pass(1000);
    const { Jobs } = await retryJobs(scenario.operationContext(), { HumanLoopName: 'stuck' });
    expect([...Jobs].sort()).toEqual(['send-event', 'send-event', 'write-output']);
    expect((await store.job(output.id))?.dueAt).toBe(clock.now());
    expect((await store.job(jobId('send-event', 'given-up')))?.dueAt).toBe(clock.now());
    expect((await store.job(jobId('expire-human-loop', humanLoop.id)))?.dueAt).toBeGreaterThan(clock.now());
    expect(await retryJobs(scenario.operationContext(), { HumanLoopName: 'stuck' })).toEqual({ Jobs: [] });
  }, 120_000);

  it('a failed loop tells why, its page is shown as long as its input is kept, and an unknown one is refused', async () => {
    const { store, clock } = scenario;
    const { humanLoop, task } = await scenario.addTask({ name: 'over', input: { text: 'seen <b>' } });
    const page = await previewHumanLoop(scenario.operationContext(), { HumanLoopName: 'over' });
    expect(page).toMatchObject({ Errors: [], Page: expect.stringContaining('seen &lt;b&gt;') });
    expect(page.ContentSecurityPolicy).toContain('sandbox');
    clock.pass(1000);
    const failure = {
      failureCode: 'Expired',
      failureReason: 'Nobody came.',
      now: clock.now(),
      announce: () => [],
    } as const;
    await store.save(failHumanLoop({ humanLoop, task, openAssignments: [], ...failure }).changes);
    const { Events } = await listHumanLoopEvents(scenario.operationContext(), { HumanLoopName: 'over' });
    expect(Events.at(-1)).toMatchObject({ Kind: 'Failed', FailureCode: 'Expired', Message: 'Nobody came.' });
    await store.save([{ change: 'discard', table: 'humanLoopInputs', key: humanLoop.id }]);
    const unknown = { HumanLoopName: 'unknown' };
    for (const refused of [
      () => previewHumanLoop(scenario.operationContext(), { HumanLoopName: 'over' }),
      () => previewHumanLoop(scenario.operationContext(), unknown),
      () => listHumanLoopEvents(scenario.operationContext(), unknown),
      () => listHumanLoopAnswers(scenario.operationContext(), unknown),
      () => retryJobs(scenario.operationContext(), unknown),
    ])
      await expect(refused()).rejects.toMatchObject({ name: 'ResourceNotFound' });
  }, 120_000);
});

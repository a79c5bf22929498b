import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopHumanLoop } from '../operations/human-loop/stop-human-loop.ts';
import { accept, type Browser, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
let ada: Browser;

beforeEach(async () => {
  scenario = await openPortalScenario();
  ada = await scenario.signedIn('ada@example.com');
});
afterEach(() => scenario.close());

const undo = (browser: Browser, id: string) => browser.post(`/portal/api/assignments/${id}/undo`);
const tags = { 'holdpoint:undo-seconds': '5' };

describe('R2: taking an answer back', () => {
  it('opens the same assignment, to be answered anew', async () => {
    const { task, humanLoop } = await scenario.addTask({ tags });
    const id = await accept(ada, task.id);
    scenario.clock.pass(20_000);
    expect((await submit(ada, id, { label: 'wrong' })).json).toEqual({ undoMs: 5000 });
    expect(await scenario.store.job(`write-output:${humanLoop.id}`)).toMatchObject({
      dueAt: scenario.clock.now() + 5000,
    });
    scenario.clock.pass(4000);
    const undone = await undo(ada, id);
    expect([undone.status, undone.json.status]).toEqual([200, 'open']);
    expect(await scenario.store.job(`write-output:${humanLoop.id}`)).toBeUndefined();
    expect(await scenario.store.answersOfHumanLoop(humanLoop.id)).toEqual([]);
    // A lost reply makes the browser ask once more.
    expect((await undo(ada, id)).status).toBe(200);
    scenario.clock.pass(6000);
    expect((await submit(ada, id, { label: 'right' })).status).toBe(200);
    const [answer] = await scenario.store.answersOfHumanLoop(humanLoop.id);
    expect(answer).toMatchObject({ answerContent: '{"label":"right"}', timeSpentInSeconds: 26 });
    expect(await scenario.store.task(task.id)).toMatchObject({ status: 'closed', answersDone: 1, assignmentsOpen: 0 });
  });

  it('is over when it is final, and after the loop was stopped', async () => {
    const [late, stopped] = [await scenario.addTask({ tags }), await scenario.addTask({ tags })];
    const ids = [await accept(ada, late.task.id), await accept(ada, stopped.task.id)];
    for (const id of ids) await submit(ada, id!);
    await stopHumanLoop(scenario.operationContext(), { HumanLoopName: stopped.humanLoop.name });
    const now = scenario.clock.now();
    expect(await scenario.store.job(`write-output:${stopped.humanLoop.id}`)).toMatchObject({ dueAt: now });
    expect((await undo(ada, ids[1]!)).code).toBe('answer-final');
    scenario.clock.pass(5000);
    const reply = await undo(ada, ids[0]!);
    expect([reply.status, reply.code]).toEqual([409, 'answer-final']);
    expect(await scenario.store.answersOfHumanLoop(late.humanLoop.id)).toHaveLength(1);
  });

  it('is nobody else’s to do, and final at once where the flow says so', async () => {
    const { task } = await scenario.addTask({ tags: { 'holdpoint:undo-seconds': '0' } });
    const id = await accept(ada, task.id);
    expect((await submit(ada, id)).json).toEqual({ undoMs: 0 });
    expect((await undo(ada, id)).code).toBe('answer-final');
    const bob = await scenario.signedIn('bob@example.com');
    expect((await undo(bob, id)).code).toBe('not-yours');
  });

  it('of the first of two keeps the second, whose number it does not get', async () => {
    const { task, humanLoop } = await scenario.addTask({ tags, taskCount: 2 });
    const bob = await scenario.signedIn('bob@example.com');
    const [first, second] = [await accept(ada, task.id), await accept(bob, task.id)];
    await submit(ada, first, { by: 'ada' });
    await submit(bob, second, { by: 'bob' });
    expect((await undo(ada, first)).status).toBe(200);
    await submit(ada, first, { by: 'ada', again: true });
    const answers = await scenario.store.answersOfHumanLoop(humanLoop.id);
    expect(answers.map(({ answerContent, sequence }) => [answerContent, sequence])).toEqual([
      ['{"by":"bob"}', 2],
      ['{"by":"ada","again":true}', 3],
    ]);
  });
});

describe('R2: one’s own answers', () => {
  it('are listed, newest first, page by page, and shown', async () => {
    const ids: string[] = [];
    for (const label of ['a', 'b', 'c']) {
      const { task } = await scenario.addTask({ tags, name: `loop-${label}` });
      const id = await accept(ada, task.id);
      scenario.clock.pass(3000);
      await submit(ada, id, { label });
      ids.push(id);
    }
    const first = (await ada.get('/portal/api/answers?limit=2')).json;
    // Of the last two the window is open.
    expect(first.answers).toMatchObject([
      { assignmentId: ids[2], humanLoopName: 'loop-c', timeSpentInSeconds: 3, finalAt: expect.any(String) },
      { assignmentId: ids[1], humanLoopName: 'loop-b', finalAt: expect.any(String) },
    ]);
    const rest = (await ada.get(`/portal/api/answers?limit=2&cursor=${first.next}`)).json;
    expect(rest.answers).toEqual([expect.not.objectContaining({ finalAt: expect.anything() })]);
    expect(rest.answers).toMatchObject([{ assignmentId: ids[0], humanLoopName: 'loop-a' }]);
    expect(rest.next).toBeUndefined();
    expect((await ada.get(`/portal/api/answers/${ids[0]}`)).json).toMatchObject({ answerContent: { label: 'a' } });
    const bob = await scenario.signedIn('bob@example.com');
    expect((await bob.get('/portal/api/answers')).json.answers).toEqual([]);
    expect((await bob.get(`/portal/api/answers/${ids[0]}`)).code).toBe('not-yours');
  });

  it.each([
    ['answers?limit=0', 'bad-request'],
    ['answers?cursor=x', 'bad-request'],
    ['answers/x', 'not-found'],
    ['answers/01890000-0000-7000-8000-000000000000', 'not-found'],
  ])('%s is refused', async (path, code) => {
    expect((await ada.get(`/portal/api/${path}`)).code).toBe(code);
  });
});

describe('R2: a draft', () => {
  const draftOf = async (browser: Browser, id: string) =>
    (await browser.get(`/portal/api/assignments/${id}/draft`)).json.draft;
  const save = (browser: Browser, id: string, draft: unknown) =>
    browser.post(`/portal/api/assignments/${id}/draft`, { draft });

  it('is there on every device, after the time was over too, and nobody else sees it', async () => {
    const { task } = await scenario.addTask({ timeLimitSeconds: 60 });
    const id = await accept(ada, task.id);
    expect(await draftOf(ada, id)).toBeNull();
    await save(ada, id, { note: 'half' });
    expect((await save(ada, id, { note: 'half a sentence' })).json).toEqual({ savedAt: expect.any(String) });
    expect(await draftOf(ada, id)).toEqual({ note: 'half a sentence' });
    await ada.post(`/portal/api/assignments/${id}/release`);
    expect((await save(ada, id, {})).code).toBe('task-gone');
    const bob = await scenario.signedIn('bob@example.com');
    const his = await accept(bob, task.id);
    expect(await draftOf(bob, his)).toBeNull();
    expect((await bob.get(`/portal/api/assignments/${id}/draft`)).code).toBe('not-yours');
    await bob.post(`/portal/api/assignments/${his}/release`);
    expect(await draftOf(ada, await accept(ada, task.id))).toEqual({ note: 'half a sentence' });
  });

  it('goes when the task is declined, and is still there when an answer is taken back', async () => {
    const [kept, declined] = [await scenario.addTask({ tags }), await scenario.addTask()];
    const ids = [await accept(ada, kept.task.id), await accept(ada, declined.task.id)];
    for (const id of ids) await save(ada, id!, { note: 'x' });
    await ada.post(`/portal/api/assignments/${ids[1]}/decline`);
    expect(await scenario.store.draftsOfHumanLoop(declined.humanLoop.id)).toEqual([]);
    await submit(ada, ids[0]!);
    await undo(ada, ids[0]!);
    expect(await draftOf(ada, ids[0]!)).toEqual({ note: 'x' });
  });

  it.each([
    ['no draft', '{}', 'bad-request'],
    ['a list', '{"draft":[]}', 'bad-request'],
    ['no JSON', '{', 'bad-request'],
    ['too much', JSON.stringify({ draft: { a: 'a'.repeat(9_000_000) } }), 'answer-too-large'],
  ])('that is %s is refused', async (_name, body, code) => {
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    expect((await ada.post(`/portal/api/assignments/${id}/draft`, body)).code).toBe(code);
  });
});

describe('R2: declining', () => {
  it.each([
    [{}, null, null],
    [{ reason: 'not-for-me' }, 'not-for-me', null],
    [{ reason: 'cannot-answer', note: 'The picture is black.' }, 'cannot-answer', 'The picture is black.'],
  ])('%j keeps what was said', async (body, declineReason, declineNote) => {
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    expect((await ada.post(`/portal/api/assignments/${id}/decline`, body)).status).toBe(200);
    expect(await scenario.store.assignment(id)).toMatchObject({ status: 'declined', declineReason, declineNote });
  });

  it.each([{ reason: 'lazy' }, { reason: 1 }, { note: 'x'.repeat(1001) }, { note: {} }])(
    '%j is refused',
    async (body) => {
      const { task } = await scenario.addTask();
      const id = await accept(ada, task.id);
      expect((await ada.post(`/portal/api/assignments/${id}/decline`, body)).code).toBe('bad-request');
      expect(await scenario.store.assignment(id)).toMatchObject({ status: 'open' });
    },
  );
});

describe('R2: more time', () => {
  it('is given where the flow gives it', async () => {
    const { task } = await scenario.addTask({ timeLimitSeconds: 60, tags: { 'holdpoint:extend-seconds': '600' } });
    const id = await accept(ada, task.id);
    expect((await ada.get(`/portal/api/assignments/${id}`)).json.extendSeconds).toBe(600);
    scenario.clock.pass(50_000);
    const view = (await ada.post(`/portal/api/assignments/${id}/extend`)).json;
    expect(Date.parse(view.deadline)).toBe(scenario.clock.now() + 600_000);
    scenario.clock.pass(599_000);
    expect((await submit(ada, id)).status).toBe(200);
  });

  it('is refused elsewhere', async () => {
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    expect((await ada.get(`/portal/api/assignments/${id}`)).json.extendSeconds).toBe(0);
    expect((await ada.post(`/portal/api/assignments/${id}/extend`)).code).toBe('forbidden');
  });
});

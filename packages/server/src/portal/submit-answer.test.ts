import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('submitting', () => {
  it('takes the answers of three workers, in order, and closes the task', async () => {
    const { task, humanLoop } = await scenario.addTask({ taskCount: 3 });
    const browsers = await Promise.all([1, 2, 3, 4].map((number) => scenario.signedIn(`w${number}@example.com`)));
    const ids = await Promise.all(browsers.slice(0, 3).map((browser) => accept(browser, task.id)));
    expect((await browsers[3]!.post(`/portal/api/tasks/${task.id}/accept`)).code).toBe('task-taken');
    scenario.clock.pass(5000);
    const replies = await Promise.all(ids.map((id, index) => submit(browsers[index]!, id, { index })));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
    const answers = await scenario.store.answersOfHumanLoop(humanLoop.id);
    expect(answers.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(new Set(answers.map(({ workerId }) => workerId)).size).toBe(3);
    expect(answers.every(({ timeSpentInSeconds }) => timeSpentInSeconds === 5)).toBe(true);
    expect(await scenario.store.task(task.id)).toMatchObject({ status: 'closed', answersDone: 3 });
    expect(await scenario.store.job(`write-output:${humanLoop.id}`)).toMatchObject({ kind: 'write-output' });
    expect((await browsers[0]!.get(`/portal/api/assignments/${ids[0]}`)).json.status).toBe('submitted');
  });

  it('twice: the same is harmless, also at the same moment; another answer is refused', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    const id = await accept(browser, task.id);
    const replies = await Promise.all([submit(browser, id), submit(browser, id)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect((await submit(browser, id)).status).toBe(200);
    expect((await submit(browser, id, { label: 'b' })).code).toBe('task-gone');
    expect(await scenario.store.answersOfHumanLoop(humanLoop.id)).toHaveLength(1);
  });

  it('is over some seconds after the deadline', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const tasks = [await scenario.addTask({ timeLimitSeconds: 60 }), await scenario.addTask({ timeLimitSeconds: 60 })];
    const [early, late] = [await accept(browser, tasks[0]!.task.id), await accept(browser, tasks[1]!.task.id)];
    scenario.clock.pass(63_000);
    expect((await submit(browser, early)).status).toBe(200);
    scenario.clock.pass(3000);
    expect((await browser.get(`/portal/api/assignments/${late}`)).json.status).toBe('expired');
    const reply = await submit(browser, late);
    expect([reply.status, reply.code]).toEqual([409, 'time-over']);
  });

  it('to an assignment of somebody else is refused, and so is everything else on it', async () => {
    const [ada, bob] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('bob@example.com')];
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    const replies = [
      await submit(bob, id),
      await bob.get(`/portal/api/assignments/${id}`),
      await bob.get(`/portal/frame/${id}`),
    ];
    for (const verb of ['release', 'decline', 'stop', 'resume'])
      replies.push(await bob.post(`/portal/api/assignments/${id}/${verb}`));
    expect(replies.map(({ status }) => status)).toEqual(Array(7).fill(403));
    expect(replies[0]!.code).toBe('not-yours');
    expect((await ada.get(`/portal/api/assignments/${id}`)).json.status).toBe('open');
  });

  it.each([
    ['a list', '{"answerContent":[]}', 400, 'answer-invalid'],
    ['null', '{"answerContent":null}', 400, 'answer-invalid'],
    ['a text', '{"answerContent":"a"}', 400, 'answer-invalid'],
    ['nothing', '{}', 400, 'answer-invalid'],
    ['inherited', '{"__proto__":{"answerContent":{}}}', 400, 'answer-invalid'],
    ['bottomless', `{"answerContent":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`, 400, 'answer-invalid'],
    ['broken', '{"answerContent":{"a":1}', 400, 'bad-request'],
    ['too large', `{"answerContent":{"a":"${'x'.repeat(8 * 1024 * 1024)}"}}`, 413, 'answer-too-large'],
  ])('refuses an answer that is %s', async (_what, body, status, code) => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    const id = await accept(browser, task.id);
    const reply = await browser.post(`/portal/api/assignments/${id}/submit`, body);
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect((await browser.get(`/portal/api/assignments/${id}`)).json.status).toBe('open');
  });

  it('keeps answers with hostile keys as they are', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    const id = await accept(browser, task.id);
    const answer = '{"__proto__":{"admin":true},"constructor":1,"":"\\u0000\\ud800","é":[{}]}';
    expect((await browser.post(`/portal/api/assignments/${id}/submit`, `{"answerContent":${answer}}`)).status).toBe(
      200,
    );
    const [saved] = await scenario.store.answersOfHumanLoop(humanLoop.id);
    expect(JSON.parse(saved!.answerContent)).toEqual(JSON.parse(answer));
    expect(Object.keys(JSON.parse(saved!.answerContent))).toEqual(['__proto__', 'constructor', '', 'é']);
  });

  it('of a large answer by somebody who is signed out reads nothing of it', async () => {
    const body = JSON.stringify({ answerContent: { a: 'x'.repeat(1_000_000) } });
    const reply = await scenario
      .browser()
      .post('/portal/api/assignments/00000000-0000-7000-8000-000000000000/submit', body);
    expect([reply.status, reply.code]).toEqual([401, 'signed-out']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accept, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const preview = (browser: Awaited<ReturnType<PortalScenario['signedIn']>>, query = '') =>
  browser.get(`/portal/api/tasks/next${query}`).then(({ json }) => json);

describe('R2: the next task, before it is taken', () => {
  it('is the one that would be taken, is told to one worker at a time, and is taken by whoever accepts first', async () => {
    const [ada, ben] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('ben@example.com')];
    expect(await preview(ada)).toEqual({ taskId: null });
    const first = (await scenario.addTask()).task.id;
    scenario.clock.pass(1000);
    const second = (await scenario.addTask()).task.id;
    expect(await preview(ada)).toEqual({ taskId: first, frameUrl: `/portal/frame/task/${first}` });
    expect(await preview(ben)).toMatchObject({ taskId: second });
    // Told again and again, it is told to others after a while all the same.
    expect(await preview(ada, `?seen=${first}`)).toMatchObject({ taskId: first });
    scenario.clock.pass(121_000);
    expect(await preview(ada)).toMatchObject({ taskId: first });
    expect(await preview(ben, '?seen=none')).toMatchObject({ taskId: first });
    // Nothing of this has taken anything.
    expect((await ada.get('/portal/api/tasks')).json.tasks.map(({ status }: { status: string }) => status)).toEqual([
      'available',
      'available',
    ]);
    await accept(ben, first);
    expect(await preview(ada, `?seen=${first}`)).toMatchObject({ taskId: second });
    expect((await ada.post(`/portal/api/tasks/${first}/accept`)).json.error.code).toBe('task-taken');
  });

  it('is of the wish', async () => {
    const ada = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    expect(await preview(ada, '?text=nothing-of-that')).toEqual({ taskId: null });
    expect(await preview(ada, `?flowDefinitionName=${task.flowDefinitionName}`)).toMatchObject({ taskId: task.id });
  });

  it('shows its page to those who may take it, in the sandbox, and leaves its time alone', async () => {
    const ada = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask({ input: { text: 'look here' } });
    const page = await ada.get(`/portal/frame/task/${task.id}`);
    expect([page.status, page.headers.get('content-security-policy'), page.headers.get('cache-control')]).toEqual([
      200,
      expect.stringMatching(/^sandbox allow-scripts (?!.*allow-same-origin)/),
      'no-store',
    ]);
    expect(page.text).toContain('look here');
    scenario.clock.pass(60_000);
    const id = await accept(ada, task.id);
    const { deadline } = (await ada.get(`/portal/api/assignments/${id}`)).json;
    expect(Date.parse(deadline)).toBe(scenario.clock.now() + task.timeLimitSeconds * 1000);
    // Loaded anew in the middle of the work, it is there still.
    expect((await ada.get(`/portal/frame/task/${task.id}`)).status).toBe(200);
    await submit(ada, id);
    expect((await ada.get(`/portal/frame/task/${task.id}`)).status).toBe(410);
  });

  it.each([
    ['nobody', 401, /signed out/],
    ['a worker of another team', 403, /another team/],
    ['a worker who declined it', 410, /You declined/],
    ['a worker who comes too late', 409, /Somebody else/],
    ['a worker of a task that does not exist', 410, /no longer available/],
  ])('does not show its page to %s', async (who, status, sentence) => {
    const { task } = await scenario.addTask({ input: { text: 'secret' } });
    const ada = await scenario.signedIn('ada@example.com', who.includes('another team') ? [] : undefined);
    if (who.includes('declined')) await ada.post(`/portal/api/assignments/${await accept(ada, task.id)}/decline`);
    if (who.includes('too late')) await accept(await scenario.signedIn('ben@example.com'), task.id);
    const visitor = who === 'nobody' ? scenario.browser() : ada;
    const reply = await visitor.get(`/portal/frame/task/${who.includes('not exist') ? '<b>' : task.id}`);
    expect([reply.status, reply.text]).toEqual([status, expect.stringMatching(sentence)]);
    expect(reply.text).not.toMatch(/secret|<script/);
    expect(reply.headers.get('content-security-policy')).toMatch(/^sandbox /);
  });

  it('shows no page that looks at the time, and fails no loop whose page has an error', async () => {
    const ada = await scenario.signedIn('ada@example.com');
    const timely = await scenario.addTask({
      template: '<script>let began = Date.now()</script><crowd-form></crowd-form>',
    });
    expect((await ada.get(`/portal/frame/task/${timely.task.id}`)).text).toContain('when its task is accepted');
    const broken = await scenario.addTask({ template: '{{ task.input.missing }}' });
    expect((await ada.get(`/portal/frame/task/${broken.task.id}`)).status).toBe(404);
    expect(await scenario.store.humanLoop(broken.humanLoop.id)).toMatchObject({ status: 'InProgress' });
  });
});

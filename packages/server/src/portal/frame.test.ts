import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { discard, update } from '../domain/change.ts';
import { accept, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('the task frame', () => {
  it('is the rendered page in a sandbox of its own', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask({ input: { text: '<script>1</script>' } });
    const id = await accept(browser, task.id);
    const { status, headers, text } = await browser.get(`/portal/frame/${id}`);
    expect(status).toBe(200);
    expect(text).toContain('<script src="/assets/task-frame.js"></script>');
    expect(text).toContain('&lt;script&gt;');
    const policy = headers.get('content-security-policy')!;
    expect(policy).toMatch(/sandbox allow-scripts/);
    expect(policy).not.toContain('allow-same-origin');
    expect(policy).toContain(`frame-ancestors 'self' ${scenario.origin}`);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['signed out', 401, /signed out/],
    ['unknown', 404, /does not exist/],
    ['released', 410, /not yours any more/],
    ['over', 409, /time for this task is over/],
  ])('is a plain page in the same sandbox when %s', async (state, status, sentence) => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    const id = await accept(browser, task.id);
    if (state === 'released') await browser.post(`/portal/api/assignments/${id}/release`);
    if (state === 'over') scenario.clock.pass(3_700_000);
    const visitor = state === 'signed out' ? scenario.browser() : browser;
    const reply = await visitor.get(`/portal/frame/${state === 'unknown' ? '<b>' : id}`);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toMatch(/^text\/html/);
    expect(reply.headers.get('content-security-policy')).toMatch(/^sandbox /);
    expect(reply.text).toMatch(sentence);
    expect(reply.text).not.toContain('<script');
  });

  it.each([
    ['true', true],
    ['false', false],
    [undefined, false],
  ])('R5: tells its prelude whether the flow was sensitive when the loop began: %s', async (tag, isSensitive) => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask(tag === undefined ? {} : { tags: { 'holdpoint:sensitive': tag } });
    const { text } = await browser.get(`/portal/frame/${await accept(browser, task.id)}`);
    expect(text.includes('<script src="/assets/task-frame.js" data-sensitive></script>')).toBe(isSensitive);
  });

  it('R2: shows what was answered again, as long as it is kept', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    const id = await accept(browser, task.id);
    await submit(browser, id);
    const shown = await browser.get(`/portal/frame/${id}`);
    expect([shown.status, shown.headers.get('content-security-policy')]).toEqual([
      200,
      expect.stringMatching(/^sandbox /),
    ]);
    const loop = (await scenario.store.humanLoop(humanLoop.id))!;
    const ended = update('humanLoops', loop, { status: 'Completed', finishedAt: scenario.clock.now() });
    await scenario.store.save([ended, discard('humanLoopInputs', humanLoop.id)]);
    const purged = await browser.get(`/portal/frame/${id}`);
    expect([purged.status, purged.text]).toEqual([404, expect.stringContaining('not kept any more')]);
  });

  it('that cannot be rendered fails the loop and says so', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask({ template: '<p>{{ task.input.missing }}</p>' });
    const id = await accept(browser, task.id);
    const reply = await browser.get(`/portal/frame/${id}`);
    expect(reply.status).toBe(410);
    expect(reply.text).toMatch(/taken off the list/);
    expect(await scenario.store.humanLoop(humanLoop.id)).toMatchObject({
      status: 'Failed',
      failureCode: 'ValidationError',
      failureReason: expect.stringContaining('UndefinedTemplateVariable'),
    });
    expect((await browser.get(`/portal/api/assignments/${id}`)).json.status).toBe('ended');
    expect((await browser.get('/portal/api/tasks')).json.total).toBe(0);
  });
});

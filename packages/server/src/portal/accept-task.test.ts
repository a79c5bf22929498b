import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopHumanLoop } from '../domain/human-loop.ts';
import { accept, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('accepting', () => {
  it('gives one slot to one of many', async () => {
    const { task } = await scenario.addTask();
    const browsers = await Promise.all([1, 2, 3, 4, 5].map((number) => scenario.signedIn(`w${number}@example.com`)));
    const replies = await Promise.all(browsers.map((browser) => browser.post(`/portal/api/tasks/${task.id}/accept`)));
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(replies.filter(({ code }) => code === 'task-taken')).toHaveLength(4);
    expect(await scenario.store.task(task.id)).toMatchObject({ slotsFree: 0, assignmentsOpen: 1 });
  });

  it('gives the worker’s own assignment again', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    const ids = await Promise.all([accept(browser, task.id), accept(browser, task.id)]);
    expect(new Set([...ids, await accept(browser, task.id)]).size).toBe(1);
  });

  it('next: as many tasks as a worker asks for at once', async () => {
    for (let index = 0; index < 20; index++) await scenario.addTask({ flowDefinitionName: `flow-${index}` });
    const browser = await scenario.signedIn('ada@example.com');
    const replies = await Promise.all(Array.from({ length: 20 }, () => browser.post('/portal/api/tasks/next')));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(replies.map(({ json }) => json.assignmentId)).size).toBe(20);
  });

  it('next: different tasks for workers who ask at once, then none', async () => {
    for (let index = 0; index < 3; index++) await scenario.addTask({ flowDefinitionName: `flow-next-${index}` });
    const browsers = await Promise.all([1, 2, 3, 4].map((number) => scenario.signedIn(`w${number}@example.com`)));
    const filtered = await browsers[0]!.post('/portal/api/tasks/next', { flowDefinitionName: 'flow-next-2' });
    const view = await browsers[0]!.get(`/portal/api/assignments/${filtered.json.assignmentId}`);
    expect(view.json.flowDefinitionName).toBe('flow-next-2');
    const replies = await Promise.all(browsers.slice(1).map((browser) => browser.post('/portal/api/tasks/next')));
    const ids = replies.map(({ json }) => json.assignmentId);
    expect(ids.filter((id) => id === null)).toHaveLength(1);
    expect(new Set(ids).size).toBe(3);
  });

  it('of a task that is gone says so', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    await scenario.store.save(
      stopHumanLoop({ humanLoop, task, openAssignments: [], outputJob: undefined, now: scenario.clock.now() }).changes,
    );
    const reply = await browser.post(`/portal/api/tasks/${task.id}/accept`);
    expect([reply.status, reply.code]).toEqual([410, 'task-gone']);
    expect((await browser.post('/portal/api/tasks/unknown/accept')).code).toBe('task-gone');
  });
});

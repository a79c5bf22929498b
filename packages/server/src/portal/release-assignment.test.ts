import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stopHumanLoop } from '../domain/human-loop.ts';
import { accept, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('leaving a task', () => {
  it('release: others and the same worker may take it again', async () => {
    const [ada, bob] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('bob@example.com')];
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    expect((await ada.post(`/portal/api/assignments/${id}/release`)).json).toEqual({});
    expect((await submit(ada, id)).code).toBe('task-gone');
    expect((await ada.get('/portal/api/tasks')).json.tasks[0].status).toBe('available');
    const second = await accept(bob, task.id);
    await bob.post(`/portal/api/assignments/${second}/release`);
    expect(await accept(ada, task.id)).not.toBe(id);
  });

  it('decline: never seen again by this worker', async () => {
    const [ada, bob] = [await scenario.signedIn('ada@example.com'), await scenario.signedIn('bob@example.com')];
    const { task } = await scenario.addTask();
    const id = await accept(ada, task.id);
    for (const _twice of [1, 2]) expect((await ada.post(`/portal/api/assignments/${id}/decline`)).status).toBe(200);
    expect((await ada.get('/portal/api/tasks')).json.total).toBe(0);
    expect((await ada.post(`/portal/api/tasks/${task.id}/accept`)).code).toBe('task-gone');
    expect((await ada.post('/portal/api/tasks/next')).json.assignmentId).toBeNull();
    expect((await bob.get('/portal/api/tasks')).json.total).toBe(1);
  });

  it('stop and resume: the pause is not time spent, the deadline stays', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    const id = await accept(browser, task.id);
    scenario.clock.pass(10_000);
    expect((await browser.post(`/portal/api/assignments/${id}/stop`)).json).toEqual({});
    scenario.clock.pass(60_000);
    expect((await browser.get(`/portal/api/assignments/${id}`)).json.status).toBe('stopped');
    const view = (await browser.post(`/portal/api/assignments/${id}/resume`)).json;
    expect(view).toEqual({
      assignmentId: id,
      taskId: task.id,
      title: task.title,
      description: 'Look closely',
      flowDefinitionName: task.flowDefinitionName,
      humanLoopName: task.humanLoopName,
      status: 'open',
      acceptedAt: '2026-01-02T03:04:05.000Z',
      deadline: '2026-01-02T04:04:05.000Z',
      serverTime: '2026-01-02T03:05:15.000Z',
      frameUrl: `/portal/frame/${id}`,
      canStop: true,
      extendSeconds: 0,
    });
    scenario.clock.pass(2000);
    await submit(browser, id);
    const [answer] = await scenario.store.answersOfHumanLoop(humanLoop.id);
    expect(answer!.timeSpentInSeconds).toBe(12);
  });

  it('while the loop is stopping, what is under way may be submitted but not stopped', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task, humanLoop } = await scenario.addTask();
    const id = await accept(browser, task.id);
    const now = scenario.clock.now();
    const state = { humanLoop, task: (await scenario.store.task(task.id))!, now };
    const openAssignments = await scenario.store.assignmentsOfTask(task.id);
    await scenario.store.save(stopHumanLoop({ ...state, openAssignments, outputJob: undefined }).changes);
    expect((await browser.get(`/portal/api/assignments/${id}`)).json).toMatchObject({ status: 'open', canStop: false });
    expect((await submit(browser, id)).status).toBe(200);
  });
});

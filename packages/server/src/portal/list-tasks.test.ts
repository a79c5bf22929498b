import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setWorkerWorkteams } from '../operations/worker/set-worker-workteams.ts';
import { accept, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('the task list', () => {
  it('shows the tasks of the worker’s teams in pages, oldest first, own tasks on top', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const tasks = [];
    for (let index = 0; index < 5; index++) {
      tasks.push((await scenario.addTask()).task);
      scenario.clock.pass(1000);
    }
    const first = (await browser.get('/portal/api/tasks?limit=2')).json;
    expect(first).toMatchObject({ total: 5, next: expect.any(String) });
    expect(first.tasks[0]).toEqual({
      taskId: tasks[0]!.id,
      title: tasks[0]!.title,
      description: 'Look closely',
      keywords: ['text'],
      flowDefinitionName: tasks[0]!.flowDefinitionName,
      humanLoopName: tasks[0]!.humanLoopName,
      createdAt: '2026-01-02T03:04:05.000Z',
      expiresAt: '2026-01-12T03:04:05.000Z',
      timeLimitSeconds: 3600,
      answersDone: 0,
      answersNeeded: 1,
      status: 'available',
    });
    const second = (await browser.get(`/portal/api/tasks?limit=2&cursor=${first.next}`)).json;
    const third = (await browser.get(`/portal/api/tasks?limit=2&cursor=${second.next}`)).json;
    expect(third.next).toBeUndefined();
    const shown = [first, second, third].flatMap((page) => page.tasks.map((task: { taskId: string }) => task.taskId));
    expect(shown).toEqual(tasks.map(({ id }) => id));
    const assignmentId = await accept(browser, tasks[3]!.id);
    const [own] = (await browser.get('/portal/api/tasks?limit=2')).json.tasks;
    expect(own).toMatchObject({
      taskId: tasks[3]!.id,
      status: 'working',
      assignmentId,
      deadline: '2026-01-02T04:04:10.000Z',
    });
    await browser.post(`/portal/api/assignments/${assignmentId}/stop`);
    expect((await browser.get('/portal/api/tasks')).json.tasks[0]).toMatchObject({ assignmentId, status: 'stopped' });
  });

  it('follows membership', async () => {
    const browser = await scenario.signedIn('ada@example.com', []);
    const { task } = await scenario.addTask();
    expect((await browser.get('/portal/api/tasks')).json).toEqual({ tasks: [], total: 0 });
    expect((await browser.post(`/portal/api/tasks/${task.id}/accept`)).code).toBe('forbidden');
    expect((await browser.post('/portal/api/tasks/next')).json).toEqual({ assignmentId: null });
    await setWorkerWorkteams(scenario.operationContext(), { Email: 'ada@example.com', Workteams: ['reviewers'] });
    expect((await browser.get('/portal/api/tasks')).json.total).toBe(1);
  });
});

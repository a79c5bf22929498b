import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setWorkerWorkteams } from '../operations/worker/set-worker-workteams.ts';
import { accept, openPortalScenario, type PortalScenario, submit } from '../testing/portal-scenario.ts';

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

  it('R1: finds by words, flow and keyword, sorts, and counts what it finds', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const seeds = [
      { name: 'Order-77', flowDefinitionName: 'invoices', title: 'Check the INVOICE', keywords: ['Finance', 'ocr'] },
      { name: 'order-78', flowDefinitionName: 'reviews', title: 'Is this fair?', keywords: ['moderation'] },
      { name: 'photo-1', flowDefinitionName: 'photos', title: 'Überprüfe das Bild', keywords: ['ocr'] },
    ];
    for (const seed of seeds) {
      await scenario.addTask({ availabilitySeconds: seed.name === 'order-78' ? 3600 : 864_000, ...seed });
      scenario.clock.pass(1000);
    }
    const names = async (query: Record<string, string>) => {
      const { json } = await browser.get(`/portal/api/tasks?${new URLSearchParams(query)}`);
      expect(json.total, JSON.stringify(query)).toBe(json.tasks.length);
      return json.tasks.map((task: { humanLoopName: string }) => task.humanLoopName);
    };
    expect(await names({})).toEqual(['Order-77', 'order-78', 'photo-1']);
    expect(await names({ sort: 'newest' })).toEqual(['photo-1', 'order-78', 'Order-77']);
    expect(await names({ sort: 'due' })).toEqual(['order-78', 'Order-77', 'photo-1']);
    expect(await names({ text: 'ORDER' })).toEqual(['Order-77', 'order-78']);
    expect(await names({ text: ' invoice  77 ' })).toEqual(['Order-77']);
    expect(await names({ text: 'überprüfe' })).toEqual(['photo-1']);
    expect(await names({ text: 'look closely' })).toHaveLength(3);
    expect(await names({ text: 'invoice', flowDefinitionName: 'reviews' })).toEqual([]);
    expect(await names({ keyword: 'finance' })).toEqual(['Order-77']);
    expect(await names({ keyword: 'ocr', text: 'photo', sort: 'newest' })).toEqual(['photo-1']);
    expect(await names({ keyword: "'; DROP TABLE x" })).toEqual([]);
    expect(await names({ text: '%_\0"' })).toEqual([]);
  });

  it.each([
    ['text', 'x'.repeat(201), "'text' must have at most 200 characters."],
    ['text', 'a b c d e f g h i', "'text' must have at most 8 words."],
    ['sort', 'loudest', "'sort' must be one of oldest, newest, due."],
    ['keyword', 'x'.repeat(31), "'keyword' must have at most 30 characters."],
  ])('R1: refuses %s %.12s with a sentence, in the list and for the next task', async (name, value, message) => {
    const browser = await scenario.signedIn('ada@example.com');
    const list = await browser.get(`/portal/api/tasks?${name}=${encodeURIComponent(value)}`);
    expect(list.json).toEqual({ error: { code: 'bad-request', message } });
    expect((await browser.post('/portal/api/tasks/next', { [name]: value })).json).toEqual(list.json);
  });

  it('R1: tells what is due soon, by the wish that is set, and only on the first page', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    await scenario.addTask({ name: 'later' });
    await scenario.addTask({ name: 'in-a-day', availabilitySeconds: 86_400 });
    await scenario.addTask({ name: 'in-an-hour', availabilitySeconds: 3600 });
    const dueSoon = async (query: string) =>
      (await browser.get(`/portal/api/tasks?${query}`)).json.dueSoon?.map(
        (task: { humanLoopName: string }) => task.humanLoopName,
      );
    expect(await dueSoon('')).toEqual(['in-an-hour', 'in-a-day']);
    expect(await dueSoon('text=day')).toEqual(['in-a-day']);
    expect(await dueSoon('text=later')).toBeUndefined();
    const { next } = (await browser.get('/portal/api/tasks?limit=1')).json;
    expect(await dueSoon(`limit=1&cursor=${next}`)).toBeUndefined();
    expect((await browser.get(`/portal/api/tasks?cursor=${next}&sort=due`)).code).toBe('bad-request');
  });

  it('R1: takes the next task of the wish that is set', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    for (const name of ['first', 'second', 'third', 'fourth']) {
      await scenario.addTask({ name, keywords: name === 'second' ? ['rare'] : ['common'] });
      scenario.clock.pass(1000);
    }
    const next = async (wish: object) => {
      const { assignmentId } = (await browser.post('/portal/api/tasks/next', wish)).json;
      return assignmentId && (await browser.get(`/portal/api/assignments/${assignmentId}`)).json.humanLoopName;
    };
    expect(await next({ sort: 'newest' })).toBe('fourth');
    expect(await next({ text: 'IR' })).toBe('first');
    expect(await next({ keyword: 'rare' })).toBe('second');
    expect(await next({ keyword: 'rare' })).toBeNull();
    expect(await next({})).toBe('third');
  });
});

describe('the queue', () => {
  it('R1: says which teams and flows send tasks, and what was done today', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask({ flowDefinitionName: 'reviews', title: 'Fair?', keywords: ['b', 'a'] });
    await scenario.addTask({ flowDefinitionName: 'photos', title: 'Sharp?', keywords: ['b'] });
    expect((await browser.get('/portal/api/queue?today=60')).json).toEqual({
      workteams: [
        {
          name: 'reviewers',
          flowDefinitions: [
            { name: 'photos', title: 'Sharp?' },
            { name: 'reviews', title: 'Fair?' },
          ],
        },
      ],
      keywords: ['b', 'a'],
      today: { answers: 0, seconds: 0 },
    });
    const assignmentId = await accept(browser, task.id);
    scenario.clock.pass(90_000);
    await submit(browser, assignmentId);
    const today = async (seconds: number) => (await browser.get(`/portal/api/queue?today=${seconds}`)).json.today;
    expect(await today(1)).toEqual({ answers: 1, seconds: 90 });
    scenario.clock.pass(60_000);
    expect(await today(59)).toEqual({ answers: 0, seconds: 0 });
    expect(await today(60)).toEqual({ answers: 1, seconds: 90 });
    for (const bad of ['-1', '90001', '1e3', 'x'])
      expect((await browser.get(`/portal/api/queue?today=${bad}`)).json.error.message).toBe(
        "'today' must be a number of seconds from 0 to 90000.",
      );
  });

  it('R1: is empty for somebody in no team', async () => {
    const browser = await scenario.signedIn('ada@example.com', []);
    expect((await browser.get('/portal/api/queue')).json).toEqual({
      workteams: [],
      keywords: [],
      today: { answers: 0, seconds: 0 },
    });
    expect((await scenario.browser().get('/portal/api/queue')).code).toBe('signed-out');
  });
});

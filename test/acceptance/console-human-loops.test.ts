// An operator's look at human loops, in a real browser on a real server: the list, one loop, and what is done to them.
import { portalRequestHeader, type TaskListResponse } from '@holdpoint/protocol';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults } from '../../packages/portal/src/testing/accessibility.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, type Flow, startLoop, untilStatus } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';
import { receiveWebhooks, type WebhookReceiver } from '../testing/webhook-receiver.ts';

const limit = 120_000;
const pictureTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <img src="{{ task.input.picture }}" alt="What it is about" width="200" height="100">
  <crowd-input name="note" label="Note"></crowd-input>
</crowd-form>`;

describeWith('Chromium')('the console: human loops', () => {
  const chromium = useChromium({ lasts: true });
  let server: TestServer;
  let receiver: WebhookReceiver<unknown>;
  let flow: Flow;
  let boxes: Flow;
  let page: Page;

  beforeAll(async () => {
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    receiver = await receiveWebhooks();
    await server.client.call('CreateEventTarget', { Url: receiver.url });
    for (const email of ['olga@example.com', 'ada@example.com', 'ben@example.com']) await server.hire(email);
    await server.client.call('SetWorkerRole', { Email: 'olga@example.com', Role: 'Operator' });
    flow = await createFlow(server, 'notes');
    boxes = await createFlow(server, 'boxes', { taskCount: 2, template: pictureTemplate });
    for (const name of ['first', 'second', 'third']) await startLoop(server, flow, name);
    await startLoop(server, boxes, 'drawn', {
      text: 'a <picture>',
      n: 1,
      picture: `${server.url}/assets/portal/icon.svg`,
    });
    ({ page } = await chromium.signIn(server, 'olga@example.com'));
  }, limit);
  afterAll(async () => {
    await server?.close();
    await receiver?.close();
  }, limit);

  /** A worker who works by program. */
  async function worker(email: string) {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      [portalRequestHeader.name]: portalRequestHeader.value,
    };
    const post = async (path: string, body: object = {}) =>
      fetch(`${server.endpointUrl}/portal/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    const { headers: got } = await post('sign-in', { email, password });
    headers.cookie = got.get('set-cookie')!.split(';')[0]!;
    async function accept(loop: string): Promise<string> {
      let taskId: string | undefined;
      await eventually(async () => {
        const reply = await fetch(`${server.endpointUrl}/portal/api/tasks?limit=100`, { headers });
        const { tasks } = (await reply.json()) as TaskListResponse;
        taskId = tasks.find(({ humanLoopName }) => humanLoopName === loop)?.taskId;
        return taskId !== undefined;
      }).toBe(true);
      const reply = await post(`tasks/${taskId}/accept`);
      return ((await reply.json()) as { assignmentId: string }).assignmentId;
    }
    return {
      accept,
      answer: async (loop: string, answerContent: object) =>
        post(`assignments/${await accept(loop)}/submit`, { answerContent }),
      decline: async (loop: string, said: object) => post(`assignments/${await accept(loop)}/decline`, said),
    };
  }

  const open = async (path: string, heading: string): Promise<void> => {
    await page.goto(`${server.url}${path}`);
    await page.getByRole('heading', { name: heading, exact: true, level: 1 }).waitFor();
  };
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
  const names = () => page.getByRole('row').getByRole('link').allTextContents();

  test(
    'O1 the list is narrowed and sorted by what is shown, and the address brings another operator to the same',
    async () => {
      await open('/portal', 'Tasks');
      await page.getByRole('link', { name: 'Console', exact: true }).click();
      await page.getByRole('link', { name: 'Human loops', exact: true }).click();
      await row('third').waitFor();
      expect(await names()).toEqual(['drawn', 'third', 'second', 'first']);
      await page.getByRole('button', { name: 'Created' }).click();
      await eventually(names).toEqual(['first', 'second', 'third', 'drawn']);
      await page.getByRole('searchbox', { name: 'Name contains' }).fill('IR');
      await eventually(names).toEqual(['first', 'third']);
      await page.getByText('More filters').click();
      await page.getByRole('combobox', { name: 'Flow definition' }).selectOption('boxes');
      await page.getByText('No human loop fits these filters.').waitFor();
      const url = page.url();
      expect(new URL(url).search).toBe('?flow=boxes&name=IR&order=Ascending');
      await page.getByRole('button', { name: 'Clear all filters' }).click();
      await eventually(names).toEqual(['first', 'second', 'third', 'drawn']);
      await page.goto(url.replace('name=IR', 'name=raw'));
      await row('drawn').waitFor();
      expect(await names()).toEqual(['drawn']);
      await page.goto(`${server.url}/console/human-loops?flow=none`);
      await page.getByRole('alert').getByText("flow-definition/none' does not exist.").waitFor();
    },
    limit,
  );

  test(
    'O1 changes arrive in place; what is new is shown when somebody wants it',
    async () => {
      await open('/console/human-loops', 'Human loops');
      await row('first').waitFor();
      const ada = await worker('ada@example.com');
      await ada.accept('third');
      await row('third').getByText('ada').waitFor();
      await startLoop(server, flow, 'fourth');
      const fresh = page.getByRole('button', { name: 'Show 1 new' });
      await fresh.waitFor();
      expect(await names()).not.toContain('fourth');
      await fresh.click();
      await row('fourth').waitFor();
    },
    limit,
  );

  test(
    'O1 many are stopped at once, with a question before, and what could not be is said with its reason',
    async () => {
      await server.client.call('StopHumanLoop', { HumanLoopName: 'second' });
      await untilStatus(server, 'second', 'Stopped');
      await open('/console/human-loops?status=InProgress&status=Stopped', 'Human loops');
      for (const name of ['first', 'second']) await page.getByRole('checkbox', { name, exact: true }).check();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: 'Stop 2 human loops?' });
      await dialog.getByText('The same by program: StopHumanLoop').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByText('1 of 2 stopped, 1 failed.').waitFor();
      await page.getByText(/second: HumanLoop 'second' is Stopped and cannot be stopped/).waitFor();
      await row('first').getByText('Stopped').waitFor();
      expect(await page.getByRole('checkbox', { name: 'second', exact: true }).isChecked()).toBe(true);
    },
    limit,
  );

  test(
    'O1 one loop: its timeline, its task as workers see it, its answers side by side',
    async () => {
      const [ada, ben] = [await worker('ada@example.com'), await worker('ben@example.com')];
      const answer = (left: number, note: string) => ({
        note,
        same: 'yes',
        image: {
          boundingBoxes: [{ left, top: 10, width: 40, height: 20, label: 'car' }],
          inputImageProperties: { width: 200, height: 100 },
        },
      });
      await ada.decline('fourth', { reason: 'cannot-answer', note: 'Too dark.' });
      await ada.answer('drawn', answer(10, 'left'));
      await open('/console/human-loops/drawn', 'drawn');
      await ben.answer('drawn', answer(30, 'right'));
      await page.getByText('Completed', { exact: true }).first().waitFor();
      const timeline = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
      await timeline.filter({ hasText: 'Event delivered to webhook' }).waitFor();
      const said = (await timeline.allTextContents()).join('\n').replaceAll(/\s+/g, ' ');
      for (const words of ['Started', 'ada accepted the task', 'ben answered', 'Output written', 'Completed'])
        expect(said).toContain(words);
      await page.getByRole('img', { name: /^Timeline of / }).waitFor();

      const answers = page.getByRole('region', { name: 'Answers', exact: true });
      await answers.getByText('2 of 5 fields differ.').waitFor();
      await answers.getByRole('img', { name: /^Marks of image.boundingBoxes over each other: ada 1, ben 1/ }).waitFor();
      // They are drawn on the picture of the task, which is loaded.
      const picture = answers.locator('svg image');
      await picture.waitFor();
      expect(await picture.getAttribute('href')).toMatch(/icon\.svg$/);
      expect(await answers.getByRole('row', { name: /^note differs left right/ }).count()).toBe(1);
      expect(await answers.getByRole('row', { name: /^same yes yes/ }).count()).toBe(1);

      const frame = page.frameLocator('iframe[title=Task]');
      await frame.getByText('a <picture>').waitFor();
      expect(await frame.getByRole('button', { name: 'Submit' }).count()).toBe(0);
      expect(
        await page.getByLabel('Input content', { exact: true }).locator('visible=true').last().innerText(),
      ).toContain('"n": 1');

      await open('/console/human-loops/fourth', 'fourth');
      await timeline.filter({ hasText: 'ada declined (cannot be answered): “Too dark.”' }).waitFor();
    },
    limit,
  );

  test(
    'O1 a loop that ended is started again under a new name, and deleted; one that is not there says so',
    async () => {
      await open('/console/human-loops/first', 'first');
      await page.getByRole('button', { name: 'Start again under a new name' }).click();
      const dialog = page.getByRole('dialog', { name: 'Start again under a new name' });
      expect(await dialog.getByLabel('Name of the new loop').inputValue()).toBe('first-2');
      await dialog.getByRole('button', { name: 'Start', exact: true }).click();
      await page.getByRole('heading', { name: 'first-2', exact: true, level: 1 }).waitFor();
      await page.getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stop', exact: true }).click();
      await page.getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
      await page.getByRole('heading', { name: 'Human loops', exact: true, level: 1 }).waitFor();
      await row('first').waitFor();
      expect(await names()).not.toContain('first-2');
      await page.goto(`${server.url}/console/human-loops/first-2`);
      await page.getByRole('heading', { name: 'There is no such human loop', level: 1 }).waitFor();
    },
    limit,
  );

  test(
    'O1 on a phone nothing goes beyond the screen, and axe finds nothing in either theme',
    async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      for (const [path, heading] of [
        ['/console/human-loops', 'Human loops'],
        ['/console/human-loops/drawn', 'drawn'],
      ] as const) {
        await open(path, heading);
        await page.getByRole('link', { name: path.endsWith('drawn') ? 'boxes' : 'drawn', exact: true }).waitFor();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(390);
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await accessibilityFaults(page)).toEqual([]);
        }
      }
    },
    limit,
  );

  test(
    'O1 events and pages of loops are for operators',
    async () => {
      for (const path of ['/console/events', '/console/frame/human-loops/drawn', '/console/frame/human-loops/%']) {
        const { status, headers } = await fetch(`${server.endpointUrl}${path}`);
        expect([path, status >= 400 && status < 500]).toEqual([path, true]);
        if (path.includes('frame')) expect(headers.get('content-security-policy')).toContain('sandbox');
      }
    },
    limit,
  );
});

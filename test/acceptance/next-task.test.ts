// From one task to the next, for several reviewers, windows and connections at once.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, outputOf, startLoop, statusOf, untilStatus } from '../testing/human-loops.ts';
import { type Reviewer, reviewerAt, useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const minutes = 180_000;

const moodTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Good', 'Bad']" header="What mood is it?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>`;

describeWith('Chromium')('from one task to the next', () => {
  const chromium = useChromium();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await Promise.all(['ada', 'ben', 'cleo', 'dora'].map((name) => server.hire(`${name}@example.com`)));
  });
  afterAll(() => server?.close());

  const signIn = (name: string): Promise<Reviewer> => chromium.signIn(server, `${name}@example.com`, { goesOn: true });
  /** A flow with one loop, which has its name. */
  const waiting = async (name: string): Promise<void> => startLoop(server, await createFlow(server, name), name);
  const ahead = ({ page }: Pick<Reviewer, 'page'>) => page.frameLocator('iframe[title="Next task"]');
  const note = async ({ task }: Reviewer, text: string) => {
    await task.getByLabel('Note').fill(text);
    await task.getByRole('button', { name: 'Submit', exact: true }).click();
  };
  const answersOf = async (name: string) =>
    (await outputOf(server, name)).humanAnswers.map(({ answerContent }) => answerContent);

  test(
    'R2: as it is at first, each answer leads to the next task of whichever kind, is of its own task, and can be taken back',
    async () => {
      const notes = await createFlow(server, 'notes');
      const moods = await createFlow(server, 'moods', {
        template: moodTemplate,
        tags: { 'holdpoint:undo-seconds': '3600' },
      });
      const ada = await signIn('ada');
      // The order is that of the tasks, each of which is there when its page has been rendered.
      for (const [flow, loop, before] of [
        [notes, 'note-1', 0],
        [moods, 'mood-1', 0],
        [notes, 'note-2', 1],
      ] as const) {
        await startLoop(server, flow, loop);
        await ada.row(flow.name).nth(before).waitFor();
      }
      const shown = (text: string) => ada.task.getByText(text, { exact: true }).waitFor();
      const mood = (name: string) => ada.task.getByRole('radio', { name });
      const submit = () => ada.task.getByRole('button', { name: 'Submit', exact: true }).click();
      await ada.start(notes.name);
      await shown('note-1');
      await note(ada, 'the first');
      await shown('mood-1');
      await mood('Good').check();
      await submit();
      await shown('note-2');
      await ada.task.getByLabel('Note').fill('half of the last');
      await ada.page.getByText('Draft kept').waitFor();
      await ada.page.getByRole('button', { name: 'Undo' }).click();
      await ada.page.getByText('Your answer was taken back.').waitFor();
      await expect.poll(() => mood('Good').isChecked()).toBe(true);
      await mood('Bad').check();
      await submit();
      // What was begun in between is still held, and waits in the list.
      await ada.page.getByText('No more tasks are waiting').waitFor();
      await ada.page.getByRole('link', { name: 'Back to list' }).click();
      await ada.row(notes.name, 'Resume working').click();
      await expect.poll(() => ada.task.getByLabel('Note').inputValue()).toBe('half of the last');
      await note(ada, 'the last');
      await server.client.call('StopHumanLoop', { HumanLoopName: 'mood-1' });
      for (const loop of ['note-1', 'mood-1', 'note-2']) await untilStatus(server, loop, 'Completed');
      expect([await answersOf('note-1'), await answersOf('mood-1'), await answersOf('note-2')]).toEqual([
        [{ note: 'the first' }],
        [{ mood: { label: 'Bad' } }],
        [{ note: 'the last' }],
      ]);
    },
    minutes,
  );

  test(
    'R2: two reviewers have the same next task ready and answer at once: one has it, the other goes on without',
    async () => {
      const flow = await createFlow(server, 'fight');
      const [ada, ben] = await Promise.all([signIn('ada'), signIn('ben')]);
      for (const [reviewer, loop] of [
        [ada, 'of-ada'],
        [ben, 'of-ben'],
      ] as const) {
        // The task of the one before may be in the list of the other for a moment still.
        await expect.poll(() => reviewer.row(flow.name).count()).toBe(0);
        await startLoop(server, flow, loop);
        await reviewer.start(flow.name);
      }
      await startLoop(server, flow, 'fought-for');
      for (const reviewer of [ada, ben]) await ahead(reviewer).getByText('fought-for').waitFor({ state: 'attached' });
      // Loaded by both, it is still nobody's.
      expect(await statusOf(server, 'fought-for')).toBe('InProgress');
      await Promise.all([note(ada, 'by ada'), note(ben, 'by ben')]);
      const outcome = async ({ page, task }: Reviewer): Promise<string> => {
        if ((await page.getByText('No more tasks are waiting').count()) > 0) return 'nothing left';
        const shown = page.getByRole('button', { name: 'Decline task' });
        return (await shown.count()) > 0 && (await task.getByText('fought-for').count()) > 0 ? 'working' : 'under way';
      };
      await eventually(async () => (await Promise.all([ada, ben].map(outcome))).toSorted()).toEqual([
        'nothing left',
        'working',
      ]);
      const winner = (await outcome(ada)) === 'working' ? ada : ben;
      await note(winner, 'by the faster one');
      for (const loop of ['of-ada', 'of-ben', 'fought-for']) await untilStatus(server, loop, 'Completed');
      expect([await answersOf('of-ada'), await answersOf('of-ben'), await answersOf('fought-for')]).toEqual([
        [{ note: 'by ada' }],
        [{ note: 'by ben' }],
        [{ note: 'by the faster one' }],
      ]);
    },
    minutes,
  );

  test(
    'R2 R3: two windows submit one task: one answer is in, the other window says so and keeps what was entered',
    async () => {
      await waiting('two-windows');
      const ada = await signIn('cleo');
      await ada.start('two-windows');
      const second: Page = await ada.page.context().newPage();
      const other = reviewerAt(second, `${server.url}/portal`);
      await second.goto(ada.page.url());
      await other.task.getByLabel('Note').fill('of the second window');
      await note(ada, 'of the first window');
      await untilStatus(server, 'two-windows', 'Completed');
      await second.getByRole('heading', { name: 'Already submitted' }).waitFor();
      expect(await other.task.getByLabel('Note').inputValue()).toBe('of the second window');
      expect(await answersOf('two-windows')).toEqual([{ note: 'of the first window' }]);
    },
    minutes,
  );

  test(
    'R3: offline, what is entered and submitted is kept and said to be; back online it goes out once',
    async () => {
      await waiting('offline');
      const ben = await signIn('ben');
      await ben.start('offline');
      await ben.page.context().setOffline(true);
      await ben.task.getByLabel('Note').fill('written in a tunnel');
      await ben.page.getByText('Connection lost. Go on: what you enter is kept').waitFor();
      await ben.task.getByRole('button', { name: 'Submit', exact: true }).click();
      await ben.page.getByText('Connection lost. Your answer is kept and will be sent again').waitFor();
      await ben.page.context().setOffline(false);
      await untilStatus(server, 'offline', 'Completed');
      await ben.page.getByRole('heading', { name: 'Submitted', exact: true }).waitFor();
      expect(await answersOf('offline')).toEqual([{ note: 'written in a tunnel' }]);
    },
    minutes,
  );

  test(
    'R3: a session that ends during work is said; after signing in again the draft is there and the answer goes out',
    async () => {
      await waiting('signed-out');
      const dora = await signIn('dora');
      await dora.start('signed-out');
      await dora.task.getByLabel('Note').fill('half of it');
      await dora.page.getByText('Draft kept').waitFor();
      const elsewhere = await signIn('dora');
      await elsewhere.page.goto(`${server.url}/portal/sessions`);
      await elsewhere.page.getByRole('button', { name: 'Sign out everywhere else' }).click();
      await dora.task.getByLabel('Note').fill('all of it');
      await dora.page.getByText('You are signed out. What you entered is still here').waitFor();
      await dora.task.getByRole('button', { name: 'Submit', exact: true }).click();
      await dora.task.getByText('Sign in again in another tab').waitFor();
      const work = dora.page.url();
      // In the same tab, after a crash say: the way leads back to the task, and the draft is newer than the server's.
      await dora.page.goto(work);
      await dora.page.getByLabel('Email', { exact: true }).fill('dora@example.com');
      await dora.page.getByLabel('Password', { exact: true }).fill('correct horse battery staple');
      await dora.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await expect.poll(() => dora.task.getByLabel('Note').inputValue()).toBe('all of it');
      await dora.task.getByRole('button', { name: 'Submit', exact: true }).click();
      await untilStatus(server, 'signed-out', 'Completed');
      expect(await answersOf('signed-out')).toEqual([{ note: 'all of it' }]);
    },
    minutes,
  );
});

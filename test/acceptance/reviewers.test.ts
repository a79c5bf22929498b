// Several workers at one flow, each in a browser of their own.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { createFlow, outputOf, startLoop, statusOf, untilStatus } from '../testing/human-loops.ts';
import { type Reviewer, useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const emails = ['ada@example.com', 'ben@example.com', 'cleo@example.com'] as const;

describeWith('Chromium')('workers who share their tasks', () => {
  const chromium = useChromium();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await Promise.all(emails.map((email) => server.hire(email)));
  });
  afterAll(() => server?.close());

  async function answer(reviewer: Reviewer, note: string): Promise<void> {
    await reviewer.task.getByLabel('Note').fill(note);
    await reviewer.submit();
  }

  const leftIn = (reviewer: Reviewer, title: string): Promise<number> => reviewer.row(title).count();

  test('three answers of three workers end a loop whose TaskCount is 3; a fourth is not asked for', async () => {
    const flow = await createFlow(server, 'three-answers', { taskCount: 3 });
    const reviewers = await Promise.all(emails.map((email) => chromium.signIn(server, email)));
    const [ada, ben, cleo] = reviewers as [Reviewer, Reviewer, Reviewer];
    await startLoop(server, flow, 'three');
    await Promise.all(reviewers.map((reviewer) => reviewer.start(flow.name)));
    await answer(ben, 'second name, first answer');
    expect(await statusOf(server, 'three')).toBe('InProgress');
    await ben.page.getByRole('button', { name: 'Next task' }).click();
    await ben.page.getByText('No more tasks are waiting').waitFor();
    await answer(ada, 'first name, second answer');
    await answer(cleo, 'last');
    await untilStatus(server, 'three', 'Completed');

    const { humanAnswers } = await outputOf(server, 'three');
    expect(humanAnswers.map(({ answerContent }) => answerContent)).toEqual([
      { note: 'second name, first answer' },
      { note: 'first name, second answer' },
      { note: 'last' },
    ]);
    expect(new Set(humanAnswers.map(({ workerId }) => workerId)).size).toBe(3);
    await ada.list();
    expect(await leftIn(ada, flow.name)).toBe(0);
  });

  test('of two workers who press at once, one gets the task and the other is told', async () => {
    const flow = await createFlow(server, 'race');
    const pair = await Promise.all([chromium.signIn(server, emails[0]), chromium.signIn(server, emails[1])]);
    await startLoop(server, flow, 'race');
    await Promise.all(pair.map((reviewer) => reviewer.row(flow.name).waitFor()));
    await Promise.all(pair.map((reviewer) => reviewer.row(flow.name).click()));
    const outcomes = await Promise.all(
      pair.map(async ({ page }) => {
        const working = page.getByRole('button', { name: 'Decline task' });
        const told = page.getByText(/Somebody else is working|no longer available/);
        await working.or(told).first().waitFor();
        return (await working.count()) > 0 ? 'working' : 'told';
      }),
    );
    expect(outcomes.toSorted()).toEqual(['told', 'working']);
    const [winner, loser] = outcomes[0] === 'working' ? pair : [pair[1], pair[0]];
    expect(await leftIn(loser, flow.name)).toBe(0);
    await answer(winner, 'mine');
    await untilStatus(server, 'race', 'Completed');
    expect((await outputOf(server, 'race')).humanAnswers).toHaveLength(1);
  });

  test('a declined task goes to others and never comes back', async () => {
    const flow = await createFlow(server, 'declined');
    const [ada, ben] = await Promise.all([chromium.signIn(server, emails[0]), chromium.signIn(server, emails[1])]);
    await startLoop(server, flow, 'declined');
    await ada.start(flow.name);
    await ben.page.getByText('No tasks are waiting for you.').waitFor();
    await ada.leave('Decline task');
    await ada.page.getByText(`You declined “${flow.name}”.`).waitFor();
    await ben.row(flow.name).waitFor();
    expect(await leftIn(ada, flow.name)).toBe(0);
    await ada.list();
    expect(await leftIn(ada, flow.name)).toBe(0);
    await ben.start(flow.name);
    await answer(ben, 'done by another');
    await untilStatus(server, 'declined', 'Completed');
  });

  test('a released task is available to everybody again; what was entered is there for whoever entered it', async () => {
    const flow = await createFlow(server, 'released');
    const [ada, ben] = await Promise.all([chromium.signIn(server, emails[0]), chromium.signIn(server, emails[1])]);
    await startLoop(server, flow, 'released');
    await ada.start(flow.name);
    await ada.task.getByLabel('Note').fill('half a thought');
    await ada.page.getByText('Draft kept').waitFor();
    await ada.leave('Release task');
    await ben.start(flow.name);
    await ben.page.getByText('What you had entered before is back.').waitFor({ state: 'detached' });
    expect(await ben.task.getByLabel('Note').inputValue()).toBe('');
    await ben.leave('Release task');
    await ada.list();
    await ada.start(flow.name);
    await expect.poll(() => ada.task.getByLabel('Note').inputValue()).toBe('half a thought');
    await answer(ada, 'the same worker after all');
    await untilStatus(server, 'released', 'Completed');
    await eventually(() => leftIn(ben, flow.name)).toBe(0);
  });

  test('a stopped task waits for its worker alone, and the pause does not count as time spent', async () => {
    const flow = await createFlow(server, 'stopped');
    const [ada, ben] = await Promise.all([chromium.signIn(server, emails[0]), chromium.signIn(server, emails[1])]);
    await startLoop(server, flow, 'stopped');
    await ada.start(flow.name);
    await ada.leave('Stop and resume later');
    const resume = ada.row(flow.name, 'Resume working');
    await resume.waitFor();
    await ada.page.getByRole('row').filter({ has: resume }).getByText('Stopped', { exact: true }).waitFor();
    await ben.list();
    expect(await leftIn(ben, flow.name)).toBe(0);
    await resume.click();
    await answer(ada, 'after a break');
    await untilStatus(server, 'stopped', 'Completed');

    const [turn] = (await outputOf(server, 'stopped')).humanAnswers;
    const elapsed = (Date.parse(turn!.submissionTime) - Date.parse(turn!.acceptanceTime)) / 1000;
    expect(turn!.timeSpentInSeconds).toBeLessThan(elapsed);
  });

  test('a worker sees the tasks of the own teams only, from the moment of joining', async () => {
    await server.client.call('CreateWorkteam', {
      WorkteamName: 'specialists',
      Description: 'Those who know',
      MemberDefinitions: [
        {
          CognitoMemberDefinition: { UserPool: 'us-east-1_Holdpoint', UserGroup: 'specialists', ClientId: 'holdpoint' },
        },
      ],
    });
    const flow = await createFlow(server, 'for-specialists', { workteam: 'specialists' });
    const cleo = await chromium.signIn(server, emails[2]);
    await startLoop(server, flow, 'special');
    await startLoop(server, await createFlow(server, 'for-all'), 'common');
    await cleo.row('for-all').waitFor();
    expect(await leftIn(cleo, flow.name)).toBe(0);
    await server.client.call('SetWorkerWorkteams', { Email: emails[2], Workteams: ['reviewers', 'specialists'] });
    await cleo.row(flow.name).waitFor();
  });
});

// How people come in: links for one use, passwords, and the end of both.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

describeWith('Chromium')('a new worker', () => {
  const chromium = useChromium();
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
    await startLoop(server, await createFlow(server, 'waiting'), 'waiting');
  });
  afterAll(() => server?.close());

  test('sets a password by a link that works once, and then sees the tasks of the team', async () => {
    const { SetPasswordUrl } = await server.client.call('CreateWorker', {
      Email: 'dora@example.com',
      Name: 'Dora',
      Workteams: ['reviewers'],
    });
    const page = await chromium.openPage();
    await page.goto(SetPasswordUrl!);
    await page.getByRole('heading', { name: 'Set your password' }).waitFor();
    await page.getByLabel('New password', { exact: true }).fill('short');
    await page.getByLabel('Repeat new password').fill('short');
    await page.getByRole('button', { name: 'Set password' }).click();
    await page
      .getByRole('alert')
      .filter({ hasText: /password/i })
      .waitFor();
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('Repeat new password').fill(password);
    await page.getByRole('button', { name: 'Set password' }).click();
    await page.getByRole('button', { name: 'Start working', description: 'waiting' }).waitFor();

    const other = await chromium.openPage();
    await other.goto(SetPasswordUrl!);
    await other.getByRole('heading', { name: 'This link did not work' }).waitFor();
    const dora = await chromium.signIn(server, 'dora@example.com');
    await dora.row('waiting').waitFor();
  });

  test('comes in by a link that signs in once', async () => {
    await server.hire('ed@example.com');
    const { Url } = await server.client.call('CreateSignInLink', { Email: 'ed@example.com', Purpose: 'SignIn' });
    const page = await chromium.openPage();
    await page.goto(Url);
    await page.getByRole('button', { name: 'Start working', description: 'waiting' }).waitFor();
    expect(page.url()).not.toContain('#');
    const other = await chromium.openPage();
    await other.goto(Url);
    await other.getByRole('heading', { name: 'This link did not work' }).waitFor();
  });

  test('is out the moment the account is disabled', async () => {
    await server.hire('fay@example.com');
    const fay = await chromium.signIn(server, 'fay@example.com');
    await server.client.call('DisableWorker', { Email: 'fay@example.com' });
    await fay.page.goto(`${server.url}/portal`);
    await fay.page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor();
    await fay.page.getByLabel('Email', { exact: true }).fill('fay@example.com');
    await fay.page.getByLabel('Password', { exact: true }).fill(password);
    await fay.page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await fay.page.getByRole('alert').filter({ hasText: /./ }).waitFor();
    await server.client.call('EnableWorker', { Email: 'fay@example.com' });
    await chromium.signIn(server, 'fay@example.com');
  });

  test('gets the same answer for a wrong password and an unknown address', async () => {
    const sentences = await Promise.all(
      ['ed@example.com', 'nobody@example.com'].map(async (email) => {
        const page = await chromium.openPage();
        await page.goto(`${server.url}/portal`);
        await page.getByLabel('Email', { exact: true }).fill(email);
        await page.getByLabel('Password', { exact: true }).fill('not the password');
        await page.getByRole('button', { name: 'Sign in', exact: true }).click();
        const alert = page.getByRole('alert').filter({ hasText: /./ });
        await alert.waitFor();
        return alert.textContent();
      }),
    );
    expect(sentences[0]).toBe(sentences[1]);
  });
});

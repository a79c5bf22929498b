// A worker signs in at an identity provider in a real browser, works, and signs out there.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFlow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { account, type OidcStage, openOidcStage } from '../testing/oidc-stage.ts';
import { reviewerAt, useChromium } from '../testing/reviewer.ts';
import { describeWith } from '../testing/tools.ts';

describeWith('Chromium')('S1 a worker with an identity provider', () => {
  const chromium = useChromium({ trusting: true });
  let stage: OidcStage;

  beforeAll(async () => {
    stage = await openOidcStage();
  });
  afterAll(() => stage?.close());

  test('S1 signs in there, answers, is in the output as the provider knows them, and signs out there', async () => {
    const { server, provider } = stage;
    provider.accounts.set('ada', account('Ada Lovelace'));
    await server.client.call('CreateWorkteam', {
      WorkteamName: 'reviewers',
      Description: 'All',
      MemberDefinitions: [{ OidcMemberDefinition: { Groups: ['reviewers'] } }],
    });
    const flow = await createFlow(server, 'notes');
    await startLoop(server, flow, 'first');
    const host = new URL(provider.issuer).host;

    const page = await chromium.openPage();
    await page.goto(`${server.url}/portal`);
    await page.getByRole('link', { name: `Sign in at ${host}` }).click();
    await page.getByLabel('User name').fill('ada');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
    await page.getByText('Ada Lovelace').waitFor();

    const reviewer = reviewerAt(page, `${server.url}/portal`);
    await reviewer.start(flow.name);
    await reviewer.task.getByLabel('Note').fill('seen');
    await reviewer.submit();
    await untilStatus(server, 'first', 'Completed');
    const [answer] = (await outputOf(server, 'first')).humanAnswers;
    expect(answer).toMatchObject({
      answerContent: { note: 'seen' },
      workerMetadata: {
        identityData: { identityProviderType: 'Oidc', issuer: provider.issuer, sub: 'sub-of-Ada Lovelace' },
      },
    });

    await reviewer.list();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${provider.issuer}/session/end?client_id=holdpoint&id_token_hint=*`);
    await page.goto(`${server.url}/portal`);
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(
      await page.getByRole('link', { name: `Sign in at ${host}` }).evaluate((link) => link === document.activeElement),
    ).toBe(true);
  });

  test('S1 who is refused reads why, and can try again', async () => {
    const page = await chromium.openPage();
    await page.goto(`${stage.server.url}/portal/oidc/start`);
    await page.getByLabel('User name').fill('nobody');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('heading', { name: 'You are not signed in' }).waitFor();
    expect(await page.getByText('(access_denied)').isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Try again' }).click();
    await page.getByLabel('User name').waitFor();
  });
});

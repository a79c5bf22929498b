// The console's pages about resources, and the activity log, at a real browser, as an operator.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const olga = 'olga@example.com';
const limit = { timeout: 180_000 };

describeWith('Chromium')('resources in the console', () => {
  const chromium = useChromium({ lasts: true });
  let server: TestServer;
  let page: Page;
  let receiver: Server;
  let hook: string;
  /** What the receiver of events answers. */
  let status = 500;

  beforeAll(async () => {
    server = await startTestServer({ config: { allowPrivateTargets: true } });
    await server.hire(olga);
    await server.client.call('SetWorkerRole', { Email: olga, Role: 'Operator' });
    page = (await chromium.signIn(server, olga)).page;
    page.setDefaultTimeout(60_000);
    receiver = createServer((request, response) => {
      request.resume();
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  }, 120_000);
  afterAll(async () => {
    receiver?.close();
    await server?.close();
  });

  const open = async (path: string, heading: string): Promise<void> => {
    await page.goto(`${server.url}/console/${path}`);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await page.getByText('Loading…').waitFor({ state: 'detached' });
  };
  const press = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' }).click();
  const confirm = (action: string) =>
    page.getByRole('dialog').getByRole('button', { name: action, exact: true }).click();
  const said = (text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();
  const field = (label: string) => page.getByRole('textbox', { name: label });

  test(
    'O3 a worker is created with an error at its field first, invited by a link, found, disabled and enabled',
    limit,
    async () => {
      await open('workers', 'Workers');
      await field('Email').fill('not an address');
      await field('Name (optional)').fill('Ada Lovelace');
      await press('Create worker');
      await page.getByText(/Value 'not an address' at 'email'/).waitFor();
      expect(await field('Email').getAttribute('aria-invalid')).toBe('true');
      expect(await field('Email').evaluate((input) => input === document.activeElement)).toBe(true);
      expect(await field('Name (optional)').inputValue()).toBe('Ada Lovelace');
      await field('Email').fill('ada@example.com');
      await page.getByRole('checkbox', { name: 'reviewers' }).check();
      await press('Create worker');
      const invitation = page.getByRole('region', { name: 'The invitation' });
      expect(await invitation.locator('code').textContent()).toContain('/portal/link#');

      await page.getByRole('searchbox', { name: 'Search' }).fill('lovelace');
      expect(await page.getByRole('table', { name: 'Workers' }).getByRole('row').count()).toBe(2);
      expect(page.url()).toContain('?search=lovelace');
      await page.getByRole('link', { name: 'Ada Lovelace' }).click();
      await page.getByRole('heading', { level: 1, name: 'Ada Lovelace' }).waitFor();
      await press('Disable');
      await confirm('Disable');
      await said('Ada Lovelace is disabled.');
      await press('Enable');
      await said('Ada Lovelace is enabled.');
      await page.getByRole('checkbox', { name: 'reviewers' }).uncheck();
      await press('Save teams');
      await said('The teams are saved.');
      const { Workers } = await server.client.call('ListWorkers', {});
      expect(Workers.find(({ Email }) => Email === 'ada@example.com')).toMatchObject({
        Status: 'Active',
        Workteams: [],
      });
      await page.getByText('This server sends no mail').waitFor();
      await press('Reset sign-in');
      await confirm('Reset');
      await said(/^The link for Ada Lovelace is made\./);
      expect(await invitation.locator('code').textContent()).toContain('/portal/link#');
      await page.getByText('The same by program: SetWorkerWorkteams').click();
      await page.getByText("call('SetWorkerWorkteams'").waitFor();
    },
  );

  test(
    'O3 an operator cannot disable themself or, as the only one, stop being one; sign-ins can be ended',
    limit,
    async () => {
      await open(`workers/${encodeURIComponent(olga)}`, 'olga');
      await press('Disable');
      await confirm('Disable');
      await said('You cannot disable yourself: another operator can.');
      await press('Take operator role');
      await confirm('Take the role');
      await said(`${olga} is the only operator: make another worker an operator first.`);
      await chromium.signIn(server, olga);
      await open(`workers/${encodeURIComponent(olga)}`, 'olga');
      const rows = page.getByRole('table', { name: 'Sign-ins' }).getByRole('row');
      expect(await rows.count()).toBe(3);
      await page
        .getByRole('button', { name: /^End the sign-in/ })
        .first()
        .click();
      await said('That sign-in is ended.');
      expect(await rows.count()).toBe(2);
    },
  );

  test('O3 a workteam is created, gets members and tags, and is deleted when that is confirmed', limit, async () => {
    await open('workteams', 'Workteams');
    await press('Create workteam');
    await page.getByText(/at 'workteamName'/).waitFor();
    await page.getByText(/at 'description'/).waitFor();
    await field('Name').fill('invoices');
    await field('Description').fill('Who reads invoices');
    await press('Create workteam');
    await page.getByRole('heading', { level: 1, name: 'invoices' }).waitFor();
    await field('Email of a worker').fill('nobody@example.com');
    await press('Add to team');
    await page.getByText('No worker has the e-mail address nobody@example.com.').waitFor();
    await field('Email of a worker').fill('ada@example.com');
    await press('Add to team');
    await page.getByRole('table', { name: 'Members' }).getByRole('link', { name: 'Ada Lovelace' }).waitFor();
    await field('Key').fill('cost-centre');
    await field('Value (optional)').fill('42');
    await press('Add tag');
    await page.getByRole('table', { name: 'Tags' }).getByText('cost-centre').waitFor();
    const { Workteam } = await server.client.call('DescribeWorkteam', { WorkteamName: 'invoices' });
    const { Tags } = await server.client.call('ListTags', { ResourceArn: Workteam.WorkteamArn });
    expect(Tags).toEqual([{ Key: 'cost-centre', Value: '42' }]);
    await press('Delete workteam');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await press('Delete workteam');
    await confirm('Delete');
    await page.getByRole('heading', { level: 1, name: 'Workteams' }).waitFor();
    await expect(server.client.call('DescribeWorkteam', { WorkteamName: 'invoices' })).rejects.toThrow();
  });

  test('O3 the secret of an access key is shown once, and a revoked key is gone', limit, async () => {
    await open('access-keys', 'Access keys');
    await field('What is it for? (optional)').fill('nightly import');
    await press('Make key pair');
    const made = page.getByRole('region', { name: 'The new key pair' });
    await made.waitFor();
    const [id, secret] = await made.locator('code').allTextContents();
    expect(secret).toMatch(/^\S{40}$/);
    await press('Done');
    await page.reload();
    await page.getByText(id!).waitFor();
    expect(await page.content()).not.toContain(secret);
    await press(`Revoke ${id}`);
    await confirm('Revoke');
    await said(`${id} is revoked.`);
    const { AccessKeys } = await server.client.call('ListAccessKeys', {});
    expect(AccessKeys.map(({ AccessKeyId }) => AccessKeyId)).not.toContain(id);
  });

  test(
    'O3 an event target is created, tested and deleted; who would lock themself out of the networks is refused',
    limit,
    async () => {
      await open('event-targets', 'Event targets');
      await field('URL').fill('nonsense');
      await press('Create event target');
      await page.getByText(/at 'url'/).waitFor();
      await field('URL').fill(hook);
      await press('Create event target');
      await page
        .getByRole('region', { name: 'The new event target' })
        .getByText(/^whsec_/)
        .waitFor();
      await page.getByRole('link', { name: hook }).click();
      await page.getByRole('heading', { level: 1, name: 'Event target' }).waitFor();
      await press('Send a sample event');
      await said(/The sample event was not taken/);
      status = 204;
      await press('Send a sample event');
      await said('The sample event was taken (204).');
      await press('Delete event target');
      await confirm('Delete');
      await page.getByText('Nobody is told.').waitFor();

      await open('workforce', 'Workforce');
      const networks = field('Address blocks that people may come from (optional)');
      await networks.fill('192.0.2.0/24');
      await press('Save networks');
      await confirm('Close');
      await page
        .getByText('SourceIpConfig would lock you out: you come from 127.0.0.1, which is in none of its blocks.')
        .waitFor();
      expect(await networks.inputValue()).toBe('192.0.2.0/24');
      await networks.fill('192.0.2.0/24\n127.0.0.0/8');
      await press('Save networks');
      await confirm('Close');
      await said('The networks are saved.');
    },
  );

  test(
    'O5 the activity log is filtered by its address, leads on from resources, and goes out as CSV',
    limit,
    async () => {
      await open('activity?type=access-key&action=RevokeAccessKey', 'Activity');
      const rows = page.getByRole('table', { name: 'Activity' }).getByRole('row');
      expect(await rows.count()).toBe(2);
      await page.getByRole('cell', { name: `${olga} Operator` }).waitFor();
      await page.getByRole('combobox', { name: 'Who' }).selectOption('Programs (access keys)');
      await press('Filter');
      await page.getByText('Nothing fits.').waitFor();
      expect(page.url()).toContain('kind=Caller');
      await open('workers/ada%40example.com', 'Ada Lovelace');
      await page.getByRole('link', { name: 'Activity', exact: true }).first().click();
      await page.getByRole('heading', { level: 1, name: 'Activity' }).waitFor();
      await open('activity?type=worker&name=ada%40example.com', 'Activity');
      await page.getByRole('cell', { name: 'DisableWorker' }).waitFor();
      const [download] = await Promise.all([page.waitForEvent('download'), press('Export as CSV')]);
      const lines = (await (await import('node:fs/promises')).readFile(await download.path(), 'utf8'))
        .trim()
        .split('\r\n');
      expect(lines[0]).toBe(
        'time,actorKind,actorId,actorName,clientAddress,requestId,action,resourceType,resourceName,details',
      );
      expect(lines.filter((line) => line.includes(`,${olga},127.0.0.1,`)).length).toBe(lines.length - 1);
      expect(lines.some((line) => line.includes('CreateWorker'))).toBe(true);
    },
  );

  const pages = [
    ['workforce', 'Workforce'],
    ['workteams', 'Workteams'],
    ['workteams/reviewers', 'reviewers'],
    ['workers', 'Workers'],
    ['workers/ada%40example.com', 'Ada Lovelace'],
    ['access-keys', 'Access keys'],
    ['event-targets', 'Event targets'],
    ['activity', 'Activity'],
  ] as const;
  test.each(['light', 'dark'] as const)(
    'O3 nothing is wrong for axe, and nothing is wider than a phone: %s',
    limit,
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const [path, heading] of pages) {
        await page.setViewportSize({ width: 390, height: 844 });
        await open(path, heading);
        expect([path, await sidewaysScroll(page)]).toEqual([path, 0]);
        expect([path, await accessibilityFaults(page)]).toEqual([path, []]);
      }
    },
  );
});

// Passkeys and second factors in a real browser, whose authenticator is Chromium's virtual one.
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fromBase32, hotp } from '../../packages/server/src/auth/totp.ts';
import { openMailServer } from '../../packages/server/src/testing/mail-server.ts';
import { useChromium } from '../testing/reviewer.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const minutes = 60_000;

describeWith('Chromium')('S2 signing in', () => {
  const chromium = useChromium();
  let server: TestServer;
  let mail: Awaited<ReturnType<typeof openMailServer>>;

  beforeAll(async () => {
    mail = await openMailServer({ tls: 'none' });
    server = await startTestServer({
      config: {
        requireSecondFactor: 'operators',
        mailUrl: `smtp://127.0.0.1:${mail.port}`,
        mailFrom: 'reviews@example.com',
      },
    });
  });
  afterAll(async () => {
    await server?.close();
    await mail?.close();
  });

  const openSecurity = async (page: Page): Promise<void> => {
    await page.getByTitle(/@example\.com/).click();
    await page.getByRole('link', { name: 'Passkeys and second factor' }).click();
    await page.getByRole('heading', { name: 'Passkeys', exact: true }).waitFor();
  };
  const addPasskey = async (page: Page, name?: string): Promise<void> => {
    await openSecurity(page);
    if (name !== undefined) await page.getByLabel('Name of the new passkey').fill(name);
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await untilAt(page, 'Keep your recovery codes');
  };
  /** From then on nobody touches the authenticator: a browser that offers a passkey would sign in at once. */
  const signOut = async (page: Page, authenticator: Authenticator): Promise<void> => {
    await authenticator.presence(false);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await untilAt(page, 'Sign in');
  };
  /** As a browser that does not offer passkeys beside the address, which would be faster than the button. */
  const withoutOffers = async (page: Page): Promise<void> => {
    const without = () => {
      PublicKeyCredential.isConditionalMediationAvailable = async () => false;
    };
    await page.addInitScript(without);
    await page.evaluate(without);
  };
  const giveTheRest = async (page: Page, email: string): Promise<void> => {
    await page.getByLabel('Email', { exact: true }).fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  };
  const untilTasks = (page: Page) => page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  const untilAt = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();

  test(
    'S2 a worker adds a passkey, signs in by it without typing, is asked for it after a password, and removes it',
    async () => {
      await server.hire('ada@example.com');
      const { page } = await chromium.signIn(server, 'ada@example.com');
      await withoutOffers(page);
      const authenticator = await addAuthenticator(page);
      await addPasskey(page, 'Laptop');
      await page.getByRole('button', { name: 'I have kept them' }).click();
      const passkey = page.getByRole('listitem').filter({ hasText: 'Laptop' });
      await passkey.getByText('not used yet').waitFor();
      await passkey.getByRole('button', { name: 'Rename' }).click();
      await page.getByLabel('Name', { exact: true }).fill('Work laptop');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('The passkey has another name.').waitFor();
      expect(await authenticator.credentials()).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }]);

      await signOut(page, authenticator);
      await authenticator.presence(true);
      await page.getByRole('button', { name: 'Use a passkey' }).click();
      await untilTasks(page);

      await signOut(page, authenticator);
      await giveTheRest(page, 'ada@example.com');
      await untilAt(page, 'Is it you?');
      await page.goto(`${server.url}/portal`);
      await untilAt(page, 'Sign in');
      await giveTheRest(page, 'ada@example.com');
      await untilAt(page, 'Is it you?');
      await authenticator.presence(true);
      await page.getByRole('button', { name: 'Use your passkey' }).click();
      await untilTasks(page);

      await openSecurity(page);
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Work laptop' })
        .getByRole('button', { name: 'Remove' })
        .click();
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByText('The passkey is removed.').waitFor();
      await signOut(page, authenticator);
      await authenticator.presence(true);
      await page.getByRole('button', { name: 'Use a passkey' }).click();
      await page.getByRole('alert').filter({ hasText: 'or it was removed' }).waitFor();
      await giveTheRest(page, 'ada@example.com');
      await untilTasks(page);
    },
    3 * minutes,
  );

  test(
    'S2 the browser offers passkeys beside the address, without a button',
    async () => {
      await server.hire('bo@example.com');
      const { page } = await chromium.signIn(server, 'bo@example.com');
      const authenticator = await addAuthenticator(page);
      await addPasskey(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
      // The virtual authenticator answers as if the worker had chosen the passkey in the field.
      await untilTasks(page);
      expect(await authenticator.credentials()).toMatchObject([{ signCount: 2 }]);
    },
    2 * minutes,
  );

  test(
    'S2 who must have a second factor sets up an app before anything else, and comes in by its code or a recovery code',
    async () => {
      await server.hire('cy@example.com');
      await server.client.call('SetWorkerRole', { Email: 'cy@example.com', Role: 'Operator' });
      const page = await chromium.openPage();
      await page.goto(`${server.url}/console`);
      await giveTheRest(page, 'cy@example.com');
      await untilAt(page, 'Set up a second factor');
      await page.getByRole('button', { name: 'Set up an authenticator app' }).click();
      await page.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
      const secret = ((await page.locator('.app-key').textContent()) ?? '').replaceAll(' ', '');
      const field = page.getByLabel('Code that the app shows');
      expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
      await field.fill('000000');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.getByRole('alert').filter({ hasText: 'This code is not of now.' }).waitFor();
      const step = (): number => Math.floor(Date.now() / 30_000);
      const used = step();
      await field.fill(hotp(fromBase32(secret), used, 6));
      await page.getByRole('button', { name: 'Turn on' }).click();
      await untilAt(page, 'Keep your recovery codes');
      const [recoveryCode = ''] = await page.getByRole('listitem').allTextContents();
      await page.getByRole('button', { name: 'I have kept them' }).click();
      await page.waitForURL('**/console');

      const other = await chromium.openPage();
      await other.goto(`${server.url}/portal`);
      await giveTheRest(other, 'cy@example.com');
      await untilAt(other, 'Is it you?');
      const code = other.getByLabel('Code of your authenticator app');
      await code.fill(hotp(fromBase32(secret), used, 6));
      await other.getByRole('button', { name: 'Go on' }).click();
      await other.getByRole('alert').filter({ hasText: 'was used already' }).waitFor();
      await code.fill(hotp(fromBase32(secret), Math.max(used + 1, step()), 6));
      await other.getByRole('button', { name: 'Go on' }).click();
      await untilTasks(other);

      const third = await chromium.openPage();
      await third.goto(`${server.url}/portal`);
      await giveTheRest(third, 'cy@example.com');
      await third.getByText('Use a recovery code').click();
      await third.getByLabel('Recovery code').fill(recoveryCode.trim());
      await third.getByRole('button', { name: 'Go on' }).last().click();
      await untilTasks(third);
    },
    3 * minutes,
  );

  test(
    'S2 who lost the password gets a link by mail; looking at its address uses nothing up',
    async () => {
      await server.hire('di@example.com');
      const page = await chromium.openPage();
      await page.goto(`${server.url}/portal`);
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByLabel('Email').fill('di@example.com');
      await page.getByRole('button', { name: 'Send the link' }).click();
      await untilAt(page, 'Look into your mail');
      await expect.poll(() => mail.received.length).toBe(1);
      const raw = mail.received[0]!.raw.replaceAll('=\r\n', '');
      const url = /http:\/\/localhost:\d+\/portal\/link#[\w-]{43}/.exec(raw)![0];
      for (const _ of [1, 2]) expect((await fetch(url)).status).toBe(200);
      await page.goto(url);
      await page.getByLabel('New password', { exact: true }).fill('a password that is new');
      await page.getByLabel('Repeat new password').fill('a password that is new');
      await page.getByRole('button', { name: 'Set password' }).click();
      await untilTasks(page);
    },
    2 * minutes,
  );

  test(
    'S2 at another address than the public one the page says where passkeys work',
    async () => {
      await server.hire('eva@example.com');
      const { page } = await chromium.signIn({ url: `http://127.0.0.1:${server.port}` }, 'eva@example.com');
      await openSecurity(page);
      await page
        .getByText(`Passkeys work at ${server.url}. This page is at http://127.0.0.1:${server.port}.`)
        .waitFor();
      expect(await page.getByRole('button', { name: 'Add a passkey' }).count()).toBe(0);
    },
    2 * minutes,
  );
});

type Authenticator = Awaited<ReturnType<typeof addAuthenticator>>;

async function addAuthenticator(page: Page) {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return {
    /** Whether somebody touches it. */
    presence: (enabled: boolean) => cdp.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled }),
    credentials: async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

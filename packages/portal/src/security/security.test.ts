import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';

const portal = usePortalPage();

test('S2 who signed in long ago is led to sign in again, and back to the page', async () => {
  const { state } = portal.server;
  state.passkeys = [{ passkeyId: 'one', name: 'Phone', createdAt: new Date().toISOString() }];
  const page = await portal.open('/portal/security');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(portal.server.requests).not.toContain('POST security/passkeys/one/remove');
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByText('You signed in some time ago.').waitFor();
  const again = page.getByRole('link', { name: 'Sign in again' });
  state.signedIn = false;
  await again.click();
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill('correct horse battery');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Passkeys and second factor' }).waitFor();
  expect(portal.complaints).toEqual([]);
});

test('S2 a wrong code is said beside the field, which gets the focus; the right one leads to the page wanted', async () => {
  portal.server.state.signedIn = false;
  portal.server.state.secondFactor = 'give';
  const page = await portal.open('/portal/second-factor?to=%2Fportal%2Fanswers');
  const code = page.getByLabel('Code of your authenticator app');
  expect(await code.getAttribute('autocomplete')).toBe('one-time-code');
  await code.fill('654321');
  await page.getByRole('button', { name: 'Go on' }).first().click();
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('This code is wrong.');
  await expect.poll(() => code.evaluate((field) => field === document.activeElement)).toBe(true);
  await code.fill('123456');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/portal/answers');
});

test('S2 who took too long for the second step begins again', async () => {
  portal.server.state.signedIn = false;
  const page = await portal.open('/portal/second-factor');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

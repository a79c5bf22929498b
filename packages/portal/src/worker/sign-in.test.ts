import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { refuse } from '../testing/portal-state.ts';

const portal = usePortalPage();

async function signIn(password: string) {
  const { page } = portal;
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('a signed-out worker is asked to sign in and comes back to the page wanted, with a clean history', async () => {
  portal.server.state.signedIn = false;
  const page = await portal.open('/portal/work/a-1');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(new URL(page.url()).search).toBe('?to=%2Fportal%2Fwork%2Fa-1');
  expect(await page.getByLabel('Email').evaluate((field) => field === document.activeElement)).toBe(true);
  await signIn('correct horse battery');
  await page.waitForURL('**/portal/work/a-1');
  await page.getByText('withdrawn by the people').waitFor();
  expect(portal.complaints).toEqual([]);
});

test('wrong credentials are a sentence beside the field, which gets the focus', async () => {
  portal.server.state.signedIn = false;
  const page = await portal.open('/portal/sign-in');
  await signIn('wrong');
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('The email or the password is wrong.');
  const password = page.getByLabel('Password');
  await expect.poll(() => password.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await password.getAttribute('aria-invalid')).toBe('true');
  await signIn('correct horse battery');
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(await page.getByText('Ada Moreau').isVisible()).toBe(true);
});

test.each([
  {
    what: refuse(429, 'too-many-attempts', 'Too many attempts. Wait a minute.'),
    says: 'Too many attempts. Wait a minute.',
  },
  { what: 'lose-request' as const, says: 'The server cannot be reached. Check your connection and try again.' },
  { what: { status: 500, body: {} }, says: 'The server could not answer. Try again in a moment.' },
])('says $says', async ({ what, says }) => {
  portal.server.state.signedIn = false;
  portal.server.faults.push({ path: /^sign-in$/, times: 9, what });
  const page = await portal.open('/portal/sign-in');
  await signIn('correct horse battery');
  await expect.poll(() => page.getByRole('alert').textContent()).toBe(says);
});

test('password managers find what they look for', async () => {
  const page = await portal.open('/portal/sign-in');
  expect(await page.getByLabel('Email').getAttribute('autocomplete')).toBe('username webauthn');
  expect(await page.getByLabel('Password').getAttribute('autocomplete')).toBe('current-password');
});

test('sign out leads to the sign-in page, and Back does not show the tasks again', async () => {
  const page = await portal.open('/portal');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.goBack();
  await page.waitForURL('**/portal/sign-in');
  expect(portal.server.state.signedIn).toBe(false);
});

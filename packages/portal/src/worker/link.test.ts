import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';

const portal = usePortalPage();

test('a sign-in link signs in at once and leaves no token in the address', async () => {
  portal.server.state.signedIn = false;
  portal.server.state.links.set('t0ken', 'sign-in');
  const page = await portal.open('/portal/link#t0ken');
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
  expect(page.url()).toBe(`${portal.server.url}/portal`);
  expect(portal.server.requests.filter((request) => request === 'POST use-link')).toHaveLength(1);
});

test('a set-password link shows whose it is, checks both fields and the server’s rule, and signs in', async () => {
  portal.server.state.signedIn = false;
  portal.server.state.links.set('t0ken', 'set-password');
  const page = await portal.open('/portal/link#t0ken');
  expect(await page.getByLabel('Email').inputValue()).toBe('ada@example.com');
  const [first, second] = [page.getByLabel('New password', { exact: true }), page.getByLabel('Repeat new password')];
  const save = page.getByRole('button', { name: 'Set password' });
  await first.fill('short');
  await second.fill('other');
  await save.click();
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('The two passwords are not the same.');
  await second.fill('short');
  await save.click();
  await expect.poll(() => page.getByRole('alert').textContent()).toBe('Choose a password of at least 10 characters.');
  await first.fill('a much longer one');
  await second.fill('a much longer one');
  await save.click();
  await page.getByText('Your password is set.').waitFor();
  expect(portal.server.state.password).toBe('a much longer one');
});

test('a used link says so and offers the sign-in page', async () => {
  portal.server.state.signedIn = false;
  const page = await portal.open('/portal/link#old');
  await page.getByText('This link has been used or has expired.').waitFor();
  await page.getByRole('link', { name: 'Go to sign in' }).click();
  await page.getByLabel('Password').waitFor();
});

test('a lost connection can be tried again', async () => {
  portal.server.state.links.set('t0ken', 'sign-in');
  portal.server.faults.push({ path: /^use-link$/, times: 9, what: 'lose-request' });
  const page = await portal.open('/portal/link#t0ken');
  await page.getByText('The server cannot be reached.').waitFor();
  portal.server.faults.length = 0;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
});

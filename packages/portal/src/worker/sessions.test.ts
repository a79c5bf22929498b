import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';
import { addSession } from '../testing/portal-state.ts';

const portal = usePortalPage();

test('S4 the own name leads to the own sign-ins; one elsewhere is ended, and the focus stays on the page', async () => {
  addSession(portal.server.state, 'there');
  const page = await portal.open('/portal');
  await page.getByRole('link', { name: 'Ada Moreau' }).click();
  await page.getByRole('heading', { name: 'Your sign-ins' }).waitFor();
  expect(await page.getByRole('listitem').count()).toBe(2);
  expect(await page.getByRole('listitem').filter({ hasText: 'This browser' }).getByRole('button').count()).toBe(0);
  await page.getByRole('button', { name: 'End' }).click();
  await page.getByText('That sign-in is ended.').waitFor();
  expect(await page.getByRole('listitem').count()).toBe(1);
  expect(
    await page.getByRole('heading', { name: 'Your sign-ins' }).evaluate((one) => one === document.activeElement),
  ).toBe(true);
  expect(portal.server.requests).toContain('POST sessions/there/end');
  expect(portal.complaints).toEqual([]);
});

test('S4 all others are ended at once; what fails is said', async () => {
  for (const id of ['one', 'two']) addSession(portal.server.state, id);
  const page = await portal.open('/portal/sessions');
  portal.server.faults.push({ path: /^sessions\/end-others$/, times: 9, what: 'lose-request' });
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('The server cannot be reached.').waitFor();
  expect(await page.getByRole('listitem').count()).toBe(3);
  portal.server.faults.length = 0;
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click();
  await page.getByText('You are signed out everywhere else.').waitFor();
  expect(await page.getByRole('listitem').count()).toBe(1);
  expect(await page.getByRole('button', { name: 'Sign out everywhere else' }).count()).toBe(0);
});

test('S4 who is signed out meanwhile is asked to sign in', async () => {
  portal.server.state.signedIn = false;
  const page = await portal.open('/portal/sessions');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

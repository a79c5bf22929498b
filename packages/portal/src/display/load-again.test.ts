import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';

const portal = usePortalPage({ locale: 'de-DE' });

test('a page whose script is cut off says so, and comes when it can be had', async () => {
  const page = await portal.open('/portal/sign-in');
  await page.getByRole('button', { name: 'Anmelden' }).waitFor();
  let lost = 0;
  await page.route('**/app.js', async (route) => {
    if (lost >= 2) return route.continue();
    lost += 1;
    return route.abort();
  });
  await page.reload();
  await page.getByText('Es wird von selbst wieder versucht.').waitFor();
  await page.getByRole('button', { name: 'Anmelden' }).waitFor();
  expect(lost).toBe(2);
  // The next loss is the first one again.
  expect(await page.evaluate(() => sessionStorage.getItem('holdpoint:loads'))).toBeNull();
  await page.unroute('**/app.js');
});

test('nothing is loaded while no server answers', async () => {
  const page = await portal.open('/portal/sign-in');
  await page.getByRole('button', { name: 'Anmelden' }).waitFor();
  let isDown = true;
  let asked = 0;
  await page.route('**/app.js', (route) => (isDown ? route.abort() : route.continue()));
  await page.reload();
  await page.route('**/portal/sign-in', (route) => {
    if (!isDown) return route.continue();
    asked += 1;
    return route.abort();
  });
  await expect.poll(() => asked).toBeGreaterThan(1);
  expect(await page.getByText('Es wird von selbst wieder versucht.').isVisible()).toBe(true);
  isDown = false;
  await page.getByRole('button', { name: 'Anmelden' }).waitFor();
  await page.unrouteAll();
});

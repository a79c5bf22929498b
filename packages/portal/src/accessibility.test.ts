// Every page, in both schemes and both widths: nothing for axe to find, nothing wider than the window.
import { expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from './testing/accessibility.ts';
import { pages } from './testing/pages.ts';
import { usePortalPage } from './testing/portal-page.ts';

const portal = usePortalPage();

const looks = [
  { width: 1280, dark: false },
  { width: 1280, dark: true },
  { width: 390, dark: false },
  { width: 390, dark: true },
];

test.each(pages)('R5: $name', async ({ path, prepare, until, act }) => {
  prepare?.(portal.server.state);
  const page = await portal.open(path);
  await page.getByText(until).first().waitFor();
  await act?.(page);
  for (const { width, dark } of looks) {
    await page.setViewportSize({ width, height: 844 });
    await page.emulateMedia({ colorScheme: dark ? 'dark' : 'light' });
    const look = `${width} pixels, ${dark ? 'dark' : 'light'}`;
    expect(await accessibilityFaults(page), look).toEqual([]);
    expect(await sidewaysScroll(page), look).toBe(0);
  }
  expect(portal.complaints).toEqual([]);
});

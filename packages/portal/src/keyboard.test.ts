// Every page by keyboard alone: what can be pressed is reached by Tab, is seen when it is, and lets go of the focus again.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { pages } from './testing/pages.ts';
import { usePortalPage } from './testing/portal-page.ts';

const portal = usePortalPage();

/** What can be pressed or filled in. Of a group of radio buttons the Tab key reaches one; the frame is one stop. */
const stops = 'a[href], button, input, select, textarea, iframe, summary, [tabindex="0"]';

/** Gives every stop a number, and says which are to be reached. */
const numbered = (page: Page): Promise<string[]> =>
  page.evaluate((stops) => {
    const within = document.querySelector('dialog[open]') ?? document;
    const isReached = (element: HTMLElement) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      element.tabIndex >= 0 &&
      !(element as HTMLButtonElement).disabled &&
      !(element.matches('[type=radio]') && !(element as HTMLInputElement).checked);
    const reached = [...within.querySelectorAll<HTMLElement>(stops)].filter(isReached);
    for (const [index, element] of reached.entries()) element.dataset.stop = `${index}`;
    return reached.map(({ dataset }) => dataset.stop!);
  }, stops);

/** Where the focus is, and whether it is seen there. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    // What is drawn for a control that is itself not seen.
    const drawn = getComputedStyle(element).opacity === '0' ? (element.nextElementSibling ?? element) : element;
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    const { width, height, bottom, right } = drawn.getBoundingClientRect();
    const isSeen = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    const least = element.matches('button, select, input:not([type=checkbox], [type=radio])') ? 24 : 1;
    const isThere = width >= least && height >= least && bottom > 0 && right > 0;
    return { stop: element.dataset.stop, what: element.outerHTML.slice(0, 100), isSeen, isThere };
  });

test.each(pages)(
  'R5: by keyboard alone: $name',
  async ({ path, prepare, until, act }) => {
    prepare?.(portal.server.state);
    const page = await portal.open(path);
    await page.getByText(until).first().waitFor();
    await act?.(page);
    const wanted = await numbered(page);
    const reached = new Set<string>();
    // The frame has stops of its own, and the browser one outside the page.
    for (let press = 0; press < wanted.length + 12 && reached.size < wanted.length; press += 1) {
      await page.keyboard.press('Tab');
      const { stop, what, isSeen, isThere } = await focused(page);
      if (stop === undefined) continue;
      reached.add(stop);
      if (what.startsWith('<iframe')) continue;
      expect({ what, isSeen, isThere }).toEqual({ what, isSeen: true, isThere: true });
    }
    expect(wanted.filter((stop) => !reached.has(stop))).toEqual([]);
  },
  60_000,
);

test('R5: a dialog holds the focus, closes by Escape and gives the focus back', async () => {
  const dialogs = [
    ['/portal/sign-in', 'Display and language'],
    ['/portal/work/a-t3', 'Release task'],
    ['/portal/work/a-t3', 'Decline task'],
    ['/portal/work/a-t3', 'Stop and resume later'],
  ];
  pages.find(({ name }) => name === 'work')?.prepare?.(portal.server.state);
  for (const [path, name] of dialogs) {
    const page = await portal.open(path!);
    const button = page.getByRole('button', { name: name!, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.evaluate((each) => each.contains(document.activeElement)), name).toBe(true);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await button.evaluate((each) => each === document.activeElement), name).toBe(true);
  }
}, 90_000);

// Every element in every state: what axe finds, light and dark; what moves although nothing is to move; what is lost in forced
// colours; and what is cut off or laid over each other with texts of 200 %, from right to left, and in narrow windows.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from './testing/crowd-page.ts';
import { allTags, everyElement, proofs } from './testing/every-element.ts';
import { looks } from './testing/looks.ts';
import { useTestImages } from './testing/test-images.ts';

const crowd = useCrowdPage();
const images = useTestImages();

const wide = { width: 1280, height: 800 };
const onRoot = (page: Page, change: string) => page.evaluate(`document.documentElement.${change}`);

/** How the page is looked at; each look leaves it as it was. */
const ways: Readonly<Record<string, (page: Page) => Promise<string[]>>> = {
  light: () => crowd.faults(),
  async dark(page) {
    await onRoot(page, 'style.cssText = "color-scheme: dark; background: Canvas"');
    const faults = await crowd.faults(['color-contrast']);
    await onRoot(page, 'style.cssText = ""');
    return faults;
  },
  'with reduced motion': looks.motion,
  async 'in forced colours'(page) {
    await page.emulateMedia({ forcedColors: 'active' });
    const faults = await looks.forced(page);
    await page.emulateMedia({ forcedColors: 'none' });
    return faults;
  },
};

/** What changes where things are. */
const sizes: typeof ways = {
  async 'right to left with text of 200 %'(page) {
    await onRoot(page, 'dir = "rtl"');
    await onRoot(page, 'style.fontSize = "200%"');
    const faults = [...(await looks.layout(page)), ...(await looks.sides(page))];
    await onRoot(page, 'style.fontSize = ""');
    await onRoot(page, 'dir = "ltr"');
    return faults;
  },
  async 'zoomed to 200 %'(page) {
    await page.setViewportSize({ width: 640, height: 400 });
    return looks.layout(page);
  },
  async 'on a phone'(page) {
    await page.setViewportSize({ width: 390, height: 844 });
    const faults = [...(await looks.layout(page)), ...(await looks.small(page, 24))];
    await page.setViewportSize(wide);
    return faults;
  },
};
/** States whose places another one has as well. */
const samePlaces = [
  // What follows shows the same and more.
  'empty',
  'disabled',
  'no label chosen',
  'being drawn',
  'a mark is not selected',
  'nothing to label',
  'read-only',
];

/** What all image tools have of their shell: looked at in one that draws shapes, and in one that paints. */
const ofTheShell = [
  'shortcuts are open',
  'settings are open',
  'instructions are open',
  'an unreadable attribute',
  'a broken image',
  'disabled',
  'nothing to label',
];
const withTheShell = ['crowd-bounding-box', 'crowd-semantic-segmentation'];

test('no element is missing here', () => {
  expect(everyElement.flatMap(({ tags }) => tags).toSorted()).toEqual(allTags.toSorted());
});

describe('every element in every state', () => {
  test.each(everyElement)(
    '$tags.0',
    async ({ tags, html, states }) => {
      const page = await crowd.openForm(html(images));
      const found: string[] = [];
      const isImageTool = 'a broken image' in states && 'being drawn' in states;
      for (const [state, enter] of Object.entries(states)) {
        if (isImageTool && !withTheShell.includes(tags[0]!) && ofTheShell.includes(state)) continue;
        await enter(page);
        if (state in proofs) await page.locator(proofs[state]!).filter({ visible: true }).first().waitFor();
        const all = samePlaces.includes(state) ? ways : { ...ways, ...sizes };
        for (const [way, look] of Object.entries(all))
          for (const fault of await look(page)) found.push(`${state}, ${way}: ${fault}`);
      }
      expect(found).toEqual([]);
      // Some two hundred looks at a tool: on a busy machine more than a minute.
    },
    240_000,
  );
});

import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const box = '<div id="box" style="width: 100px; height: 40px; margin: 60px; background: #ddd"></div>';

/** How far the middle of the badge is from the top right corner of `selector`. */
const distance = (selector: string) =>
  crowd.page.evaluate((selector) => {
    const at = document.querySelector('crowd-badge')!.shadowRoot!.querySelector('.badge')!.getBoundingClientRect();
    const corner = document.querySelector(selector)!.getBoundingClientRect();
    return Math.max(Math.abs(at.x + at.width / 2 - corner.right), Math.abs(at.y + at.height / 2 - corner.top));
  }, selector);

describe('crowd-badge', () => {
  test.each([
    ['before the element', `<crowd-badge for="box" label="3"></crowd-badge>${box}`],
    ['after the element', `${box}<crowd-badge for="box" label="3"></crowd-badge>`],
    ['without an end tag', `<crowd-badge for="box" label="3"/>${box}`],
    [
      'in something moved',
      `<div style="position: relative; left: 30px; transform: rotate(0) translate(9px)">${box}<crowd-badge for="box" label="3"></crowd-badge></div>`,
    ],
    [
      'in a scrolled box',
      `<div id="scroller" tabindex="0" style="height: 90px; overflow: auto; position: relative">${box}<crowd-badge for="box" label="3"></crowd-badge><p style="height: 900px"></div>`,
    ],
  ])('%s it floats over its corner, also after scrolling and resizing', async (_title, content) => {
    const page = await crowd.openForm(content);
    await expect.poll(() => distance('#box')).toBeLessThan(1.5);
    await page.evaluate(
      'box.style.width = "220px"; box.before(Object.assign(document.createElement("p"), { textContent: "more" }))',
    );
    await expect.poll(() => distance('#box')).toBeLessThan(1.5);
    await page.evaluate('window.scroller && (scroller.scrollTop = 40)');
    await expect.poll(() => distance('#box')).toBeLessThan(1.5);
    expect(await page.locator('#box').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('without for it floats over its parent, and where there is no such element too', async () => {
    const page = await crowd.openForm(
      '<div id="p" style="width: 80px; margin: 50px">x<crowd-badge label="1"></crowd-badge></div>',
    );
    await expect.poll(() => distance('#p')).toBeLessThan(1.5);
    await page.evaluate('document.querySelector("crowd-badge").for = "nobody"');
    await expect.poll(() => distance('#p')).toBeLessThan(1.5);
    expect(crowd.complaints).toEqual([]);
  });

  test.each([
    ['label="12"', '12', 0],
    ['label="12345"', '123', 0],
    ['label="12" icon="star"', '', 1],
    ['icon="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="', '', 1],
  ])('%s shows "%s" and %i pictures', async (attributes, text, pictures) => {
    const page = await crowd.openForm(`${box}<crowd-badge for="box" ${attributes}></crowd-badge>`);
    const badge = page.locator('crowd-badge .badge');
    expect((await badge.textContent())?.trim()).toBe(text);
    expect(await badge.locator('svg, img').count()).toBe(pictures);
    expect(await crowd.faults()).toEqual([]);
  });

  test('goes with its element when that is hidden, comes back with it, and has none without a label', async () => {
    const page = await crowd.openForm(`${box}<crowd-badge for="box" label="1"></crowd-badge>`);
    const badge = page.locator('crowd-badge .badge');
    await page.evaluate('box.style.display = "none"');
    await expect.poll(() => badge.isVisible()).toBe(false);
    await page.evaluate('box.style.display = ""');
    await expect.poll(() => badge.isVisible()).toBe(true);
    await page.evaluate('document.querySelector("crowd-badge").label = ""');
    await expect.poll(() => badge.isVisible()).toBe(false);
  });
});

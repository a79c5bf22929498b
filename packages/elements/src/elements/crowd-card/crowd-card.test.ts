import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const picture = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';

describe('crowd-card', () => {
  test('has no accessibility faults, shows heading and picture, and its controls count', async () => {
    const page = await crowd.openForm(
      `<crowd-card heading="One" image="${picture}"><crowd-input name="a" label="A" value="x"></crowd-input></crowd-card>`,
    );
    expect(await crowd.faults()).toEqual([]);
    expect(await page.getByRole('heading', { name: 'One' }).count()).toBe(1);
    expect(await page.locator('crowd-card img').getAttribute('src')).toBe(picture);
    expect(await crowd.answer()).toEqual({ a: 'x' });
  });

  test.each([
    ['alt="A red car"', 'A red car'],
    ['', ''],
  ])('%s: the picture has the text "%s"', async (attributes, expected) => {
    const page = await crowd.openForm(`<crowd-card image="${picture}" ${attributes}></crowd-card>`);
    expect(await page.locator('crowd-card img').getAttribute('alt')).toBe(expected);
    expect(await crowd.faults()).toEqual([]);
  });

  test('takes width and padding from the page, also when made by script', async () => {
    const page = await crowd.openForm('<style>crowd-card { width: 321px; padding: 3px }</style><div id="box"></div>');
    await page.evaluate('box.append(Object.assign(document.createElement("crowd-card"), { heading: "Made" }))');
    expect(
      await page
        .locator('crowd-card')
        .evaluate((card) => [getComputedStyle(card).width, getComputedStyle(card).padding]),
    ).toEqual(['321px', '3px']);
    expect(await page.getByRole('heading', { name: 'Made' }).count()).toBe(1);
  });
});

import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const words = ['Strongly disagree', 'Disagree', 'Neither agree nor disagree', 'Agree', 'Strongly agree'];
const scale = words
  .map((word, index) => `<crowd-slider-label id="l${index + 1}" position="${index + 1}">${word}</crowd-slider-label>`)
  .join('');
const slider = (content: string) =>
  `<crowd-slider id="s" name="q" min="1" max="5" aria-label="Opinion">${content}</crowd-slider><p id="below">Below</p>`;
const middle = async (selector: string) => {
  const box = await crowd.page.locator(selector).boundingBox();
  return box ? box.x + box.width / 2 : Number.NaN;
};

describe('crowd-slider-label', () => {
  test.each([1280, 390])(
    'long labels, %i wide: below their values, none over its neighbour or what follows',
    async (width) => {
      const page = await crowd.openForm(slider(scale));
      await page.setViewportSize({ width, height: 800 });
      const boxes = () =>
        page
          .locator('crowd-slider-label')
          .evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().toJSON() as DOMRect));
      const below = async () => (await page.locator('#below').boundingBox())?.y ?? 0;
      await expect
        .poll(async () => Math.max(...(await boxes()).map(({ bottom }) => bottom)) <= (await below()) + 0.5)
        .toBe(true);
      const all = await boxes();
      for (const [index, box] of all.entries())
        if (index > 0) expect(box.left).toBeGreaterThanOrEqual(all[index - 1]!.right);
      expect(Math.abs((await middle('#l3')) - (await middle('#s input')))).toBeLessThan(2);
      const bar = await page.locator('#s').boundingBox();
      expect(all[0]!.left).toBeGreaterThanOrEqual(bar!.x);
      expect(all[4]!.right).toBeLessThanOrEqual(bar!.x + bar!.width);
      expect(await crowd.faults()).toEqual([]);
      await page.setViewportSize({ width: 1280, height: 800 });
    },
  );

  test('follows its position, and counts as 0 without one', async () => {
    const page = await crowd.openForm(
      '<crowd-slider id="s" name="q" max="10"><crowd-slider-label id="l" position="0">a</crowd-slider-label><crowd-slider-label id="m" position="x">b</crowd-slider-label></crowd-slider>',
    );
    const left = (selector: string) => page.locator(selector).evaluate((label) => label.getBoundingClientRect().left);
    expect(await left('#m')).toBe(await left('#l'));
    await page.evaluate('l.position = 5');
    await expect.poll(async () => Math.abs((await middle('#l')) - (await middle('#s input'))) < 2).toBe(true);
    await page.evaluate(
      `s.insertAdjacentHTML('beforeend', '<crowd-slider-label id="n" position="5">c</crowd-slider-label>')`,
    );
    await expect.poll(async () => Math.abs((await middle('#n')) - (await middle('#s input'))) < 2).toBe(true);
  });

  test('the label at the present value is read with it', async () => {
    const page = await crowd.openForm(slider(scale));
    const control = page.getByRole('slider', { name: 'Opinion' });
    expect(await control.getAttribute('aria-valuetext')).toBe('1, Strongly disagree');
    await control.press('ArrowRight');
    await expect.poll(() => control.getAttribute('aria-valuetext')).toBe('2, Disagree');
    expect(await crowd.answer()).toEqual({ q: 2 });
  });
});

import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-slider', () => {
  testFormControl(crowd, {
    tag: 'crowd-slider',
    attributes: 'min="1" max="5" pin editable aria-label="Clarity"',
    content:
      '<crowd-slider-label position="1">low</crowd-slider-label><crowd-slider-label position="5">high</crowd-slider-label>',
    before: 1,
    after: 3,
    act: async (page) => {
      await page.getByRole('slider', { name: 'Clarity' }).click();
    },
    keys: ['Tab', 'ArrowRight', 'ArrowRight'],
    property: ['value', 4, 4],
    requirable: false,
    twice: { attributes: ['value="2"', 'value="5"'], answer: 5, warns: true },
  });

  test.each([
    ['', 0],
    ['value="150"', 100],
    ['min="10" max="20"', 10],
    ['value="5.68" step="0.01" max="10"', 5.68],
    ['value="2.4"', 2],
    ['value="abc" min="3"', 3],
    ['min="0" max="1" step="0.1" value="0.3"', 0.3],
    ['min="-5" max="5" value="-2"', -2],
    ['min="5" max="1"', 5],
  ])('with %s has the value %s', async (attributes, expected) => {
    const page = await crowd.openForm(`<crowd-slider id="s" name="q" ${attributes}></crowd-slider>`);
    expect(await crowd.answer()).toEqual({ q: expected });
    expect(Number(await page.locator('#s input').inputValue())).toBe(expected);
  });

  test('keys: arrows one step, pages ten, Home and End the limits', async () => {
    const page = await crowd.openForm('<crowd-slider id="s" name="q" value="50" data-watch></crowd-slider>');
    await page.locator('#s input').focus();
    const after = async (key: string) => {
      await page.keyboard.press(key);
      return page.evaluate('s.value');
    };
    expect([
      await after('ArrowLeft'),
      await after('PageUp'),
      await after('PageDown'),
      await after('Home'),
      await after('End'),
    ]).toEqual([49, 59, 49, 0, 100]);
    expect((await crowd.events()).filter((event) => event === 's:change').length).toBe(5);
  });

  test('the number field of an editable one follows and leads', async () => {
    const page = await crowd.openForm('<crowd-slider id="s" name="q" editable value="7"></crowd-slider>');
    const field = page.getByRole('spinbutton');
    expect(await field.inputValue()).toBe('7');
    await field.fill('230');
    await field.blur();
    expect(await crowd.answer()).toEqual({ q: 100 });
    expect(await field.inputValue()).toBe('100');
  });

  test('labels stand below their values', async () => {
    const page = await crowd.openForm(
      `<crowd-slider id="s" name="q" max="10" value="5"><crowd-slider-label position="0">a</crowd-slider-label><crowd-slider-label position="5">b</crowd-slider-label></crowd-slider>`,
    );
    const middle = async (selector: string) => {
      const box = await page.locator(selector).boundingBox();
      return box ? box.x + box.width / 2 : Number.NaN;
    };
    expect(Math.abs((await middle('crowd-slider-label[position="5"]')) - (await middle('#s input')))).toBeLessThan(2);
    expect(await middle('crowd-slider-label[position="0"]')).toBeLessThan(
      await middle('crowd-slider-label[position="5"]'),
    );
  });

  test('a pinned value shows above the knob while it moves, no other one does', async () => {
    const page = await crowd.openForm(
      '<crowd-slider id="s" name="q" pin value="7"></crowd-slider><crowd-slider id="t" name="t"></crowd-slider>',
    );
    const pin = page.locator('#s .pin');
    expect(await pin.isVisible()).toBe(false);
    await page.locator('#s input').focus();
    await page.keyboard.press('ArrowRight');
    expect(await pin.isVisible()).toBe(true);
    expect(await pin.textContent()).toBe('8');
    expect((await pin.boundingBox())!.y).toBeLessThan((await page.locator('#s input').boundingBox())!.y);
    expect(await page.locator('#t .pin').count()).toBe(0);
  });

  test('a second bar as far as secondary-progress, in the colour of the page', async () => {
    const page = await crowd.openForm(
      `<style>crowd-slider { --crowd-slider-secondary-color: rgb(1, 2, 3) }</style>
       <crowd-slider id="s" name="q" max="10" secondary-progress="4"></crowd-slider><crowd-slider id="t" name="t"></crowd-slider>`,
    );
    const [bar, second] = [
      await page.locator('#s .bar').boundingBox(),
      await page.locator('#s .secondary').boundingBox(),
    ];
    expect(second!.width / bar!.width).toBeCloseTo(0.4);
    expect(await page.locator('#s .secondary').evaluate((each) => getComputedStyle(each).backgroundColor)).toBe(
      'rgb(1, 2, 3)',
    );
    expect(await page.locator('#t .secondary').count()).toBe(0);
    await page.evaluate('s.secondaryProgress = 20');
    await expect.poll(async () => (await page.locator('#s .secondary').boundingBox())!.width / bar!.width).toBe(1);
    expect(await crowd.answer()).toEqual({ q: 0, t: 0 });
  });

  test('onchange of the template hears it, input comes while it moves, and required blocks nothing', async () => {
    const page = await crowd.openForm(
      '<crowd-slider id="s" name="q" required data-watch onchange="seen = this.value"></crowd-slider>',
    );
    await page.locator('#s input').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate('seen')).toBe(1);
    expect(await crowd.events()).toEqual(['s:input', 's:change']);
    await page.evaluate('s.value = 0');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ q: 0 }]);
  });
});

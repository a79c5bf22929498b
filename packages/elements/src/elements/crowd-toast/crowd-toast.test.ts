import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

/** Opens a page in which long timers wait until `elapse` runs them. */
async function open(content: string) {
  return crowd.open(`<!DOCTYPE html><html lang="en"><title>Task</title><script>
    waiting = new Map();
    { const start = window.setTimeout, stop = window.clearTimeout;
      let last = 1e9;
      window.setTimeout = (action, wait, ...rest) => wait >= 100 ? (waiting.set(++last, { action, wait }), last) : start(action, wait, ...rest);
      window.clearTimeout = (id) => waiting.delete(id) || stop(id);
      elapse = () => { for (const [id, { action }] of [...waiting]) { waiting.delete(id); action(); } };
    }</script>${scriptTag}<main><crowd-form>${content}<input name="a" value="1" aria-label="a"></crowd-form></main>`);
}
const visible = async () => {
  const toasts = await crowd.page.locator('crowd-toast .toast:popover-open').allInnerTexts();
  return toasts.map((text) => text.trim());
};
const waits = () => crowd.page.evaluate('[...waiting.values()].map(({ wait }) => wait)');

describe('crowd-toast', () => {
  test.each([
    ['', [3000]],
    ['duration="10000"', [10000]],
    ['duration="10"', [10000]],
    ['duration="0"', []],
    ['duration="-5"', [3000]],
    ['duration="soon"', [3000]],
    ['duration="9e99"', [2147483647]],
  ])('opened at load with %s it waits %j milliseconds and goes', async (attributes, expected) => {
    const page = await open(`<crowd-toast id="t" text="Saved" opened ${attributes}></crowd-toast>`);
    expect(await visible()).toEqual(['Saved']);
    expect(await waits()).toEqual(expected);
    expect(await page.getByRole('status').filter({ hasText: 'Saved' }).count()).toBe(1);
    expect(await crowd.faults()).toEqual([]);
    await page.mouse.move(1, 1);
    await page.evaluate('elapse()');
    await expect.poll(visible).toEqual(expected.length > 0 ? [] : ['Saved']);
    expect(await page.evaluate('t.opened')).toBe(expected.length === 0);
  });

  test('is closed at first; scripts open and close it; text and content are shown as text', async () => {
    const page = await open('<crowd-toast id="t" text="&lt;b&gt;Saved">and <i>kept</i></crowd-toast>');
    expect(await visible()).toEqual([]);
    expect(await page.getByText('kept').isVisible()).toBe(false);
    await page.evaluate('t.open()');
    await expect.poll(visible).toEqual(['<b>Saved']);
    expect(await page.getByText('kept').isVisible()).toBe(true);
    await page.evaluate('t.close()');
    await expect.poll(visible).toEqual([]);
    await page.evaluate('t.opened = true');
    await expect.poll(visible).toEqual(['<b>Saved']);
    await page.getByRole('button', { name: 'Close' }).click();
    await expect.poll(visible).toEqual([]);
    await page.evaluate('elapse()');
    expect(await waits()).toEqual([]);
  });

  test('only one is visible at a time', async () => {
    const page = await open(
      '<crowd-toast id="t" text="One" opened></crowd-toast><crowd-toast id="u" text="Two"></crowd-toast>',
    );
    await page.evaluate('u.open()');
    await expect.poll(visible).toEqual(['Two']);
    expect(await page.evaluate('[t.opened, u.opened]')).toEqual([false, true]);
    await page.evaluate('u.remove(); t.open()');
    await expect.poll(visible).toEqual(['One']);
    await page.evaluate('document.querySelector("main").append(t)');
    await expect.poll(visible).toEqual(['One']);
  });

  test('stays while the pointer or the focus is on it', async () => {
    const page = await open('<crowd-toast id="t" text="Read me" opened></crowd-toast>');
    await page.locator('crowd-toast .toast').hover();
    await page.evaluate('elapse()');
    expect(await visible()).toEqual(['Read me']);
    await page.mouse.move(1, 1);
    await page.getByRole('button', { name: 'Close' }).focus();
    await page.evaluate('elapse()');
    expect(await visible()).toEqual(['Read me']);
    await page.getByRole('textbox').focus();
    await page.evaluate('elapse()');
    await expect.poll(visible).toEqual([]);
  });

  test('adds nothing to the answer and leaves the form usable under it', async () => {
    const page = await open('<crowd-toast text="Saved" opened duration="0"></crowd-toast>');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(JSON.parse(await page.locator('#answers-box pre').innerText())).toEqual({ a: '1' });
  });
});

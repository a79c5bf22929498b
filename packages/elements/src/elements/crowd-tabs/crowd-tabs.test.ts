import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const tabs = (one = 'First text', two = 'Second text') => `<crowd-tabs id="t">
  <crowd-tab header="One">${one}</crowd-tab><crowd-tab header="Two <b>">${two}</crowd-tab><crowd-tab>Third text</crowd-tab></crowd-tabs>`;
const shown = async () => {
  const texts = ['First text', 'Second text', 'Third text'];
  const visible = await Promise.all(texts.map((text) => crowd.page.getByText(text).isVisible()));
  return texts.filter((_text, index) => visible[index]);
};
const submit = () => crowd.page.getByRole('button', { name: 'Submit' }).click();

describe('crowd-tabs', () => {
  test('shows the first tab, others by click; headers are text; a tab without one has a number', async () => {
    const page = await crowd.openForm(tabs());
    expect(await page.getByRole('tab').allTextContents()).toEqual(['One', 'Two <b>', 'Tab 3']);
    expect(await shown()).toEqual(['First text']);
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('tab', { name: 'Two <b>' }).click();
    expect(await shown()).toEqual(['Second text']);
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Two <b>');
    expect(await page.getByRole('tabpanel').count()).toBe(1);
    expect(await page.getByRole('tabpanel', { name: 'Two <b>' }).count()).toBe(1);
    expect(await crowd.faults()).toEqual([]);
  });

  test.each([
    ['ltr', 'ArrowRight', 'ArrowLeft'],
    ['rtl', 'ArrowLeft', 'ArrowRight'],
  ])('keys, %s: one tab stop, arrows go on and round, Home and End to the ends', async (dir, on, back) => {
    const page = await crowd.openForm(
      `<div dir="${dir}"><button id="start" type="button">start</button>${tabs()}</div>`,
    );
    await page.locator('#start').focus();
    await page.keyboard.press('Tab');
    const after = async (key: string) => {
      await page.keyboard.press(key);
      const [focused] = await page.locator('#t button:focus').allTextContents();
      return [focused, ...(await shown())];
    };
    expect(await after(on)).toEqual(['Two <b>', 'Second text']);
    expect(await after('End')).toEqual(['Tab 3', 'Third text']);
    expect(await after(on)).toEqual(['One', 'First text']);
    expect(await after(back)).toEqual(['Tab 3', 'Third text']);
    expect(await after('Home')).toEqual(['One', 'First text']);
    await page.keyboard.press('Tab');
    expect(await page.locator('#t button:focus').count()).toBe(0);
  });

  test('controls in a hidden tab are in the answer; a frame in it is not loaded again', async () => {
    const page = await crowd.openForm(
      tabs(
        '<crowd-input name="a" label="A" value="1"></crowd-input>',
        '<crowd-checkbox name="b">B</crowd-checkbox><iframe title="f" srcdoc="frame"></iframe>',
      ),
    );
    expect(await crowd.answer()).toEqual({ a: '1', b: { on: false } });
    await page.evaluate('frames[0].mark = "kept"');
    await page.getByRole('tab', { name: 'Two' }).click();
    await page.getByRole('checkbox', { name: 'B' }).check();
    await page.getByRole('tab', { name: 'One' }).click();
    expect(await page.evaluate('frames[0].mark')).toBe('kept');
    await submit();
    expect(await crowd.submitted()).toEqual([{ a: '1', b: { on: true } }]);
  });

  test.each([
    ['a crowd control', '<crowd-input id="x" name="x" label="X" required></crowd-input>'],
    ['a native control', '<input id="x" name="x" aria-label="X" required>'],
    [
      'a control in tabs in a dialog',
      `<crowd-modal><crowd-tabs><crowd-tab header="i">i</crowd-tab><crowd-tab header="ii"><crowd-input id="x" name="x" label="X" required></crowd-input></crowd-tab></crowd-tabs></crowd-modal>`,
    ],
  ])('%s that blocks submission brings its tab to the front and gets the focus', async (_title, control) => {
    const page = await crowd.openForm(tabs('First text', control));
    await submit();
    expect(await page.evaluate('document.activeElement.id')).toBe('x');
    expect(await page.locator('#x').isVisible()).toBe(true);
    expect(await page.getByRole('tab', { name: 'Two', selected: true, includeHidden: true }).count()).toBe(1);
    await page.keyboard.type('filled');
    await page.keyboard.press('Escape');
    await submit();
    expect(await crowd.submitted()).toEqual([{ x: 'filled' }]);
  });

  test('a classifier that needs an answer brings its tab to the front too', async () => {
    const page = await crowd.openForm(
      tabs('First text', `<crowd-classifier id="c" name="c" header="C" categories="['a']"></crowd-classifier>`),
    );
    await submit();
    expect(await page.getByText('Please choose a category.').isVisible()).toBe(true);
    await page.keyboard.press('Space');
    await submit();
    expect(await crowd.submitted()).toEqual([{ c: { label: 'a' } }]);
  });

  test('keys go to the widget that is shown', async () => {
    const widget = (name: string) =>
      `<crowd-classifier name="${name}" header="${name}" categories="['a', 'b']"></crowd-classifier>`;
    const page = await crowd.openForm(tabs(widget('one'), widget('two')));
    await page.getByRole('tab', { name: 'Two' }).click();
    await page.keyboard.press('2');
    expect(await crowd.answer()).toEqual({ two: { label: 'b' } });
    await page.getByRole('tab', { name: 'One' }).click();
    await page.keyboard.press('1');
    expect(await crowd.answer()).toEqual({ one: { label: 'a' }, two: { label: 'b' } });
  });

  test('tabs may come, go, change their header and stand alone', async () => {
    const page = await crowd.openForm(`${tabs()}<crowd-tab header="Lonely">Alone</crowd-tab><crowd-tabs></crowd-tabs>`);
    expect(await page.getByText('Alone').isVisible()).toBe(true);
    await page.evaluate(
      `t.insertAdjacentHTML('beforeend', '<crowd-tab header="Four">Fourth text</crowd-tab>'); t.children[0].header = 'Uno'`,
    );
    await expect.poll(() => page.getByRole('tab').allTextContents()).toEqual(['Uno', 'Two <b>', 'Tab 3', 'Four']);
    await page.getByRole('tab', { name: 'Four' }).click();
    await page.evaluate('t.lastElementChild.remove()');
    await expect.poll(shown).toEqual(['First text']);
    await page.evaluate(
      't.style.display = "block"; document.head.insertAdjacentHTML("beforeend", "<style>crowd-tab { display: flex }</style>")',
    );
    expect(await shown()).toEqual(['First text']);
  });
});

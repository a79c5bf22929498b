import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const modal = (attributes = '', content = '<p>Inside</p>') =>
  `<crowd-modal id="m" ${attributes}>${content}</crowd-modal>`;
const inside = () => crowd.page.getByText('Inside').isVisible();

describe('crowd-modal', () => {
  test.each([
    ['', 'Click to open modal', 'link'],
    ['link-text="More"', 'More', 'link'],
    ['link-text="More" link-type="button"', 'More', 'button-trigger'],
    ['link-text="More" link-type="odd"', 'More', 'link'],
  ])(
    'with %s its trigger is "%s" and looks like a %s; it opens and closes in every way',
    async (attributes, text, look) => {
      const page = await crowd.openForm(modal(attributes));
      const trigger = page.getByRole('button', { name: text });
      expect(await trigger.getAttribute('class')).toContain(look);
      expect(await inside()).toBe(false);
      expect(await crowd.faults()).toEqual([]);
      await trigger.click();
      expect(await page.getByRole('dialog', { name: text }).isVisible()).toBe(true);
      expect(await inside()).toBe(true);
      expect(await crowd.faults()).toEqual([]);
      await page.keyboard.press('Escape');
      expect(await inside()).toBe(false);
      expect(await page.evaluate('document.activeElement === m')).toBe(true);
      await page.keyboard.press('Enter');
      await page.mouse.click(3, 3);
      expect(await inside()).toBe(false);
      await trigger.click();
      await page.getByRole('button', { name: 'Close' }).click();
      expect(await inside()).toBe(false);
    },
  );

  test('scripts open and close it', async () => {
    const page = await crowd.openForm(modal());
    await page.evaluate('m.open()');
    expect([await inside(), await page.evaluate('m.opened')]).toEqual([true, true]);
    await page.evaluate('m.close()');
    expect([await inside(), await page.evaluate('m.opened')]).toEqual([false, false]);
    await page.evaluate('m.opened = true');
    expect(await inside()).toBe(true);
    await page.evaluate('m.opened = false');
    expect(await inside()).toBe(false);
    await crowd.openForm(modal('opened'));
    expect(await inside()).toBe(true);
  });

  test('sizes', async () => {
    const widths: number[] = [];
    for (const size of ['', 'size="large"', 'size="fullscreen"']) {
      const page = await crowd.openForm(modal(`opened ${size}`));
      widths.push((await page.getByRole('dialog').boundingBox())?.width ?? 0);
    }
    expect(widths).toEqual([520, 900, 1264]);
  });

  test('in a form, its controls count, open or not, and a required one opens it', async () => {
    const page = await crowd.openForm(
      modal(
        '',
        '<crowd-input id="i" name="a" label="A" required></crowd-input><input name="b" value="2" aria-label="b">',
      ),
    );
    expect(await crowd.answer()).toEqual({ b: '2' });
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.evaluate('document.activeElement.id')).toBe('i');
    await page.keyboard.type('x');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ a: 'x', b: '2' }]);
    expect(crowd.complaints).toEqual([]);
  });

  test('outside of the form its controls do not count and block nothing, as with a native form; it says so', async () => {
    const page = await crowd.open(
      `<main><crowd-form><crowd-input name="a" label="A" value="1"></crowd-input></crowd-form>${modal('', '<crowd-input name="b" label="B" required></crowd-input>')}</main>`,
    );
    await page.evaluate(
      'document.querySelector("crowd-form").transport = ({ answerContent }) => { submitted.push(answerContent) }',
    );
    expect(crowd.complaints).toEqual([]);
    await page.evaluate('m.open()');
    expect(crowd.complaints).toEqual([expect.stringContaining('will not hold b')]);
    await page.getByRole('textbox', { name: 'B' }).fill('x');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ a: '1' }]);
  });
});

import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-text-area', () => {
  testFormControl(crowd, {
    tag: 'crowd-text-area',
    attributes: 'label="Notes"',
    before: undefined,
    after: 'one\ntwo',
    act: (page) =>
      page
        .getByLabel('Notes')
        .fill('one\ntwo')
        .then(() => page.getByLabel('Notes').blur()),
    keys: ['Tab', 'o', 'n', 'e', 'Enter', 't', 'w', 'o', 'Tab'],
    property: ['value', 'set', 'set'],
    requirable: true,
    twice: { attributes: ['value="1"', 'value="2"'], answer: '2', warns: true },
  });

  test('grows with its text up to max-rows', async () => {
    const page = await crowd.openForm('<crowd-text-area id="a" name="q" rows="2" max-rows="4"></crowd-text-area>');
    const height = async () => (await page.locator('#a textarea').boundingBox())?.height ?? 0;
    const two = await height();
    await page.locator('#a textarea').fill('1\n2\n3');
    const three = await height();
    await page.locator('#a textarea').fill('1\n2\n3\n4\n5\n6\n7\n8');
    const eight = await height();
    expect(three).toBeGreaterThan(two);
    expect(eight).toBeGreaterThan(three);
    expect(eight).toBeLessThan(two + 3 * (three - two));
  });

  test('counts characters, keeps exact text, and can be read-only', async () => {
    const text = `ñ "quoted" <b> & 'x' 😀`;
    const page = await crowd.openForm(
      '<crowd-text-area id="a" name="q" char-counter max-length="50"></crowd-text-area>',
    );
    await page.locator('#a textarea').fill(text);
    expect(await page.locator('#a .counter').textContent()).toBe(`${[...text].length} / 50`);
    expect(await crowd.answer()).toEqual({ q: text });
    await page.evaluate('a.readOnly = true');
    expect(await page.locator('#a textarea').isEditable()).toBe(false);
    expect(await crowd.answer()).toEqual({ q: text });
  });

  test('auto-focus, placeholder, allowed characters and error message as in the single-line field', async () => {
    const page = await crowd.openForm(
      '<crowd-text-area id="a" name="q" auto-focus placeholder="Type here" allowed-pattern="[a-z]" auto-validate required error-message="Say it."></crowd-text-area>',
    );
    expect(await page.evaluate('document.activeElement.id')).toBe('a');
    expect(await page.locator('#a textarea').getAttribute('placeholder')).toBe('Type here');
    await page.keyboard.type('a1b');
    expect(await crowd.answer()).toEqual({ q: 'ab' });
    await page.evaluate('a.value = null');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.locator('#a #complaint').textContent()).toBe('Say it.');
  });

  test('a carriage return becomes a line feed', async () => {
    const page = await crowd.openForm('<crowd-text-area id="a" name="q"></crowd-text-area>');
    await page.evaluate('a.value = "1\\r\\n2\\r3"');
    expect(await crowd.answer()).toEqual({ q: '1\n2\n3' });
  });

  test('begins with one line and the text of value; content between its tags does not count', async () => {
    const page = await crowd.openForm('<crowd-text-area id="a" name="q" value="given">content</crowd-text-area>');
    expect(await crowd.answer()).toEqual({ q: 'given' });
    expect(await page.locator('#a textarea').getAttribute('rows')).toBe('1');
    expect(await page.locator('#a').innerText()).toBe('');
    expect(await page.locator('#a .counter').count()).toBe(0);
  });

  test('the counter without a limit; nothing more than max-length can be typed; read-only text counts', async () => {
    const page = await crowd.openForm(
      `<crowd-text-area id="a" name="a" label="A" char-counter></crowd-text-area>
       <crowd-text-area id="b" name="b" label="B" max-length="3"></crowd-text-area>
       <crowd-text-area id="c" name="c" label="C" value="given" required read-only></crowd-text-area>`,
    );
    await page.getByRole('textbox', { name: 'A' }).fill('four');
    expect(await page.locator('#a .counter').textContent()).toBe('4');
    await page.getByRole('textbox', { name: 'B' }).click();
    await page.keyboard.type('abcdef');
    await page.getByRole('textbox', { name: 'C' }).click();
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ a: 'four', b: 'abc', c: 'given' }]);
  });

  test('is as wide as the cell of a table that it stands in', async () => {
    const page = await crowd.openForm(
      '<table><tr><td style="width: 222px; padding: 0"><crowd-text-area id="a" name="q"></crowd-text-area></table>',
    );
    expect((await page.locator('#a textarea').boundingBox())?.width).toBeLessThanOrEqual(222);
    expect((await page.locator('#a').boundingBox())?.width).toBe(222);
  });
});

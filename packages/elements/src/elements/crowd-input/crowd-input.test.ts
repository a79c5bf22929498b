import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-input', () => {
  testFormControl(crowd, {
    tag: 'crowd-input',
    attributes: 'label="Name"',
    before: undefined,
    after: 'Ada',
    act: (page) =>
      page
        .getByLabel('Name')
        .fill('Ada')
        .then(() => page.getByLabel('Name').blur()),
    keys: ['Tab', 'A', 'd', 'a', 'Tab'],
    property: ['value', 'set', 'set'],
    requirable: true,
    twice: { attributes: ['value="1"', 'value="2"'], answer: '2', warns: true },
  });

  test('the label names the field, floats, and the error message shows', async () => {
    const page = await crowd.openForm(
      '<crowd-input id="i" name="q" label="Code" required error-message="We need the code."></crowd-input>',
    );
    const label = page.locator('#i label');
    const resting = (await label.boundingBox())?.y ?? 0;
    await page.getByLabel('Code').fill('x');
    await expect.poll(async () => (await label.boundingBox())?.y ?? 0).toBeLessThan(resting);
    await page.getByLabel('Code').fill('');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.locator('#i #complaint').textContent()).toBe('We need the code.');
  });

  test('untouched initial text counts; null clears; Enter does not submit', async () => {
    const page = await crowd.openForm('<crowd-input id="i" name="q" value="given"></crowd-input>');
    expect(await crowd.answer()).toEqual({ q: 'given' });
    await page.locator('#i').click();
    await page.keyboard.press('Enter');
    expect(await crowd.submitted()).toEqual([]);
    await page.evaluate('i.value = null');
    expect(await crowd.answer()).toEqual({});
    expect(await page.locator('#i input').inputValue()).toBe('');
  });

  test.each([
    ['max-length="3"', 'abcdef', 'abc'],
    ['maxlength="2"', 'abc', 'ab'],
    ['allowed-pattern="[0-9]" auto-validate', 'a1b2', '12'],
    ['allowed-pattern="[0-9]"', 'a1', 'a1'],
    ['allowed-pattern="[" auto-validate', 'a1', 'a1'],
  ])('typing with %s', async (attributes, typed, expected) => {
    const page = await crowd.openForm(`<crowd-input id="i" name="q" ${attributes}></crowd-input>`);
    await page.locator('#i').click();
    await page.keyboard.type(typed);
    expect(await crowd.answer()).toEqual({ q: expected });
  });

  test.each([
    ['min-length="3" value="ab"', false],
    ['min-length="3" value="abc"', true],
    ['min-length="3"', true],
    ['type="number" value="1.5"', true],
    ['type="email" value="nobody"', false],
  ])('%s can be submitted: %s', async (attributes, expected) => {
    const page = await crowd.openForm(`<crowd-input id="i" name="q" ${attributes}></crowd-input>`);
    expect(await page.evaluate('i.checkValidity()')).toBe(expected);
  });

  test('a number and a date are text in the answer; text that the field refuses is none', async () => {
    await crowd.openForm(
      `<crowd-input name="n" type="number" value="12"></crowd-input><crowd-input name="d" type="date" value="2024-02-29"></crowd-input>
       <crowd-input name="bad" type="date" value="soon"></crowd-input>`,
    );
    expect(await crowd.answer()).toEqual({ d: '2024-02-29', n: '12' });
  });

  test('offers the options of a datalist of the page', async () => {
    const page = await crowd.openForm(
      '<crowd-input id="i" name="q" list="colours"></crowd-input><datalist id="colours"><option value="red"></datalist>',
    );
    await page.locator('#i').click();
    await expect.poll(() => page.locator('#i datalist option').getAttribute('value')).toBe('red');
  });

  test.each(['read-only', 'readonly'])('%s: its text counts, and nothing can be typed', async (attribute) => {
    const page = await crowd.openForm(
      `<crowd-input id="i" name="q" value="given" label="L" required ${attribute}></crowd-input>`,
    );
    expect(await page.locator('#i input').isEditable()).toBe(false);
    await page.locator('#i').click();
    await page.keyboard.type('x');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ q: 'given' }]);
  });

  test('auto-validate complains while the worker types', async () => {
    const page = await crowd.openForm(
      '<crowd-input id="i" name="q" label="L" min-length="3" auto-validate></crowd-input>',
    );
    await page.locator('#i').click();
    await page.keyboard.type('ab');
    expect(await page.locator('#i #complaint').textContent()).toBe('Please use at least 3 characters.');
    await page.keyboard.type('c');
    await expect.poll(() => page.locator('#i #complaint').textContent()).toBe('');
  });

  test('auto-focus takes the focus', async () => {
    const page = await crowd.openForm(
      '<crowd-input name="a"></crowd-input><crowd-input id="i" name="q" auto-focus></crowd-input>',
    );
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('i');
  });

  test('three fields of which two are filled give two texts; a placeholder is none', async () => {
    const page = await crowd.openForm(
      `<crowd-input name="first" label="First"></crowd-input><crowd-input name="last" label="Last"></crowd-input>
       <crowd-input id="more" name="more" placeholder="As you like"></crowd-input>`,
    );
    expect(await page.locator('#more').getByPlaceholder('As you like').isVisible()).toBe(true);
    await page.getByLabel('First').fill('Ada');
    await page.getByLabel('Last').fill('L.');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ first: 'Ada', last: 'L.' }]);
  });

  test('fires input with each character and change when it is left; scripts can move the focus to it', async () => {
    const page = await crowd.openForm('<crowd-input id="i" name="q" label="L" data-watch></crowd-input>');
    await page.evaluate('i.focus()');
    await page.keyboard.type('ab');
    expect(await crowd.events()).toEqual(['i:input', 'i:input']);
    await page.keyboard.press('Tab');
    expect(await crowd.events()).toEqual(['i:input', 'i:input', 'i:change']);
  });

  test.each(['min-length', 'minlength'])('%s is checked when the form is submitted, not before', async (attribute) => {
    const page = await crowd.openForm(`<crowd-input id="i" name="q" label="L" ${attribute}="3"></crowd-input>`);
    await page.getByRole('textbox', { name: 'L' }).fill('ab');
    expect(await page.locator('#i #complaint').textContent()).toBe('');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#i #complaint').textContent()).toBe('Please use at least 3 characters.');
    expect(await page.locator('#i input').getAttribute('aria-invalid')).toBe('true');
    await page.getByRole('textbox', { name: 'L' }).fill('abc');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ q: 'abc' }]);
  });

  test('of a file its name is the answer, with a warning', async () => {
    const page = await crowd.openForm('<crowd-input id="i" name="q" type="file" label="Scan"></crowd-input>');
    await page
      .locator('#i input')
      .setInputFiles({ name: 'page 1.txt', mimeType: 'text/plain', buffer: Buffer.from('content') });
    expect(await crowd.answer()).toEqual({ q: 'page 1.txt' });
    expect(crowd.complaints).toEqual(['The answer holds only the name of the file in "q".']);
    await page.evaluate('document.querySelector("crowd-form").reset()');
    expect(await crowd.answer()).toEqual({});
  });
});

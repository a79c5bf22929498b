import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const animals = (attributes = '') => `
  <button id="start" type="button">start</button>
  <crowd-radio-group id="g" name="ignored" ${attributes}>
    <crowd-radio-button name="cat" value="yes">Cat</crowd-radio-button><br>
    <div><crowd-radio-button name="dog" value="yes" data-watch id="dog">Dog</crowd-radio-button></div>
    <crowd-radio-button name="cow" value="yes" disabled>Cow</crowd-radio-button>
    <crowd-radio-button name="emu" value="yes">Emu</crowd-radio-button>
  </crowd-radio-group>`;
const chosen = (name?: string) => ({
  ...Object.fromEntries(['cat', 'dog', 'emu'].map((each) => [each, { yes: each === name }])),
});

describe('crowd-radio-group', () => {
  test('has no accessibility faults', async () => {
    const page = await crowd.openForm(animals('required'));
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.faults()).toEqual([]);
  });

  test('one choice clears the others; the buttons answer under their own names', async () => {
    const page = await crowd.openForm(animals());
    expect(await crowd.answer()).toEqual(chosen());
    await page.getByText('Cat').click();
    await page.getByText('Dog').click();
    expect(await crowd.answer()).toEqual(chosen('dog'));
    await page.getByText('Dog').click();
    expect(await crowd.answer()).toEqual(chosen('dog'));
    expect(await page.evaluate('[...g.querySelectorAll("crowd-radio-button")].map((each) => each.checked)')).toEqual([
      false,
      true,
      false,
      false,
    ]);
    expect(await crowd.events()).toContain('dog:change');
  });

  test('same name and different values merge', async () => {
    const page = await crowd.openForm(`<crowd-radio-group>
      <crowd-radio-button name="pet" value="cat">Cat</crowd-radio-button><crowd-radio-button name="pet" value="dog">Dog</crowd-radio-button>
    </crowd-radio-group>`);
    await page.getByText('Cat').click();
    expect(await crowd.answer()).toEqual({ pet: { cat: true, dog: false } });
  });

  test('is one tab stop in which arrows move and choose', async () => {
    const page = await crowd.openForm(`${animals()}<button id="end" type="button">end</button>`);
    await page.locator('#start').focus();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('Tab', 'Space');
    expect(await crowd.answer()).toEqual(chosen('cat'));
    await press('ArrowDown', 'ArrowRight');
    expect(await crowd.answer()).toEqual(chosen('emu'));
    await press('ArrowDown');
    expect(await crowd.answer()).toEqual(chosen('cat'));
    await press('ArrowUp', 'ArrowLeft');
    expect(await crowd.answer()).toEqual(chosen('dog'));
    await press('Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('end');
    await press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('dog');
  });

  test('set by script, the last one wins', async () => {
    const page = await crowd.openForm(animals());
    await page.evaluate('g.querySelector("[name=cat]").checked = true; dog.checked = true');
    expect(await crowd.answer()).toEqual(chosen('dog'));
    expect(await crowd.events()).toEqual([]);
  });

  test('required on the group blocks until one is chosen', async () => {
    const page = await crowd.openForm(animals('required'));
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#g #complaint').first().textContent()).not.toBe('');
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([chosen('cat')]);
  });

  test('disabled disables its buttons; allow-empty-selection lets a choice be taken back', async () => {
    const page = await crowd.openForm(animals('disabled'));
    expect(await page.getByRole('radio', { name: 'Cat' }).isDisabled()).toBe(true);
    expect(await crowd.answer()).toEqual({});
    await crowd.openForm(animals('allow-empty-selection'));
    await page.getByText('Cat').click();
    await page.getByText('Cat').click();
    expect(await crowd.answer()).toEqual(chosen());
  });

  test('required on any of its buttons blocks as well; of two that are checked at the start the last one is', async () => {
    const page = await crowd.openForm(
      `<crowd-radio-group><crowd-radio-button name="a" value="yes" required>A</crowd-radio-button>
       <crowd-radio-button name="b" value="yes">B</crowd-radio-button></crowd-radio-group>`,
    );
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([]);
    await page.getByText('B', { exact: true }).click();
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([{ a: { yes: false }, b: { yes: true } }]);
    await crowd.openForm(
      `<crowd-radio-group><crowd-radio-button name="a" value="yes" checked>A</crowd-radio-button>
       <crowd-radio-button name="b" value="yes" checked>B</crowd-radio-button></crowd-radio-group>`,
    );
    expect(await crowd.answer()).toEqual({ a: { yes: false }, b: { yes: true } });
  });
});

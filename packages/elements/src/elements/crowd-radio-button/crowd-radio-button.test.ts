import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-radio-button', () => {
  testFormControl(crowd, {
    tag: 'crowd-radio-button',
    content: 'Agree',
    before: { on: false },
    after: { on: true },
    act: (page) => page.getByRole('radio', { name: 'Agree' }).click(),
    keys: ['Tab', 'Space'],
    property: ['checked', true, { on: true }],
    requirable: false,
    twice: {
      attributes: ['value="blur" checked', 'value="noise"'],
      answer: { blur: true, noise: false },
      warns: false,
    },
  });

  test('outside a group, buttons of one name are independent, and a second click takes the choice back', async () => {
    const page = await crowd.openForm(
      '<crowd-radio-button name="q" value="a" data-watch id="a">A</crowd-radio-button><crowd-radio-button name="q" value="b">B</crowd-radio-button>',
    );
    await page.getByText('A', { exact: true }).click();
    await page.getByText('B', { exact: true }).click();
    expect(await crowd.answer()).toEqual({ q: { a: true, b: true } });
    await page.getByText('A', { exact: true }).click();
    expect(await crowd.answer()).toEqual({ q: { a: false, b: true } });
    expect((await crowd.events()).filter((event) => event === 'a:change').length).toBe(2);
  });
});

import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-checkbox', () => {
  testFormControl(crowd, {
    tag: 'crowd-checkbox',
    content: 'Agree',
    before: { on: false },
    after: { on: true },
    act: (page) => page.getByRole('checkbox', { name: 'Agree' }).click(),
    keys: ['Tab', 'Space'],
    property: ['checked', true, { on: true }],
    requirable: true,
    twice: {
      attributes: ['value="blur" checked', 'value="noise"'],
      answer: { blur: true, noise: false },
      warns: false,
    },
  });

  test('one click is one event, in which the new state is visible, and which can be cancelled', async () => {
    const page = await crowd.openForm(
      '<crowd-checkbox id="c" name="q" data-watch onclick="seen = this.checked">Agree</crowd-checkbox>',
    );
    await page.getByText('Agree').click();
    expect(await page.evaluate('seen')).toBe(true);
    expect(await crowd.events()).toEqual(['c:click', 'c:input', 'c:change']);
    await page.evaluate('c.onclick = (event) => event.preventDefault()');
    await page.getByText('Agree').click();
    expect(await crowd.answer()).toEqual({ q: { on: true } });
    expect(await page.evaluate('c.hasAttribute("checked")')).toBe(true);
  });

  test('answers to click() by script and to a label of the page', async () => {
    const page = await crowd.openForm(
      '<crowd-checkbox id="c" name="q"></crowd-checkbox><label for="c">Outside</label>',
    );
    await page.evaluate('c.click()');
    expect(await crowd.answer()).toEqual({ q: { on: true } });
    await page.getByText('Outside').click();
    expect(await crowd.answer()).toEqual({ q: { on: false } });
    expect(await page.getByRole('checkbox', { name: 'Outside' }).count()).toBe(1);
  });

  test('an empty value is on, a given one is the key, and any text of checked is true', async () => {
    await crowd.openForm(
      '<crowd-checkbox name="a" value=""></crowd-checkbox><crowd-checkbox name="b" value="__proto__" checked="false">B</crowd-checkbox>',
    );
    expect(await crowd.page.evaluate('JSON.stringify(document.querySelector("crowd-form").value)')).toBe(
      '{"a":{"on":false},"b":{"__proto__":true}}',
    );
  });
});

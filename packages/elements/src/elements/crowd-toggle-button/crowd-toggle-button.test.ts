import { describe, expect, test } from 'vitest';
import { testFormControl } from '../../internal/form-control.cases.ts';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-toggle-button', () => {
  testFormControl(crowd, {
    tag: 'crowd-toggle-button',
    content: 'Agree',
    before: { on: false },
    after: { on: true },
    act: (page) => page.getByRole('switch', { name: 'Agree' }).click(),
    keys: ['Tab', 'Space'],
    property: ['checked', true, { on: true }],
    requirable: true,
    twice: {
      attributes: ['value="blur" checked', 'value="noise"'],
      answer: { blur: true, noise: false },
      warns: false,
    },
  });

  test('the alert colour of an invalid switch shows only while it is off', async () => {
    const page = await crowd.openForm(
      '<crowd-toggle-button id="t" name="q" invalid style="--crowd-toggle-invalid-color: rgb(1, 2, 3)">On</crowd-toggle-button>',
    );
    const colour = () => page.locator('#t .mark').evaluate((mark) => getComputedStyle(mark).backgroundColor);
    expect(await colour()).toBe('rgb(1, 2, 3)');
    await page.getByRole('switch').click();
    expect(await colour()).not.toBe('rgb(1, 2, 3)');
  });
});

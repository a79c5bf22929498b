import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-alert', () => {
  test('has no accessibility faults in any type', async () => {
    await crowd.openForm(
      ['info', 'success', 'warning', 'error', 'odd']
        .map((type) => `<crowd-alert type="${type}" dismissible>Text</crowd-alert>`)
        .join(''),
    );
    expect(await crowd.faults()).toEqual([]);
    expect(await crowd.page.locator('crowd-alert').getByRole('alert').count()).toBe(2);
    expect(await crowd.page.locator('crowd-alert').getByRole('status').count()).toBe(3);
  });

  test('works when it is put in by innerHTML, and its button removes it', async () => {
    const page = await crowd.openForm('<div id="box"></div>');
    await page.evaluate(`box.innerHTML = '<crowd-alert type="error" dismissible>Choose <b>one</b>.</crowd-alert>'`);
    expect(await page.getByText('Choose one.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('crowd-alert', { hasText: 'Choose' }).count()).toBe(0);
  });
});

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

  test.each([
    ['', true],
    ['visible', true],
    ['visible="false"', true],
  ])('with %j it is visible: %s; a script hides and shows it', async (attributes, expected) => {
    const page = await crowd.openForm(`<crowd-alert id="a" type="error" ${attributes}>Text</crowd-alert>`);
    const visible = () => page.getByText('Text').isVisible();
    expect(await visible()).toBe(expected);
    await page.evaluate('a.visible = false');
    await expect.poll(visible).toBe(false);
    expect(await page.locator('#a').boundingBox()).toBe(null);
    await page.evaluate('a.visible = true');
    await expect.poll(visible).toBe(true);
    await page.evaluate('a.setAttribute("visible", ""); a.removeAttribute("visible")');
    await expect.poll(visible).toBe(false);
  });

  test('works when it is put in by innerHTML, and its button removes it', async () => {
    const page = await crowd.openForm('<div id="box"></div>');
    await page.evaluate(`box.innerHTML = '<crowd-alert type="error" dismissible>Choose <b>one</b>.</crowd-alert>'`);
    expect(await page.getByText('Choose one.').isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Close' }).click();
    expect(await page.locator('crowd-alert', { hasText: 'Choose' }).count()).toBe(0);
  });

  test('is an information without a type, looks like its type, and adds nothing to the answer', async () => {
    const types = ['info', 'success', 'warning', 'error'];
    const page = await crowd.openForm(
      `<crowd-alert id="none" name="a">Text</crowd-alert>${types.map((type) => `<crowd-alert id="${type}" type="${type}">Text</crowd-alert>`).join('')}`,
    );
    const look = (id: string) =>
      page
        .locator(`#${id} [part], #${id} [role]`)
        .first()
        .evaluate((box) => getComputedStyle(box).backgroundColor);
    const looks = [];
    for (const type of types) looks.push(await look(type));
    expect(new Set(looks).size).toBe(4);
    expect(await look('none')).toBe(looks[0]);
    expect(await crowd.answer()).toEqual({});
  });
});

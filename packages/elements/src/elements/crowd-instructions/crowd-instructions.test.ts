import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();
const all = `<crowd-instructions link-text="How to" link-type="button">
  <short-summary>Short <b id="bold">text</b></short-summary>
  <detailed-instructions>Details</detailed-instructions>
  <positive-example>Good 1</positive-example><positive-example>Good 2</positive-example>
  <negative-example>Bad 1</negative-example>
</crowd-instructions>`;

describe('crowd-instructions', () => {
  test('has no accessibility faults, closed or open', async () => {
    const page = await crowd.openForm(all);
    expect(await crowd.faults()).toEqual([]);
    await page.getByRole('button', { name: 'How to' }).click();
    expect(await crowd.faults()).toEqual([]);
  });

  test('opens a dialog with a tab for each kind, walked by arrows; Esc gives the focus back', async () => {
    const page = await crowd.openForm(all);
    expect(await page.getByText('Short text').isVisible()).toBe(false);
    await page.getByRole('button', { name: 'How to' }).click();
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Summary', 'Detailed Instructions', 'Examples']);
    expect(await page.getByText('Short text').isVisible()).toBe(true);
    await page.getByRole('tab', { name: 'Summary' }).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await page.getByText('Good 2').isVisible()).toBe(true);
    expect(await page.getByText('Bad 1').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByText('Bad 1').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.localName)).toBe('crowd-instructions');
    expect(await page.evaluate('bold.parentElement.parentElement.localName')).toBe('crowd-instructions');
  });

  test.each([
    ['short-summary', 'Summary'],
    ['detailed-instructions', 'Detailed Instructions'],
    ['negative-example', 'Examples'],
  ])('a control in %s that keeps the answer back is shown', async (region, tab) => {
    const page = await crowd.openForm(
      `<crowd-instructions><short-summary>First</short-summary>
        <${region}><crowd-input id="seen" name="seen" label="Initials" required></crowd-input></${region}>
      </crowd-instructions><p>Task</p>`,
    );
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe(tab);
    expect(await page.evaluate('document.activeElement.id')).toBe('seen');
    expect(await page.locator('#seen #complaint, #seen .complaint').first().isVisible()).toBe(true);
    await page.keyboard.type('AL');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await crowd.submitted()).toEqual([{ seen: 'AL' }]);
  });

  test('has tabs only for what there is', async () => {
    const page = await crowd.openForm(
      '<crowd-instructions><detailed-instructions>Only</detailed-instructions></crowd-instructions>',
    );
    await page.getByRole('button', { name: 'Click for instructions' }).click();
    expect(await page.getByRole('tab').allTextContents()).toEqual(['Detailed Instructions']);
    expect(await page.getByText('Only').isVisible()).toBe(true);
  });

  test('its trigger is a link or a button; good and bad examples are told apart by more than their place', async () => {
    const page = await crowd.openForm(
      `<crowd-instructions><short-summary>s</short-summary></crowd-instructions>${all}<crowd-instructions link-type="odd" link-text="Odd"><short-summary>s</short-summary></crowd-instructions>`,
    );
    const look = (name: string) => page.getByRole('button', { name, exact: true }).getAttribute('class');
    const [link, button] = [await look('Click for instructions'), await look('How to')];
    expect(link).not.toBe(button);
    expect(await look('Odd')).toBe(link);
    await page.getByRole('button', { name: 'How to' }).click();
    await page.getByRole('tab', { name: 'Examples' }).click();
    const edges = await page
      .locator('positive-example, negative-example')
      .evaluateAll((examples) => examples.map((each) => getComputedStyle(each).borderInlineStartColor));
    expect(edges[0]).toBe(edges[1]);
    expect(edges[2]).not.toBe(edges[0]);
    expect(await page.locator('crowd-instructions .kind').allTextContents()).toHaveLength(2);
    expect(await crowd.answer()).toEqual({});
  });
});

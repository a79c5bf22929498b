// What holds for both round buttons.
import { expect, test } from 'vitest';
import type { CrowdPage } from '../testing/crowd-page.ts';

export function testRoundButton(crowd: CrowdPage, tag: string): void {
  const button = (attributes: string, after = `</${tag}>`) => `<${tag} id="b" data-watch ${attributes}>${after}`;

  test('has no accessibility faults, and a name from its title or its icon', async () => {
    const page = await crowd.openForm(
      `${button('icon="search" title="Find it"')}<${tag} icon="question-answer"></${tag}><${tag} icon="star" disabled></${tag}>
       <${tag} icon="/pictures/red-cross.png" aria-label="Red cross"></${tag}><${tag}></${tag}`,
    );
    expect(await crowd.faults()).toEqual([]);
    for (const name of ['Find it', 'question answer', 'star', 'Red cross'])
      expect(await page.getByRole('button', { name, exact: true }).count()).toBe(1);
    expect(await page.locator(`${tag} img`).getAttribute('src')).toBe('/pictures/red-cross.png');
    await page.evaluate('b.title = "Now"');
    expect(await page.getByRole('button', { name: 'Now' }).count()).toBe(1);
  });

  test('fires one click, by mouse, keys or script; disabled none', async () => {
    const page = await crowd.openForm(`<input name="a" value="1">${button('icon="star" title="Go"')}`);
    await page.getByRole('button', { name: 'Go' }).click();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await page.evaluate('b.click()');
    expect(await crowd.events()).toEqual(['b:click', 'b:click', 'b:click', 'b:click']);
    await page.evaluate('b.disabled = true; b.click(); b.dispatchEvent(new MouseEvent("click", { bubbles: true }))');
    await page.locator('#b button').click({ force: true });
    expect((await crowd.events()).length).toBe(4);
    expect(await crowd.submitted()).toEqual([]);
  });

  test('a listener of its own may submit the form', async () => {
    const page = await crowd.openForm(`<input name="a" value="1">${button('icon="star" title="Go"')}`);
    await page.evaluate('b.addEventListener("click", () => document.querySelector("crowd-form").submit())');
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await crowd.submitted()).toEqual([{ a: '1' }]);
  });

  test('without an end tag, what follows is shown, works and counts, also when the button is disabled', async () => {
    const page = await crowd.openForm(
      button(
        'icon="star" title="Go" disabled',
        `<p id="after">After</p><crowd-input name="a" label="A"></crowd-input>
        <crowd-button id="inner" data-watch>Inner</crowd-button>`,
      ),
    );
    expect(await page.getByText('After').isVisible()).toBe(true);
    expect(await page.locator('#after').evaluate((after) => after.closest('button'))).toBe(null);
    await page.getByRole('textbox', { name: 'A' }).fill('x');
    await page.getByRole('button', { name: 'Inner' }).click();
    expect(await crowd.events()).toContain('inner:click');
    expect(await crowd.answer()).toEqual({ a: 'x' });
    await page.locator('#after').click();
    expect(await page.evaluate('document.activeElement === b')).toBe(false);
    expect(await crowd.faults()).toEqual([]);
  });
}

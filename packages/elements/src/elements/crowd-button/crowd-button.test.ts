import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';

const crowd = useCrowdPage();

describe('crowd-button', () => {
  test('has no accessibility faults in any variant', async () => {
    await crowd.openForm(`<crowd-button>Normal</crowd-button><crowd-button variant="primary" icon="star">Primary</crowd-button>
      <crowd-button variant="link">Link</crowd-button><crowd-button variant="icon" icon="search" title="Search"></crowd-button>
      <crowd-button disabled>Off</crowd-button><crowd-button loading>Busy</crowd-button><crowd-button href="https://example.com">Away</crowd-button>`);
    expect(await crowd.faults()).toEqual([]);
    expect(await crowd.page.getByRole('button').allTextContents()).toBeTruthy();
    expect(await crowd.page.getByRole('button', { name: 'Search' }).count()).toBe(1);
    expect(await crowd.page.getByRole('link', { name: 'Away' }).getAttribute('href')).toBe('https://example.com');
  });

  test('without form-action it only fires one click, by mouse, key or script', async () => {
    const page = await crowd.openForm('<input name="a" value="1"><crowd-button id="b" data-watch>Go</crowd-button>');
    await page.getByRole('button', { name: 'Go' }).click();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Space');
    await page.evaluate('b.click()');
    expect(await crowd.events()).toEqual(['b:click', 'b:click', 'b:click', 'b:click']);
    expect(await crowd.submitted()).toEqual([]);
  });

  test.each(['disabled', 'loading', 'disabled loading', 'disabled="false"'])('%s blocks clicks', async (attribute) => {
    const page = await crowd.openForm(
      `<input name="a" value="1"><crowd-button id="b" data-watch form-action="submit" ${attribute}>Go</crowd-button>`,
    );
    await page.evaluate('b.click(); b.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))');
    await page.locator('#b').click({ force: true });
    expect(await crowd.events()).toEqual([]);
    expect(await crowd.submitted()).toEqual([]);
    await page.evaluate('b.disabled = b.loading = false');
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await crowd.submitted()).toEqual([{ a: '1' }]);
  });

  test('submits after its click listeners, which may fill fields or cancel', async () => {
    const page = await crowd.openForm(
      '<input type="hidden" name="a"><crowd-button id="b" form-action="submit">Go</crowd-button>',
    );
    await page.evaluate('b.onclick = (event) => event.preventDefault()');
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await crowd.submitted()).toEqual([]);
    await page.evaluate('b.onclick = () => { document.querySelector("[name=a]").value = "filled" }');
    await page.getByRole('button', { name: 'Go' }).click();
    expect(await crowd.submitted()).toEqual([{ a: 'filled' }]);
  });

  test('submits from the shadow tree of another element, which suppresses the automatic button', async () => {
    const page = await crowd.openForm('<input name="a" value="1"><div id="host"></div>');
    expect(await page.getByRole('button', { name: 'Submit' }).count()).toBe(1);
    await page.evaluate(
      'host.attachShadow({ mode: "open" }).innerHTML = "<crowd-button form-action=submit>Inside</crowd-button>"',
    );
    await page.getByRole('button', { name: 'Inside' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Submit' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Inside' }).click();
    expect(await crowd.submitted()).toEqual([{ a: '1' }]);
  });
});

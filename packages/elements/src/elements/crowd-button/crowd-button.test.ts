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

  test('icon, picture, side, one line, link and frame are as the attributes say', async () => {
    const dot = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
    const page =
      await crowd.openForm(`<crowd-button icon="star">left</crowd-button><crowd-button icon="star" icon-align="right">right</crowd-button>
      <crowd-button icon="star" icon-url="${dot}">picture</crowd-button><div style="width: 100px"><crowd-button id="one" wrap-text>a rather long text</crowd-button>
      <crowd-button id="many">a rather long text</crowd-button></div><crowd-button href="https://example.com" target="_blank">away</crowd-button>
      <crowd-button variant="icon" icon="search">Find</crowd-button><crowd-button variant="icon" icon="no-such-icon" title="Odd"></crowd-button>`);
    const order = (name: string) =>
      page.getByRole('button', { name }).evaluate((button) => {
        const icon = button.querySelector('svg')!.getBoundingClientRect();
        const box = button.getBoundingClientRect();
        return icon.x + icon.width / 2 < box.x + box.width / 2;
      });
    expect([await order('left'), await order('right')]).toEqual([true, false]);
    expect(await page.getByRole('button', { name: 'picture' }).locator('img').getAttribute('src')).toBe(dot);
    expect(await page.getByRole('button', { name: 'picture' }).locator('svg').count()).toBe(0);
    const height = async (id: string) => (await page.locator(`#${id} button`).boundingBox())?.height ?? 0;
    expect(await height('one')).toBeLessThan(await height('many'));
    expect(await page.getByRole('link', { name: 'away' }).getAttribute('target')).toBe('_blank');
    expect((await page.getByRole('button', { name: 'Find' }).boundingBox())?.width).toBeLessThan(60);
    expect(await page.getByRole('button', { name: 'Odd' }).locator('svg').count()).toBe(1);
    expect(await crowd.faults()).toEqual([]);
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

  test('its variant shows; without one it is primary where it submits, else normal; loading wins over disabled', async () => {
    const page = await crowd.openForm(
      `<crowd-button id="normal" variant="normal">a</crowd-button><crowd-button id="none">b</crowd-button><crowd-button id="odd" variant="odd">c</crowd-button>
       <crowd-button id="primary" variant="primary">d</crowd-button><crowd-button id="submit" form-action="submit">e</crowd-button>
       <crowd-button id="reset" form-action="reset">f</crowd-button><crowd-button id="link" variant="link">g</crowd-button>
       <crowd-button id="calm" form-action="submit" variant="normal">h</crowd-button><crowd-button id="busy" loading disabled icon="star">i</crowd-button>`,
    );
    const look = (id: string) =>
      page.locator(`#${id} button`).evaluate((button) => {
        const { backgroundColor, borderTopColor, color } = getComputedStyle(button);
        return [backgroundColor, borderTopColor, color].join();
      });
    const [normal, primary, link] = [await look('normal'), await look('primary'), await look('link')];
    expect(new Set([normal, primary, link]).size).toBe(3);
    for (const id of ['none', 'odd', 'reset', 'calm']) expect([id, await look(id)]).toEqual([id, normal]);
    expect(await look('submit')).toBe(primary);
    expect(await page.locator('#busy .spinner').isVisible()).toBe(true);
    expect(await page.locator('#busy svg').count()).toBe(0);
    expect(await page.locator('#busy button').getAttribute('aria-busy')).toBe('true');
    expect(await crowd.answer()).toEqual({});
  });
});

// How the script is loaded, when the page is ready, and what happens to tags that are not there.
import { describe, expect, test } from 'vitest';
import { scriptTag, useCrowdPage } from './testing/crowd-page.ts';

const crowd = useCrowdPage({ loadsAnew: true });
const body = '<crowd-form><crowd-input name="a" label="A" value="1"></crowd-input></crowd-form>';

describe('loading', () => {
  test.each([
    ['before the doctype, in quirks mode', `${scriptTag}<!DOCTYPE html>${body}`, 'BackCompat'],
    ['after the doctype', `<!DOCTYPE html>${scriptTag}${body}`, 'CSS1Compat'],
    ['twice', `<!DOCTYPE html>${scriptTag}${scriptTag}${body}${scriptTag}`, 'CSS1Compat'],
    [
      'under both names',
      `<!DOCTYPE html><link rel="stylesheet" href="/crowd-html-elements-v2.css">${scriptTag}${scriptTag.replace('.js', '-v2.js')}${body}`,
      'CSS1Compat',
    ],
    ['at the end', `<!DOCTYPE html>${body}${scriptTag}`, 'CSS1Compat'],
    ['deferred', `<!DOCTYPE html>${scriptTag.replace('<script', '<script defer')}${body}`, 'CSS1Compat'],
    ['in a table cell without any frame', `${scriptTag}<table><tr><td>${body}</table>`, 'BackCompat'],
  ])('%s: the form works and the page is ready once', async (_title, source, mode) => {
    const page = await crowd.open(source);
    expect(await page.evaluate(() => document.compatMode)).toBe(mode);
    expect(await crowd.answer()).toEqual({ a: '1' });
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await page.locator('#answers-box').innerText()).toContain('"a": "1"');
    expect(await page.evaluate('ready')).toBe(1);
    expect(crowd.complaints).toEqual([]);
  });

  test('after the page was loaded, by a script, it is ready once too', async () => {
    const page = await crowd.open(
      `<!DOCTYPE html>${body}<script>addEventListener('load', () => setTimeout(() => document.body.append(Object.assign(document.createElement('script'), { src: '/crowd-html-elements.js' }))))</script>`,
    );
    expect(await crowd.answer()).toEqual({ a: '1' });
    expect(await page.evaluate('ready')).toBe(1);
  });

  test('ready comes after the last inline script, when every shadow tree is there, and reaches the window', async () => {
    const page = await crowd.open(`<!DOCTYPE html>${scriptTag}${body}<crowd-card heading="H"></crowd-card>
      <script>seen = []; const look = (who) => seen.push([who, ...[...document.querySelectorAll('crowd-form, crowd-input, crowd-card')].map((each) => each.shadowRoot.childElementCount > 0)]);
        document.addEventListener('all-crowd-elements-ready', () => look('document')); window.addEventListener('all-crowd-elements-ready', () => look('window'));</script>`);
    expect(await page.evaluate('seen')).toEqual([
      ['document', true, true, true],
      ['window', true, true, true],
    ]);
  });

  test('the page style yields to any rule of the template', async () => {
    const page =
      await crowd.open(`<!DOCTYPE html>${scriptTag}<style>* { font-family: monospace } input { padding: 1px } html { --crowd-accent: rgb(9, 8, 7) }</style>
      <crowd-form><input id="i"><short-instructions>s</short-instructions></crowd-form>`);
    expect(
      await page
        .locator('#i')
        .evaluate((input) => [getComputedStyle(input).padding, getComputedStyle(document.body).fontFamily]),
    ).toEqual(['1px', 'monospace']);
    expect(
      await page.getByRole('button', { name: 'Submit' }).evaluate((button) => getComputedStyle(button).backgroundColor),
    ).toBe('rgb(9, 8, 7)');
  });
});

const line = (id: string) => `<crowd-line id="${id}" name="${id}" labels="['Kerb']"></crowd-line>`;

describe('tools', () => {
  test('are loaded when the page uses them, with one copy of Lit, and the page is ready after them', async () => {
    const page = await crowd.open(`<!DOCTYPE html>${scriptTag}<crowd-form>${line('a')}</crowd-form>
      <script>document.addEventListener('all-crowd-elements-ready', () => { seen = a.shadowRoot?.querySelector('.stage') !== null })</script>`);
    expect(await page.evaluate('seen')).toBe(true);
    expect(await page.evaluate('globalThis.litElementVersions.length')).toBe(1);
    const tools = await page.evaluate(
      `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)`,
    );
    expect((tools as string[]).filter((path) => /crowd-(line|polygon)/.test(path))).toEqual([
      expect.stringMatching(/^\/tools\/crowd-line-.{8}\.js$/),
    ]);
  });

  test('that a script inserts later, also within something else, are loaded then', async () => {
    const page = await crowd.openForm('<div id="box"></div>');
    await page.evaluate((html) => {
      document.querySelector('#box')!.innerHTML = `<section>${html}</section>`;
    }, line('late'));
    await page.waitForFunction('late.shadowRoot?.querySelector(".stage")');
  });

  test('whose module does not come say so and keep the form from being submitted', async () => {
    await crowd.page.route('**/tools/**', (route) => route.abort());
    const page = await crowd.openForm(`${line('a')}<crowd-input name="b" label="B" value="1"></crowd-input>`);
    await crowd.page.unroute('**/tools/**');
    expect(await page.getByText('<crowd-line> could not be loaded. Please reload the page.').first().isVisible()).toBe(
      true,
    );
    await page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.getByText('One answer still needs your attention.').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
  });

  test('that are still on their way keep the form from being submitted', async () => {
    let go = () => {};
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    await crowd.page.route('**/tools/**', (route) => gate.then(() => route.continue()));
    const opened = crowd.openForm(`${line('a')}`);
    await crowd.page.getByRole('button', { name: 'Submit' }).click();
    expect(await crowd.page.getByText('One answer still needs your attention.').isVisible()).toBe(true);
    go();
    await opened;
    await crowd.page.unroute('**/tools/**');
    expect(await crowd.page.evaluate('a.shadowRoot.querySelector(".stage") !== null')).toBe(true);
  });
});

describe('elements that are not there', () => {
  test('an unknown one is marked, also when it comes late, until the template defines it', async () => {
    const page = await crowd.openForm('<crowd-2d-thing id="one">inner</crowd-2d-thing><div id="box"></div>');
    const notice = (id: string) =>
      page.locator(`#${id}`).evaluate((element) => getComputedStyle(element, '::before').content);
    expect(await notice('one')).toBe('"<crowd-2d-thing> is not supported by this version."');
    await page.evaluate(`box.innerHTML = '<section><crowd-other id="two"></crowd-other></section>'`);
    await expect.poll(() => notice('two')).toBe('"<crowd-other> is not supported by this version."');
    await page.evaluate(
      `customElements.define('crowd-2d-thing', class extends HTMLElement { constructor() { super(); this.attachShadow({ mode: 'open' }).innerHTML = '<slot></slot>' } })`,
    );
    expect(await notice('one')).toBe('none');
    expect(await page.getByText('inner').isVisible()).toBe(true);
    expect(crowd.complaints).toEqual([]);
  });
});

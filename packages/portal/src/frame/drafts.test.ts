// Drafts: what a worker enters into the page of a task is told, and put back into the page that is loaded anew.
import type { Draft } from '@holdpoint/protocol';
import type { Frame, Route } from 'playwright-core';
import { expect, test } from 'vitest';
import { usePortalPage } from '../testing/portal-page.ts';

const portal = usePortalPage();

type Heard = {
  readonly kind: string;
  readonly draft?: Draft;
  readonly message?: string;
  readonly answerContent?: unknown;
};
interface Opening {
  readonly draft?: Draft | null;
  readonly readOnly?: boolean;
  /** The portal has the draft only when the page is ready. */
  readonly isLate?: boolean;
  /** What becomes of the code of tools. */
  readonly tools?: (route: Route) => Promise<void>;
}

/** The page of a task in the frame of the portal's page, in a browser profile of its own. */
async function open(
  body: string,
  { draft = null, readOnly = false, isLate = false, tools }: Opening = {},
): Promise<Frame> {
  portal.server.state.page = { body };
  const page = await portal.open('/portal');
  await page.locator('h1').first().waitFor();
  if (tools) await page.route('**/assets/tools/**', tools);
  await page.evaluate(
    ([draft, readOnly, isLate]) => {
      const frame = document.createElement('holdpoint-task-frame') as HTMLElement & {
        src: string;
        restore(draft: unknown, options: object): void;
      };
      const heard: unknown[] = Object.assign(window, { heard: [] as unknown[], frame }).heard;
      frame.addEventListener('frame', (event) => {
        const { detail } = event as CustomEvent<Heard>;
        heard.push(detail);
        if (detail.kind === 'ready' && isLate) frame.restore(draft, { readOnly });
      });
      frame.src = '/portal/frame/t';
      if (!isLate && (draft !== null || readOnly)) frame.restore(draft, { readOnly });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('iframe { height: 700px; width: 1000px }');
      document.adoptedStyleSheets = [sheet];
      document.body.replaceChildren(frame);
    },
    [draft, readOnly, isLate] as const,
  );
  await expect.poll(() => kinds()).toContain('ready');
  const handle = await page.waitForSelector('iframe[title=Task]');
  return (await handle.contentFrame())!;
}

const heard = (): Promise<Heard[]> => portal.page.evaluate('heard');
const kinds = async () => (await heard()).map(({ kind }) => kind);
const drafts = async () => (await heard()).flatMap(({ draft }) => (draft ? [draft] : []));
/** The last draft, once it has what is wanted. */
async function draftWith(control: string, state: unknown): Promise<Draft> {
  await expect.poll(async () => (await drafts()).at(-1)?.controls[control]).toEqual(state);
  return (await drafts()).at(-1)!;
}
const values = (frame: Frame) =>
  frame.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLInputElement>('[name]')].map((each) => [
        `${each.name}${each.type === 'radio' ? each.value : ''}`,
        /^(checkbox|radio)$/.test(each.type)
          ? each.checked
          : each instanceof HTMLSelectElement
            ? [...each.selectedOptions].map(({ value }) => value).join()
            : each.value,
      ]),
    ),
  );

const natives = `<crowd-form><form>
  <input name="text" value="given"><input name="mail" type="email"><input name="day" type="date"><input name="share" type="range">
  <input name="tint" type="color"><textarea name="why">given</textarea><input name="sure" type="checkbox" checked>
  <input name="size" type="radio" value="s" checked><input name="size" type="radio" value="l">
  <select name="one"><option>a</option><option>b</option></select>
  <select name="many" multiple><option selected>a</option><option>b</option><option>c</option></select>
  <input name="word" type="password"><input name="found" type="hidden"><input name="paper" type="file">
  <input name="untouched" value="x"><p id="note" contenteditable>Note</p>
  <p id="more" hidden>More</p></form></crowd-form>
  <script>events = []; for (const type of ['input', 'change']) addEventListener(type, ({ target }) => events.push((target.name || target.id) + ':' + type));
  document.forms[0].sure.onchange = ({ target }) => { document.getElementById('more').hidden = target.checked };</script>`;

async function enterAll(frame: Frame): Promise<void> {
  await frame.locator('[name=text]').fill('');
  await frame.locator('[name=mail]').fill('ada@example.com');
  await frame.locator('[name=day]').fill('2026-02-03');
  await frame.locator('[name=share]').press('ArrowRight');
  await frame.locator('[name=tint]').fill('#102030');
  await frame.locator('[name=why]').fill('two\nlines');
  await frame.locator('[name=sure]').uncheck();
  await frame.locator('[value=l]').check();
  await frame.locator('[name=one]').selectOption('b');
  await frame.locator('[name=many]').selectOption(['b', 'c']);
  await frame.locator('[name=word]').fill('s3cret');
  await frame
    .locator('[name=paper]')
    .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
  await frame.evaluate("document.querySelector('[name=found]').value = 'by a script'");
  await frame.locator('#note').fill('Of my own');
}

test('R2: all native controls come back on another device, and scripts hear of it', async () => {
  const frame = await open(natives);
  await enterAll(frame);
  const entered = await values(frame);
  const draft = await draftWith('p/#note/0', 'Of my own');
  expect(draft.controls).toEqual({
    'input/text/0': '',
    'input/mail/0': 'ada@example.com',
    'input/day/0': '2026-02-03',
    'input/share/0': '51',
    'input/tint/0': '#102030',
    'textarea/why/0': 'two\nlines',
    'input/sure=on/0': false,
    'input/size=s/0': false,
    'input/size=l/0': true,
    'select/one/0': ['b'],
    'select/many/0': ['b', 'c'],
    'p/#note/0': 'Of my own',
  });
  expect(JSON.stringify(await heard())).not.toContain('s3cret');
  const again = await open(natives, { draft });
  await again.locator('#more').waitFor();
  expect(await values(again)).toEqual({ ...entered, word: '', found: '', paper: '' });
  expect(await again.locator('#note').innerText()).toBe('Of my own');
  const told = ['text', 'mail', 'day', 'share', 'tint', 'why', 'sure', 'size', 'one', 'many', 'note'];
  expect(await again.evaluate('events')).toEqual(told.flatMap((name) => [`${name}:input`, `${name}:change`]));
  // Nothing is told that the portal knows already, and nothing gets lost with the next change.
  await again.locator('#note').click();
  await again.locator('[name=mail]').fill('bob@example.com');
  await draftWith('input/mail/0', 'bob@example.com');
  expect(await drafts()).toEqual([{ version: 1, controls: { ...draft.controls, 'input/mail/0': 'bob@example.com' } }]);
});

test('R2: many keys are few drafts, and a page that is loaded anew while somebody types gets back what was typed', async () => {
  const frame = await open(natives);
  const why = frame.locator('[name=why]');
  await frame.locator('#note').click();
  await why.press('Shift');
  await why.fill('');
  await why.pressSequentially('x'.repeat(100));
  await draftWith('textarea/why/0', 'x'.repeat(100));
  expect((await drafts()).length).toBeLessThan(50);
  // What changed nothing was told to nobody.
  expect((await drafts()).every(({ controls }) => 'textarea/why/0' in controls)).toBe(true);
  await why.pressSequentially(' and on');
  await frame.evaluate('location.reload()');
  await expect.poll(async () => (await kinds()).filter((kind) => kind === 'ready').length).toBe(2);
  await expect.poll(() => why.inputValue()).toBe(`${'x'.repeat(100)} and on`);
});

const rows = `<crowd-form><form>
  <button type="button" id="add">Add</button><div id="rows"><input name="row"></div>
  <input name="code"><select name="country"><option></option><option>fr</option></select><select name="city"></select></form></crowd-form>
  <script>add.onclick = () => rows.insertAdjacentHTML('beforeend', '<input name="row">');
  const { code, country, city } = document.forms[0];
  country.onchange = () => { code.value = '+33'; setTimeout(() => { city.innerHTML = '<option>Lyon<option>Paris' }) };</script>`;

test('R2: rows and options that a script adds get theirs when they come; until then nothing of it is lost', async () => {
  const frame = await open(rows);
  await frame.locator('#add').click();
  await frame.locator('#add').click();
  for (const place of [0, 1, 2]) await frame.locator('[name=row]').nth(place).fill(`row ${place}`);
  await frame.locator('[name=country]').selectOption('fr');
  await frame.locator('[name=code]').fill('+377');
  await frame.locator('[name=city]').selectOption('Paris');
  const draft = await draftWith('select/city/0', ['Paris']);
  const again = await open(rows, { draft, isLate: true });
  const rowValues = () =>
    again.locator('[name=row]').evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
  await expect.poll(() => again.locator('[name=city]').inputValue()).toBe('Paris');
  expect(await rowValues()).toEqual(['row 0']);
  expect(await again.locator('[name=code]').inputValue()).toBe('+377');
  await again.locator('[name=row]').fill('changed');
  expect((await draftWith('input/row/0', 'changed')).controls).toEqual({ ...draft.controls, 'input/row/0': 'changed' });
  await again.locator('#add').click();
  await expect.poll(rowValues).toEqual(['changed', 'row 1']);
  await again.locator('#add').click();
  await expect.poll(rowValues).toEqual(['changed', 'row 1', 'row 2']);
});

const crowdPage = `<script src="/assets/crowd-html-elements.js"></script><crowd-form>
  <crowd-bounding-box name="boxes" src="/assets/pictures/street.png" labels="['Cat', 'Dog']" initial-value="[{ label: 'Dog', left: 5, top: 5, width: 9, height: 9 }]"></crowd-bounding-box>
  <crowd-input name="why" label="Why"></crowd-input><crowd-checkbox name="c" value="one">One</crowd-checkbox><crowd-checkbox name="c" value="two">Two</crowd-checkbox>
  <input name="early"><own-stars id="stars"></own-stars></crowd-form>
  <script>addEventListener('all-crowd-elements-ready', () => { document.querySelector('crowd-input').value = 'to begin with' });
  customElements.define('own-stars', class extends HTMLElement {
    count = 0;
    [Symbol.for('holdpoint.draft')] = { take: () => this.count || undefined, restore: (count) => { this.count = count; this.show() } };
    connectedCallback() { this.onclick = () => { this.count += 1; this.show() }; this.show() }
    show() { this.textContent = this.count + ' stars' }
  });</script>`;

test('R2: crowd elements, tools that come late and elements of one’s own come back, and are submitted', async () => {
  const frame = await open(crowdPage);
  await expect
    .poll(() => frame.evaluate("document.querySelector('crowd-bounding-box').value?.inputImageProperties.width"))
    .toBeGreaterThan(0);
  // A frame gets the keyboard by a click.
  await frame.locator('crowd-bounding-box .stage').click();
  for (const key of ['1', 'Space', 'Space', 'Shift+ArrowRight', 'Shift+ArrowDown', 'Space'])
    await portal.page.keyboard.press(key);
  await frame.locator('crowd-input input').fill('two cats');
  await frame.getByText('Two', { exact: true }).click();
  await frame.locator('[name=early]').fill('old');
  for (const _time of [1, 2, 3]) await frame.getByText(/stars/).click();
  const draft = await draftWith('own-stars/#stars/0', 3);
  expect(Object.keys(draft.controls)).toEqual([
    'crowd-bounding-box/boxes/0',
    'crowd-input/why/0',
    'crowd-checkbox/c=two/0',
    'input/early/0',
    'own-stars/#stars/0',
  ]);
  const entered: object = await frame.evaluate(
    "JSON.parse(JSON.stringify(document.querySelector('crowd-form').value))",
  );
  expect(entered).toMatchObject({
    boxes: { boundingBoxes: [{ label: 'Dog' }, { label: 'Cat' }], initialValueModified: true },
    c: { one: false, two: true },
    why: 'two cats',
  });
  let go = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const again = await open(crowdPage, { draft, tools: (route) => gate.then(() => route.continue()) });
  // What is entered while the page still waits for a tool is newer.
  await again.locator('[name=early]').press('x');
  go();
  await again.getByText('3 stars').waitFor();
  expect(await again.locator('crowd-input input').inputValue()).toBe('two cats');
  expect((await draftWith('input/early/0', 'x')).controls).toEqual({ ...draft.controls, 'input/early/0': 'x' });
  await again.getByRole('button', { name: 'Submit', exact: true }).click();
  await expect.poll(kinds).toContain('answer');
  expect((await heard()).find(({ kind }) => kind === 'answer')?.answerContent).toEqual({ ...entered, early: 'x' });
});

test('R3: a tool that cannot be loaded loses nothing of the draft', async () => {
  const controls = { 'crowd-bounding-box/boxes/0': { isNothing: false, marks: [] }, 'crowd-input/why/0': 'kept' };
  const frame = await open(crowdPage, { draft: { version: 1, controls }, tools: (route) => route.abort() });
  await frame.getByText('could not be loaded').first().waitFor();
  await expect.poll(() => frame.locator('crowd-input input').inputValue()).toBe('kept');
  await frame.locator('crowd-input input').fill('changed');
  expect((await draftWith('crowd-input/why/0', 'changed')).controls).toEqual({
    ...controls,
    'crowd-input/why/0': 'changed',
  });
});

test('R2: an answer that is only shown takes no input, by mouse or by keys, and sends nothing', async () => {
  const draft: Draft = {
    version: 1,
    controls: { 'crowd-input/why/0': 'shown', 'own-stars/#stars/0': 4, 'crowd-checkbox/c=two/0': true },
  };
  const frame = await open(
    `${crowdPage}<input name="plain"><button id="press">Press</button><a href="#x">A link</a><details><summary>Details</summary>Inside</details>`,
    { draft, readOnly: true },
  );
  await frame.getByText('4 stars').waitFor();
  const shown = () => frame.evaluate("JSON.stringify(document.querySelector('crowd-form').value)");
  const field = frame.locator('crowd-input input');
  await expect.poll(() => field.getAttribute('readonly')).toBe('');
  const before = await shown();
  expect(await field.inputValue()).toBe('shown');
  expect(await frame.locator('[name=plain]').getAttribute('readonly')).toBe('');
  await field.click({ force: true });
  await portal.page.keyboard.type('1x ');
  await frame.getByText('Two', { exact: true }).click({ force: true });
  await frame.getByText('4 stars').click();
  await frame.getByText('A link').click();
  await frame.locator('#press').click({ force: true });
  await frame.getByText('Details').click();
  await frame.getByText('Inside').waitFor();
  expect(await frame.getByRole('button', { name: 'Submit', exact: true }).count()).toBe(0);
  expect(await frame.locator('#stars').innerText()).toBe('4 stars');
  expect(await shown()).toBe(before);
  expect(await frame.evaluate('location.hash')).toBe('');
  expect((await kinds()).filter((kind) => kind === 'answer' || kind === 'draft')).toEqual([]);
});

test('R2: a page that breaks much breaks no drafts, and a page that lies none of the portal', async () => {
  const frame = await open(`<p>No form</p><input name="a"><own-broken></own-broken><script>
    const hook = Symbol.for('holdpoint.draft');
    const circle = {}; circle.self = circle;
    const broken = document.querySelector('own-broken');
    broken[hook] = { take() { throw new Error('broken') }, restore() { throw new Error('broken') } };
    for (const draft of [7, null, [], { version: 2, controls: {} }, { version: 1, controls: circle }, { version: 1, controls: { a: 1n } }])
      addEventListener('message', ({ data }) => parent.postMessage({ holdpoint: 'draft', draft, key: data.key }, '*'));
    parent.postMessage({ holdpoint: 'draft', draft: { version: 1, controls: {} }, key: '' }, '*');
    const body = document.createElement('body');
    body.innerHTML = '<input name="b"><input name="c">';
    body.append(broken);
    addEventListener('load', () => { document.body = body; Object.defineProperty(body.lastChild.appendChild(document.createElement('i')), hook, { get() { throw new Error('broken') } }); });
    throw new Error('at the start');</script>`);
  await frame.locator('[name=b]').fill('kept');
  const draft = await draftWith('input/b/0', 'kept');
  expect(await drafts()).toEqual([{ version: 1, controls: { 'input/b/0': 'kept' } }]);
  expect((await heard()).filter(({ kind }) => kind === 'trouble').map(({ message }) => message)).toEqual([
    expect.stringContaining('at the start'),
  ]);
  await portal.page.evaluate((draft) => {
    (window as unknown as { frame: { restore(draft: unknown): void } }).frame.restore({
      ...draft,
      controls: { 'input/b/0': 'once more', 'own-broken//0': 1, 'input/nowhere/0': 2, '': 3 },
    });
  }, draft);
  await expect.poll(() => frame.locator('[name=b]').inputValue()).toBe('once more');
});

test('R2: a draft of more than 8 MB is not sent, which is said once, and smaller ones are sent again', async () => {
  const frame = await open(`<crowd-form><p id="own">Press</p></crowd-form><script>
    let length = 0;
    own[Symbol.for('holdpoint.draft')] = { take: () => length === 0 ? undefined : 'ß'.repeat(length) };
    own.onclick = () => { length = [4194304, 4194305, 3][own.dataset.clicks = Number(own.dataset.clicks ?? -1) + 1] };</script>`);
  const clickAndLeave = async () => {
    await frame.locator('#own').click();
    // The draft is taken at once then.
    await portal.page.evaluate('document.activeElement.blur(); focus()');
  };
  await clickAndLeave();
  await expect.poll(kinds).toContain('trouble');
  await clickAndLeave();
  await clickAndLeave();
  await draftWith('p/#own/0', 'ßßß');
  expect((await heard()).filter(({ kind }) => kind !== 'ready')).toEqual([
    {
      kind: 'trouble',
      message: 'What was entered is larger than 8 MB, so it is not kept should this page close. It can be submitted.',
    },
    { kind: 'draft', draft: { version: 1, controls: { 'p/#own/0': 'ßßß' } } },
  ]);
});

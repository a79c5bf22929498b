// What holds for every tool on an image, as one battery. All images are 400 × 200 unless a test says otherwise.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { CrowdPage } from '../testing/crowd-page.ts';
import { type StagePointer, stagePointer } from '../testing/stage-pointer.ts';
import { type TestImages, turned } from '../testing/test-images.ts';

type Entry = Readonly<Record<string, unknown>>;

export interface ImageToolCase {
  readonly tag: string;
  /** Under which the answer has the list. */
  readonly key: string;
  /** Draws one mark by mouse, with the label Cat chosen, and what the answer has for it. */
  readonly draw: (stage: StagePointer) => Promise<unknown>;
  readonly drawn: Entry;
  /** Draws one by keys; the cursor appears at 200, 100. */
  readonly keys: readonly string[];
  readonly drawnByKeys: Entry;
  /** What can be given to begin with: one for Cat, one for Dog. */
  readonly initial: readonly [Entry, Entry];
  /** The first of them, moved to the right by one pixel and relabelled Dog. */
  readonly nudged: Entry;
  /** Entries that are left out. */
  readonly unreadable: readonly unknown[];
  /** Given partly outside, and as it comes out. */
  readonly outside: readonly [Entry, Entry];
}

/** Masks have no entries to be read one by one, and nothing that could be moved or duplicated. */
export interface MaskToolCase extends Pick<ImageToolCase, 'tag' | 'key' | 'draw' | 'drawn' | 'initial'> {
  /** What the answer of the tool says, with a list under the key. */
  readonly listed: (answer: Entry) => Entry;
  /** A value of `initial-value` with these marks. */
  readonly given: (marks: readonly Entry[]) => unknown;
}

export function testImageTool(crowdPage: CrowdPage, images: TestImages, each: ImageToolCase | MaskToolCase): void {
  const { tag, key, initial } = each;
  const mask = 'listed' in each ? each : undefined;
  const listed = (answer: unknown) => {
    const { q } = answer as { q?: Entry };
    return mask && q ? { ...(answer as Entry), q: mask.listed(q) } : answer;
  };
  const crowd: CrowdPage = Object.assign(Object.create(crowdPage) as CrowdPage, {
    answer: async () => listed(await crowdPage.answer()),
    submitted: async () => (await crowdPage.submitted()).map(listed),
  });
  const size = { height: 200, width: 400 };
  const labels = `labels="['Cat', 'Dog']"`;
  const element = (more = labels, src = images.url('400x200.png')) =>
    `<${tag} id="tool" name="q" src="${src}" header="Mark them" data-watch ${more}></${tag}>`;
  const given = (value: unknown) =>
    `initial-value='${JSON.stringify(mask ? mask.given(value as readonly Entry[]) : value)}'`;
  const answer = (marks: readonly unknown[], more = {}) => ({
    q: { [key]: marks, inputImageProperties: size, ...more },
  });
  const submit = () => crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
  const loaded = (page: Page) =>
    page.waitForFunction(() => {
      const tool = document.querySelector('#tool') as unknown as {
        value: { inputImageProperties: { width: number } };
        validationMessage: string;
      };
      return tool.value.inputImageProperties.width > 0 && !tool.validationMessage.includes('is loading');
    });
  async function open(more?: string, src?: string): Promise<StagePointer> {
    const page = await crowd.openForm(element(more, src));
    await loaded(page);
    return stagePointer(page);
  }
  const alerts = () => crowd.page.locator('#tool crowd-alert').allTextContents();
  const drawCat = async (stage: StagePointer) => {
    await stage.page.keyboard.press('1');
    await each.draw(stage);
  };

  test('draws by mouse, and submits exactly that', async () => {
    const stage = await open();
    expect(await crowd.answer()).toEqual(answer([]));
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
    expect((await crowd.events()).filter((event) => event === 'tool:change').length).toBe(1);
    await submit();
    expect(await crowd.submitted()).toEqual([answer([each.drawn])]);
    expect(crowd.complaints).toEqual([]);
  });

  test('asks for a mark or for “Nothing to label”', async () => {
    const stage = await open();
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await stage.page.locator('#tool #complaint').textContent()).toBe(
      'Please mark something, or tick “Nothing to label”.',
    );
    expect(await crowd.faults()).toEqual([]);
    await stage.page.getByLabel('Nothing to label').check();
    expect(await stage.page.locator('#tool #complaint').textContent()).toBe('');
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([]));
    expect(await crowd.faults()).toEqual([]);
    await submit();
    expect(await crowd.submitted()).toEqual([answer([])]);
  });

  test('asks for a label before anything is drawn', async () => {
    const stage = await open();
    await each.draw(stage);
    expect(await crowd.answer()).toEqual(answer([]));
    expect(await stage.page.locator('#tool .hint').textContent()).toBe('Please choose a label first.');
    await stage.page.locator('#tool .label-button').first().click();
    expect(await stage.page.locator('#tool .label-button.selected').allTextContents()).toEqual([
      expect.stringContaining('Cat'),
    ]);
    await each.draw(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
  });

  test('an image that is seen whole stays where it is while its marks are walked through', async () => {
    const stage = await open(`${labels} ${given(initial)}`);
    // So narrow that marks are near the edge of the stage.
    await stage.page.setViewportSize({ width: 600, height: 800 });
    await stage.page.locator('#tool .stage').focus();
    const seen: unknown[] = [];
    await expect.poll(async () => (await stage.box()).width).toBeLessThan(600);
    await stage.still();
    const before = await stage.box();
    for (let count = 0; count < 2; count++) {
      await stage.page.keyboard.press('Tab');
      seen.push([await stage.page.locator('#tool .mark[aria-selected=true]').count(), await stage.box()]);
    }
    expect(seen).toEqual([
      [1, before],
      [1, before],
    ]);
    await stage.page.setViewportSize({ width: 1280, height: 800 });
  });

  test('a single label need not be chosen', async () => {
    await each.draw(await open(`labels="['Cat']"`));
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
  });

  test('labels can be set by script; marks without a label are neither shown nor in the answer', async () => {
    await open(`labels="['Cat']" ${given(initial)}`);
    const { page } = crowd;
    expect(await crowd.answer()).toEqual(answer([initial[0]], { initialValueModified: false }));
    await page.evaluate('tool.labels = tool.labels.concat(["Dog"])');
    expect(await crowd.answer()).toEqual(answer(initial, { initialValueModified: false }));
    await page.evaluate('tool.labels = tool.labels.filter((each) => each !== "Cat")');
    expect(await crowd.answer()).toEqual(answer([initial[1]], { initialValueModified: false }));
    expect(await page.locator('#tool .mark').count()).toBe(1);
    expect(await page.locator('#tool .label-button').allTextContents()).toEqual([expect.stringContaining('Dog')]);
    for (const none of ['null', '""', '[]', 'undefined']) {
      await page.evaluate(`tool.labels = ${none}`);
      expect(await page.evaluate('tool.labels')).toEqual([]);
      expect(await crowd.answer()).toEqual(answer([], { initialValueModified: false }));
    }
    expect(crowd.complaints).toEqual([]);
    expect(await crowd.faults()).toEqual([]);
  });

  test.each([
    ['labels="{ broken"', 'The attribute “labels” of this element could not be read.'],
    ['labels="{}"', 'The attribute “labels” of this element could not be read.'],
    [`${labels} initial-value="[{"`, 'The attribute “initial-value” of this element could not be read.'],
    [`${labels} initial-value="5"`, 'The attribute “initial-value” of this element could not be read.'],
    [`${labels} initial-value="{}"`, 'The attribute “initial-value” of this element could not be read.'],
    [`${labels} label-colors="red"`, 'The attribute “label-colors” of this element could not be read.'],
    [`${labels} label-colors="['red']"`, 'The attribute “label-colors” of this element could not be read.'],
    [`labels="'Cat'"`, 'The attribute “labels” of this element could not be read.'],
    [`labels="['Cat', 'Cat']"`, 'The label “Cat” is given more than once; it is shown once.'],
    [`labels="['Cat', 'Dog', null]"`, 'A label without a text is left out.'],
    [`labels="['Cat', {}, 'Dog']"`, 'A label without a text is left out.'],
  ])('%s is said to the worker, and the rest of the form goes on', async (attributes, sentence) => {
    const page = await crowd.openForm(`${element(attributes)}<crowd-input name="note" label="Note"></crowd-input>`);
    await loaded(page);
    expect(await alerts()).toEqual([sentence]);
    expect(crowd.complaints.length).toBe(1);
    await page.getByLabel('Note').fill('1');
    expect(((await crowd.answer()) as { note: string }).note).toBe('1');
    expect(await page.locator('#tool .label-button.selected').count()).toBe(
      attributes.includes("'Cat', 'Cat'") ? 1 : 0,
    );
  });

  test('a thousand labels with markup in them are texts that can be looked for', async () => {
    const many = Array.from({ length: 1000 }, (_each, index) => `<img src=x onerror=alert(1)> & "${index}"`);
    const stage = await open(`labels="${JSON.stringify(many).replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`);
    const { page } = stage;
    expect(await page.locator('#tool .label-button').count()).toBe(1000);
    expect(await page.locator('#tool .label-button kbd').allTextContents()).toEqual([...'1234567890']);
    await page.getByLabel('Find a label').fill('"999"');
    expect(await page.locator('#tool .label-button').allTextContents()).toEqual([expect.stringContaining('"999"')]);
    await page.locator('#tool .label-button').click();
    await each.draw(stage);
    expect(await crowd.answer()).toEqual(answer([{ ...each.drawn, label: many[999] }]));
    expect(await page.locator('#tool .label-pane-content img, #tool .shapes img').count()).toBe(0);
    expect(crowd.complaints).toEqual([]);
  });

  test('number keys choose labels, but not while the worker types', async () => {
    const page = await crowd.openForm(`${element()}<input id="i" aria-label="i">`);
    await loaded(page);
    await page.locator('#i').focus();
    await page.keyboard.press('2');
    expect(await page.locator('#tool .label-button.selected').count()).toBe(0);
    await page.locator('#i').blur();
    await page.keyboard.press('2');
    expect(await page.locator('#tool .label-button.selected').allTextContents()).toEqual([
      expect.stringContaining('Dog'),
    ]);
  });

  test('colours come from the template, then from the palette', async () => {
    await open(`${labels} label-colors="['#ABC']"`);
    expect(await crowd.page.evaluate('tool.labelColors')).toEqual(['#aabbcc', '#2ca02c']);
    await crowd.page.evaluate('tool.labelColors = []');
    expect(await crowd.page.evaluate('tool.labelColors')).toEqual(['#2ca02c', '#1f77b4']);
  });

  test('beyond the ten of the cycle all colours differ, and none of ours is white or black', async () => {
    const many = Array.from({ length: 40 }, (_each, index) => index);
    await open(`labels="[${many}]" label-colors="['#1f77b4', '#1f77b4', '#123456']"`);
    const colors = (await crowd.page.evaluate('tool.labelColors')) as string[];
    // What is there twice comes from the cycle, as what is missing does.
    expect(colors.slice(0, 5)).toEqual(['#1f77b4', '#2ca02c', '#123456', '#ff7f0e', '#d62728']);
    expect(colors.every((color) => /^#[0-9a-f]{6}$/.test(color))).toBe(true);
    expect(new Set([...colors, '#ffffff', '#000000']).size).toBe(42);
  });

  test('header, short and full instructions stand around it; keys typed into a field there mean nothing to it', async () => {
    const page = await crowd.openForm(
      element().replace(
        '></',
        `><short-instructions header="In short">Do it. <crowd-input name="note" label="Note"></crowd-input><crowd-slider name="more" max="9"></crowd-slider></short-instructions>
         <full-instructions><p>All of it</p></full-instructions></`,
      ),
    );
    await loaded(page);
    expect(await page.getByRole('heading', { name: 'Mark them' }).isVisible()).toBe(true);
    expect(await page.getByRole('heading', { name: 'In short' }).isVisible()).toBe(true);
    await page.getByLabel('Note').click();
    await page.keyboard.type('12fm?');
    expect(await page.locator('#tool .label-button.selected').count()).toBe(0);
    expect(await page.locator('#tool #shortcuts').isVisible()).toBe(false);
    await page.locator('#tool .moreInstructionsLink').click();
    expect(await page.getByRole('dialog', { name: 'Instructions' }).isVisible()).toBe(true);
    expect(await page.getByText('All of it').isVisible()).toBe(true);
    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    expect(await page.locator('#tool .label-button.selected').count()).toBe(0);
    await page.locator('#tool .headerButtonsContainer button').first().click();
    expect(await page.getByText('Do it.').isVisible()).toBe(false);
    expect(await crowd.answer()).toMatchObject({ more: 0, note: '12fm?' });
    expect(await crowd.faults()).toEqual([]);
  });

  test('all keys of the view, and the other names of undo, redo and fit', async () => {
    const stage = await open();
    const { page } = stage;
    await drawCat(stage);
    const width = async () => Math.round((await stage.box()).width);
    const fitted = await width();
    const after = async (key: string) => {
      await page.keyboard.press(key);
      return (await width()) / fitted;
    };
    for (const [key, factor] of [
      ['+', 1.25],
      ['=', 1.5625],
      ['-', 1.25],
      ['c', 1.5625],
      ['x', 1.25],
      ['f', 1],
      ['c', 1.25],
      ['z', 1],
    ] as const)
      expect([key, Math.round((await after(key)) * 100)]).toEqual([key, Math.round(factor * 100)]);
    for (const [key, drawn] of [
      ['Control+z', false],
      ['Control+y', true],
      ['Meta+z', false],
      ['Meta+Shift+z', true],
      [',', false],
      ['.', true],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await crowd.answer()]).toEqual([key, answer(drawn ? [each.drawn] : [])]);
    }
  });

  test('brightness, contrast and opacity change what is seen, not the answer', async () => {
    const page = await crowd.openForm(element(`${labels} ${given(initial)}`));
    await loaded(page);
    await page.locator('#tool paper-icon-button button').click();
    const look = () =>
      page.evaluate(() => {
        const root = document.querySelector('#tool')!.shadowRoot!;
        const opacity = getComputedStyle(root.querySelector('.stage')!).getPropertyValue('--mark-opacity').trim();
        return [getComputedStyle(root.querySelector('.picture')!).filter, opacity];
      });
    const [usual, opacity] = await look();
    expect(usual).toBe('none');
    await page.getByLabel('Brightness').fill('150');
    await page.getByLabel('Contrast').fill('80');
    await page.getByLabel('Opacity of marks').fill('30');
    await expect.poll(look).toEqual(['brightness(1.5) contrast(0.8)', '0.3']);
    expect((await crowd.events()).filter((event) => /input|change/.test(event))).toEqual([]);
    await page.getByRole('button', { name: 'Back to normal' }).click();
    await expect.poll(look).toEqual(['none', opacity]);
    expect(await crowd.answer()).toEqual(answer(initial, { initialValueModified: false }));
  });

  test('the list of marks is walked by keys, which delete there and go back to the image', async () => {
    const page = await crowd.openForm(element(`${labels} ${given(initial)}`));
    await loaded(page);
    await page.locator('#tool #marks').focus();
    const chosen = () => page.locator('#tool .mark[aria-selected=true]').allTextContents();
    for (const [key, name] of [
      ['ArrowDown', 'Cat'],
      ['ArrowDown', 'Dog'],
      ['ArrowDown', 'Dog'],
      ['Home', 'Cat'],
      ['End', 'Dog'],
      ['ArrowUp', 'Cat'],
    ] as const) {
      await page.keyboard.press(key);
      expect([key, await chosen()]).toEqual([key, [expect.stringContaining(name)]]);
    }
    await page.keyboard.press('Delete');
    expect(await crowd.answer()).toEqual(answer([initial[1]], { initialValueModified: true }));
    await page.keyboard.press('Enter');
    expect(
      await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.classList.contains('stage')),
    ).toBe(true);
  });

  test('of two in one form both count, and keys go to the one used last', async () => {
    const page = await crowd.openForm(
      `${element()}${element().replace('id="tool" name="q"', 'id="second" name="second"')}`,
    );
    await loaded(page);
    await page.waitForFunction('second.value.inputImageProperties.width > 0');
    await page.keyboard.press('2');
    await page.locator('#second .stage').click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('1');
    const selected = (id: string) => page.locator(`#${id} .label-button.selected`).allTextContents();
    expect([await selected('tool'), await selected('second')]).toEqual([
      [expect.stringContaining('Dog')],
      [expect.stringContaining('Cat')],
    ]);
    const both = (await crowd.answer()) as Entry;
    expect(Object.keys(both)).toEqual(['q', 'second']);
    expect(both.second).toMatchObject({ inputImageProperties: size });
  });

  test('a script may refuse it, name it, clone it, and change it without an event', async () => {
    const page = await crowd.openForm(element(`${labels} ${given(initial)}`));
    await loaded(page);
    await page.evaluate('tool.setCustomValidity("Not yet.")');
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#tool #complaint').textContent()).toBe('Not yet.');
    await page.evaluate('tool.setCustomValidity(""); tool.name = "other"');
    expect(Object.keys((await crowd.answer()) as object)).toEqual(['other']);
    await page.evaluate('tool.name = ""');
    expect(await crowd.answer()).toEqual({});
    await page.evaluate(() => {
      const tool = document.querySelector('#tool')!;
      const clone = tool.cloneNode(true) as Element;
      tool.remove();
      clone.setAttribute('name', 'q');
      document.querySelector('crowd-form')!.append(clone);
    });
    await loaded(page);
    expect(await crowd.answer()).toEqual(answer(initial, { initialValueModified: false }));
    expect(await page.evaluate('[tool.src, tool.header]')).toEqual([images.url('400x200.png'), 'Mark them']);
    expect(await crowd.events()).toEqual([]);
  });

  test.each([
    ['status/403', 'The image may not be seen (403). Its address may have run out: please reload the task.'],
    ['status/404', 'The image was not found (404). Please tell whoever made this task.'],
    ['status/500', 'The server of the image has answered with an error (500).'],
    ['text', 'What the address of the image leads to is no image (text/plain).'],
    ['closed/status/404', 'The image could not be loaded: its server was not reached or does not allow it.'],
  ])('an image that answers %s is named and can be tried again', async (path, sentence) => {
    const page = await crowd.openForm(
      `${element(labels, images.url(path))}<crowd-input name="note" value="x"></crowd-input>`,
    );
    await expect.poll(alerts).toEqual([sentence]);
    await submit();
    expect(await crowd.submitted()).toEqual([]);
    expect(await page.locator('#tool #complaint').textContent()).toBe(sentence);
    expect(await crowd.answer()).toEqual({
      note: 'x',
      q: { [key]: [], inputImageProperties: { height: 0, width: 0 } },
    });
    expect(await crowd.faults()).toEqual([]);
    const before = images.count(path);
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => images.count(path)).toBeGreaterThan(before);
    await expect.poll(alerts).toEqual([sentence]);
  });

  test('an image that never answers can be tried again; no image at all is said', async () => {
    const page = await crowd.openForm(element(labels, ''));
    expect(await alerts()).toEqual(['This task names no image.']);
    await page.clock.install();
    await page.evaluate((src) => Object.assign(document.querySelector('#tool')!, { src }), images.url('never'));
    await expect.poll(() => images.count('never')).toBeGreaterThan(0);
    await submit();
    expect(await page.locator('#tool #complaint').textContent()).toBe('The image is loading …');
    await page.clock.fastForward(11_000);
    await page.getByText('The image takes long to load.').waitFor();
    expect(await crowd.faults()).toEqual([]);
    images.answer();
    await page.getByRole('button', { name: 'Try again' }).click();
    await loaded(page);
    expect(((await crowd.answer()) as { q: unknown }).q).toEqual({
      [key]: [],
      inputImageProperties: { height: 20, width: 40 },
    });
    await page.clock.resume();
  });

  test('an image that no script may read is shown with a note and can be marked', async () => {
    const stage = await open(labels, images.url('closed/400x200.png'));
    expect(await stage.page.locator('#tool .picture-note').textContent()).toContain('lets no page read it');
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
    expect(await crowd.faults()).toEqual([]);
  });

  test('pixels are those of the stored image, whatever its metadata say of its orientation', async () => {
    const jpeg = await crowd.page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 200 });
      canvas.getContext('2d')!.fillRect(0, 0, 100, 100);
      return canvas.toDataURL('image/jpeg');
    });
    images.give(turned(Buffer.from(jpeg.split(',')[1]!, 'base64')), 'image/jpeg');
    const stage = await open(labels, images.url('given'));
    const { width, height } = await stage.box();
    expect(width / height).toBeCloseTo(2);
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
    // Where nothing is laid out when the image comes.
    const page = await crowd.openForm(`<div id="tab" hidden>${element(labels, images.url('given'))}</div>`);
    await loaded(page);
    await page.evaluate('tab.hidden = false');
    await expect.poll(async () => (await stage.box()).width).toBeGreaterThan(100);
    await stage.still();
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
  });

  test.each([
    ['a window of 500 × 700', { width: 500, height: 700 }, 1, undefined],
    ['two device pixels to a pixel', { width: 1280, height: 800 }, 2, undefined],
    ['one and a half device pixels', { width: 1111, height: 777 }, 1.5, undefined],
    ['zoom', { width: 1280, height: 800 }, 1, 'zoom'],
    ['a scaled page', { width: 1280, height: 800 }, 1, 'scale'],
  ])('coordinates are right with %s', async (_title, viewport, deviceScaleFactor, more) => {
    const stage = await open();
    const { page } = stage;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setDeviceMetricsOverride', { ...viewport, deviceScaleFactor, mobile: false });
    if (more === 'scale') await page.addStyleTag({ content: 'main { transform: scale(0.75); transform-origin: 0 0 }' });
    await page.waitForFunction((width) => innerWidth === width, viewport.width);
    if (more === 'zoom') {
      await stage.moveTo(120, 60);
      await page.mouse.wheel(0, -100);
    }
    await stage.still();
    await drawCat(stage);
    expect(await crowd.answer()).toEqual(answer([each.drawn]));
    const shown = await page.evaluate(() => {
      const root = document.querySelector('#tool')!.shadowRoot!;
      return ['.upper-canvas', '.picture'].map((name) =>
        JSON.stringify(root.querySelector(name)!.getBoundingClientRect()),
      );
    });
    expect(shown[0]).toBe(shown[1]);
    await devtools.send('Emulation.clearDeviceMetricsOverride');
  });

  test('a finger draws on a small screen, two of them zoom', async () => {
    const stage = await open();
    const { page } = stage;
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForFunction(() => innerWidth === 390);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await stage.still();
    const finger = await stage.touch();
    await page.locator('#tool .label-button').first().click();
    await each.draw(finger);
    expect(((await crowd.answer()) as { q: Record<string, unknown[]> }).q[key]!.length).toBe(1);
    const before = (await stage.box()).width;
    await finger.pinch([150, 100], [250, 100], 60);
    expect((await stage.box()).width).toBeGreaterThan(before * 1.2);
    expect(((await crowd.answer()) as { q: Record<string, unknown[]> }).q[key]!.length).toBe(1);
    expect(await crowd.faults()).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('another image takes the marks away, and reset brings the first ones back', async () => {
    const page = await crowd.openForm(
      `${element(`${labels} ${given(initial)}`)}<crowd-button form-action="reset">Again</crowd-button>`,
    );
    await loaded(page);
    await page.locator('#tool .stage').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Again' }).click();
    await loaded(page);
    expect(await crowd.answer()).toEqual(answer(initial, { initialValueModified: false }));
    await page.evaluate(
      (src) => Object.assign(document.querySelector('#tool')!, { initialValue: undefined, src }),
      images.url('300x100.png'),
    );
    await loaded(page);
    expect(await crowd.answer()).toEqual({ q: { [key]: [], inputImageProperties: { height: 100, width: 300 } } });
    await page.evaluate('tool.disabled = true');
    expect(await crowd.answer()).toEqual({});
    expect(await crowd.faults()).toEqual([]);
  });

  test('has the inner names that templates reach for', async () => {
    const page = await crowd.openForm(
      element(`${labels} ${given(initial)}`).replace('></', '><short-instructions>In short</short-instructions></'),
    );
    await loaded(page);
    const count = (selector: string) => page.locator(`#tool ${selector}`).count();
    expect(
      await page.evaluate(
        `[...tool.shadowRoot.querySelectorAll('awsui-button')].map((each) => each.textContent.trim())`,
      ),
    ).toEqual(['Instructions', 'Shortcuts']);
    for (const name of [
      'paper-icon-button',
      '.headerContainer > .headerButtonsContainer',
      '.label-pane-content > .label-button',
      '.awsui-app-layout__navigation',
      'button#delete',
      'canvas.upper-canvas',
    ])
      expect([name, (await count(name)) > 0]).toEqual([name, true]);
    await page.keyboard.press('?');
    expect(await page.locator('#tool #shortcuts').isVisible()).toBe(true);
    await page.locator('#tool paper-icon-button button').click();
    expect(await page.getByLabel('Brightness').isVisible()).toBe(true);
    expect(await crowd.faults()).toEqual([]);
    await page.getByLabel('Brightness').press('Escape');
    expect(await page.getByLabel('Brightness').isVisible()).toBe(false);
    await page.locator('#tool .mark').first().click();
    expect(await crowd.faults()).toEqual([]);
    await page.locator('#tool button#delete').click();
    expect(await crowd.answer()).toEqual(answer([initial[1]], { initialValueModified: true }));
  });

  if ('listed' in each) return;

  test('draws, selects, relabels, nudges, duplicates and deletes by keys alone', async () => {
    const { page } = await open();
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await page.locator('#tool .stage').focus();
    await press('1', 'Space', ...each.keys);
    expect(await crowd.answer()).toEqual(answer([each.drawnByKeys]));
    await page.evaluate((value) => Object.assign(document.querySelector('#tool')!, { initialValue: value }), initial);
    await press('Tab', '2', 'ArrowRight');
    expect(await crowd.answer()).toEqual(answer([each.nudged, initial[1]], { initialValueModified: true }));
    await press('Escape', 'Tab', 'Tab', 'Delete');
    expect((await crowd.answer()) as unknown).toEqual(answer([each.nudged], { initialValueModified: true }));
    await press('Tab', 'Control+d');
    expect(await page.locator('#tool .mark').count()).toBe(2);
    // The duplicate is selected and lies elsewhere.
    await press('Delete');
    expect(await crowd.answer()).toEqual(answer([each.nudged], { initialValueModified: true }));
    await press('Escape', 'Escape', 'Tab');
    expect(
      await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.classList.contains('stage')),
    ).toBe(false);
  });

  test('takes back and does again without limit', async () => {
    const stage = await open(`${labels} ${given(initial)}`);
    const { page } = stage;
    const original = answer(initial, { initialValueModified: false });
    expect(await crowd.answer()).toEqual(original);
    await page.locator('#tool .stage').focus();
    await page.keyboard.press('Tab');
    for (let count = 0; count < 30; count++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Delete');
    const last = await crowd.answer();
    for (let count = 0; count < 31; count++) await page.keyboard.press('Control+z');
    expect(await crowd.answer()).toEqual(original);
    for (let count = 0; count < 31; count++) await page.keyboard.press('Control+Shift+z');
    expect(await crowd.answer()).toEqual(last);
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Redo' }).click();
    await page.keyboard.press(',');
    await page.keyboard.press('.');
    expect(await crowd.answer()).toEqual(last);
    expect(crowd.complaints).toEqual([]);
  });

  test.each([
    ['a list', (value: unknown) => given(value)],
    ['an object with the key of the answer', (value: unknown) => given({ [key]: value })],
    ['the other spelling', (value: unknown) => `initialValue='${JSON.stringify(value)}'`],
  ])('begins with %s', async (_title, attribute) => {
    await open(`${labels} ${attribute(initial)}`);
    expect(await crowd.answer()).toEqual(answer(initial, { initialValueModified: false }));
    expect(await crowd.page.evaluate('JSON.stringify(tool.value) === JSON.stringify(tool._submittableValue)')).toBe(
      true,
    );
    expect(await crowd.page.evaluate('tool._submittableValue !== tool._submittableValue')).toBe(true);
    expect(await crowd.page.locator('#tool .mark').count()).toBe(2);
    expect(await crowd.faults()).toEqual([]);
  });

  test('given marks that cannot be read are left out, with a word to the worker; what is outside comes to the edge', async () => {
    for (const unreadable of each.unreadable) {
      crowd.complaints.length = 0;
      await open(`${labels} ${given([unreadable, each.outside[0]])}`);
      expect(await crowd.answer()).toEqual(answer([each.outside[1]], { initialValueModified: false }));
      expect(await alerts()).toEqual([expect.stringMatching(/^One given mark could not be read and is left out/)]);
      expect(crowd.complaints).toEqual([expect.stringContaining('initial-value: cannot be read')]);
    }
    await crowd.page.evaluate(
      ([value]) =>
        Object.assign(document.querySelector('#tool')!, {
          initialValue: [{ ...value, x: NaN, left: NaN, vertices: [{ x: NaN, y: 1 }] }],
        }),
      [initial[0]],
    );
    expect(await crowd.answer()).toEqual(answer([], { initialValueModified: false }));
    expect((await alerts())[0]).toContain('NaN');
    expect(await crowd.faults()).toEqual([]);
  });
}

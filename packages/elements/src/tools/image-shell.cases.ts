// What all image tools have of one piece of code, as one battery: labels, instructions, brightness, the loading of the image.
import { expect, test } from 'vitest';
import type { ImageToolCase, ImageToolPage, MaskToolCase } from '../testing/image-tool-page.ts';
import type { TestImages } from '../testing/test-images.ts';

export function testImageShell(page: ImageToolPage, images: TestImages, each: ImageToolCase | MaskToolCase): void {
  const { crowd, labels, element, given, answer, submit, loaded, open, alerts } = page;
  const { key, initial } = each;

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
}

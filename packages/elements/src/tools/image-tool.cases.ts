// What holds for every tool on an image, as one battery. All images are 400 × 200 unless a test says otherwise.
import { expect, test } from 'vitest';
import type { CrowdPage } from '../testing/crowd-page.ts';
import { restoreDrafts, takeDrafts } from '../testing/drafts.ts';
import { type Entry, type ImageToolCase, imageToolPage, type MaskToolCase } from '../testing/image-tool-page.ts';
import type { StagePointer } from '../testing/stage-pointer.ts';
import { type TestImages, turned } from '../testing/test-images.ts';
import { testImageShell } from './image-shell.cases.ts';

/** Of those that draw shapes one, and one that paints: what they have in common is looked at there. */
const withTheShell = ['crowd-bounding-box', 'crowd-semantic-segmentation'];

export function testImageTool(crowdPage: CrowdPage, images: TestImages, each: ImageToolCase | MaskToolCase): void {
  const { tag, key, initial } = each;
  const toolPage = imageToolPage(crowdPage, images, each);
  const { crowd, size, labels, element, given, answer, submit, loaded, open, alerts, drawCat } = toolPage;
  if (withTheShell.includes(tag)) testImageShell(toolPage, images, each);

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

  const works: Readonly<Record<string, (stage: StagePointer) => Promise<unknown>>> = {
    'drawn and deleted': async (stage) => {
      await drawCat(stage);
      await stage.page.locator('#tool #marks').focus();
      await stage.page.keyboard.press('Home');
      await stage.page.keyboard.press('Delete');
    },
    ...(withTheShell.includes(tag) && {
      'drawn and taken back': async (stage) => {
        await drawCat(stage);
        await stage.page.keyboard.press('Control+z');
      },
    }),
  };
  test.each(Object.entries(works))(
    'R2: what was %s comes back into the page that is loaded anew',
    async (_how, work) => {
      const more = `${labels} ${given(initial)}`;
      const stage = await open(more);
      const { page } = stage;
      expect(await takeDrafts(page)).toEqual({});
      await work(stage);
      const drawn = await crowd.answer();
      const drafts = await takeDrafts(page);
      expect(Object.keys(drafts).length).toBe(1);
      await crowd.openForm(element(more));
      // It waits for the image, and for a mask to begin with.
      await restoreDrafts(page, drafts);
      expect(await takeDrafts(page)).toEqual(drafts);
      const changes = async () => (await crowd.events()).filter((event) => event === 'tool:change').length;
      await expect.poll(changes).toBe(1);
      expect(await crowd.answer()).toEqual(drawn);
      // What a script sets late takes nothing away.
      await page.evaluate(
        "tool.labels = ['Cat', 'Dog']; tool.setAttribute('initial-value', tool.getAttribute('initial-value'))",
      );
      await expect.poll(changes).toBe(2);
      expect(await crowd.answer()).toEqual(drawn);
      expect(await takeDrafts(page)).toEqual(drafts);
      await submit();
      await expect.poll(crowd.submitted).toEqual([drawn]);
      // From here on there are other drafts, and none of another image.
      await page.locator('#tool #marks').focus();
      await page.keyboard.press('End');
      await page.keyboard.press('Delete');
      expect(await takeDrafts(page)).not.toEqual(drafts);
      await page.evaluate('tool.src += "?other"');
      expect(await takeDrafts(page)).toEqual({});
    },
  );

  if (withTheShell.includes(tag))
    test('R2: that there is nothing to label comes back from a draft', async () => {
      const { page } = await open();
      await page.getByLabel('Nothing to label').check();
      const drafts = await takeDrafts(page);
      await open();
      await restoreDrafts(page, drafts);
      expect(await page.getByLabel('Nothing to label').isChecked()).toBe(true);
      await expect.poll(crowd.answer).toEqual(answer([]));
      await submit();
      await expect.poll(crowd.submitted).toEqual([answer([])]);
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

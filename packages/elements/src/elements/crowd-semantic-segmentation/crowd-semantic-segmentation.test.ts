import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { useCrowdPage } from '../../testing/crowd-page.ts';
import {
  areasIn,
  drawRectangle,
  type MaskAnswer,
  maskOf,
  maskPage,
  pixelsIn,
  rectangle,
  settled,
} from '../../testing/mask-page.ts';
import { readPng } from '../../testing/read-png.ts';
import { useTestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../../tools/image-tool.cases.ts';

const crowd = useCrowdPage();
const images = useTestImages();
const { open, answer, areas, keys, begin, alerts } = maskPage(crowd, images, 'crowd-semantic-segmentation');
const colors: Readonly<Record<string, string>> = { Cat: '#2ca02c', Dog: '#1f77b4' };
const initial = [rectangle('Cat', 10, 20, 100, 50), rectangle('Dog', 200, 60, 80, 90)] as const;
const given = (marks: readonly unknown[]) => ({
  src: maskOf((marks as (typeof initial)[number][]).map((area) => ({ area, color: colors[area.label]! }))),
  labelMappings: Object.fromEntries(
    (marks as (typeof initial)[number][]).map(({ label }) => [label, { color: colors[label] }]),
  ),
});
const hint = () => crowd.page.locator('#tool .hint').textContent();

describe('crowd-semantic-segmentation', () => {
  testImageTool(crowd, images, {
    tag: 'crowd-semantic-segmentation',
    key: 'areas',
    draw: (stage) => drawRectangle(stage, [100, 50, 180, 90]),
    drawn: { ...rectangle('Cat', 100, 50, 80, 40) },
    initial: [{ ...initial[0] }, { ...initial[1] }],
    listed({ labelMappings, labeledImage, ...rest }) {
      return { ...rest, areas: areasIn({ labelMappings, labeledImage } as MaskAnswer) };
    },
    given,
  });

  test('the answer says the size, the colours of what occurs, and the mask in plain Base64', async () => {
    const stage = await open();
    expect(await answer()).toEqual({
      inputImageProperties: { height: 200, width: 400 },
      labelMappings: {},
      labeledImage: { pngImageData: expect.stringMatching(/^iVBOR/) },
    });
    await keys('2');
    await drawRectangle(stage, [100, 50, 180, 90]);
    const value = await answer();
    expect(value).toEqual({
      inputImageProperties: { height: 200, width: 400 },
      labelMappings: { Dog: { color: '#1f77b4' } },
      labeledImage: { pngImageData: expect.stringMatching(/^iVBOR/) },
    });
    const png = readPng(value.labeledImage.pngImageData);
    expect([png.width, png.height, png.type]).toEqual([400, 200, 3]);
    expect([png.at(99, 50), png.at(100, 50), png.at(179, 89), png.at(180, 89), png.at(100, 90)]).toEqual([
      '#ffffff00',
      '#1f77b4ff',
      '#1f77b4ff',
      '#ffffff00',
      '#ffffff00',
    ]);
  });

  test('the brush paints whole pixels, as large as it was set, and each stroke is one step', async () => {
    const stage = await open();
    await keys('1', 'b');
    expect(await stage.page.locator('#tool .pixels').textContent()).toBe('10 px');
    await stage.click(100, 50);
    // A circle of ten pixels across.
    expect(await areas()).toEqual([{ ...rectangle('Cat', 95, 45, 10, 10), pixels: 80 }]);
    for (let count = 0; count < 30; count++) await keys('[');
    expect(await stage.page.locator('#tool .pixels').textContent()).toBe('1 px');
    await stage.click(20.5, 30.5);
    expect((await areas())[0]).toMatchObject({ left: 20, top: 30, pixels: 81 });
    await keys(']', ']');
    await stage.drag([200.5, 100.5], [220.5, 100.5], [220.5, 130.5]);
    // Three pixels wide: 23 × 3 and 3 × 30 more.
    expect((await areas())[0]!.pixels).toBe(81 + 69 + 90);
    await keys('Control+z');
    expect((await areas())[0]!.pixels).toBe(81);
    await keys('Control+z', 'Control+z');
    expect(await areas()).toEqual([]);
    await keys('.', '.', '.');
    expect((await areas())[0]!.pixels).toBe(81 + 69 + 90);
    expect((await crowd.events()).filter((event) => event === 'tool:change').length).toBe(9);
  });

  test('what is painted shows at once, at each zoom, in the colour of its label', async () => {
    const stage = await open();
    const { page } = stage;
    const shown = (x: number, y: number) =>
      page.evaluate(
        ([left, top]) => {
          const canvas = document.querySelector('#tool')!.shadowRoot!.querySelector<HTMLCanvasElement>('canvas.mask')!;
          return [canvas.width, canvas.height, ...canvas.getContext('2d')!.getImageData(left, top, 1, 1).data];
        },
        [x, y] as const,
      );
    await keys('2', 'b');
    for (const at of [100, 120]) {
      await stage.moveTo(at, 50);
      await page.mouse.down();
      expect(await shown(at, 50)).toEqual([400, 200, 31, 119, 180, 255]);
      await stage.moveTo(at, 80);
      expect(await shown(at, 80)).toEqual([400, 200, 31, 119, 180, 255]);
      await page.mouse.up();
      await page.mouse.wheel(0, -300);
    }
    await keys('Control+z');
    expect(await shown(100, 50)).toEqual([400, 200, 31, 119, 180, 255]);
    expect(await shown(120, 50)).toEqual([400, 200, 0, 0, 0, 0]);
    await page.evaluate('tool.labelColors = ["#000001", "#010203"]');
    expect(await shown(100, 50)).toEqual([400, 200, 1, 2, 3, 255]);
  });

  test('a fast diagonal stroke has no gaps', async () => {
    const stage = await open(`labels="['Cat']"`);
    for (let count = 0; count < 30; count++) await keys('[');
    const { page } = stage;
    await stage.moveTo(10.5, 10.5);
    await page.mouse.down();
    await stage.moveTo(110.5, 60.5);
    await page.mouse.up();
    const png = readPng((await answer()).labeledImage.pngImageData);
    for (let x = 10; x <= 110; x++) {
      const painted = Array.from({ length: 200 }, (_each, y) => png.at(x, y)).filter((color) => color === '#2ca02cff');
      expect([x, painted.length > 0 && painted.length < 3]).toEqual([x, true]);
    }
  });

  test('each pixel has at most one label; the eraser takes it away', async () => {
    const stage = await open();
    await keys('1');
    await drawRectangle(stage, [100, 50, 200, 150]);
    await keys('2');
    await drawRectangle(stage, [150, 50, 250, 150]);
    expect(await areas()).toEqual([rectangle('Cat', 100, 50, 50, 100), rectangle('Dog', 150, 50, 100, 100)]);
    await keys('e');
    await stage.drag([120, 40], [120, 160]);
    expect(await areas()).toEqual([
      { ...rectangle('Cat', 100, 50, 50, 100), pixels: 4000 },
      rectangle('Dog', 150, 50, 100, 100),
    ]);
    // What is erased whole is in the answer no more.
    await keys('Control+z', 'v');
    await stage.click(120, 60);
    await keys('Delete');
    expect(await areas()).toEqual([rectangle('Dog', 150, 50, 100, 100)]);
    await keys('Control+z');
    expect((await areas()).length).toBe(2);
  });

  test('fills the connected area of one label', async () => {
    const stage = await open();
    await keys('1');
    await drawRectangle(stage, [100, 50, 200, 150]);
    await drawRectangle(stage, [200, 150, 220, 170]);
    await keys('2', 'g');
    // The second rectangle touches the first one at a corner only.
    await stage.click(120, 60);
    expect(await areas()).toEqual([rectangle('Cat', 200, 150, 20, 20), rectangle('Dog', 100, 50, 100, 100)]);
    await stage.click(5, 5);
    expect(await areas()).toEqual([
      rectangle('Cat', 200, 150, 20, 20),
      { ...rectangle('Dog', 0, 0, 400, 200), pixels: 80000 - 400 },
    ]);
    await keys('Control+z', 'Control+z');
    expect(await areas()).toEqual([{ ...rectangle('Cat', 100, 50, 120, 120), pixels: 10400 }]);
  });

  test('a polygon is filled, also one that crosses itself; too few points are said; Escape gives it up', async () => {
    const stage = await open(`labels="['Cat']"`);
    await keys('p');
    await stage.click(100, 50);
    await stage.click(140, 50);
    await keys('Enter');
    expect(await hint()).toBe('At least 3 points are needed.');
    await stage.click(100, 90);
    await keys('Enter');
    // Half of 40 × 40: the diagonal passes through the middles of its pixels.
    expect(await areas()).toEqual([{ ...rectangle('Cat', 100, 50, 39, 39), pixels: 780 }]);
    await stage.click(10, 10);
    await stage.click(20, 10);
    await keys('Backspace', 'Backspace');
    expect((await areas())[0]!.pixels).toBe(780);
    await stage.click(10, 10);
    await keys('Escape');
    expect(await stage.page.locator('#tool .sketch').count()).toBe(0);
    await keys('Control+z');
    expect(await areas()).toEqual([]);
  });

  test('by keys alone: the pen paints while it is down, polygons are filled, areas too', async () => {
    const { page } = await open();
    await page.locator('#tool .stage').focus();
    for (let count = 0; count < 30; count++) await keys('[');
    await keys('1', 'Space', 'Space', 'Shift+ArrowRight', 'ArrowDown');
    expect(await page.locator('#tool [role="status"].unseen').textContent()).toBe('210, 101');
    // Not an answer before it is lifted.
    expect(await areas()).toEqual([]);
    await keys('Space', 'Shift+ArrowRight');
    expect(await areas()).toEqual([{ ...rectangle('Cat', 200, 100, 11, 2), pixels: 12 }]);
    await keys('Control+z');
    expect(await areas()).toEqual([]);
    await keys(
      '2',
      'p',
      'Space',
      'Shift+ArrowRight',
      'Space',
      'Shift+ArrowDown',
      'Space',
      'Shift+ArrowLeft',
      'Space',
      'Enter',
    );
    expect(await areas()).toEqual([rectangle('Dog', 220, 101, 10, 10)]);
    await keys('1', 'g', 'ArrowUp', 'Space');
    expect(await areas()).toEqual([rectangle('Cat', 220, 101, 10, 10)]);
    await keys('b', 'Space', 'ArrowRight', 'Escape');
    expect(await areas()).toEqual([rectangle('Cat', 220, 101, 10, 10)]);
    await keys('Tab', '2');
    expect(await areas()).toEqual([rectangle('Dog', 220, 101, 10, 10)]);
    await keys('Delete');
    expect(await areas()).toEqual([]);
    expect(crowd.complaints).toEqual([]);
  });

  test('Escape during a stroke and another finger take it back', async () => {
    const stage = await open(`labels="['Cat']"`);
    const { page } = stage;
    await stage.moveTo(100, 50);
    await page.mouse.down();
    await stage.moveTo(150, 50);
    await keys('Escape');
    await stage.moveTo(180, 50);
    await page.mouse.up();
    expect(await areas()).toEqual([]);
    const finger = await stage.touch();
    await finger.pinch([100, 100], [200, 100], 40);
    expect(await areas()).toEqual([]);
    await keys('f');
    await finger.drag([100, 100], [140, 100]);
    expect((await areas())[0]).toMatchObject({ left: 95, top: 95, width: 50, height: 10 });
  });

  test('lists the labels that occur with their share of the image', async () => {
    await open();
    await begin(given(initial));
    expect(await crowd.page.locator('#tool .mark .text').allTextContents()).toEqual([
      'Cat 6.3% of the image',
      'Dog 9% of the image',
    ]);
  });

  test.each([
    ['an attribute', (value: unknown) => open(`labels="['Cat', 'Dog']" initial-value='${JSON.stringify(value)}'`)],
    ['a property', (value: unknown) => open().then(() => begin(value))],
  ])('a mask to begin with by %s; the same again is no change', async (_title, openWith) => {
    await openWith(given(initial));
    expect(await areas()).toEqual(initial);
    const first = await answer();
    expect(first).toMatchObject({
      initialValueModified: false,
      labelMappings: { Cat: { color: '#2ca02c' }, Dog: { color: '#1f77b4' } },
    });
    // Its own answer, as it is.
    await begin(first);
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    await begin({
      src: `data:image/png;base64,${first.labeledImage.pngImageData}`,
      labelMappings: first.labelMappings,
    });
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    await crowd.page.locator('#tool .stage').focus();
    await keys('Tab', '2');
    expect((await answer()).initialValueModified).toBe(true);
    await keys('Control+z');
    expect((await answer()).initialValueModified).toBe(false);
    expect(crowd.complaints).toEqual([]);
  });

  test('labels keep the given colours, others get one that is free; unknown colours and labels are background', async () => {
    await open(`labels="['Cat', 'Dog', 'Cow']"`);
    const src = maskOf([
      { area: rectangle('', 10, 10, 20, 20), color: '#2ca02c' },
      { area: rectangle('', 50, 10, 20, 20), color: '#000000' },
      { area: rectangle('', 90, 10, 20, 20), color: '#2ca02d' },
      { area: rectangle('', 130, 10, 20, 20), color: '#123456' },
    ]);
    await begin({
      src,
      labelMappings: { Dog: { color: '#2CA02C' }, Cow: { color: '#000' }, Horse: { color: '#123456' } },
    });
    expect(await areas()).toEqual([rectangle('Cow', 50, 10, 20, 20), rectangle('Dog', 10, 10, 20, 20)]);
    expect((await answer()).labelMappings).toEqual({ Cow: { color: '#000000' }, Dog: { color: '#2ca02c' } });
    expect(await crowd.page.evaluate('tool.labelColors')).toEqual(['#1f77b4', '#2ca02c', '#000000']);
    await crowd.page.evaluate('tool.labels = [...tool.labels, "Horse"]');
    expect((await areas()).at(-1)).toEqual(rectangle('Horse', 130, 10, 20, 20));
  });

  const small = (data: readonly number[], type: number, more: readonly Buffer[] = [], depth = 8) =>
    file(2, 2, depth, type, data, more);
  test.each([
    ['red, green, blue', small([0, 1, 2, 3, 9, 9, 9, 0, 9, 9, 9, 1, 2, 3], 2)],
    ['opacity', small([0, 1, 2, 3, 1, 1, 2, 3, 0, 0, 9, 9, 9, 255, 1, 2, 3, 255], 6)],
    ['filters', small([1, 1, 2, 3, 8, 7, 6, 2, 8, 7, 6, 248, 249, 250], 2)],
    ['a mean and a guess', small([3, 1, 2, 3, 9, 8, 8, 4, 8, 7, 6, 248, 249, 250], 2)],
    ['16 bits', small([0, 1, 0, 2, 0, 3, 0, 9, 0, 9, 0, 9, 0, 0, 9, 0, 9, 0, 9, 0, 1, 0, 2, 0, 3, 0], 2, [], 16)],
    ['a palette of one bit', small([0, 0b01000000, 0, 0b10000000], 3, [part('PLTE', [1, 2, 3, 9, 9, 9])], 1)],
    [
      'a transparent entry',
      small([0, 0, 2, 0, 1, 0], 3, [part('PLTE', [1, 2, 3, 9, 9, 9, 1, 2, 3]), part('tRNS', [255, 255, 0])]),
    ],
    ['a transparent colour', small([0, 1, 2, 3, 9, 9, 9, 0, 9, 9, 9, 1, 2, 3], 2, [part('tRNS', [0, 9, 0, 9, 0, 9])])],
  ])('reads masks exactly: %s', async (_title, bytes) => {
    const stage = await open(`labels="['Cat']"`, images.url('2x2.png'));
    await begin({
      src: `data:image/png;base64,${bytes.toString('base64')}`,
      labelMappings: { Cat: { color: '#010203' } },
    });
    expect(await alerts()).toEqual([]);
    const png = readPng((await answer()).labeledImage.pngImageData);
    const seen = [png.at(0, 0), png.at(1, 0), png.at(0, 1), png.at(1, 1)];
    expect(seen).toEqual(['#010203ff', '#ffffff00', '#ffffff00', '#010203ff']);
    expect(stage.page).toBe(crowd.page);
  });

  test.each([
    [
      'of another size',
      () => `data:image/png;base64,${small([0, 0, 0, 0, 0, 0], 3, [part('PLTE', [0, 0, 0])]).toString('base64')}`,
      'The given mask has 2 × 2 pixels, the image has 400 × 200: it is left out.',
    ],
    ['that is refused', () => images.url('status/403'), 'The given mask could not be loaded (403). It is left out.'],
    [
      'from a server that does not allow it',
      () => images.url('closed/400x200.png'),
      'The given mask could not be loaded: its server was not reached or does not allow it. It is left out.',
    ],
    ['that is no PNG', () => images.url('text'), 'The given mask is no PNG image that can be read. It is left out.'],
    [
      'that is damaged',
      () => `data:image/png;base64,${small([0, 1], 2).toString('base64')}`,
      'The given mask is no PNG image that can be read. It is left out.',
    ],
    [
      'that is interlaced',
      () => `data:image/png;base64,${file(2, 2, 8, 3, [0, 0, 0, 0, 0, 0], [], 1).toString('base64')}`,
      'The given mask is no PNG image that can be read. It is left out.',
    ],
  ])('a mask %s is named, and the work goes on', async (_title, src, sentence) => {
    const stage = await open();
    await begin({ src: src(), labelMappings: { Cat: { color: '#2ca02c' } } });
    await expect.poll(alerts).toEqual([sentence]);
    expect(crowd.complaints.some((text) => text.includes('initial-value:'))).toBe(true);
    await keys('1');
    await drawRectangle(stage, [100, 50, 180, 90]);
    expect(await areas()).toEqual([rectangle('Cat', 100, 50, 80, 40)]);
    expect(await crowd.faults()).toEqual([]);
  });

  test('colours that cannot be read or are there twice are named; the first one counts', async () => {
    await open();
    const { src } = given([initial[0]]);
    await begin({ src, labelMappings: { Cat: { color: '#2ca02c' }, Dog: { color: '#2ca02c' } } });
    expect(await alerts()).toEqual([
      'The given colour of “Dog” cannot be read or is taken already; its part is left out.',
    ]);
    expect(await areas()).toEqual([initial[0]]);
    await begin({ src, labelMappings: { Cat: { color: 'green' } } });
    expect(await alerts()).toEqual([
      'The given colour of “Cat” cannot be read or is taken already; its part is left out.',
    ]);
    expect(await areas()).toEqual([]);
  });

  test('nothing can be submitted or drawn while a given mask is on its way', async () => {
    const stage = await open();
    const { page } = stage;
    let goOn = () => {};
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    await page.route('**/held.png', async (route) => {
      await held;
      await route.fulfill({ status: 404 });
    });
    await page.evaluate(() => {
      const initialValue = { src: '/held.png', labelMappings: { Cat: { color: '#2ca02c' } } };
      Object.assign(document.querySelector('#tool')!, { initialValue });
    });
    await keys('1', 'b');
    await stage.click(100, 50);
    expect(await areas()).toEqual([]);
    await crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await crowd.page.locator('#tool #complaint').textContent()).toBe('The given mask is loading …');
    expect(await crowd.submitted()).toEqual([]);
    // Another one takes its place, whatever comes of the first one.
    await begin(given(initial));
    goOn();
    await page.unrouteAll({ behavior: 'wait' });
    expect(await areas()).toEqual(initial);
    expect(await alerts()).toEqual([]);
  });

  test('the mask is written by a worker, and then and there for whoever asks before', async () => {
    const stage = await open(`labels="['Cat']"`);
    await drawRectangle(stage, [100, 50, 180, 90]);
    const data = () =>
      stage.page.evaluate(() =>
        new FormData((document.querySelector('crowd-form') as unknown as { form: HTMLFormElement }).form).get('q'),
      );
    await expect.poll(async () => JSON.parse(String((await data()) ?? '{}')).labeledImage !== undefined).toBe(true);
    const fromWorker = JSON.parse(String(await data())) as MaskAnswer;
    expect(areasIn(fromWorker)).toEqual([rectangle('Cat', 100, 50, 80, 40)]);
    expect((await answer()).labeledImage).toEqual(fromWorker.labeledImage);
    // In one turn of the page: never an old one.
    const now = await stage.page.evaluate(() => {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true }));
      return (document.querySelector('#tool') as unknown as { value: MaskAnswer }).value;
    });
    expect(areasIn(now)).toEqual([]);
  });

  test('works in a frame of an opaque origin whose policy allows workers by blob addresses only', async () => {
    const page = await crowd.open('<main></main>');
    const frames = await page.evaluate(
      ([src, origin]) =>
        new Promise<string>((resolve) => {
          const policy = `worker-src blob:; script-src 'unsafe-inline' ${origin}`;
          const frame = document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script src="${origin}/crowd-html-elements.js"></script>
            <crowd-form><crowd-semantic-segmentation id="tool" name="q" src="${src}" labels="['Cat']"></crowd-semantic-segmentation></crowd-form>
            <script>const look = () => { const text = new FormData(document.querySelector('crowd-form').form).get('q');
              if (text && tool.value.inputImageProperties.width > 0) parent.postMessage(text, '*'); else requestAnimationFrame(look); };
            document.addEventListener('all-crowd-elements-ready', look)</script>`;
          addEventListener('message', ({ data }) => resolve(data as string));
          document.body.append(frame);
        }),
      [images.url('40x20.png'), crowd.origin] as const,
    );
    expect(readPng((JSON.parse(frames) as MaskAnswer).labeledImage.pngImageData).width).toBe(40);
    expect(crowd.complaints).toEqual([]);
  });

  test('has no faults while it is painted, with something selected, and at narrow width', async () => {
    const stage = await open(`labels="['Cat', 'Dog']"`);
    await keys('1');
    await drawRectangle(stage, [100, 50, 180, 90]);
    await stage.page.locator('#tool .mark').click();
    expect(await crowd.faults()).toEqual([]);
    await stage.page.setViewportSize({ width: 390, height: 800 });
    await settled(stage.page);
    expect(await crowd.faults()).toEqual([]);
    expect(await stage.page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await stage.page.setViewportSize({ width: 1280, height: 800 });
  });
});

/** A PNG whose rows are given as they are, with the numbers of their filters. */
function file(
  width: number,
  height: number,
  depth: number,
  type: number,
  rows: readonly number[],
  more: readonly Buffer[] = [],
  interlaced = 0,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, type, 0, 0, interlaced], 8);
  const data = deflateSync(Buffer.from(rows));
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    part('IHDR', header),
    ...more,
    part('IDAT', data),
    part('IEND', []),
  ]);
}

/** Without a right sum, which nobody looks at. */
function part(type: string, data: Iterable<number>): Buffer {
  const bytes = Buffer.from([...data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, Buffer.from(type, 'latin1'), bytes, Buffer.alloc(4)]);
}

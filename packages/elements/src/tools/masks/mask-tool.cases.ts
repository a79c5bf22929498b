// What holds for both tools for masks, as one battery, besides what holds for all tools on an image.
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { CrowdPage } from '../../testing/crowd-page.ts';
import {
  type Area,
  areasIn,
  drawRectangle,
  type MaskAnswer,
  maskOf,
  maskPage,
  pixelsIn,
  rectangle,
  settled,
} from '../../testing/mask-page.ts';
import { otherScreens, type Painted, screenOf, seenAt } from '../../testing/mask-screen.ts';
import { readPng } from '../../testing/read-png.ts';
import type { TestImages } from '../../testing/test-images.ts';
import { testImageTool } from '../image-tool.cases.ts';

/** A label or an instance of a given mask. */
interface Part {
  readonly label: string;
  readonly color: string;
}

export interface MaskToolCase {
  readonly tag: string;
  /** A value of `initial-value` with the mask at an address. */
  readonly value: (src: string, parts: readonly Part[]) => unknown;
}

const colors = ['#2ca02c', '#1f77b4', '#ff7f0e'];

/** One for Cat, one for Dog. */
export const initial = [rectangle('Cat', 10, 20, 100, 50), rectangle('Dog', 200, 60, 80, 90)] as const;

/** A value of `initial-value` with these areas, each in a colour of its own. */
export function given({ value }: MaskToolCase, areas: readonly Area[]): unknown {
  const parts = areas.map((area, index) => ({ area, label: area.label, color: colors[index]! }));
  return value(
    maskOf(parts),
    parts.map(({ label, color }) => ({ label, color })),
  );
}

export function testMaskTool(crowd: CrowdPage, images: TestImages, each: MaskToolCase): void {
  const { open, answer, areas, keys, begin, alerts } = maskPage(crowd, images, each.tag);
  const hint = () => crowd.page.locator('#tool .hint').textContent();
  /** The screen shows exactly this, with so many pixels of the device for each of the page. */
  const shown = (painted: readonly Painted[], density: number) =>
    expect
      .poll(async () => {
        const screen = await screenOf(crowd.page, painted);
        return { ...screen, compared: screen.compared > 100_000, density: Number(screen.density.toFixed(2)) };
      })
      .toEqual({ wrong: [], compared: true, density });

  testImageTool(crowd, images, {
    tag: each.tag,
    key: 'areas',
    draw: (stage) => drawRectangle(stage, [100, 50, 180, 90]),
    drawn: { ...rectangle('Cat', 100, 50, 80, 40) },
    initial: [{ ...initial[0] }, { ...initial[1] }],
    listed({ labelMappings, instances, labeledImage, ...rest }) {
      return { ...rest, areas: areasIn({ labelMappings, instances, labeledImage } as MaskAnswer) };
    },
    given: (marks) => given(each, marks as unknown as readonly Area[]),
  });

  test('R2: while somebody paints, drafts have the mask of before; it is told when there is a new one', async () => {
    const stage = await open();
    await keys('1');
    await stage.page.evaluate(() => {
      const tool = document.querySelector('#tool') as unknown as Element &
        Record<symbol, { take(isLast: boolean): unknown }>;
      const { seen } = Object.assign(window, { seen: [] as string[] });
      const look = () => seen.push(JSON.stringify(tool[Symbol.for('holdpoint.draft')]!.take(false)) ?? 'none');
      tool.addEventListener('change', look);
      document.addEventListener('holdpoint-draft', look);
    });
    const seen = () => stage.page.evaluate('seen') as Promise<string[]>;
    await drawRectangle(stage, [10, 10, 50, 50]);
    await expect.poll(async () => (await seen()).length).toBe(2);
    await drawRectangle(stage, [100, 10, 150, 50]);
    await expect.poll(async () => (await seen()).length).toBe(4);
    const [first, second, third, fourth] = await seen();
    expect(first).toBe('none');
    expect(third).toBe(second);
    expect(fourth).not.toBe(third);
    expect(
      await stage.page.evaluate(() => {
        const tool = document.querySelector('#tool') as unknown as Record<symbol, { take(isLast: boolean): unknown }>;
        return JSON.stringify(tool[Symbol.for('holdpoint.draft')]!.take(true));
      }),
    ).toBe(fourth);
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

  test('with a segmentation of the page’s own, four points ask it, and what it answers is painted as one step', async () => {
    const stage = await open();
    const { page } = stage;
    expect(await page.getByRole('button', { name: 'Find by the four outermost points' }).count()).toBe(0);
    await page.evaluate(() => {
      const asked: unknown[] = [];
      Object.assign(window, { asked });
      Object.assign(document.querySelector('#tool')!, {
        async autoSegment(request: { src: string; points: { x: number; y: number }[] }) {
          asked.push({ ...request, src: new URL(request.src, location.href).pathname });
          const [left, top, right, bottom] = request.points;
          return [
            { x: left!.x, y: top!.y },
            { x: right!.x, y: top!.y },
            { x: right!.x, y: bottom!.y },
            { x: left!.x, y: bottom!.y },
          ];
        },
      });
    });
    await page.getByRole('button', { name: 'Find by the four outermost points' }).click();
    await keys('2');
    for (const at of [
      [100, 80],
      [150, 50],
      [180, 70],
    ] as [number, number][])
      await stage.click(...at);
    await keys('Enter');
    expect(await hint()).toBe('Set four points: leftmost, topmost, rightmost and lowest.');
    await stage.click(140, 90);
    await expect.poll(areas).toEqual([rectangle('Dog', 100, 50, 80, 40)]);
    expect(await page.evaluate('asked')).toEqual([
      {
        src: '/400x200.png',
        width: 400,
        height: 200,
        label: 'Dog',
        points: [
          { x: 100, y: 80 },
          { x: 150, y: 50 },
          { x: 180, y: 70 },
          { x: 140, y: 90 },
        ],
      },
    ]);
    await keys('Control+z');
    expect(await areas()).toEqual([]);
  });

  test.each([
    ['fails', () => Promise.reject(new Error('no model'))],
    ['answers what is no outline', () => [{ x: 1, y: Number.NaN }]],
    ['answers nothing', () => undefined],
  ])('a segmentation of the page’s own that %s changes nothing, and the worker is told', async (_, autoSegment) => {
    const stage = await open();
    await stage.page.evaluate(`tool.autoSegment = ${autoSegment}`);
    await keys('1', 'a');
    for (const at of [
      [100, 80],
      [150, 50],
      [180, 70],
      [140, 90],
    ] as [number, number][])
      await stage.click(...at);
    await expect.poll(hint).toBe('Nothing could be found between these points. Paint it instead.');
    expect(await areas()).toEqual([]);
  });

  test('what is painted shows while it is painted, at each zoom and window size', async () => {
    const stage = await open(`labels="['Cat']"`);
    const { page } = stage;
    const shows = (...areas: readonly Area[]) =>
      shown(
        areas.map((area) => ({ area, color: '#2ca02c' })),
        1,
      );
    for (let count = 0; count < 30; count++) await keys('[');
    await stage.moveTo(100.5, 50.5);
    await page.mouse.down();
    await shows(rectangle('Cat', 100, 50, 1, 1));
    await stage.moveTo(100.5, 80.5);
    await shows(rectangle('Cat', 100, 50, 1, 31));
    await keys('Escape');
    await shows();
    await page.mouse.up();
    await keys('+', '+', '+');
    await stage.drag([110.5, 60.5], [140.5, 60.5]);
    await shows(rectangle('Cat', 110, 60, 31, 1));
    await keys('-', '-', '-', '-', '-');
    await drawRectangle(stage, [20, 20, 390, 190]);
    await shows(rectangle('Cat', 20, 20, 370, 170));
    await keys('Control+z');
    await shows(rectangle('Cat', 110, 60, 31, 1));
    await keys('.');
    await shows(rectangle('Cat', 20, 20, 370, 170));
    await page.setViewportSize({ width: 1100, height: 900 });
    await shows(rectangle('Cat', 20, 20, 370, 170));
    await page.setViewportSize({ width: 1280, height: 800 });
    await shows(rectangle('Cat', 20, 20, 370, 170));
  });

  test.each([1, 1.5, 2])(
    'shows the mask pixel by pixel at %d pixels of the device for each of the page',
    async (density) => {
      // Larger than the stage, so that some of its pixels are not seen when all of it is.
      const stage = await open(undefined, images.url('1500x1100.png'));
      const { page } = stage;
      const screens = await otherScreens(page);
      await screens.show(density);
      const painted: Painted[] = [];
      const shows = () => shown(painted, density);
      const draw = async (...[left, top, right, bottom]: readonly [number, number, number, number]) => {
        await drawRectangle(stage, [left, top, right, bottom]);
        painted.push({ area: rectangle('Cat', left, top, right - left, bottom - top), color: '#2ca02c' });
        await shows();
      };
      try {
        await keys('1');
        await draw(100, 200, 700, 800);
        await keys('f');
        for (let count = 0; count < 3; count++) await keys('+');
        await shows();
        await draw(600, 500, 900, 600);
        for (let count = 0; count < 10; count++) await keys('+');
        await draw(748, 549, 755, 553);
        await keys('m');
        await stage.drag([750, 550], [752.3, 551.7]);
        await shows();
        for (let count = 0; count < 30; count++) await keys('-');
        await shows();
        await keys('f', 'Control+z');
        painted.pop();
        await shows();
      } finally {
        await screens.end();
      }
    },
  );

  test('what is painted lies over the image where it was painted, as opaque as the worker wants it', async () => {
    const stage = await open(`labels="['Cat']"`);
    const { page } = stage;
    await page.evaluate('document.querySelector("#tool").shadowRoot.querySelector(".picture").style.opacity = 0');
    await drawRectangle(stage, [100, 50, 180, 90]);
    const settings = page.locator('#tool').getByRole('slider', { name: 'Opacity of marks' });
    await page
      .locator('#tool')
      .getByRole('button', { name: /settings|brightness/i })
      .click();
    await settings.fill('100');
    await page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
    await page.mouse.move(0, 0);
    const { x, y, width } = await stage.box();
    const at = (column: number, row: number) => seenAt(page, x + (column * width) / 400, y + (row * width) / 400);
    expect([await at(101, 51), await at(179, 89), await at(101, 89)]).toEqual(Array(3).fill([44, 160, 44]));
    for (const outside of [await at(98, 51), await at(182, 89), await at(101, 92), await at(179, 48)])
      expect(outside).not.toEqual([44, 160, 44]);
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

  test('its own answer to begin with is no change, entry by entry', async () => {
    await open();
    await begin(given(each, initial));
    const first = await answer();
    expect(areasIn(first)).toEqual(initial);
    expect(first.initialValueModified).toBe(false);
    await begin(first);
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
    const parts =
      first.instances ?? Object.entries(first.labelMappings).map(([label, { color }]) => ({ label, color }));
    await begin(each.value(`data:image/png;base64,${first.labeledImage.pngImageData}`, parts));
    expect(pixelsIn(await answer())).toEqual(pixelsIn(first));
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
    await begin(each.value(`data:image/png;base64,${bytes.toString('base64')}`, [{ label: 'Cat', color: '#010203' }]));
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
    await begin(each.value(src(), [{ label: 'Cat', color: '#2ca02c' }]));
    await expect.poll(alerts).toEqual([sentence]);
    expect(crowd.complaints.some((text) => text.includes('initial-value:'))).toBe(true);
    await keys('1');
    await drawRectangle(stage, [100, 50, 180, 90]);
    expect(await areas()).toEqual([rectangle('Cat', 100, 50, 80, 40)]);
    expect(await crowd.faults()).toEqual([]);
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
    await page.evaluate(
      (initialValue) => Object.assign(document.querySelector('#tool')!, { initialValue }),
      each.value('/held.png', [{ label: 'Cat', color: '#2ca02c' }]),
    );
    await keys('1', 'b');
    await stage.click(100, 50);
    expect(await areas()).toEqual([]);
    await crowd.page.getByRole('button', { name: 'Submit', exact: true }).click();
    expect(await crowd.page.locator('#tool #complaint').textContent()).toBe('The given mask is loading …');
    expect(await crowd.submitted()).toEqual([]);
    // Another one takes its place, whatever comes of the first one.
    await begin(given(each, initial));
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
      ([src, origin, tag]) =>
        new Promise<string>((resolve) => {
          const policy = `worker-src blob:; script-src 'unsafe-inline' ${origin}`;
          const frame = document.createElement('iframe');
          frame.setAttribute('sandbox', 'allow-scripts');
          frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script src="${origin}/crowd-html-elements.js"></script>
            <crowd-form><${tag} id="tool" name="q" src="${src}" labels="['Cat']"></${tag}></crowd-form>
            <script>const look = () => { const text = new FormData(document.querySelector('crowd-form').form).get('q');
              if (text && tool.value.inputImageProperties.width > 0) parent.postMessage(text, '*'); else requestAnimationFrame(look); };
            document.addEventListener('all-crowd-elements-ready', look)</script>`;
          addEventListener('message', ({ data }) => resolve(data as string));
          document.body.append(frame);
        }),
      [images.url('40x20.png'), crowd.origin, each.tag] as const,
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
}

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

// Frames while something goes on: a drag, a zoom, a slider that is moved.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { type BenchWindow, imageArea, openTool, type Pages } from './pages.ts';
import { median, percentile, type Row } from './table.ts';

const moves = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 240);
/** Milliseconds between two moves of the mouse: more than one in each frame. */
const moveEvery = 8;
/** The issue's own: 60 frames a second. */
const limit = '99 % < 32 ms';

interface ToolCase {
  readonly name: string;
  readonly tag: string;
  readonly more?: string;
  /** Keys that are pressed before. */
  readonly keys?: readonly string[];
  readonly act: (page: Page) => Promise<void>;
}

/** The mouse goes down there and round a middle to the left of it; in pixels of the image. */
const drag =
  (x: number, y: number, radius: number) =>
  async (page: Page): Promise<void> => {
    const area = await imageArea(page);
    const scale = area.width / 4000;
    await goRound(page, area.x + x * scale, area.y + y * scale, radius * scale);
  };

async function goRound(page: Page, x: number, y: number, radius: number): Promise<void> {
  const place = (turn: number) => [x + radius * (Math.cos(turn) - 1), y + radius * Math.sin(turn)] as const;
  await page.mouse.move(...place(0));
  await page.mouse.down();
  await startFrames(page);
  await inTurn((step) => page.mouse.move(...place((step / 60) * Math.PI)));
}

/** In and out again, in the middle of the stage. */
async function zoom(page: Page): Promise<void> {
  const { x, y, width, height } = await imageArea(page);
  await page.mouse.move(x + width / 2, y + height / 2);
  await startFrames(page);
  await inTurn((step) => page.mouse.wheel(0, step % 40 < 20 ? -30 : 30));
}

/** From one end to the other and back. */
async function slide(page: Page): Promise<void> {
  await startFrames(page);
  await page.evaluate(
    ([count, every]) =>
      new Promise<void>((resolve) => {
        const slider = document
          .querySelector('#tool')!
          .shadowRoot!.querySelectorAll<HTMLInputElement>('#settings input')[2]!;
        let step = 0;
        const timer = setInterval(() => {
          slider.value = String(10 + Math.abs(((step * 5) % 180) - 90));
          slider.dispatchEvent(new Event('input', { bubbles: true }));
          if (++step < count) return;
          clearInterval(timer);
          resolve();
        }, every);
      }),
    [moves, moveEvery] as const,
  );
}

async function inTurn(act: (step: number) => Promise<void>): Promise<void> {
  const sent: Promise<void>[] = [];
  for (let step = 1; step <= moves; step++) {
    sent.push(act(step));
    await pause(moveEvery);
  }
  await Promise.all(sent);
}

const boxes = Array.from({ length: 500 }, (_, index) => ({
  label: index % 2 ? 'Car' : 'Person',
  left: (index % 25) * 150 + 20,
  top: Math.floor(index / 25) * 145 + 20,
  width: 100,
  height: 90,
}));
const ring = Array.from({ length: 5000 }, (_, index) => {
  const turn = (index / 5000) * 2 * Math.PI;
  const radius = 900 + 60 * Math.sin(turn * 40);
  return { x: Math.round(2000 + radius * Math.cos(turn)), y: Math.round(1500 + radius * Math.sin(turn)) };
});
const initial = (value: unknown) => `initial-value='${JSON.stringify(value)}'`;
const given = initial({
  src: '/mask.png',
  labelMappings: { Car: { color: '#2ca02c' }, Person: { color: '#1f77b4' } },
});
const fourTimes = Array<string>(14).fill('+');
const masks = 'crowd-semantic-segmentation';

const cases: readonly ToolCase[] = [
  {
    name: 'one of 500 boxes is moved',
    tag: 'crowd-bounding-box',
    more: initial(boxes),
    act: drag(boxes[262]!.left, boxes[262]!.top + 40, 200),
  },
  {
    name: 'a polygon of 5,000 vertices is moved',
    tag: 'crowd-polygon',
    more: initial([{ label: 'Car', vertices: ring }]),
    act: drag(ring[0]!.x, ring[0]!.y, 200),
  },
  { name: 'brush on 12 megapixels, fitted', tag: masks, keys: ['1'], act: drag(2000, 1500, 900) },
  { name: 'brush on 12 megapixels, at four times', tag: masks, keys: ['1', ...fourTimes], act: drag(2000, 1500, 60) },
  { name: 'mask of 12 megapixels, panned, fitted', tag: masks, more: given, keys: ['m'], act: drag(2000, 1500, 900) },
  {
    name: 'mask of 12 megapixels, panned, at four times',
    tag: masks,
    more: given,
    keys: ['m', ...fourTimes],
    act: drag(2000, 1500, 60),
  },
  { name: 'mask of 12 megapixels, zoomed by the wheel', tag: masks, more: given, act: zoom },
  { name: 'mask of 12 megapixels, opacity slider', tag: masks, more: given, act: slide },
];

export async function measureFrames(pages: Pages): Promise<(Row | string)[]> {
  const bare =
    await pages.open(`<!DOCTYPE html><body><div id="box" style="position:fixed;width:80px;height:80px;background:teal"></div>
    <script>addEventListener('pointermove', ({ clientX, clientY }) => { box.style.transform = \`translate(\${clientX}px,\${clientY}px)\` })</script>`);
  await goRound(bare, 600, 400, 200);
  const reference = await stopFrames(bare);
  const rows: (Row | string)[] = [
    'Frames while … (ms: median, 95 %, 99 %); reference: a bare page in which a box follows the mouse',
  ];
  for (const { name, tag, more, keys = [], act } of cases) {
    const page = await openTool(pages, tag, more);
    await page.evaluate((keys) => {
      for (const key of keys) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }, keys);
    await page.evaluate('tool.updateComplete');
    await act(page);
    rows.push(frameRow(name, await stopFrames(page), reference));
  }
  return rows;
}

export const frameRow = (name: string, times: readonly number[], reference: readonly number[]): Row => ({
  name,
  ours: frames(times),
  reference: frames(reference),
  ratio: median(times) / median(reference),
  limit,
});

export const frames = (times: readonly number[]): string =>
  [50, 95, 99].map((percent) => percentile(times, percent).toFixed(1).padStart(5)).join(' ');

export const startFrames = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const test = window as unknown as BenchWindow;
    test.frameTimes = [];
    let last = performance.now();
    const next = (now: number) => {
      test.frameTimes.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });

/** Closes the page. */
export async function stopFrames(page: Page): Promise<number[]> {
  const times = await page.evaluate<number[]>('frameTimes.slice(2)');
  await page.close();
  return times;
}

/** Turns the wheel there. */
export async function scroll(page: Page, { left, y }: { readonly left: number; readonly y: number }): Promise<void> {
  await page.mouse.move(left, y);
  await startFrames(page);
  await inTurn((step) => page.mouse.wheel(0, step % 120 < 100 ? 60 : -60));
}

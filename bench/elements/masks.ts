// What work a mask of 12 megapixels is: on the main thread, and off it.
import { deflateSync, inflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { type Area, imageArea, openTool, type Pages } from './pages.ts';
import { median, type Row, timeRow } from './table.ts';

const rounds = 5;

interface MaskWindow {
  /** Milliseconds from each request to a worker to its answer. */
  apart: number[];
  /** Milliseconds of the main thread for the last `pointerup` or `keydown`. */
  took: number;
}

/** Runs in the page. */
function watch(): void {
  const test = Object.assign(window as unknown as MaskWindow, { apart: [], took: 0 });
  const post = Worker.prototype.postMessage as (this: Worker, ...message: unknown[]) => void;
  Worker.prototype.postMessage = function (this: Worker, ...message: unknown[]) {
    const begun = performance.now();
    this.addEventListener('message', () => test.apart.push(performance.now() - begun), { once: true });
    post.apply(this, message);
  };
  for (const type of ['pointerup', 'keydown']) {
    let begun = 0;
    addEventListener(
      type,
      () => {
        begun = performance.now();
      },
      true,
    );
    addEventListener(type, () => {
      test.took = performance.now() - begun;
    });
  }
}

export async function measureMasks(pages: Pages): Promise<(Row | string)[]> {
  const page = await openTool(pages, 'crowd-semantic-segmentation');
  await page.evaluate(watch);
  const area = await imageArea(page);
  await page.keyboard.press('1');
  const times = {
    stroke: [] as number[],
    answer: [] as number[],
    apart: [] as number[],
    flood: [] as number[],
    undo: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    await stroke(page, area, round);
    times.stroke.push(await took(page));
    times.answer.push(
      await page.evaluate<number>(
        '(() => { const begun = performance.now(); void tool._submittableValue; return performance.now() - begun })()',
      ),
    );
    // Another edit, which nobody asks for until the worker has written it.
    await stroke(page, area, round + 0.5);
    times.apart.push(await written(page));
  }
  await page.keyboard.press('2');
  await page.keyboard.press('g');
  for (let round = 0; round < rounds; round++) {
    await page.mouse.click(area.x + 3, area.y + 3);
    times.flood.push(await took(page));
    await page.keyboard.press('Control+z');
    times.undo.push(await took(page));
  }
  await page.close();
  const empty = new Uint8Array(3000 * 4001);
  const zlib = timed(() => deflateSync(empty));
  const compressed = deflateSync(empty);
  const unzip = timed(() => inflateSync(compressed));
  const reading = await measureReading(pages);
  return [
    'A mask of 12 megapixels (ms, median); reference: zlib on as many empty pixels, deflated or inflated',
    timeRow('written off the main thread, from the request to the PNG', median(times.apart), zlib, '300 ms'),
    timeRow('the answer right after a stroke, on the main thread', median(times.answer), zlib),
    timeRow('a given mask is read, from the request until it is there', reading.whole, unzip),
    timeRow('the longest that the page does not answer meanwhile', reading.longest, unzip),
    timeRow('end of a stroke, on the main thread', median(times.stroke), zlib),
    timeRow('filling of the whole image, on the main thread', median(times.flood), zlib),
    timeRow('undoing it, on the main thread', median(times.undo), zlib),
  ];
}

const took = (page: Page): Promise<number> => page.evaluate<number>('took');

async function stroke(page: Page, area: Area, round: number): Promise<void> {
  const at = (step: number) =>
    [area.x + area.width * (0.2 + step / 70), area.y + area.height * (0.5 + 0.3 * Math.sin(step + round))] as const;
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let step = 1; step <= 40; step++) await page.mouse.move(...at(step));
  await page.mouse.up();
}

/** What the worker took for the next mask. */
async function written(page: Page): Promise<number> {
  await page.evaluate('apart.length = 0');
  await page.waitForFunction('apart.length > 0');
  return page.evaluate<number>('apart[0]');
}

async function measureReading(pages: Pages): Promise<{ readonly whole: number; readonly longest: number }> {
  const page = await openTool(pages, 'crowd-semantic-segmentation');
  const measured: { whole: number; longest: number }[] = [];
  for (let round = 0; round < rounds; round++)
    measured.push(
      await page.evaluate(async () => {
        const tool = document.querySelector('#tool') as HTMLElement & {
          initialValue: unknown;
          validationMessage: string;
        };
        const labelMappings = { Car: { color: '#2ca02c' }, Person: { color: '#1f77b4' } };
        const begun = performance.now();
        tool.initialValue = { src: '/mask.png', labelMappings };
        let [longest, last] = [0, begun];
        // Each turn of the page's loop: a gap is time in which nothing else could happen.
        const turn = new MessageChannel();
        await new Promise<void>((resolve) => {
          turn.port1.onmessage = () => {
            const now = performance.now();
            longest = Math.max(longest, now - last);
            last = now;
            if (tool.validationMessage.includes('loading')) turn.port2.postMessage('');
            else resolve();
          };
          turn.port2.postMessage('');
        });
        return { whole: performance.now() - begun, longest };
      }),
    );
  await page.close();
  return { whole: median(measured.map(({ whole }) => whole)), longest: median(measured.map(({ longest }) => longest)) };
}

function timed(act: () => void): number {
  const begun = performance.now();
  act();
  return performance.now() - begun;
}

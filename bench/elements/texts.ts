// 100,000 characters with 2,000 spans: how long a mark takes until it is seen, and frames while the text scrolls.
import type { Page } from 'playwright-core';
import { frameRow, scroll, stopFrames } from './frames.ts';
import { type Pages, script } from './pages.ts';
import { median, percentile, type Row } from './table.ts';

const rounds = 15;
const line = 'many words stand in this line of the text.\n';
const text = line.repeat(Math.ceil(100_000 / line.length));
const spans = Array.from({ length: 2000 }, (_, index) => ({
  label: 'verb',
  startOffset: index * line.length,
  endOffset: index * line.length + 4,
}));

/** Runs in the page: notes in `painted` how long it is from an event until what comes of it was painted. */
function watch(): void {
  const test = Object.assign(window as unknown as { painted: number[] }, { painted: [] });
  for (const type of ['keydown', 'pointerup'])
    addEventListener(
      type,
      ({ timeStamp }) => {
        requestAnimationFrame(() => {
          const after = new MessageChannel();
          after.port1.onmessage = () => test.painted.push(performance.now() - timeStamp);
          after.port2.postMessage('');
        });
      },
      true,
    );
}

async function paintedBy(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate('painted.length = 0');
  await act();
  await page.waitForFunction('painted.length > 0');
  return page.evaluate<number>('painted.at(-1)');
}

export async function measureTexts(pages: Pages): Promise<(Row | string)[]> {
  const bare = await openBare(pages);
  const page = await openTool(pages);
  const times = { key: [] as number[], mouse: [] as number[], bareKey: [] as number[], bareMouse: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.bareKey.push(await paintedBy(bare, () => bare.keyboard.press('1')));
    times.bareMouse.push(await paintedBy(bare, () => bare.mouse.click(60, 60)));
    // A word of the next line is highlighted, then its label chosen.
    for (const key of ['ArrowDown', 'Control+ArrowRight', 'Control+Shift+ArrowRight']) await page.keyboard.press(key);
    times.key.push(await paintedBy(page, () => page.keyboard.press('2')));
  }
  await marks(page, 2000 + rounds);
  await page.keyboard.press('2');
  await page.keyboard.press('Control+Home');
  for (let round = 0; round < rounds; round++) {
    // The label is chosen, then a word is dragged over; it is taken back, so that each round has the same to do.
    const { left, right, y } = await wordIn(page, 2);
    await page.mouse.move(left + 1, y);
    await page.mouse.down();
    await page.mouse.move(right - 1, y, { steps: 3 });
    times.mouse.push(await paintedBy(page, () => page.mouse.up()));
    await marks(page, 2001 + rounds);
    await page.keyboard.press('Control+z');
  }
  await scroll(page, await wordIn(page, 2));
  const ours = await stopFrames(page);
  await scroll(bare, { left: 60, y: 60 });
  const reference = await stopFrames(bare);
  return [
    'A text of 100,000 characters with 2,000 spans; reference: a bare page with the text, in which a word gets a colour',
    row('a mark by key until it is painted (ms: median, 95 %)', times.key, times.bareKey),
    row('a mark by mouse until it is painted (ms: median, 95 %)', times.mouse, times.bareMouse),
    frameRow('frames while it scrolls (ms: median, 95 %, 99 %)', ours, reference),
  ];
}

const row = (name: string, ours: readonly number[], reference: readonly number[]): Row => {
  const text = (times: readonly number[]) =>
    [50, 95].map((percent) => percentile(times, percent).toFixed(1).padStart(5)).join(' ');
  return { name, ours: text(ours), reference: text(reference), ratio: median(ours) / median(reference) };
};

/** A figure counts only when what it is of has happened. */
async function marks(page: Page, expected: number): Promise<void> {
  const count = await page.evaluate<number>('tool.value.entities.length');
  if (count !== expected) throw new Error(`${expected} marks were to be there, not ${count}.`);
}

/** Where a word of a line is in the window. */
const wordIn = (page: Page, lineNumber: number) =>
  page.evaluate((lineNumber) => {
    const area = document.querySelector('#tool')!.shadowRoot!.querySelector('.text-area')!;
    const walker = document.createTreeWalker(area, NodeFilter.SHOW_TEXT);
    for (let count = 0; count <= lineNumber; )
      if (walker.nextNode() && (walker.currentNode as Text).data.includes('line')) count++;
    const { data } = walker.currentNode as Text;
    const range = document.createRange();
    range.setStart(walker.currentNode, data.indexOf('line'));
    range.setEnd(walker.currentNode, data.indexOf('line') + 4);
    const { left, right, top, height } = range.getBoundingClientRect();
    return { left, right, y: top + height / 2 };
  }, lineNumber);

async function openTool(pages: Pages): Promise<Page> {
  const page = await pages.open(
    `<!DOCTYPE html><html>${script}<body><crowd-entity-annotation id="tool" name="t" labels="['verb', 'noun']"></crowd-entity-annotation>`,
  );
  await page.evaluate(
    ([text, initialValue]) => Object.assign(document.querySelector('#tool')!, { text, initialValue }),
    [text, spans] as const,
  );
  await page.evaluate(watch);
  await page.locator('#tool .text-stage').focus();
  await page.keyboard.press('Control+Home');
  return page;
}

async function openBare(pages: Pages): Promise<Page> {
  const page = await pages.open(
    `<!DOCTYPE html><body style="margin:0"><div style="height:700px;overflow:auto;white-space:pre-wrap"><b>word</b> ${text}</div>
    <script>const mark = () => { const { style } = document.querySelector('b'); style.background = style.background === '' ? 'gold' : '' };
    addEventListener('keydown', mark); addEventListener('pointerup', mark)</script>`,
  );
  await page.evaluate(watch);
  return page;
}

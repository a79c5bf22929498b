/**
 * `npm run bench -- elements`: the crowd-* elements in a real Chromium, each figure beside that of a bare page measured in the
 * same run: time until a form is ready, frames while marks are dragged and masks are painted, encoding of a mask; and what the
 * scripts weigh.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { type Browser, chromium, type Page } from 'playwright-core';

const dist = fileURLToPath(new URL('../packages/elements/dist/', import.meta.url));
const rounds = Number(process.env.HOLDPOINT_BENCH_ROUNDS ?? 15);
const moves = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 240);
/** Milliseconds between two moves of the mouse: more than one in each frame. */
const moveEvery = 8;

type At = readonly [x: number, y: number];

interface DragCase {
  readonly name: string;
  readonly html: string;
  /** Where the mouse goes down, and the middle of where it then goes round; pixels of the image, or of the window without one. */
  readonly from: At;
  readonly radius: number;
  /** What is done before, with the element `tool`. */
  readonly before?: string;
}

const boxes = Array.from({ length: 500 }, (_, index) => ({
  label: index % 2 ? 'Car' : 'Person',
  left: (index % 25) * 150 + 20,
  top: Math.floor(index / 25) * 145 + 20,
  width: 100,
  height: 90,
}));
const ring = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const turn = (index / count) * 2 * Math.PI;
    const radius = 900 + 60 * Math.sin(turn * 40);
    return { x: Math.round(2000 + radius * Math.cos(turn)), y: Math.round(1500 + radius * Math.sin(turn)) };
  });
const tool = (tag: string, more = '') =>
  `<crowd-form><${tag} id="tool" name="t" src="/4000x3000.png" labels="['Car', 'Person']" ${more}></${tag}></crowd-form>`;
const initial = (value: unknown) => `initial-value='${JSON.stringify(value)}'`;
const pick = (key: string) =>
  `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '${key}', bubbles: true }))`;

const drags: readonly DragCase[] = [
  {
    name: 'one of 500 boxes is moved',
    html: tool('crowd-bounding-box', initial(boxes)),
    from: [boxes[262]!.left, boxes[262]!.top + 40],
    radius: 200,
  },
  {
    name: 'a polygon of 5,000 vertices is moved',
    html: tool('crowd-polygon', initial([{ label: 'Car', vertices: ring(5000) }])),
    from: [ring(5000)[0]!.x, ring(5000)[0]!.y],
    radius: 200,
  },
  {
    name: 'brush on 12 megapixels, fitted',
    html: tool('crowd-semantic-segmentation'),
    before: pick('1'),
    from: [2000, 1500],
    radius: 900,
  },
  {
    name: 'brush on 12 megapixels, at four times',
    html: tool('crowd-semantic-segmentation'),
    before: `${pick('1')}; for (let turn = 0; turn < 14; turn++) ${pick('+')}`,
    from: [2000, 1500],
    radius: 60,
  },
];

/** The limit: nothing but a box that follows the mouse. */
const bareDrag: DragCase = {
  name: 'bare page, a box follows the mouse',
  html: `<div id="box" style="position:fixed;width:80px;height:80px;background:teal"></div>
    <script>addEventListener('pointermove', ({ clientX, clientY }) => { box.style.transform = \`translate(\${clientX}px,\${clientY}px)\` })</script>`,
  from: [600, 400],
  radius: 200,
};

const form = `<crowd-form><p>Is this right?</p><crowd-input name="a" label="Name" required></crowd-input>
  <crowd-text-area name="b" label="Notes"></crowd-text-area><crowd-checkbox name="c">Agree</crowd-checkbox>
  <crowd-radio-group><crowd-radio-button name="d" value="x">X</crowd-radio-button><crowd-radio-button name="d" value="y">Y</crowd-radio-button></crowd-radio-group>
  <crowd-slider name="e"></crowd-slider><short-instructions>Look.</short-instructions></crowd-form>`;
const bareForm = `<form><p>Is this right?</p><input name="a" required><textarea name="b"></textarea><input type="checkbox" name="c">
  <input type="radio" name="d"><input type="radio" name="d"><input type="range" name="e"><button>Submit</button></form>`;

const script = '<script src="/crowd-html-elements.js"></script>';

let source = '';
const server = createServer((request, response) => {
  const path = (request.url ?? '/').slice(1);
  const image = /^(\d+)x(\d+)\.png$/.exec(path);
  if (path === '') response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(source);
  else if (image)
    response
      .writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' })
      .end(pngOf(Number(image[1]), Number(image[2])));
  else if (/^(crowd-html-elements\.js|tools\/[\w-]+\.js)$/.test(path))
    response
      .writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' })
      .end(readFileSync(dist + path));
  else response.writeHead(404).end();
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  print(`Chromium ${browser.version()}, ${cpus().length} cores (${cpus()[0]?.model.trim()})`);
  await measureReady(browser);
  await measureFrames(browser);
  await measureMask(browser);
  printSizes();
} finally {
  await browser.close();
  server.close();
}

async function measureReady(from: Browser): Promise<void> {
  const page = await newPage(from);
  const once = async (html: string): Promise<number> => {
    await open(page, html);
    return page.evaluate('readyAt');
  };
  const times: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
  for (let round = 0; round <= rounds; round++) {
    const bare = await once(
      `<!DOCTYPE html>${bareForm}<script>addEventListener('load', () => { readyAt = performance.now() })</script>`,
    );
    const ours = await once(`<!DOCTYPE html>${script}${form}`);
    // The first round fills the caches.
    if (round === 0) continue;
    times.bare.push(bare);
    times.ours.push(ours);
  }
  const [ours, bare] = [percentile(times.ours, 50), percentile(times.bare, 50)];
  print('\nFrom navigation to ready (median, ms)');
  row('bare form until load', bare.toFixed(0));
  row('form of crowd elements until all-crowd-elements-ready', ours.toFixed(0), (ours / bare).toFixed(2));
  await page.close();
}

async function measureFrames(from: Browser): Promise<void> {
  print('\nFrames while the mouse moves (ms): median, 95 %, 99 %; ratio of the medians');
  const bare = await dragOnce(from, bareDrag);
  row(bareDrag.name, frames(bare));
  for (const each of drags) {
    const measured = await dragOnce(from, each);
    row(each.name, frames(measured), (percentile(measured, 50) / percentile(bare, 50)).toFixed(2));
  }
}

async function dragOnce(from: Browser, { html, from: [x, y], radius, before }: DragCase): Promise<number[]> {
  const page = await newPage(from);
  await open(page, `<!DOCTYPE html><html>${html.includes('crowd-') ? script : ''}<body>${html}`);
  if (html.includes('crowd-')) {
    await page.waitForFunction('window.readyAt && tool.shadowRoot.querySelector(".upper-canvas")');
    if (before) await page.evaluate(before);
    await page.evaluate('tool.updateComplete');
  }
  const { left, top, scale } = await page.evaluate(() => {
    const area = document.querySelector('#tool')?.shadowRoot?.querySelector('.upper-canvas')?.getBoundingClientRect();
    return area ? { left: area.x, top: area.y, scale: area.width / 4000 } : { left: 0, top: 0, scale: 1 };
  });
  const place = (turn: number): [number, number] => [
    left + (x + radius * (Math.cos(turn) - 1)) * scale,
    top + (y + radius * Math.sin(turn)) * scale,
  ];
  await page.mouse.move(...place(0));
  await page.mouse.down();
  await page.evaluate(() => {
    const test = window as unknown as { frameTimes: number[] };
    test.frameTimes = [];
    let last = performance.now();
    const next = (now: number) => {
      test.frameTimes.push(now - last);
      last = now;
      requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  const sent: Promise<void>[] = [];
  for (let move = 1; move <= moves; move++) {
    sent.push(page.mouse.move(...place((move / 60) * Math.PI)));
    await pause(moveEvery);
  }
  await Promise.all(sent);
  const times = await page.evaluate<number[]>('frameTimes.slice(2)');
  await page.mouse.up();
  await page.close();
  return times;
}

/** The answer, asked for right after a stroke, when it has to be encoded at once; beside zlib on as many empty pixels. */
async function measureMask(from: Browser): Promise<void> {
  const page = await newPage(from);
  await open(page, `<!DOCTYPE html><html>${script}<body>${tool('crowd-semantic-segmentation')}`);
  await page.waitForFunction('window.readyAt && tool.shadowRoot.querySelector(".upper-canvas")');
  await page.evaluate(pick('1'));
  const area = (await page.evaluate(() => {
    const { x, y, width, height } = document
      .querySelector('#tool')!
      .shadowRoot!.querySelector('.upper-canvas')!
      .getBoundingClientRect();
    return { x, y, width, height };
  })) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(area.x + area.width * 0.2, area.y + area.height * 0.2);
  await page.mouse.down();
  for (let step = 1; step <= 40; step++)
    await page.mouse.move(area.x + area.width * (0.2 + step / 70), area.y + area.height * (0.5 + 0.3 * Math.sin(step)));
  await page.mouse.up();
  const encoded = await page.evaluate<number>(
    '(() => { const begun = performance.now(); void tool._submittableValue; return performance.now() - begun })()',
  );
  const pixels = new Uint8Array(3000 * 4001);
  const begun = performance.now();
  deflateSync(pixels);
  const zlib = performance.now() - begun;
  print('\nA mask of 12 megapixels (ms)');
  row('zlib, empty mask', zlib.toFixed(0));
  row('the answer right after a stroke, on the main thread', encoded.toFixed(0), (encoded / zlib).toFixed(2));
  await page.close();
}

function printSizes(): void {
  print('\nScripts (KB, gzip)');
  const weigh = (file: string) => gzipSync(readFileSync(dist + file), { level: 9 }).length / 1024;
  row('crowd-html-elements.js', weigh('crowd-html-elements.js').toFixed(1));
  for (const file of readdirSync(`${dist}tools`)) row(`tools/${file}`, weigh(`tools/${file}`).toFixed(1));
}

async function newPage(from: Browser): Promise<Page> {
  const page = await from.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addInitScript(() => {
    document.addEventListener('all-crowd-elements-ready', () => {
      (window as unknown as { readyAt: number }).readyAt = performance.now();
    });
  });
  return page;
}

async function open(page: Page, html: string): Promise<void> {
  source = html;
  await page.goto(origin);
  if (html.includes('readyAt') || html.includes('crowd-')) await page.waitForFunction('window.readyAt');
}

function pngOf(width: number, height: number): Buffer {
  const rows = Buffer.alloc(height * (width + 1), 90);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const chunk = (type: string, body: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), body]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, sum]);
  };
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

function frames(times: readonly number[]): string {
  return [50, 95, 99].map((percent) => percentile(times, percent).toFixed(1).padStart(5)).join(' ');
}

function row(name: string, figure: string, ratio?: string): void {
  print(`  ${name.padEnd(56)} ${figure.padStart(18)}${ratio === undefined ? '' : `   ratio ${ratio}`}`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

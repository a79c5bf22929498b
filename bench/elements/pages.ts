// Serves the pages of this benchmark with the built scripts, and opens them in Chromium.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { pngOf } from './png.ts';

export const dist = fileURLToPath(new URL('../../packages/elements/dist/', import.meta.url));
export const script = '<script src="/crowd-html-elements.js"></script>';

/** What pages of the benchmark note in their window. */
export interface BenchWindow {
  readyAt: number;
  frameTimes: number[];
}

export interface Pages {
  readonly browser: Browser;
  open(html: string): Promise<Page>;
  /** In a page that is open already. */
  show(page: Page, html: string): Promise<void>;
  close(): Promise<void>;
}

const image = pngOf(4000, 3000);
/** Squares of two labels and of none. */
const mask = pngOf(
  4000,
  3000,
  (x, y) => ((x >> 6) + (y >> 6)) % 3,
  [255, 255, 255, 0x2c, 0xa0, 0x2c, 0x1f, 0x77, 0xb4],
);

export async function servePages(): Promise<Pages> {
  let source = '';
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    const send = (type: string, body: Buffer | string, headers = {}) =>
      response.writeHead(200, { 'content-type': type, ...headers }).end(body);
    if (path === '') send('text/html; charset=utf-8', source);
    else if (path === 'image.png') send('image/png', image);
    else if (path === 'mask.png') send('image/png', mask);
    else if (/^(crowd-html-elements\.js|tools\/[\w-]+\.js)$/.test(path))
      send('text/javascript', readFileSync(dist + path), { 'cache-control': 'max-age=3600' });
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({
    executablePath: process.env.HOLDPOINT_TEST_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  const show = async (page: Page, html: string): Promise<void> => {
    source = html;
    await page.goto(origin);
    if (html.includes('readyAt') || html.includes('crowd-')) await page.waitForFunction('window.readyAt');
  };
  return {
    browser,
    show,
    async open(html) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await page.addInitScript(() => {
        document.addEventListener('all-crowd-elements-ready', () => {
          (window as unknown as BenchWindow).readyAt = performance.now();
        });
      });
      if (html !== '') await show(page, html);
      return page;
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

/** A page with an image tool of 12 megapixels, which is there when it is given. */
export async function openTool(pages: Pages, tag: string, more = ''): Promise<Page> {
  const page = await pages.open(
    `<!DOCTYPE html><html>${script}<body><crowd-form><${tag} id="tool" name="t" src="/image.png" labels="['Car', 'Person']" ${more}></${tag}></crowd-form>`,
  );
  await page.waitForFunction(
    'tool.shadowRoot.querySelector(".upper-canvas") && !tool.validationMessage.includes("loading")',
  );
  await page.evaluate('tool.updateComplete');
  return page;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the image of the tool is in the window. */
export const imageArea = (page: Page): Promise<Area> =>
  page.evaluate(() => {
    const tool = document.querySelector('#tool')!;
    const { x, y, width, height } = tool.shadowRoot!.querySelector('.upper-canvas')!.getBoundingClientRect();
    return { x, y, width, height };
  });

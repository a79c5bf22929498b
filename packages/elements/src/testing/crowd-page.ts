// A page of a task in a real Chromium, with the built script, for one test file.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

export const scriptTag = '<script src="/crowd-html-elements.js"></script>';

export interface CrowdPage {
  readonly page: Page;
  /** Where the page and the scripts are served. */
  readonly origin: string;
  /** Errors of the page, and its warnings and errors on the console. */
  readonly complaints: string[];
  /** Opens a page whose body (or whole text, when it starts with `<!` or `<script`) is `source`, and waits until it is ready. */
  open: (source: string) => Promise<Page>;
  /** Opens a template and puts what it submits into `submitted`. */
  openForm: (content: string) => Promise<Page>;
  /** What was submitted so far. */
  submitted: () => Promise<unknown[]>;
  /** What the form would submit now. */
  answer: () => Promise<unknown>;
  /** What axe finds wrong, one line each; of some of its rules only, if they are named. */
  faults: (only?: readonly string[]) => Promise<string[]>;
  /** Names of the events that the elements with `data-watch` fired, as `id:type`. */
  events: () => Promise<string[]>;
}

/** One browser and one page for the file; read `page` inside tests only. @param device what it is looked at with */
export function useCrowdPage(device: BrowserContextOptions = {}): CrowdPage {
  let browser: Browser;
  let context: BrowserContext;
  const complaints: string[] = [];
  const current = {} as { page: Page; origin: string };
  let source = '';

  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1).replace(/\?.*/, '');
    const type = name.endsWith('.js')
      ? 'text/javascript'
      : name.endsWith('.css')
        ? 'text/css'
        : 'text/html; charset=utf-8';
    const found = name === '' || /^(crowd-html-elements(-v2)?|tools\/[\w-]+)\.(js|css)$/.test(name);
    // Cached, so that the browser keeps the compiled script from page to page.
    const caching = name === '' ? 'no-store' : 'max-age=3600';
    response.writeHead(found ? 200 : 204, {
      'content-type': type,
      'cache-control': caching,
      // As the assets of the server have it: the frame of a task has an origin of its own.
      'access-control-allow-origin': '*',
    });
    response.end(name === '' ? source : found ? readFileSync(dist + name) : '');
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    current.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      executablePath: process.env.HOLDPOINT_TEST_CHROMIUM || '/usr/bin/chromium',
      args: ['--no-sandbox'],
    });
    context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
      ...device,
    });
    context.setDefaultTimeout(20_000);
    await context.addInitScript(prepare);
    current.page = await context.newPage();
    current.page.on('pageerror', (error) => complaints.push(String(error)));
    current.page.on('console', (message) => {
      if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    server.close();
  });
  beforeEach(() => {
    complaints.length = 0;
  });

  async function open(text: string): Promise<Page> {
    source = /^\s*<(!|script)/i.test(text)
      ? text
      : `<!DOCTYPE html><html lang="en"><title>Task</title><meta name="viewport" content="width=device-width">${scriptTag}<body>${text}`;
    await current.page.goto(`${current.origin}/`);
    await current.page.waitForFunction(() => (window as unknown as TestWindow).ready > 0);
    return current.page;
  }

  return Object.assign(current, {
    complaints,
    open,
    async openForm(content: string) {
      const page = await open(`<main><crowd-form>${content}</crowd-form></main>`);
      await page.evaluate(() => {
        const form = document.querySelector('crowd-form') as unknown as {
          transport: (submission: { answerContent: unknown }) => void;
        };
        form.transport = ({ answerContent }) => (window as unknown as TestWindow).submitted.push(answerContent);
      });
      return page;
    },
    submitted: () => current.page.evaluate(() => (window as unknown as TestWindow).submitted),
    answer: () =>
      current.page.evaluate(() =>
        JSON.parse(JSON.stringify((document.querySelector('crowd-form') as unknown as { value: unknown }).value)),
      ),
    events: () => current.page.evaluate(() => (window as unknown as TestWindow).events),
    async faults(only?: readonly string[]) {
      if (!(await current.page.evaluate('"axe" in window'))) await current.page.evaluate(axe.source);
      return current.page.evaluate(async (only) => {
        const runner = (globalThis as unknown as { axe: typeof import('axe-core') }).axe;
        // The page around the elements is the template's.
        const rules = {
          region: { enabled: false },
          'page-has-heading-one': { enabled: false },
          'heading-order': { enabled: false },
        };
        const some = only ? { runOnly: [...only] } : { rules };
        // No more than what is wrong is asked for: the rest would take most of the time.
        const { violations } = await runner.run(document, {
          iframes: false,
          resultTypes: ['violations'],
          selectors: false,
          ...some,
        });
        return violations.flatMap(({ id, nodes }) =>
          nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
        );
      }, only);
    },
  });
}

interface TestWindow {
  ready: number;
  submitted: unknown[];
  events: string[];
}

/** Runs in the page, before its scripts. */
function prepare(): void {
  const test = Object.assign(window as unknown as TestWindow, { ready: 0, submitted: [], events: [] });
  document.addEventListener('all-crowd-elements-ready', () => {
    test.ready += 1;
  });
  for (const type of ['input', 'change', 'submit', 'reset', 'click']) {
    document.addEventListener(type, (event) => {
      const target = event.target as HTMLElement;
      if (target.dataset?.watch !== undefined) test.events.push(`${target.id}:${type}`);
    });
  }
}

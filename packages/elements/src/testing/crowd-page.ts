// A page of a task in a real Chromium, with the built script, for one test file.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { sharedBrowser } from './shared-browser.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Elements whose code comes when a page uses them. */
const tools = Object.values(
  JSON.parse(readFileSync(join(dist, 'tools.json'), 'utf8')) as Record<string, { readonly name: string }>,
).map(({ name }) => name);

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

export interface CrowdPageOptions {
  /** What the page is looked at with. */
  readonly device?: BrowserContextOptions;
  /** Whether every page is loaded anew, as it is for a worker: for tests of how it loads. HOLDPOINT_TEST_ANEW does so for all. */
  readonly loadsAnew?: boolean;
}

/**
 * One page for the file; read `page` inside tests only. Without `loadsAnew`, a body follows another one in the page that has
 * the script already: loading takes four times as long as the rest of most tests. What has scripts of its own is always loaded.
 */
export function useCrowdPage({
  device = {},
  loadsAnew = process.env.HOLDPOINT_TEST_ANEW !== undefined,
}: CrowdPageOptions = {}): CrowdPage {
  let context: BrowserContext;
  const complaints: string[] = [];
  const current = {} as { page: Page; origin: string };
  let source = '';
  let canBeFilled = false;

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
    const browser = await sharedBrowser();
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
    await context?.close();
    server.close();
  });
  beforeEach(({ task }) => {
    complaints.length = 0;
    // What has failed may have left anything.
    if (task.result?.retryCount) canBeFilled = false;
  });

  async function open(text: string): Promise<Page> {
    const isWhole = /^\s*<(!|script)/i.test(text);
    source = isWhole
      ? text
      : `<!DOCTYPE html><html lang="en"><title>Task</title><meta name="viewport" content="width=device-width">${scriptTag}<body>${text}`;
    const isFilled = canBeFilled && !isWhole && !/<script/i.test(text) && current.page.url() === `${current.origin}/`;
    canBeFilled = !isWhole && !loadsAnew;
    // Where the pointer is says nothing of a page that has just been loaded.
    if (isFilled) await current.page.mouse.move(0, 0);
    if (isFilled && (await current.page.evaluate(fillAgain, { html: text, tools }))) return current.page;
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
  /** What the head had when the page was ready. */
  head: Element[];
  submitted: unknown[];
  events: string[];
}

/** Runs in the page, before its scripts. */
function prepare(): void {
  const test = Object.assign(window as unknown as TestWindow, {
    ready: 0,
    head: [] as Element[],
    submitted: [],
    events: [],
  });
  document.addEventListener('all-crowd-elements-ready', () => {
    test.ready += 1;
    test.head = [...document.head.children];
  });
  for (const type of ['input', 'change', 'submit', 'reset', 'click']) {
    document.addEventListener(type, (event) => {
      const target = event.target as HTMLElement;
      if (target.dataset?.watch !== undefined) test.events.push(`${target.id}:${type}`);
    });
  }
}

/**
 * Runs in the page: puts another body in the place of the one there is, piece by piece as the parser of a page does, and waits
 * until its elements are there. False where the page lacks the script.
 */
async function fillAgain({ html, tools }: { html: string; tools: readonly string[] }): Promise<boolean> {
  const test = window as unknown as TestWindow;
  if (!test.ready || !customElements.get('crowd-form')) return false;
  const root = document.documentElement;
  for (const { name } of [...root.attributes]) if (name !== 'lang') root.removeAttribute(name);
  root.lang = 'en';
  document.head.replaceChildren(...test.head);
  document.body.remove();
  Object.assign(test, { submitted: [], events: [] });
  const parsed = document.implementation.createHTMLDocument();
  parsed.open();
  parsed.write('<!DOCTYPE html><body>');
  root.append(parsed.body);
  parsed.write(html);
  parsed.close();
  scrollTo(0, 0);
  const elements = () => [...document.querySelectorAll<Element & { updateComplete?: Promise<unknown> }>('*')];
  const isLoading = (each: Element) => tools.includes(each.localName) && !each.matches(':defined');
  do await new Promise((resolve) => setTimeout(resolve));
  while (elements().some(isLoading));
  for (let waited = -1; waited !== elements().length; ) {
    waited = elements().length;
    await Promise.all(elements().map(({ updateComplete }) => updateComplete?.catch(() => undefined)));
  }
  return true;
}

// Takes pictures of pages at both widths, always of the same moment and without motion.
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { now, password, type Stage } from './stage.ts';

const sizes = [
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

export interface Shot {
  readonly name: string;
  /** Whose browser it is; nobody's without. */
  readonly as?: string;
  /** The path to open; a function is asked anew for each picture. */
  readonly path: string | ((colorScheme: 'light' | 'dark') => Promise<string>);
  /** What is done on the page before the picture; `again` takes another one under its own name. */
  readonly act?: (page: Page, again: (name: string) => Promise<void>) => Promise<unknown>;
  /** The widths at which it is also taken with the dark colours; all without it. */
  readonly darkAt?: readonly number[];
  /** Whether it is a page of the portal or the console, which has a heading; it is without this. */
  readonly isBare?: boolean;
  /** The whole page, not only what fits the window. */
  readonly whole?: boolean;
}

/** A camera that writes NAME-1280.png, NAME-390.png and the same as NAME-dark-… into a folder. */
export function createCamera(browser: Browser, stage: Stage, folder: string) {
  const states = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>();

  async function open(colorScheme: 'light' | 'dark', size: (typeof sizes)[number], email?: string): Promise<Page> {
    const context = await browser.newContext({
      viewport: size,
      colorScheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...(email !== undefined && states.has(email) && { storageState: states.get(email)! }),
    });
    context.setDefaultTimeout(60_000);
    await context.clock.setFixedTime(now);
    const page = await context.newPage();
    if (email !== undefined && !states.has(email)) {
      await page.goto(`${stage.url}/portal/sign-in`);
      await page.getByLabel('Email', { exact: true }).fill(email);
      await page.getByLabel('Password', { exact: true }).fill(password);
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();
      states.set(email, await context.storageState());
    }
    return page;
  }

  async function snap(page: Page, file: string, whole: boolean): Promise<void> {
    await settled(page);
    const path = join(folder, `${file}.png`);
    await page.screenshot({ path, fullPage: whole, animations: 'disabled', caret: 'hide' });
    process.stdout.write(`  ${file}.png\n`);
  }

  return async function take(shot: Shot): Promise<void> {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const size of sizes) {
        if (colorScheme === 'dark' && shot.darkAt?.includes(size.width) === false) continue;
        const page = await open(colorScheme, size, shot.as);
        const tail = `${colorScheme === 'dark' ? '-dark' : ''}-${size.width}`;
        const path = typeof shot.path === 'string' ? shot.path : await shot.path(colorScheme);
        await page.goto(path.startsWith('http') ? path : stage.url + path);
        if (!shot.isBare) await page.locator('main h1').first().waitFor();
        // What is done to it may keep the rest from coming.
        if (shot.act) await settled(page);
        await shot.act?.(page, (name) => snap(page, `${name}${tail}`, shot.whole ?? false));
        await snap(page, `${shot.name}${tail}`, shot.whole ?? false);
        await page.context().close();
      }
    }
  };
}

/** Run inside each page: pictures decoded, fonts loaded, a few frames drawn. */
const drawn = `(async () => {
  await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  await document.fonts.ready;
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
})()`;

/** Run inside a page with elements: all of them are there, and so are their pictures. */
const isWhole = `[...document.querySelectorAll('*')].every((element) => (!element.localName.startsWith('crowd-') || element.matches(':defined')) &&
  [...(element.shadowRoot?.querySelectorAll('img') ?? [])].every(({ complete, naturalWidth }) => complete && naturalWidth > 0))`;

/** Waits until nothing is loading: the page's own waiting, then the task's page with its pictures and elements. */
async function settled(page: Page): Promise<void> {
  await page.locator('.loading, .frame-bar-busy').first().waitFor({ state: 'detached' });
  for (const frame of page.frames()) {
    try {
      await frame.waitForFunction(isWhole);
      await frame.evaluate(drawn);
    } catch (error) {
      // A page that was loaded ahead, and is not needed any more.
      if (!frame.isDetached()) throw error;
    }
  }
}

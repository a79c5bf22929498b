// The gallery of elements, opened from a running server by somebody who looks at every one.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { accessibilityFaults, sidewaysScroll } from '../../packages/portal/src/testing/accessibility.ts';
import { ensureBuilt } from '../../scripts/build.mjs';
import { useChromium } from '../testing/reviewer.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const tags = readdirSync(fileURLToPath(new URL('../../packages/elements/src/elements', import.meta.url))).sort();

describeWith('Chromium')('the gallery', () => {
  const chromium = useChromium();
  const troubles: string[] = [];
  let server: TestServer;

  beforeAll(async () => {
    await ensureBuilt(['gallery']);
    server = await startTestServer();
  }, 180_000);
  afterAll(() => server?.close());
  afterEach(() => expect(troubles.splice(0)).toEqual([]));

  /** A page on which every message of the console and every request to another place is trouble. */
  async function openGallery(query = ''): Promise<Page> {
    const page = await chromium.openPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) troubles.push(message.text());
    });
    page.on('request', (request) => {
      if (!new RegExp(`^(${server.url}/|data:|blob:)`).test(request.url()))
        troubles.push(`request to ${request.url()}`);
    });
    await page.goto(`${server.url}/gallery/${query}`);
    return page;
  }

  const choose = async (page: Page, tag: string): Promise<FrameLocator> => {
    await page.getByRole('link', { name: tag, exact: true }).click();
    return page.frameLocator(`iframe[title="Example ${tag}"]`);
  };

  test('shows every element, which opens without a complaint, and answers or says what is missing', async () => {
    const page = await openGallery();
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).toEqual(tags);
    for (const tag of tags) {
      const example = await choose(page, tag);
      await example.locator(`${tag}:defined`).first().waitFor({ state: 'attached' });
      const submit = example.getByRole('button', { name: /^(Submit|Done|Save the name)$/ });
      await submit.first().click();
      const missing = example.locator('.complaint').filter({ hasText: /\w/ });
      const outcome = async (): Promise<boolean> =>
        (await page.locator('#answer').isVisible()) || (await missing.count()) > 0;
      await expect.poll(outcome, { message: tag }).toBe(true);
      expect([tag, await page.locator('#troubles').isVisible(), troubles]).toEqual([tag, false, []]);
    }
  }, 300_000);

  test('shows the answer as a program gets it, and starts again', async () => {
    const page = await openGallery('?element=crowd-classifier');
    const example = page.frameLocator('iframe[title="Example crowd-classifier"]');
    await example.getByRole('radio', { name: 'Invoice' }).check();
    await example.getByRole('button', { name: 'Submit' }).click();
    await page.locator('#answer').waitFor();
    expect(JSON.parse((await page.locator('#answer').textContent())!)).toEqual({ topic: { label: 'Invoice' } });
    await example.getByText('Your answer was submitted.').waitFor();
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByText('Submit the form, and its answer appears here.').waitFor();
    await example.getByRole('radio', { name: 'Invoice', checked: false }).waitFor();
  });

  test('shows examples in another language and dark, as its address says', async () => {
    const page = await openGallery('?element=crowd-toggle-button');
    const example = page.frameLocator('iframe');
    await page.getByLabel('Language').selectOption('Deutsch');
    await example.getByRole('button', { name: 'Absenden' }).waitFor();
    await page.getByLabel('Dark').check();
    await example.locator('html[style*="dark"]').waitFor();
    expect(new URL(page.url()).search).toBe('?element=crowd-toggle-button&lang=de&scheme=dark');
    const ground = () => example.locator('crowd-form').evaluate((form) => getComputedStyle(form).color);
    const dark = await ground();
    await page.reload();
    await example.getByRole('button', { name: 'Absenden' }).waitFor();
    expect(await ground()).toBe(dark);
    await page.getByLabel('Light').check();
    await example.locator('html[style*="light"]').waitFor();
    expect(await ground()).not.toBe(dark);
  });

  test('is accessible, light and dark, with an answer and without, and fits a narrow screen', async () => {
    for (const scheme of ['light', 'dark']) {
      const page = await openGallery(`?element=crowd-fab&scheme=${scheme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.frameLocator('iframe').getByRole('button', { name: 'Submit' }).click();
      await page.locator('#answer').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 800 });
        expect([width, await sidewaysScroll(page)]).toEqual([width, 0]);
      }
    }
  });

  test('runs its examples in an origin of their own', async () => {
    const page = await openGallery('?element=crowd-input');
    await page.frameLocator('iframe').locator('crowd-form').waitFor();
    const frame = page.frames().find((each) => each.url().includes('/gallery/examples/'))!;
    const reached = await frame.evaluate(() => {
      try {
        return [self.origin, parent.document.title];
      } catch (error) {
        return [self.origin, (error as Error).name];
      }
    });
    expect(reached).toEqual(['null', 'SecurityError']);
  });

  test('is not there where the setting says so', async () => {
    const without = await startTestServer({ config: { gallery: 'false' } });
    try {
      const reply = await fetch(`${without.url}/gallery/`);
      expect([reply.status, await reply.text()]).toEqual([404, expect.stringContaining('switched off')]);
    } finally {
      await without.close();
    }
  });
});

// The preview of a template, as its author uses it: in a browser, with the files in an editor.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { useChromium } from '../testing/reviewer.ts';
import { temporaryFolder } from '../testing/test-server.ts';
import { describeWith } from '../testing/tools.ts';

const entry = fileURLToPath(new URL('../../packages/server/src/cli/main.ts', import.meta.url));
const markup = '<img src=x onerror="top.document.title=1"><b>bold</b>';
const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>{{ task.input.text }}</p>
  <crowd-input name="note" label="Note"></crowd-input>
</crowd-form>
<script>
  // Everything that a template could try at the page around it.
  parent.postMessage({ holdpoint: 'error', message: '${markup}' }, '*');
  try { parent.document.title = 'taken'; } catch {}
</script>
`;

describeWith('Chromium')('the preview of a template', () => {
  const chromium = useChromium();
  let folder: string;
  let child: ChildProcess;
  let url: string;
  let page: Page;
  let frame: FrameLocator;

  const save = async (name: string, content: string): Promise<void> => {
    await writeFile(join(folder, `${name}~`), content);
    await rename(join(folder, `${name}~`), join(folder, name));
  };

  beforeAll(async () => {
    folder = await temporaryFolder();
    await save('page.html', template);
    await save(`${'a'.repeat(3)}&lt;.json`, JSON.stringify([{ text: markup }, { text: 'second' }, { txt: 'wrong' }]));
    const args = [entry, 'template', 'preview', 'page.html', '--input', 'aaa&lt;.json', '--json'];
    child = spawn(process.execPath, [...process.execArgv, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [first] = await once(child.stdout!, 'data');
    url = JSON.parse(String(first)).Url;
  });
  afterAll(async () => {
    if (child?.exitCode === null) {
      child.kill('SIGINT');
      await once(child, 'exit');
    }
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await chromium.openPage();
    await page.goto(url);
    frame = page.frameLocator('iframe[title=Task]');
    await frame.getByRole('button', { name: 'Submit', exact: true }).waitFor();
  });

  test('shows the form, takes its answer, and shows that as JSON', async () => {
    await frame.getByText(markup).waitFor();
    await frame.getByLabel('Note').fill(markup);
    await frame.getByRole('button', { name: 'Submit', exact: true }).click();
    await expect.poll(() => page.locator('#answer').textContent()).toBe(JSON.stringify({ note: markup }, null, 2));
    await frame.getByText('Your answer was submitted.').waitFor();
    await page.getByRole('button', { name: 'Load again' }).click();
    await page.getByText('Submit the form to see what a program would get.').waitFor();
    expect(await frame.getByLabel('Note').inputValue()).toBe('');
  });

  test('makes nothing of template, input and answer markup of its own page', async () => {
    await page.locator('#scripts').getByText(markup).waitFor();
    await page.locator('#input-text').getByText('bold').waitFor();
    expect(await page.locator('body img, body b').count()).toBe(0);
    expect(await page.title()).toBe('page.html – preview');
    expect(await page.locator('#input option').allTextContents()).toEqual([
      'aaa&lt;.json 1',
      'aaa&lt;.json 2',
      'aaa&lt;.json 3',
    ]);
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe(
      'allow-scripts allow-forms allow-modals allow-popups allow-downloads',
    );
  });

  test('shows another input, and what is wrong with it, by lines', async () => {
    await page.getByRole('combobox').selectOption({ index: 1 });
    await frame.getByText('second').waitFor();
    expect(await page.locator('#verdict').isVisible()).toBe(false);
    await page.getByRole('combobox').selectOption({ index: 2 });
    await page.getByText('No worker would see this page').waitFor();
    const [finding] = await page.locator('#findings li').allInnerTexts();
    expect(finding).toMatch(
      /Error line 3, column 9\nundefined variable text: [\s\S]*<p>\{\{ task\.input\.text \}\}<\/p>/,
    );
  });

  test('follows the file, keeps the input, and says when the file is gone', async () => {
    await page.getByRole('combobox').selectOption({ index: 1 });
    await frame.getByText('second').waitFor();
    await save('page.html', template.replace('"Note"', '"Remark"'));
    await frame.getByLabel('Remark').waitFor();
    await frame.getByText('second').waitFor();
    await rm(join(folder, 'page.html'));
    await page.getByText('page.html cannot be read: there is no such file.').waitFor();
    await frame.getByLabel('Remark').waitFor();
    await save('page.html', template);
    await frame.getByLabel('Note').waitFor();
    await page.locator('#verdict').waitFor({ state: 'hidden' });
  });

  test('is as wide as a phone or a desktop, in light or dark surroundings', async () => {
    const width = async () => (await page.locator('iframe').boundingBox())?.width;
    for (const [name, pixels] of [
      ['Phone', 390],
      ['Desktop', 1280],
    ] as const) {
      await page.getByLabel(name, { exact: true }).check();
      expect(await width()).toBe(pixels);
      expect(await frame.locator('body').evaluate(() => innerWidth)).toBe(pixels);
    }
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.getByLabel('Light', { exact: true }).check();
    const light = await ground();
    await page.getByLabel('Dark', { exact: true }).check();
    expect(await ground()).not.toBe(light);
  });

  test('says when it has ended', async () => {
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await page.getByText('The preview has ended; start it again.').waitFor();
  });
});

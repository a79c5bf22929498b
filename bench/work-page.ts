/**
 * `npm run bench -- work-page`: from opening a task to a page that can be worked on, in Chromium on loopback: with a form, and with
 * the tool that draws boxes. In turns with a bare page that has a bare form in a frame, from a bare server.
 *
 * HOLDPOINT_BENCH_COUNT (pages of each, 20).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@holdpoint/client';
import { type NextTaskResponse, portalRequestHeader } from '@holdpoint/protocol';
import { chromium } from 'playwright-core';
import { installTestTools } from '../scripts/test-tools.mjs';
import { makeFlow } from './flow.ts';
import { credentialsOf, startHoldpoint } from './processes.ts';
import { keepResult, median, print, quantile, surroundings } from './results.ts';

const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 20);
/** Pages that are opened before any is measured: the browser keeps the compiled scripts, as a reviewer's does. */
const warmUp = 3;
const Password = 'a long enough password';
const Email = 'bench@example.com';

const boxes = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script><crowd-form>
<crowd-bounding-box name="a" src="/assets/pictures/street.png" labels="['Car']" header="{{ task.input.taskObject }}">
<full-instructions header="Boxes">Boxes</full-instructions><short-instructions>Boxes</short-instructions></crowd-bounding-box></crowd-form>`;

/** Pages that are opened one after the other, each at an address of its own. */
interface Kind {
  readonly name: string;
  readonly next: () => Promise<string>;
  readonly times: number[];
}

await installTestTools();
const begun = surroundings('work-page');
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const closing: (() => unknown)[] = [() => rmSync(folder, { recursive: true, force: true })];
try {
  const server = await startHoldpoint(folder);
  closing.push(() => server.stop());
  const url = `http://127.0.0.1:${server.port}`;
  const client = createClient({ endpointUrl: url, region: 'us-east-1', credentials: credentialsOf(folder) });
  closing.push(() => client.close());
  await client.call('CreateWorker', { Email, Workteams: ['reviewers'], Password });
  const browser = await chromium.launch({
    executablePath: process.env.HOLDPOINT_TEST_CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  closing.push(() => browser.close());
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  let onReady = (): void => {};
  // The page itself says when: asking it again and again would be seen in the figures.
  await context.exposeBinding('sayReady', () => onReady());
  await context.addInitScript(watchForControl);
  const page = await context.newPage();
  await page.goto(`${url}/portal`);
  await page.getByLabel('Email', { exact: true }).fill(Email);
  await page.getByLabel('Password', { exact: true }).fill(Password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Tasks', exact: true }).waitFor();

  const workPage = async (name: string, template?: string): Promise<Kind> => {
    const FlowDefinitionArn = await makeFlow(
      client,
      {},
      { name: template ? 'boxes' : 'form', ...(template && { template }) },
    );
    let started = 0;
    return {
      name,
      times: [],
      async next() {
        await client.call('StartHumanLoop', {
          HumanLoopName: `${template ? 'boxes' : 'form'}-${++started}`,
          FlowDefinitionArn,
          HumanLoopInput: { InputContent: '{"taskObject":"x"}' },
        });
        for (;;) {
          const reply = await page.request.post(`${url}/portal/api/tasks/next`, {
            headers: { [portalRequestHeader.name]: portalRequestHeader.value },
            data: {},
          });
          const { assignmentId } = (await reply.json()) as NextTaskResponse;
          if (assignmentId) return `${url}/portal/work/${assignmentId}`;
          await pause(10);
        }
      },
    };
  };
  const bare = createServer((request, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(request.url === '/frame' ? '<form><input name="a"></form>' : '<h1>Bench</h1><iframe src="/frame"></iframe>'),
  );
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  closing.push(() => bare.close());
  const address = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;
  const kinds: Kind[] = [
    {
      name: 'a bare page with a form in a frame',
      times: [],
      next: async () => address,
    },
    await workPage('the work page with a form'),
    await workPage('the work page with the tool that draws boxes', boxes),
  ];
  for (let round = -warmUp; round < count; round++)
    for (const kind of kinds) {
      const place = await kind.next();
      const ready = new Promise<void>((resolve) => {
        onReady = resolve;
      });
      const begins = performance.now();
      await page.goto(place, { waitUntil: 'commit' });
      await ready;
      if (round >= 0) kind.times.push(performance.now() - begins);
    }
  const base = median(kinds[0]!.times);
  const points = kinds.map(({ name, times }) => ({
    name,
    p50: median(times),
    p95: quantile(times, 0.95),
    ratio: median(times) / base,
  }));
  for (const { name, p50, p95, ratio } of points)
    print(`${name}: p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, ${ratio.toFixed(1)} of the bare one`);
  keepResult('work-page', { ...begun, count, points });
} finally {
  for (const close of closing.reverse()) await close();
}

/** Runs in every frame: tells of the first control of a form or tool that is drawn in a frame inside the page. */
function watchForControl(): void {
  if (window === window.top) return;
  const isThere = (): boolean =>
    document.querySelector('form > input') !== null ||
    [...document.querySelectorAll('crowd-input, crowd-bounding-box')].some(
      ({ shadowRoot }) => shadowRoot?.querySelector('input, .label-button') != null,
    );
  const look = (): void => {
    if (isThere()) requestAnimationFrame(() => (window as unknown as { sayReady: () => void }).sayReady());
    else requestAnimationFrame(look);
  };
  look();
}

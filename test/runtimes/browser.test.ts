// The client on a page of another origin than the server's, so that every call is preflighted: its modules as they are
// published, and bundled in the page's worker.
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useChromium } from '../testing/reviewer.ts';
import { describeWith } from '../testing/tools.ts';
import { bundleProgram } from './bundle.ts';
import { expectedOf } from './expected.ts';
import { type InstalledClient, installClient } from './installed-client.ts';
import { type Facts, useStage } from './stage.ts';

describeWith('Chromium')('client in Chromium', () => {
  const stage = useStage();
  const chromium = useChromium();
  let client: InstalledClient;
  let files: Server;

  beforeAll(async () => {
    client = await installClient();
    await bundleProgram(client.folder, 'web-worker', ['browser']);
    files = await serveFiles(client.folder);
  }, 120_000);
  afterAll(async () => {
    files?.closeAllConnections();
    files?.close();
    await client?.remove();
  });

  async function openPage(): Promise<Page> {
    const page = await chromium.openPage();
    await page.goto(`http://127.0.0.1:${(files.address() as AddressInfo).port}/page.html`);
    await page.waitForFunction('globalThis.inWorker');
    return page;
  }

  it.each(['onPage', 'inWorker'] as const)('runs the program %s', async (where) => {
    const page = await openPage();
    const { endpointUrl, region, credentials } = stage.server;
    const options = { endpointUrl, region, credentials };
    const facts = stage.facts(`smoke-${where.toLowerCase()}`);
    const run = page.evaluate(([name, ...args]) => (globalThis as unknown as Programs)[name](...args), [
      where,
      options,
      facts,
    ] as const);
    const [seen] = await Promise.all([run, stage.answer(facts.loopName)]);
    expect(seen).toEqual(expectedOf(facts));
  });
});

type Programs = Readonly<Record<'onPage' | 'inWorker', (options: object, facts: Facts) => Promise<unknown>>>;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
};

function serveFiles(folder: string): Promise<Server> {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    try {
      const body = await (path === '/jmespath.js' ? jmespathModule(folder) : readFile(join(folder, path)));
      response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** The package is no ES module; a page without a bundler has to make it one. */
async function jmespathModule(folder: string): Promise<string> {
  const source = await readFile(join(folder, 'node_modules/jmespath/jmespath.js'), 'utf8');
  return `const exports = {};\n${source}\nexport default exports;`;
}

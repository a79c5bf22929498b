// What happens to renders, and to processes, when a render process ends before its time.

import { type ChildProcess, spawn } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTemplateRenderer, type TemplateRenderer, type TemplateRendererSettings } from './templates.ts';

const presign = {
  endpoint: 'http://localhost:7800',
  region: 'us-east-1',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'secret',
  expiresInSeconds: 3600,
  now: 0,
};
const request = (template: string, input = '{}') => ({ template, input, presign, assetsUrl: '/assets' });
const page = (n: number) => request('<b>{{ task.input }}</b>', String(n));
/** Filters over as many items as the input says, by the million: they ask for no time until they are done, in minutes. */
const test = Array(40).fill('x == 0').join(' or ');
const filters = `{{ (1..task.input) ${`| reject_exp: "x", "${test}" `.repeat(12)}| size }}`;
const hang = request(filters, '490000');
const tooMuchMemory = [{ code: 'RenderLimitExceeded', message: 'the template needs too much memory' }];

const children: ChildProcess[] = [];
const note = (message: unknown) => {
  children.push((message as { process: ChildProcess }).process);
};
const open: TemplateRenderer[] = [];
function renderer(settings: TemplateRendererSettings): TemplateRenderer {
  const made = createTemplateRenderer(settings);
  open.push(made);
  return made;
}

beforeEach(() => subscribe('child_process', note));
afterEach(async () => {
  unsubscribe('child_process', note);
  await Promise.all(open.splice(0).map((made) => made.close()));
  expect(children.splice(0).filter(({ pid }) => isRunning(pid))).toEqual([]);
});

function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended may be listed until its parent, or who took its place, asks.
  return process.platform !== 'linux' || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

describe('a render process', () => {
  it.each([
    ['lists', request('{% assign a = (1..2000000) %}{% assign b = (1..2000000) %}{{ a.size }}')],
    ['input', request('{{ task.input.size }}', `[${'{},'.repeat(1_000_000)}{}]`)],
  ])('that is out of memory by its %s is the fault of that render alone', { timeout: 180_000 }, async (_, bomb) => {
    const { render } = renderer({ processes: 1, memoryLimitMb: 16, timeLimitMs: 20_000 });
    for (let round = 0; round < 8; round++) {
      const good = [0, 1, 2, 3].map((n) => render(page(n)));
      const bad = render({ ...bomb, template: `${bomb.template}{% comment %}${round % 3}{% endcomment %}` });
      const alsoGood = [4, 5, 6, 7].map((n) => render(page(n)));
      expect((await bad).errors).toEqual(tooMuchMemory);
      const pages = await Promise.all([...good, ...alsoGood]);
      expect(pages).toEqual(pages.map((_, n) => ({ html: `<b>${n}</b>`, errors: [] })));
    }
    expect(children.length).toBeGreaterThanOrEqual(8);
  });

  it('that is ended from outside gives all its renders back', async () => {
    const { render } = renderer({ processes: 1 });
    await Promise.all([0, 1, 2].map((n) => render(page(n))));
    for (let round = 0; round < 5; round++) {
      const pages = Array.from({ length: 40 }, (_, n) => render(page(n)));
      await new Promise(setImmediate);
      const child = children.at(-1)!;
      child.kill('SIGKILL');
      expect(await Promise.all(pages)).toEqual(pages.map((_, n) => ({ html: `<b>${n}</b>`, errors: [] })));
      // On a busy machine all pages may be there before it has gone; the next round is to meet another one.
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await render(page(0));
    expect(children).toHaveLength(6);
    // Six processes begin one after the other, which takes long on a busy machine.
  }, 60_000);

  it('that hangs with several renders is ended, and only the one is at fault', async () => {
    const { render } = renderer({ processes: 1, timeLimitMs: 100 });
    await Promise.all([render(request(filters, '1')), render(page(0))]);
    const good = [0, 1].map((n) => render(page(n)));
    const bad = render(hang);
    const alsoGood = [2, 3].map((n) => render(page(n)));
    expect((await bad).errors).toEqual([
      { code: 'RenderLimitExceeded', message: 'the template took longer than 100 ms' },
    ]);
    const pages = await Promise.all([...good, ...alsoGood]);
    expect(pages).toEqual(pages.map((_, n) => ({ html: `<b>${n}</b>`, errors: [] })));
  });

  it('is gone when the renderer is closed, whatever it was doing', async () => {
    for (const used of [[], [page(1)], [hang, page(1)]]) {
      const made = renderer({});
      const results = Promise.allSettled(used.map((each) => made.render(each)));
      if (used.length < 2) await results;
      else await vi.waitFor(() => expect(children.at(-1)?.pid).toBeGreaterThan(0), { timeout: 15_000 });
      await Promise.all([made.close(), results]);
      expect(children.filter(({ pid }) => isRunning(pid))).toEqual([]);
    }
  });

  it('says nothing of the page when only errors are asked for', async () => {
    const { render } = renderer({});
    const checks = [page(1), request('a{{ task.input.b }}')].map((each) => render({ ...each, check: true }));
    expect(await Promise.all(checks)).toEqual([
      { html: '', errors: [] },
      { html: '', errors: [{ code: 'UndefinedTemplateVariable', message: 'undefined variable b' }] },
    ]);
  });

  it.each([
    ['waits', page(1)],
    ['hangs', hang],
  ])('that %s ends when the server is killed', async (_, last) => {
    const server = `
      import { subscribe } from 'node:diagnostics_channel';
      import { createTemplateRenderer } from ${JSON.stringify(new URL('./templates.ts', import.meta.url).href)};
      setInterval(() => {}, 60_000);
      const { render } = createTemplateRenderer({ timeLimitMs: 100 });
      subscribe('child_process', ({ process: child }) => setImmediate(() => console.log(child.pid)));
      await render(${JSON.stringify(page(1))});
      const pages = render(${JSON.stringify(last)});
      if (${last !== hang}) await pages;
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      console.log('ready');`;
    const parent = spawn(process.execPath, [...process.execArgv, '--input-type=module', '-e', server], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pids: number[] = [];
    for await (const line of createInterface(parent.stdout)) {
      if (line === 'ready') break;
      pids.push(Number(line));
    }
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), { timeout: 15_000 });
  });
});

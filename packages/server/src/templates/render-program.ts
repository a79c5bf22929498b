// The program of a render process: renders batches in order and answers as it goes.

import { writeFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createContext, Script } from 'node:vm';
import type { Finding } from './check/findings.ts';
import { threadClock } from './render-clock.ts';
import { hangTime, type RenderLimits, tooMuchMemory } from './render-limits.ts';
import { type Batch, type Finished, overtimeExit, type RenderOrder, type Report } from './render-messages.ts';
import type { RenderResult } from './render-request.ts';
import { createTemplateEngine, type PreparedTemplate } from './render-template.ts';

/** Milliseconds; results wait at most so long for others to be sent along with. */
const sendInterval = 4;

const limits = JSON.parse(process.argv[2] ?? '') as RenderLimits;
const engine = createTemplateEngine(limits, threadClock);
const templates = new Map<number, PreparedTemplate>();
/** The sources of templates that are checked. */
const inspected = new Map<number, string>();

/** The batch's orders that are not rendered yet. The server sends the next batch when all of one are answered. */
let left: RenderOrder[] = [];
/** A render of this process filled its memory. */
let exhausted = false;
let checkTemplate: typeof import('./check/check-template.ts').checkTemplate | undefined;
const watched = new Script('renderSome()');
const watch = createContext({ renderSome });
/** The server ends what hangs. If it is gone itself, nobody would: this is a little later and needs nobody. */
const timeout = hangTime(limits) + 1000;

// Such signals go to the whole group; the server still needs its renders while it stops, and then ends this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'] as const) process.on(signal, () => {});
process.on('disconnect', () => process.exit());
offerToMemoryKiller();
// Does nothing where Node keeps nothing. Programs that are ended from outside would keep nothing either.
flushCompileCache();
const ready = send('ready');
process.on('message', async ({ orders, forget }: Batch) => {
  await ready;
  for (const id of forget) {
    templates.delete(id);
    inspected.delete(id);
  }
  // Only those who write templates need it.
  if (orders.some(({ inspect }) => inspect))
    checkTemplate ??= (await import('./check/check-template.ts')).checkTemplate;
  left = orders;
  // Waiting until the channel took the results keeps them from being lost with a later render.
  while (left.length > 0) {
    await send(renderSomeWatched());
    // What filled the heap may leave too little of it to the others; they are rendered again in a fresh process.
    if (exhausted) process.exit();
  }
});

function send(report: Report): Promise<void> {
  return new Promise((resolve) => process.send?.(report, undefined, undefined, () => resolve()));
}

function renderSomeWatched(): Finished[] {
  try {
    return watched.runInContext(watch, { timeout });
  } catch {
    process.exit(overtimeExit);
  }
}

function renderSome(): Finished[] {
  const finished: Finished[] = [];
  const end = threadClock.now() + sendInterval;
  do {
    const order = left.shift() as RenderOrder;
    finished.push(run(order));
    // A template that never ran is the likeliest to end the process: what is finished is sent before.
  } while (!exhausted && left[0] && left[0].source === undefined && threadClock.now() < end);
  return finished;
}

function run(order: RenderOrder): Finished {
  const start = threadClock.now();
  const result = attempt(order);
  const told = [...result.errors, ...(result.findings ?? [])];
  exhausted ||= told.some(({ message }) => message === tooMuchMemory);
  return { id: order.id, milliseconds: threadClock.now() - start, ...result };
}

function attempt(order: RenderOrder): RenderResult {
  try {
    if (order.inspect) return { html: '', errors: [], findings: inspect(order) };
    const { html, errors } = engine.render(prepared(order), order);
    return { html: order.check ? '' : html, errors };
  } catch {
    // What the exception says could quote the input, so it stays here.
    return { html: '', errors: [{ code: 'InternalError', message: 'the template could not be rendered' }] };
  }
}

function inspect(order: RenderOrder): readonly Finding[] | undefined {
  const source = inspected.get(order.templateId) ?? order.source ?? '';
  inspected.set(order.templateId, source);
  if (order.input === '') return checkTemplate?.(source);
  return checkTemplate?.(source, (text, time) => engine.trial(engine.prepare(text), order, time));
}

function prepared({ templateId, source }: RenderOrder): PreparedTemplate {
  const known = templates.get(templateId);
  if (known) return known;
  const template = engine.prepare(source ?? '');
  templates.set(templateId, template);
  return template;
}

/** When the machine has no memory left, Linux picks a process to end: let it be this one, not the server. */
function offerToMemoryKiller(): void {
  if (process.platform !== 'linux') return;
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Some containers do not let it be changed.
  }
}

// The program of a render thread: renders batches in order and answers as it goes.

import { parentPort, workerData } from 'node:worker_threads';
import { threadClock } from './render-clock.ts';
import type { Batch, Finished, RenderOrder, ThreadSettings } from './render-messages.ts';
import { createTemplateEngine, type PreparedTemplate } from './render-template.ts';

/** Milliseconds; results wait at most so long for others to be sent along with. */
const sendInterval = 4;

const { limits, current } = workerData as ThreadSettings;
const engine = createTemplateEngine(limits, threadClock);
const templates = new Map<number, PreparedTemplate>();

parentPort?.on('message', ({ orders, forget }: Batch) => {
  for (const id of forget) templates.delete(id);
  let finished: Finished[] = [];
  let sent = threadClock.now();
  for (const order of orders) {
    finished.push(run(order));
    if (threadClock.now() - sent < sendInterval) continue;
    parentPort?.postMessage(finished);
    finished = [];
    sent = threadClock.now();
  }
  if (finished.length > 0) parentPort?.postMessage(finished);
});

function run(order: RenderOrder): Finished {
  const start = threadClock.now();
  Atomics.store(current, 0, order.id);
  const result = attempt(order);
  Atomics.store(current, 0, 0);
  return { ...result, id: order.id, milliseconds: threadClock.now() - start };
}

function attempt(order: RenderOrder) {
  try {
    return engine.render(prepared(order), order);
  } catch {
    // What the exception says could quote the input, so it stays here.
    return { html: '', errors: [{ code: 'InternalError', message: 'the template could not be rendered' }] };
  }
}

function prepared({ templateId, source }: RenderOrder): PreparedTemplate {
  const known = templates.get(templateId);
  if (known) return known;
  const template = engine.prepare(source ?? '');
  templates.set(templateId, template);
  return template;
}

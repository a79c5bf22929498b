/** After the disturbances: waits for what is due, and ends more loops to read back what was saved of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { answersOf, type History, hasItsAnswers, isFinal, type Loop } from './history.ts';
import { inParallel, insist } from './load.ts';
import { observe } from './observe.ts';
import type { Requests } from './requests.ts';

/** Loops without any answer that are stopped. */
const stoppedSample = 300;
const drainLimitMs = 240_000;

/** Whether the loop is about to end, so that one only has to wait. */
export const isDue = (loop: Loop): boolean => hasItsAnswers(loop) || loop.stop === 'acknowledged';

/** Waits until the loops have ended. */
export async function drainLoops(requests: Requests, history: History, loops: readonly Loop[]): Promise<void> {
  const giveUp = performance.now() + drainLimitMs;
  for (;;) {
    await inParallel(loops, 16, async (loop) => {
      if (loop.output === undefined) await insist(() => observe(requests, history, loop));
    });
    const left = loops.filter(({ output, status }) => output === undefined && status !== 'Failed');
    const [first] = left;
    if (!first) return;
    if (performance.now() > giveUp)
      return history.violation(
        'not drained',
        `${left.length} loops do not end, the first is ${first.name}, ${first.status}`,
        first,
      );
    await delay(200);
  }
}

/** Waits until every event was taken. */
export async function drainEvents(requests: Requests, history: History): Promise<void> {
  const giveUp = performance.now() + drainLimitMs;
  for (;;) {
    const { EventTargets } = await insist(() => requests.call('ListEventTargets', {}));
    const left = EventTargets.reduce((sum, target) => sum + (target.PendingDeliveries ?? 0), 0);
    if (left === 0) return;
    if (performance.now() > giveUp) return history.violation('not drained', `${left} events were not sent`);
    await delay(200);
  }
}

/** Stops loops that have some of their answers, so that these come out, and a sample of those without any. */
export async function stopSome(requests: Requests, history: History): Promise<Loop[]> {
  const running = [...history.loops.values()].filter(({ status }) => status !== undefined && !isFinal(status));
  const partly = running.filter((loop) => answersOf(loop).length > 0);
  const untouched = running.filter((loop) => answersOf(loop).length === 0);
  const every = Math.max(1, Math.floor(untouched.length / stoppedSample));
  const chosen = [...partly, ...untouched.filter((_, index) => index % every === 0)];
  await inParallel(chosen, 16, async (loop) => {
    loop.stop ??= 'sent';
    await insist(() => requests.call('StopHumanLoop', { HumanLoopName: loop.name }));
    loop.stop = 'acknowledged';
    history.note(loop, 'stopped after the load');
  });
  return chosen;
}

/** Looks at loops while nodes come and go: what was seen when, and whether who sees Completed finds the output at once. */
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '@holdpoint/protocol';
import { type History, isFinal, type Loop, moment } from './history.ts';
import { type Load, untilOver } from './load.ts';
import type { Requests } from './requests.ts';

/** Reads status and, when the loop has ended, the output. @throws Unanswered or Later without an answer. */
export async function observe(requests: Requests, history: History, loop: Loop): Promise<void> {
  const known = loop.start === 'acknowledged' || loop.status !== undefined;
  const askedAt = moment();
  const described = await requests.call('DescribeHumanLoop', { HumanLoopName: loop.name }).catch((error: unknown) => {
    if (error instanceof ApiError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  });
  if (!described) {
    history.note(loop, 'described: not there');
    if (known) history.violation('lost start', `${loop.name} was there and is gone`, loop);
    return;
  }
  const status = described.HumanLoopStatus;
  loop.sightings.push({ askedAt, seenAt: moment(), status });
  if (loop.status !== status) history.note(loop, `described: ${status}`);
  if (loop.start === 'refused') history.violation('refused and there', `${loop.name} is ${status}`, loop);
  if (status === 'Failed') history.violation('failed loop', `${loop.name}: ${described.FailureReason}`, loop);
  // Whoever looked meanwhile may have seen more.
  if (loop.status === undefined || !isFinal(loop.status)) loop.status = status;
  if (!isFinal(status) || status === 'Failed') return;
  await readOutput(requests, history, loop, described.HumanLoopOutput?.OutputS3Uri);
}

async function readOutput(requests: Requests, history: History, loop: Loop, uri: string | undefined): Promise<void> {
  if (!uri?.startsWith('s3://'))
    return history.violation('no output', `${loop.name} is ${loop.status} and names no output: ${uri}`, loop);
  const { status, body } = await requests.s3(`/${uri.slice('s3://'.length)}`);
  if (status !== 200)
    return history.violation('no output', `${loop.name} is ${loop.status} and GET ${uri} answered ${status}`, loop);
  if (loop.output !== undefined && loop.output !== body)
    history.violation('output changed', `${uri} of ${loop.name} is another text than before`, loop);
  loop.output = body;
  loop.outputKey = uri.slice(uri.indexOf('/', 's3://'.length) + 1);
}

/** Looks again and again: at loops that were just announced, and at any. */
export async function watchLoops(load: Load, announced: Loop[]): Promise<void> {
  const { history, random, requests } = load;
  await untilOver(load, 'DescribeHumanLoop', async () => {
    const soon = announced.pop();
    if (soon) return observe(requests, history, soon);
    await delay(random.integer(20));
    const size = history.loops.size;
    if (size === 0) return;
    // Mostly what is under way; of what is old less.
    const back = random.chance(0.8) ? Math.min(size, 300) : size;
    const wanted = `${String(size - 1 - random.integer(back)).padStart(6, '0')}`;
    const loop = history.loops.get(`loop-${wanted}`);
    if (loop && loop.start === 'acknowledged') await observe(requests, history, loop);
  });
}

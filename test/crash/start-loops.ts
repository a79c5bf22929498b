/** Programs that start human loops, and try again after a restart what was never answered. */
import { ApiError } from '@holdpoint/protocol';
import type { Loop } from './history.ts';
import type { Random } from './random.ts';
import type { Requests } from './requests.ts';
import { keepPace, type Round, untilTheSignal } from './round.ts';

/** Keeps one connection busy with StartHumanLoop until the signal. */
export function startLoops(round: Round, retries: Loop[]): Promise<void> {
  const { history, progress } = round;
  return untilTheSignal(round, 'StartHumanLoop', async () => {
    await keepPace(round, progress.starts, progress.submits);
    if (round.over) return;
    const retried = retries.pop();
    if (retried) history.count('starts repeated after a restart');
    const loop = retried ?? newLoop(round);
    await start(round.requests, loop);
    history.startAcknowledged(loop);
    progress.starts.done += 1;
  });
}

/** Starts a loop; when the same start was carried out before the restart, the answer is the same. */
export async function start(requests: Requests, loop: Loop): Promise<void> {
  try {
    const { HumanLoopArn } = await requests.call('StartHumanLoop', {
      HumanLoopName: loop.name,
      FlowDefinitionArn: flowDefinitionArn(loop.flowDefinitionName),
      HumanLoopInput: { InputContent: loop.inputContent },
    });
    if (!HumanLoopArn?.endsWith(`:human-loop/${loop.name}`))
      throw new Error(`${loop.name} was answered ${HumanLoopArn}`);
  } catch (error) {
    // Somebody answered the loop before its start was repeated.
    const finished = error instanceof ApiError && error.message.includes('already exists and is finished');
    if (!finished) throw error;
  }
}

export const flowDefinitionArn = (name: string): string =>
  `arn:aws:sagemaker:us-east-1:000000000000:flow-definition/${name}`;

function newLoop({ history, random, flows }: Round): Loop {
  // Most loops need one answer, some three.
  const flow = flows[random.chance(0.85) ? 0 : 1]!;
  const number = history.loops.size;
  const text = fillText(random, random.chance(0.005) ? 200_000 : random.integer(1500));
  return history.addLoop({
    name: `loop-${String(number).padStart(6, '0')}`,
    flowDefinitionName: flow.name,
    taskCount: flow.taskCount,
    inputContent: JSON.stringify({ number, text, nested: { 'ä"key\\': [number, null, 1.5] } }),
  });
}

const words = ['lorem', 'ipsum', 'größe', '數據', '<b>&amp;', '🙂', '"quoted"', '\\', '{{ x }}', '\n'];

/** Text of about the given length, with what is hard to quote. */
export function fillText(random: Random, length: number): string {
  const parts: string[] = [];
  for (let size = 0; size < length; size += 6) parts.push(random.pick(words));
  return parts.join(' ');
}

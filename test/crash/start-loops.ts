/** Programs that start human loops, try again what was never answered, stop some, and ask for what must be refused. */
import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from '@holdpoint/protocol';
import type { History, Loop } from './history.ts';
import { type Load, untilOver } from './load.ts';
import type { Random } from './random.ts';
import { Later, type Requests, Unanswered } from './requests.ts';

/** Keeps one connection busy with StartHumanLoop and the like. @param pauseMs longest pause between two calls */
export async function startLoops(load: Load, pauseMs: number): Promise<void> {
  const { history, random } = load;
  let open: Loop | undefined;
  const stoppable: Loop[] = [];
  await untilOver(load, 'StartHumanLoop', async () => {
    await delay(random.number() * pauseMs);
    if (random.chance(0.03)) return startRefused(load);
    const oldest = stoppable.length > 40 && random.chance(0.03) ? stoppable.shift() : undefined;
    if (oldest) return stop(load, oldest);
    // Most programs try again what had no answer; some give up, and the loop is there or not.
    const loop = open && random.chance(0.8) ? open : newLoop(load);
    if (open && loop === open) history.count('starts repeated');
    open = loop;
    await start(load.requests, history, loop);
    open = undefined;
    load.done.starts += 1;
    stoppable.push(loop);
  });
}

/** Starts a loop; when the same start was carried out before, the answer is the same. */
export async function start(requests: Requests, history: History, loop: Loop): Promise<void> {
  history.note(loop, 'start sent');
  try {
    const { HumanLoopArn } = await requests.call('StartHumanLoop', {
      HumanLoopName: loop.name,
      FlowDefinitionArn: flowDefinitionArn(loop.flowDefinitionName),
      HumanLoopInput: { InputContent: loop.inputContent },
    });
    if (!HumanLoopArn?.endsWith(`:human-loop/${loop.name}`))
      throw new Error(`${loop.name} was answered ${HumanLoopArn}`);
  } catch (error) {
    history.note(loop, `start answered ${(error as Error).message}`);
    // Somebody answered the loop before its start was repeated.
    const finished = error instanceof ApiError && error.message.includes('already exists and is finished');
    if (!finished) throw error;
  }
  loop.start = 'acknowledged';
  history.note(loop, 'start acknowledged');
}

/** A start that cannot be right; nothing of it may be found afterwards. */
async function startRefused(load: Load): Promise<void> {
  const { history, random } = load;
  const bad = random.pick(['no such flow', 'no JSON'] as const);
  const loop = newLoop(load, 'refused');
  loop.start = 'refused';
  history.note(loop, `start with ${bad} sent`);
  try {
    await load.requests.call('StartHumanLoop', {
      HumanLoopName: loop.name,
      FlowDefinitionArn: flowDefinitionArn(bad === 'no such flow' ? 'never-made' : loop.flowDefinitionName),
      HumanLoopInput: { InputContent: bad === 'no JSON' ? '{"cut' : loop.inputContent },
    });
    history.violation('bad start accepted', `${loop.name} with ${bad}`, loop);
  } catch (error) {
    if (error instanceof Unanswered || error instanceof Later) throw error;
    history.note(loop, `refused: ${(error as Error).message}`);
    history.count('starts refused');
  }
}

async function stop({ requests, history }: Load, loop: Loop): Promise<void> {
  loop.stop ??= 'sent';
  history.note(loop, 'stop sent');
  try {
    await requests.call('StopHumanLoop', { HumanLoopName: loop.name });
    loop.stop = 'acknowledged';
    history.note(loop, 'stop acknowledged');
    history.count('stops acknowledged');
  } catch (error) {
    history.note(loop, `stop answered ${(error as Error).message}`);
    // The loop has ended by itself.
    if (!(error instanceof ApiError && /^(ValidationException|ConflictException)$/.test(error.name))) throw error;
  }
}

export const flowDefinitionArn = (name: string): string =>
  `arn:aws:sagemaker:us-east-1:000000000000:flow-definition/${name}`;

function newLoop({ history, random, flows }: Load, prefix = 'loop'): Loop {
  // Most loops need one answer, some three.
  const flow = flows[random.chance(0.75) ? 0 : 1]!;
  const number = history.loops.size;
  const text = fillText(random, random.chance(0.005) ? 200_000 : random.integer(1500));
  return history.addLoop({
    name: `${prefix}-${String(number).padStart(6, '0')}`,
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

/** Chooses at random what happens next, as its seed says. */
import { createRandom, type Random } from '../crash/random.ts';
import type { Action } from './actions.ts';
import { commands } from './commands.ts';
import type { World } from './world.ts';

/** Commands under way at once. */
const mostCommands = 8;

const names = Object.keys(commands);
const weights = names.map((name) => commands[name]![0]);
const allWeights = weights.reduce((sum, weight) => sum + weight, 0);

export function createChooser(seed: number, most: number): (world: World) => Action | undefined {
  const random = createRandom(seed);
  let lastId = 0;
  let done = 0;
  /** Nothing new is begun, so that a month can pass while nothing is under way. */
  let isLull = false;
  return (world) => {
    done += 1;
    return done > most ? undefined : choose(world);
  };

  function choose(world: World): Action {
    const { scheduler, nodes, database } = world;
    const draw = random.number();
    isLull ||= draw > 0.9996;
    if (isLull) return comeToRest(world);
    if (draw < 0.02 && draw >= 0.006) return { do: 'pass', milliseconds: someTime(random) };
    if (draw < 0.006) return disturb(world);
    const runnable = scheduler.runnable();
    if (world.underWay.size < mostCommands && (draw < 0.12 || runnable.length === 0)) {
      lastId += 1;
      return { do: 'command', id: lastId, name: someCommand(random), node: random.integer(nodes.length) };
    }
    const one = runnable.length > 0 ? random.pick(runnable) : undefined;
    if (!one) return scheduler.paused.size > 0 ? resume(world) : { do: 'pass', milliseconds: someTime(random) };
    const mine = runnable.filter(({ process }) => process === one.process);
    return { do: 'go', process: one.process, nth: mine.indexOf(one) };

    function disturb({ objects }: World): Action {
      const kind = random.number();
      const node = random.integer(nodes.length);
      if (!objects.isUp || kind < 0.15) return { do: 'objects', up: !objects.isUp };
      if (kind < 0.35) return { do: 'crash', node, seed: random.integer(2 ** 32) };
      if (kind < 0.5) return { do: 'jump', milliseconds: random.pick([-3_600_000, 3_600_000]) };
      if (scheduler.paused.size > 0) return resume(world);
      return database.semantics === 'sqlite' ? { do: 'pass', milliseconds: 1 } : { do: 'pause', node };
    }
  }

  function comeToRest(world: World): Action {
    const [one] = world.scheduler.runnable();
    if (one) return { do: 'go', process: one.process, nth: 0 };
    if (world.scheduler.paused.size > 0) return resume(world);
    if (world.underWay.size > 0) return { do: 'pass', milliseconds: 1000 };
    isLull = false;
    return { do: 'pass', milliseconds: 31 * 86_400_000 };
  }

  function resume({ nodes, scheduler }: World): Action {
    return { do: 'resume', node: nodes.findIndex(({ name }) => scheduler.paused.has(name)) };
  }
}

function someCommand(random: Random): string {
  let left = random.number() * allWeights;
  for (const [index, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return names[index]!;
  }
  return names[0]!;
}

/** Mostly moments; now and then past a deadline. */
function someTime(random: Random): number {
  const kind = random.number();
  if (kind < 0.75) return 1 + random.integer(200);
  if (kind < 0.92) return 1000 + random.integer(30_000);
  if (kind < 0.985) return 60_000 + random.integer(20 * 60_000);
  return 3_600_000 + random.integer(30 * 3_600_000);
}

/** A run as data: what was chosen, one after the other. Each can be left out and the rest still be done. */
import { createRandom } from '../crash/random.ts';
import { commands } from './commands.ts';
import type { Node, World } from './world.ts';

export type Action =
  | { readonly do: 'go'; readonly process: string; readonly nth: number }
  | { readonly do: 'command'; readonly id: number; readonly name: string; readonly node: number }
  | { readonly do: 'pass' | 'jump'; readonly milliseconds: number }
  | { readonly do: 'pause' | 'resume'; readonly node: number }
  | { readonly do: 'crash'; readonly node: number; readonly seed: number }
  | { readonly do: 'objects'; readonly up: boolean };

/** Told of each step, for people. */
export type Tell = (line: () => string) => void;

const nodeAt = ({ nodes }: World, index: number): Node | undefined => nodes[index % Math.max(1, nodes.length)];

/** Does it if there is anything to do; answers whether there was. */
export async function perform(world: World, action: Action, tell: Tell): Promise<boolean> {
  const { scheduler } = world;
  switch (action.do) {
    case 'go': {
      const mine = scheduler.runnable().filter(({ process }) => process === action.process);
      const one = mine[action.nth % Math.max(1, mine.length)];
      if (!one) return false;
      tell(() => `${one.process} ${one.what()}`);
      await scheduler.step(one);
      return true;
    }
    case 'command': {
      const node = nodeAt(world, action.node);
      if (!node) return false;
      await startCommand(world, node, action.id, action.name, tell);
      return true;
    }
    case 'pass':
      tell(() => `${span(action.milliseconds)} pass`);
      scheduler.pass(action.milliseconds);
      return true;
    case 'jump':
      world.count('disturbance clock jump');
      tell(() => `the clock jumps by ${span(action.milliseconds)}`);
      scheduler.now += action.milliseconds;
      return true;
    case 'pause':
    case 'resume': {
      const node = nodeAt(world, action.node);
      const isPaused = node !== undefined && scheduler.paused.has(node.name);
      if (!node || isPaused === (action.do === 'pause')) return false;
      tell(() => `${node.name} is ${action.do === 'pause' ? 'paused, the others take it for gone' : 'back'}`);
      if (!isPaused) world.count('disturbance pause');
      setPaused(world, node, !isPaused);
      return true;
    }
    case 'crash': {
      const node = nodeAt(world, action.node);
      if (!node) return false;
      const random = createRandom(action.seed);
      world.count('disturbance kill');
      tell(() => `${node.name} is killed, another is started`);
      world.crash(node, () => random.chance(0.5));
      world.addNode();
      await scheduler.settle();
      return true;
    }
    case 'objects':
      if (world.objects.isUp === action.up) return false;
      tell(() => `the object store is ${action.up ? 'up' : 'down'}`);
      world.objects.isUp = action.up;
      if (!action.up) world.count('disturbance objects down');
      return true;
  }
}

export function setPaused(world: World, node: Node, isPaused: boolean): void {
  const change = isPaused ? 'add' : 'delete';
  world.scheduler.paused[change](node.name);
  world.database.gone[change](node.name);
}

/** Sends a command to a node; it goes on as it is let. */
export async function startCommand(world: World, node: Node, id: number, name: string, tell: Tell): Promise<void> {
  const { scheduler } = world;
  const process = scheduler.process(`c${id} ${name}`, node.name);
  const [, command] = commands[name]!;
  world.underWay.set(id, node.name);
  world.count(`command ${name}`);
  tell(() => `${process.name} is sent to ${node.name}`);
  scheduler
    .run(process, () => command({ world, node, random: process.random, id }))
    .then(
      (outcome) => {
        world.count(`outcome ${name}: ${outcome}`);
        tell(() => `${process.name} is answered: ${outcome}`);
      },
      (error: Error) => world.violate('unexpected failure', `${name}: ${error.stack}`),
    )
    .finally(() => world.underWay.delete(id));
  await scheduler.settle();
}

export function span(milliseconds: number): string {
  const size = Math.abs(milliseconds);
  const sign = milliseconds < 0 ? '−' : '';
  if (size < 1000) return `${sign}${size} ms`;
  if (size < 120_000) return `${sign}${Math.round(size / 1000)} s`;
  if (size < 2 * 3_600_000) return `${sign}${Math.round(size / 60_000)} min`;
  return size < 2 * 86_400_000
    ? `${sign}${Math.round(size / 3_600_000)} h`
    : `${sign}${Math.round(size / 86_400_000)} d`;
}

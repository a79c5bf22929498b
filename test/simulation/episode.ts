/** One run from an empty store to the end of all that it began. */
import { type Change, insert } from '../../packages/server/src/domain/change.ts';
import { lookAt } from '../../packages/server/src/domain/retention.ts';
import { newId } from '../../packages/server/src/id.ts';
import { workerIdentity } from '../../packages/server/src/operations/worker/worker-row.ts';
import { type Action, perform, type Tell } from './actions.ts';
import { type CommandContext, createFlow, createTarget, createUi, flowNames } from './commands.ts';
import { createWorld, startTime } from './create-world.ts';
import type { Semantics } from './memory-rows.ts';
import { endQuietly } from './quiet.ts';
import { useVirtualTime } from './virtual-time.ts';
import type { Violation, World } from './world.ts';

export interface EpisodeSettings {
  readonly seed: number;
  readonly semantics: Semantics;
}

export interface EpisodeResult {
  readonly violation: Violation | undefined;
  /** What was done, up to the violation. */
  readonly actions: readonly Action[];
  /** The violation came while nobody asked for more any more. */
  readonly isInTheEnd: boolean;
  readonly steps: number;
  readonly tally: ReadonlyMap<string, number>;
}

/** Which engine an episode's rows behave as, and how many servers work on them. */
export const semanticsOf = (seed: number): Semantics => (seed % 3 === 0 ? 'sqlite' : 'postgres');

interface EpisodeOptions {
  /** Whether the run is brought to its end when nothing more is chosen. */
  readonly isEnded?: boolean;
  readonly tell?: Tell;
}

/** @param choose what is done next; undefined to end. */
export async function runEpisode(
  { seed, semantics }: EpisodeSettings,
  choose: (world: World) => Action | undefined,
  { isEnded = true, tell = () => {} }: EpisodeOptions = {},
): Promise<EpisodeResult> {
  const world = createWorld({ seed, semantics, people: 5 });
  const actions: Action[] = [];
  let steps = 0;
  let isInTheEnd = false;
  const restore = useVirtualTime(world.scheduler);
  try {
    // The order of ids within a millisecond begins anew.
    newId(0);
    await setUp(world);
    for (;;) {
      const action = world.violation ? undefined : choose(world);
      if (!action) break;
      if (!(await perform(world, action, tell))) continue;
      actions.push(action);
      steps += 1;
    }
    isInTheEnd = isEnded && !world.violation;
    if (isInTheEnd) await endQuietly({ world, tell, stepped: () => steps++ });
  } finally {
    // Nothing of it goes on afterwards.
    for (const node of [...world.nodes]) world.crash(node, () => false);
    restore();
  }
  return { violation: world.violation, actions, isInTheEnd, steps, tally: world.tally };
}

async function setUp(world: World): Promise<void> {
  const { scheduler, database } = world;
  const changes: Change[] = [
    insert('workforces', {
      id: 'workforce',
      name: 'default',
      config: {},
      tags: {},
      createdAt: startTime,
      updatedAt: startTime,
    }),
    lookAt(startTime, startTime),
    ...['red', 'blue'].map((name) => workteam(name)),
    ...world.people.map((person, index) => worker(person.name, person.email, index < 3 ? ['red'] : ['red', 'blue'])),
  ];
  database.write(changes);
  for (let count = database.semantics === 'sqlite' ? 1 : 2 + (world.seed % 2); count > 0; count--) world.addNode();
  await scheduler.settle();
  await alone(world, 'create page', createUi);
  for (const name of flowNames) await alone(world, `create ${name}`, (context) => createFlow(context, name));
  await alone(world, 'create target', createTarget);
}

/** Runs a command while nothing else does. */
async function alone(world: World, name: string, use: (context: CommandContext) => Promise<string>): Promise<void> {
  const { scheduler } = world;
  const [node] = world.nodes;
  const process = scheduler.process(name, node!.name);
  let isOver = false;
  scheduler
    .run(process, () => use({ world, node: node!, random: process.random, id: 0 }))
    .finally(() => {
      isOver = true;
    });
  await scheduler.settle();
  while (!isOver) await scheduler.step(scheduler.waiting.find((one) => one.process === name)!);
}

const workteam = (name: string): Change =>
  insert('workteams', {
    id: `team ${name}`,
    name,
    workforceId: 'workforce',
    description: name,
    memberDefinitions: [],
    groups: [name],
    config: {},
    tags: {},
    createdAt: startTime,
    updatedAt: startTime,
  });

const worker = (name: string, email: string, groups: readonly string[]): Change =>
  insert('workers', {
    id: `worker ${name}`,
    email,
    emailAsGiven: email,
    name,
    status: 'active',
    passwordHash: null,
    role: 'worker',
    groups,
    identity: workerIdentity('us-east-1', name),
    createdAt: startTime,
  });

/** Makes a world: its store tells everybody of every commit, and every commit is checked. */
import { changedRows } from '../../packages/server/src/store/changed.ts';
import type { Changed } from '../../packages/server/src/store/store.ts';
import { checkCommit, isFinalStatus } from './check-commit.ts';
import { createHistory } from './history.ts';
import { createDatabase } from './memory-database.ts';
import type { Semantics } from './memory-rows.ts';
import { startNode } from './node.ts';
import { createObjects } from './objects.ts';
import { createScheduler } from './scheduler.ts';
import { describeJob } from './tell.ts';
import type { Node, World } from './world.ts';

export const startTime = Date.UTC(2026, 0, 2, 3, 4, 5);

export interface WorldSettings {
  readonly seed: number;
  readonly semantics: Semantics;
  readonly people: number;
}

export function createWorld({ seed, semantics, people }: WorldSettings): World {
  const scheduler = createScheduler(seed, startTime);
  const database = createDatabase(semantics);
  const history = createHistory();
  const objects = createObjects(scheduler, checkPut);
  const received = new Map<string, string[]>();
  const inboxes = new Map<string, Changed[]>();
  let started = 0;

  const world: World = {
    seed,
    scheduler,
    database,
    objects,
    history,
    received,
    quotas: { inFlightHumanLoops: seed % 4 === 0 ? 6 : 0, flowDefinitions: 0, requestsPerSecond: 0 },
    people: Array.from({ length: people }, (_, index) => ({
      name: `w${index + 1}`,
      email: `w${index + 1}@example.com`,
      cookie: undefined,
      turns: [],
    })),
    nodes: [],
    underWay: new Map(),
    tally: new Map(),
    violation: undefined,
    violate(kind, text) {
      world.violation ??= { kind, text };
    },
    count: (what) => void world.tally.set(what, (world.tally.get(what) ?? 0) + 1),
    nameOf: (id) => history.labels.get(id) ?? id,
    nameOfJob: (job) => describeJob(world, job),
    sendEvent: (target, _id, event) => {
      const draw = scheduler.current()!.random;
      return scheduler.gate(
        () => `sends ${JSON.parse(event).detail?.humanLoopStatus} to ${world.nameOf(target.id)}`,
        () => {
          const outcome = draw.number();
          // Some arrive although nobody hears that they did.
          if (outcome > 0.15) received.set(target.id, [...(received.get(target.id) ?? []), event]);
          if (outcome > 0.3) return { delivered: true as const, statusCode: 200 };
          return { delivered: false as const, error: 'The answer was 503.', permanent: outcome < 0.02 };
        },
      );
    },
    addNode() {
      started += 1;
      const node = startNode(world, `node ${started}`);
      world.nodes.push(node);
      return node;
    },
    crash(node, lands) {
      world.nodes.splice(world.nodes.indexOf(node), 1);
      database.gone.add(node.name);
      inboxes.delete(node.name);
      scheduler.kill(node.name, lands);
      for (const [id, name] of world.underWay) if (name === node.name) world.underWay.delete(id);
    },
  };

  database.committed = (changes) => {
    checkCommit(world, changes);
    const changed = changedRows([changes]);
    if (changed.length > 0) for (const node of world.nodes) tell(node, changed);
  };

  /** News wait like everything else; what comes in meanwhile is heard with them. */
  function tell(node: Node, changed: readonly Changed[]): void {
    const inbox = inboxes.get(node.name);
    if (inbox) return void inbox.push(...changed);
    const news = [...changed];
    inboxes.set(node.name, news);
    scheduler.post({
      process: `${node.name} hears`,
      node: node.name,
      what: () => 'of changes',
      go() {
        inboxes.delete(node.name);
        node.hear(news);
      },
    });
  }

  /** Nothing that ended is written again as something else. */
  function checkPut(uri: string, text: string): void {
    const owners = history.outputs.get(uri);
    // A name that is used again within the second of its start has the same address.
    if (owners?.length !== 1) return;
    const [record] = owners;
    if (record && isFinalStatus(record.status) && record.output !== text)
      world.violate(
        'output after the end',
        `${world.nameOf(record.id)} is ${record.status} and its output was changed`,
      );
  }

  return world;
}

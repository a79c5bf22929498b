/** One run: nodes under load, disturbed by a scenario, and then the checks of everything that was acknowledged. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkEvents, checkOutputs, checkStarts } from './check-all.ts';
import { checkOrder } from './check-order.ts';
import { drainEvents, drainLoops, isDue, stopSome } from './end-loops.ts';
import { anyNode, createNode, type Node } from './fleet.ts';
import { type Ground, openGround } from './ground.ts';
import { createHistory, type History, type Loop, moment, type Violation } from './history.ts';
import { inParallel, type Load, sentenceOf } from './load.ts';
import { watchLoops } from './observe.ts';
import { createRandom } from './random.ts';
import type { Engine, Scenario, Size, Stage } from './scenario.ts';
import { NotServing, requireBuilt } from './server-process.ts';
import { createFlows, setUp } from './set-up.ts';
import { startLoops } from './start-loops.ts';
import { openWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';
import { createWorker, finish, work } from './workers.ts';

export interface PlayOptions {
  readonly scenario: Scenario;
  readonly engine: Engine;
  readonly size: Size;
  readonly seed: number;
  /** Nodes on PostgreSQL, when not as many as the scenario wants. */
  readonly nodes?: number | undefined;
  /** The disturbances end after so long, in milliseconds. */
  readonly limitMs: number;
  /** The server's entry file. */
  readonly entry: string;
  /** Gets the history as lines of JSON. */
  readonly historyFile?: string | undefined;
  readonly print: (line: string) => void;
}

export interface PlayReport {
  readonly violations: readonly Violation[];
  readonly nodes: number;
  readonly disturbances: number;
  readonly starts: number;
  readonly answers: number;
  readonly seconds: number;
  /** How often what happened that is fine but worth telling. */
  readonly tally: ReadonlyMap<string, number>;
  /** Kept when something did not hold. */
  readonly folder: string;
}

const starters = 6;
const watchers = 3;
const workerCount = 16;
const recoveryLimitMs = 60_000;

export async function play(options: PlayOptions): Promise<PlayReport> {
  requireBuilt(options.entry);
  const begun = moment();
  const folder = mkdtempSync(join(tmpdir(), `holdpoint-torture-${options.scenario.name}-`));
  const history = createHistory(options.historyFile);
  const ground = await openGround({ ...options, folder });
  const announced: Loop[] = [];
  const receiver = await openWebhookReceiver(createRandom(options.seed + 1), (name, status) =>
    hear(history, announced, name, status),
  );
  const nodes: Node[] = [];
  const played = { disturbances: 0, starts: 0, answers: 0 };
  try {
    await startNodes(options, ground, history, nodes);
    await playOn({ options, history, ground, receiver, nodes, folder, announced, played });
  } catch (error) {
    // What cannot go on is one more thing that did not hold.
    history.violation('broken off', sentenceOf(error));
  } finally {
    for (const node of nodes) {
      node.resume();
      await node.end('SIGKILL');
    }
    await receiver.close();
    await ground.close();
  }
  if (history.violations.length === 0) rmSync(folder, { recursive: true, force: true });
  const seconds = Math.round((moment() - begun) / 1000);
  return { ...played, violations: history.violations, nodes: nodes.length, seconds, tally: history.tally, folder };
}

/** The event comes last: whoever hears it finds the status. */
function hear(history: History, announced: Loop[], name: string, status: string): void {
  const loop = history.loops.get(name);
  if (!loop) {
    history.violation('unknown loop', `${name} was announced, which nobody started`);
    return;
  }
  const now = moment();
  loop.sightings.push({ askedAt: now, seenAt: now, status });
  history.note(loop, `announced: ${status}`);
  announced.push(loop);
}

async function startNodes(options: PlayOptions, ground: Ground, history: History, nodes: Node[]): Promise<void> {
  const wanted = options.engine === 'sqlite' ? 1 : (options.nodes ?? options.scenario.nodes ?? 1);
  for (let number = 1; number <= wanted; number += 1) {
    const node = createNode(`node ${number}`, ground.placeOf(number), history);
    try {
      await node.start();
    } catch (error) {
      if (!(number > 1 && error instanceof NotServing && error.message.includes('Servers work on the database')))
        throw error;
      options.print('  several nodes need an S3 server (Debian: python3-swift), so there is one');
      return;
    }
    nodes.push(node);
  }
}

interface Playing {
  readonly options: PlayOptions;
  readonly history: History;
  readonly ground: Ground;
  readonly receiver: WebhookReceiver;
  readonly nodes: readonly Node[];
  readonly folder: string;
  readonly announced: Loop[];
  readonly played: { disturbances: number; starts: number; answers: number };
}

async function playOn(playing: Playing): Promise<void> {
  const { options, history, receiver, nodes, announced, played } = playing;
  const random = createRandom(options.seed);
  const requests = anyNode(nodes, createRandom(options.seed + 2));
  const workers = Array.from({ length: workerCount }, (_, index) => createWorker(`w${index}@example.com`));
  await setUp(requests, receiver, workers);
  const flows = await createFlows(requests, history);
  const load: Load = { requests, history, random, flows, over: false, done: { starts: 0, submits: 0 } };
  const { starts, submits } = options.scenario.pauseMs ?? { starts: 150, submits: 250 };
  const watching = Array.from({ length: watchers }, () => watchLoops(load, announced));
  const loading = [
    ...watching,
    ...Array.from({ length: starters }, () => startLoops(load, starts)),
    ...workers.map((worker) => work(load, worker, submits)),
  ];
  const stage = stageOf(playing, load);
  try {
    await options.scenario.disturb(stage);
  } finally {
    load.over = true;
    await Promise.all(loading);
  }
  Object.assign(played, { starts: load.done.starts, answers: load.done.submits });
  for (const node of nodes) if (node.hasFallen()) history.violation('node ended', `${node.name} ended by itself`);
  await inParallel(workers, workers.length, (worker) =>
    finish(load, worker).catch((error: unknown) =>
      history.violation('unexpected answer', `${worker.email}: ${sentenceOf(error)}`),
    ),
  );
  await checkAll(playing, load);
}

async function checkAll({ options, history, receiver, nodes }: Playing, { requests }: Load): Promise<void> {
  options.print('  waiting for outputs …');
  await drainLoops(requests, history, [...history.loops.values()].filter(isDue));
  options.print('  comparing …');
  await checkStarts(requests, history);
  await drainLoops(requests, history, await stopSome(requests, history));
  await drainEvents(requests, history);
  await checkOutputs(requests, history);
  checkEvents(history, receiver);
  checkOrder(history);
  for (const node of nodes) await node.end('SIGTERM');
}

function stageOf({ options, history, ground, receiver, nodes, folder, played }: Playing, load: Load): Stage {
  const begun = moment();
  const untilAcknowledged = async (starts: number, submits: number, limitMs: number): Promise<boolean> => {
    const wanted = { starts: load.done.starts + starts, submits: load.done.submits + submits };
    const giveUp = moment() + limitMs;
    while (load.done.starts < wanted.starts || load.done.submits < wanted.submits) {
      if (moment() > giveUp) return false;
      await delay(5);
    }
    return true;
  };
  let shownAt = 0;
  return {
    engine: options.engine,
    size: options.size,
    folder,
    nodes,
    proxy: ground.proxy,
    database: ground.database,
    objects: ground.objects,
    disk: ground.disk,
    receiver,
    history,
    random: createRandom(options.seed + 3),
    isTimeOver: () => moment() - begun > options.limitMs,
    disturbed(what) {
      played.disturbances += 1;
      if (moment() - shownAt < 5000) return;
      shownAt = moment();
      const { starts, submits } = load.done;
      options.print(
        `  ${played.disturbances} disturbances (${what}), ${starts} starts, ${submits} answers, ${history.violations.length} violations`,
      );
    },
    untilAcknowledged,
    async untilRecovered(what) {
      const since = moment();
      if (await untilAcknowledged(5, 3, recoveryLimitMs)) {
        const seconds = (moment() - since) / 1000;
        history.count(`recovered within ${seconds < 2 ? 2 : seconds < 10 ? 10 : seconds < 30 ? 30 : 60} s`);
      } else history.violation('no recovery', `${recoveryLimitMs / 1000} s after ${what} hardly anything is taken`);
    },
  };
}

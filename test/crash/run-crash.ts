/**
 * Kills the server again and again while programs start human loops and workers answer them, and then checks that
 * nothing acknowledged was lost, nothing was doubled and nothing appeared that was never sent.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { workteamArn } from '@holdpoint/protocol';
import { bucket, checkEvents, checkOutputs, checkStarts, outputPrefix } from './check-all.ts';
import { checkFiles } from './check-files.ts';
import { drainEvents, drainLoops, stopSome } from './end-loops.ts';
import { createHistory, type History, hasItsAnswers, type Loop, type Violation } from './history.ts';
import { createObserver } from './observe.ts';
import { createRandom } from './random.ts';
import { createRequests, type Requests } from './requests.ts';
import { type Flow, inParallel, type Round } from './round.ts';
import type { CrashOptions, Run } from './run.ts';
import {
  killWhileStarting,
  type Place,
  requireBuilt,
  type ServerProcess,
  startServerProcess,
} from './server-process.ts';
import { startLoops } from './start-loops.ts';
import { resultsOf, roundsOf, type Summary } from './summary.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';
import { createWorker, resume, work, workerPassword } from './workers.ts';

export interface CrashReport {
  readonly violations: readonly Violation[];
  readonly data: string;
  readonly summary: Summary;
}

const connections = 32;
const workerCount = 24;

/** Runs all rounds and all checks; the data directory is removed when everything held. */
export async function runCrash(options: CrashOptions): Promise<CrashReport> {
  requireBuilt(options.entry);
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-crash-'));
  const place: Place = { data: join(folder, 'data'), entry: options.entry, logFile: join(folder, 'server.log') };
  const history = createHistory(options.historyFile);
  const run = await openRun(options, place, history);
  try {
    for (history.round = 1; history.round <= options.rounds; history.round += 1) await playRound(run);
    const summary = roundsOf(run);
    // What cannot go on is one more thing that did not hold.
    await playLast(run).catch((error: Error) =>
      history.violation('unexpected answer', `the checks ended: ${error.message}`),
    );
    summary.push(...resultsOf(run));
    if (history.violations.length === 0) rmSync(folder, { recursive: true });
    return { violations: history.violations, data: folder, summary };
  } finally {
    await run.server?.end('SIGKILL');
    await run.receiver.close();
  }
}

async function openRun(options: CrashOptions, place: Place, history: History): Promise<Run> {
  const random = createRandom(options.seed);
  const observer = createObserver(history);
  const onHumanLoop = (name: string): void => {
    const loop = history.loops.get(name);
    // The event comes last: who hears it finds status and output.
    if (loop) observer.watch(loop);
    else history.violation('unknown loop', `${name} was announced, which nobody started`);
  };
  const receiver = await openWebhookReceiver(createRandom(options.seed + 1), onHumanLoop);
  const workers = Array.from({ length: workerCount }, (_, index) => createWorker(`w${index}@example.com`));
  return {
    options,
    place,
    history,
    random,
    receiver,
    observer,
    workers,
    startTimes: [],
    stopTimes: [],
    kills: 0,
    server: undefined,
  };
}

// --- A round

async function playRound(run: Run): Promise<void> {
  const { history, random, options, observer } = run;
  const server = await startServer(run);
  const requests = createRequests(server.port, server.credentials);
  if (history.round === 1) await setUp(requests, run);
  const round = await openRound(run, requests);
  observer.attach(requests);
  // What was Completed stays so; unanswered starts are repeated by half of the programs.
  const loops = [...history.loops.values()];
  for (const loop of loops.filter(({ output }) => output !== undefined).slice(-20)) observer.watch(loop);
  const retries = loops.filter((loop) => loop.start === 'sent' && random.chance(0.5));
  const load = [
    ...Array.from({ length: connections }, () => startLoops(round, retries)),
    ...run.workers.map((worker) => work(round, worker)),
  ];
  await untilItIsTime(round, server);
  await stop(run, round, server);
  await Promise.all([...load, observer.detach()]);
  requests.close();
  for (const worker of run.workers) if (random.chance(0.1)) worker.cookie = undefined;
  const { starts, submits } = round.progress;
  const stopTime = run.stopTimes.at(-1);
  options.print(
    `round ${history.round}: serving after ${Math.round(run.startTimes.at(-1)!)} ms, ${starts.done} starts and ${submits.done} submits acknowledged, ` +
      `${unanswered(history.loops.values(), history)} unanswered, ${history.violations.length} violations${stopTime === undefined ? '' : `, stopped after ${Math.round(stopTime)} ms`}`,
  );
}

function unanswered(loops: Iterable<Loop>, history: History): number {
  const starts = [...loops].filter((loop) => loop.start === 'sent' && loop.round === history.round).length;
  const submits = [...history.submissions.values()].filter((each) => each.state === 'sent').length;
  return starts + submits;
}

/** Starts the server; now and then a start is killed on its way first. */
async function startServer(run: Run): Promise<ServerProcess> {
  const { history, random, options, startTimes, place } = run;
  const usual = startTimes.at(-1);
  if (options.signal === 'SIGKILL' && usual !== undefined && random.chance(0.25)) {
    await killWhileStarting(place, random.integer(usual));
    history.count('kills while starting');
  }
  const server = await startServerProcess(place);
  startTimes.push(server.startedInMs);
  run.server = server;
  return server;
}

async function openRound(run: Run, requests: Requests): Promise<Round> {
  const { history, options, random } = run;
  const left = options.rounds - history.round + 1;
  const loops = [...history.loops.values()];
  const started = loops.filter((loop) => loop.start === 'acknowledged').length;
  const submitted = [...history.submissions.values()].filter((each) => each.state === 'acknowledged').length;
  // Each round ends at another amount; the last one makes up for the others.
  const share = left === 1 ? 1 : (0.4 + random.number()) / left;
  const wanted = (goal: number, done: number): number => Math.ceil(Math.max(0, goal - done) * Math.min(1, share));
  return {
    requests,
    history,
    random,
    flows: await createFlows(requests, history),
    over: false,
    progress: {
      starts: { wanted: wanted(options.starts, started), done: 0 },
      submits: { wanted: wanted(options.submits, submitted), done: 0 },
    },
  };
}

async function untilItIsTime(round: Round, server: ServerProcess): Promise<void> {
  const { starts, submits } = round.progress;
  const giveUp = performance.now() + 120_000;
  while (starts.done < starts.wanted || submits.done < submits.wanted) {
    const ending = server.ended();
    if (ending)
      return round.history.violation('server ended', `by itself, code ${ending.code}, signal ${ending.signal}`);
    if (performance.now() > giveUp) return round.history.violation('too slow', 'a round took more than two minutes');
    await delay(1);
  }
  await delay(round.random.number() * 40);
}

async function stop(run: Run, round: Round, server: ServerProcess): Promise<void> {
  const { signal } = run.options;
  round.over = true;
  const begun = performance.now();
  const ending = await server.end(signal);
  run.kills += 1;
  if (signal === 'SIGKILL') return;
  run.stopTimes.push(performance.now() - begun);
  if (ending.code !== 0)
    run.history.violation('orderly stop', `ended with code ${ending.code}, signal ${ending.signal}`);
}

// --- What the rounds need

async function setUp(requests: Requests, { receiver, workers }: Run): Promise<void> {
  const template = '<crowd-form><p>{{ task.input.text }}</p><crowd-input name="token"></crowd-input></crowd-form>';
  await requests.call('CreateHumanTaskUi', { HumanTaskUiName: 'crash', UiTemplate: { Content: template } });
  await requests.call('CreateEventTarget', { Url: receiver.humanLoopUrl, Kind: 'human-loop' });
  await requests.call('CreateEventTarget', { Url: receiver.objectUrl, Kind: 'object-created' });
  for (const { email } of workers)
    await requests.call('CreateWorker', { Email: email, Workteams: ['reviewers'], Password: workerPassword });
}

async function createFlows(requests: Requests, history: History): Promise<Flow[]> {
  const settings = { region: 'us-east-1', accountId: '000000000000' };
  const flows: Flow[] = [];
  for (const taskCount of [1, 3]) {
    const name = `round-${history.round}-of-${taskCount}`;
    await requests.call('CreateFlowDefinition', {
      FlowDefinitionName: name,
      HumanLoopConfig: {
        WorkteamArn: workteamArn(settings, 'reviewers'),
        HumanTaskUiArn: `arn:aws:sagemaker:${settings.region}:${settings.accountId}:human-task-ui/crash`,
        TaskTitle: 'Crash',
        TaskDescription: 'Crash',
        TaskCount: taskCount,
      },
      OutputConfig: { S3OutputPath: `s3://${bucket}/${outputPrefix}` },
      RoleArn: `arn:aws:iam::${settings.accountId}:role/holdpoint`,
    });
    history.flowDefinitionNames.push(name);
    flows.push({ name, taskCount });
  }
  return flows;
}

// --- After the last round

async function playLast(run: Run): Promise<void> {
  const { history, options, observer, receiver, place } = run;
  const server = await startServer(run);
  const requests = createRequests(server.port, server.credentials);
  observer.attach(requests);
  const round = roundWithoutEnd(run, requests);
  await inParallel(run.workers, run.workers.length, (worker) =>
    resume(round, worker).catch((error: Error) =>
      history.violation('unexpected answer', `${worker.email}: ${error.message}`),
    ),
  );
  options.print('waiting for outputs …');
  await drainLoops(run, requests, [...history.loops.values()].filter(hasItsAnswers));
  options.print('comparing starts …');
  await checkStarts(requests, history);
  const stopped = await stopSome(run, requests);
  await drainLoops(run, requests, stopped);
  await drainEvents(run, requests);
  await observer.detach();
  options.print('comparing outputs, events and files …');
  await checkOutputs(requests, history);
  checkEvents(history, receiver);
  requests.close();
  const ending = await server.end('SIGTERM');
  if (ending.code !== 0) history.violation('orderly stop', `ended with code ${ending.code}, signal ${ending.signal}`);
  checkFiles(place.data, history);
}

/** In which workers finish what they hold. */
function roundWithoutEnd({ history, random }: Run, requests: Requests): Round {
  const progress = { starts: { wanted: 0, done: 0 }, submits: { wanted: 0, done: 0 } };
  return { requests, history, random, flows: [], over: false, progress };
}

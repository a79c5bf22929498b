import { randomInt } from 'node:crypto';
import type { Call } from '../api-command.ts';
import { parseDuration } from '../duration.ts';
import { findFlow } from '../loop/find-flow.ts';
import { readerGone } from '../loop/stream-output.ts';
import { wholeNumber } from '../loop/whole-number.ts';
import { nameOf, readJsonText } from '../read-text.ts';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { createAnswerCheck } from './check-answers.ts';
import { allWorkteams, gatherCrew } from './crew.ts';
import type { Done } from './done.ts';
import { createRecentNames } from './recent-names.ts';
import { parseRules } from './rules.ts';
import { simulate } from './simulation.ts';
import { createWaitingLoops } from './waiting-loops.ts';

export interface SimulateOptions {
  readonly json?: boolean;
  readonly rules: string;
  readonly worker?: readonly string[];
  readonly workers?: string;
  readonly workerPrefix: string;
  readonly flow?: string;
  readonly speed: string;
  readonly seed?: string;
  readonly untilEmpty?: boolean;
  readonly for?: string;
  readonly count?: string;
}

/** Workers without --flow and --workers: as many as a flow definition can ask for. */
const usualWorkers = 3;

/** Answers tasks as people would, until it is enough. */
export const run: Call<SimulateOptions> = async (calling) => {
  const { client, options, terminal, signal } = calling;
  const settings = readSettings(options);
  const rules = parseRules(await readJsonText(options.rules, terminal), nameOf(options.rules));
  const flow = options.flow === undefined ? undefined : await findFlow(client, options.flow);
  const existing = [...(options.worker ?? [])];
  const asked = flow?.HumanLoopConfig;
  const hired = settings.workers ?? (existing.length > 0 ? 0 : (asked?.TaskCount ?? usualWorkers));
  const workteams = asked === undefined ? await allWorkteams(client) : [asked.WorkteamArn.split('/').at(-1)!];
  const seed = options.seed ?? String(randomInt(2 ** 32));
  const crew = await gatherCrew(client, { count: hired, prefix: options.workerPrefix, workteams, existing });
  const count = crew.members.length;
  terminal.errors.write(
    `${count} worker${count === 1 ? '' : 's'}, seed ${printable(seed)}. Ctrl-C ends it in order.\n`,
  );
  const counts: Record<Done['what'], number> = {
    answered: 0,
    declined: 0,
    released: 0,
    lost: 0,
    failed: 0,
    'left alone': 0,
  };
  const offered = createRecentNames();
  const checkAnswer = createAnswerCheck(client, (sentence) => terminal.errors.write(`${sentence}\n`));
  let checked = Promise.resolve();
  const ends = [
    signal,
    readerGone(terminal.output),
    ...(settings.seconds === undefined ? [] : [timeOut(settings.seconds)]),
  ];
  try {
    await simulate({
      client,
      rules,
      crew,
      flow: flow?.FlowDefinitionName,
      seed,
      speed: settings.speed,
      count: settings.count,
      waiting: options.untilEmpty ? createWaitingLoops(client, flow?.FlowDefinitionArn, offered) : undefined,
      offered,
      signal: AbortSignal.any(ends),
      onDone(done) {
        counts[done.what]++;
        checked = checked.then(() => checkAnswer(done));
        terminal.output.write(`${options.json ? JSON.stringify(recordOf(done)) : lineOf(done)}\n`);
      },
      onForeignFlow: (name) =>
        terminal.errors.write(`No rule is about the flow ${printable(name)}; its tasks are left alone.\n`),
    });
  } finally {
    await checked;
    await crew.dismiss();
  }
  terminal.errors.write(`${summaryOf(counts)}.\n`);
  signal.throwIfAborted();
  if (counts.failed > 0)
    throw new Error(
      `${counts.failed === 1 ? 'One task' : `${counts.failed} tasks`} could not be done as the rules say.`,
    );
  return undefined;
};

function readSettings(options: SimulateOptions) {
  const { untilEmpty, workers, workerPrefix, speed } = options;
  if ([untilEmpty, options.for, options.count].filter((one) => one !== undefined).length > 1)
    throw new UsageError('Give one of --until-empty, --for and --count.');
  if (!/^[a-z0-9](?:-*[a-z0-9])*$/i.test(workerPrefix) || workerPrefix.length > 40)
    throw new UsageError(
      `--worker-prefix takes letters and digits with hyphens between them, 40 at most, not '${workerPrefix}'.`,
    );
  if (!/^\d+(?:\.\d+)?$/.test(speed)) throw new UsageError(`--speed takes a number of 0 or more, not '${speed}'.`);
  return {
    workers: workers === undefined ? undefined : wholeNumber(workers, '--workers', 0, 100),
    speed: Number(speed),
    seconds: options.for === undefined ? undefined : parseDuration(options.for, '--for'),
    count: options.count === undefined ? Number.POSITIVE_INFINITY : wholeNumber(options.count, '--count', 1),
  };
}

/** A signal like `AbortSignal.timeout`, for times that are longer than a timer's. */
function timeOut(seconds: number): AbortSignal {
  const controller = new AbortController();
  const ends = Date.now() + seconds * 1000;
  const wait = (): void => {
    const left = ends - Date.now();
    if (left <= 0) controller.abort();
    else setTimeout(wait, Math.min(left, 3_600_000)).unref();
  };
  wait();
  return controller.signal;
}

function lineOf({ worker, what, humanLoopName, flowDefinitionName, seconds, isMistake, why }: Done): string {
  const time = new Date().toISOString().slice(11, 19);
  const notes = [
    ...(seconds === undefined ? [] : [`after ${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`]),
    ...(isMistake ? ['by mistake'] : []),
    ...(why === undefined ? [] : [why]),
  ];
  const note = notes.length === 0 ? '' : `  ${printable(notes.join(', '))}`;
  return `${time}Z  ${printable(worker)}  ${what.padEnd(10)}  ${printable(humanLoopName)} (${printable(flowDefinitionName)})${note}`;
}

const recordOf = ({
  worker,
  what,
  humanLoopName,
  flowDefinitionName,
  rule,
  seconds,
  isMistake,
  answerContent,
  why,
}: Done) => ({
  Time: new Date().toISOString(),
  Worker: worker,
  Action: what,
  HumanLoopName: humanLoopName,
  FlowDefinitionName: flowDefinitionName,
  Rule: rule,
  Seconds: seconds === undefined ? undefined : Math.round(seconds * 1000) / 1000,
  Mistake: isMistake,
  AnswerContent: answerContent,
  Reason: why,
});

function summaryOf(counts: Readonly<Record<Done['what'], number>>): string {
  const { answered, ...others } = counts;
  const rest = Object.entries(others).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  return [`${answered.toLocaleString('en-US')} ${answered === 1 ? 'task' : 'tasks'} answered`, ...rest].join(', ');
}

/** `holdpoint loop start FLOW --file`: one human loop for each line of a file of JSON values. */
import { type Client, createClient } from '@holdpoint/client';
import type { OperationInput } from '@holdpoint/protocol';
import type { Calling } from '../../api-command.ts';
import type { Connection } from '../../connect.ts';
import { formatDuration } from '../../duration.ts';
import { sentenceOf } from '../../failure.ts';
import { startProgress } from '../../progress.ts';
import type { StartOptions } from '../start-options.ts';
import { createSkipping, isSameFile } from './earlier-run.ts';
import { type Journal, readJournal } from './journal.ts';
import { keepJournal } from './keep-journal.ts';
import { createLeanTransport } from './lean-transport.ts';
import { createPace, type Pace } from './pace.ts';
import { type Plan, planOf } from './plan.ts';
import { longestLine } from './read-item.ts';
import { type Line, readLines } from './read-lines.ts';
import { createReport, type How, type Report } from './report.ts';
import { createSettledLines } from './settled-lines.ts';
import { startLines } from './start-lines.ts';

type Start = OperationInput<'StartHumanLoop'>;

/** Milliseconds between two drawings of the progress while nothing moves. */
const drawEvery = 500;

export async function startMany(calling: Calling<StartOptions>, flow: string): Promise<undefined> {
  const { connection, options, terminal, signal } = calling;
  const plan = await planOf(calling, flow);
  const { source, concurrency } = plan;
  const settled = createSettledLines();
  let seen = 0;
  const report: Report = createReport({
    terminal,
    json: options.json === true,
    // As many in the rest of the file as in what was read of it.
    total: () => (source.size && source.read ? (seen * source.size) / source.read : undefined),
    note: () => (pace.pausing ? 'waiting for the server' : ''),
  });
  const pace: Pace = createPace({ most: concurrency, patience: plan.patience, signal, ...troubles(report, plan) });
  const journal = await findJournal(plan, calling, report);
  const kept =
    source.file === undefined ? undefined : keepJournal(source.file, plan.subject, settled, journal, report.tell);
  const client = createStartClient(connection, concurrency);
  const reading = new AbortController();
  const clock = setInterval(() => pace.pausing && report.show(), drawEvery);
  try {
    await startLines({
      lines: counted(readLines(source.open(AbortSignal.any([signal, reading.signal])), longestLine), (number) => {
        seen = number;
      }),
      fields: plan.fields,
      concurrency,
      pace,
      settled,
      signal,
      skips: createSkipping(journal, settled, report.skipped),
      start: ({ name, input }) =>
        startLoop(client, { HumanLoopName: name, ...plan.common, HumanLoopInput: { InputContent: input } }),
      onStarted: report.settled,
      onFailed: report.failedLine,
      endReading: () => reading.abort(),
    });
  } catch (error) {
    await kept?.end(false);
    const stopped = `${report.end(false)}; run the same command again to go on.`;
    if (!signal.aborted) throw new Error(`${sentenceOf(error)} Stopped: ${stopped}`, { cause: error });
    terminal.errors.write(`Stopped: ${stopped}\n`);
    throw error;
  } finally {
    clearInterval(clock);
    client.close();
  }
  await kept?.end(report.failed === 0);
  const summary = report.end(true);
  if (report.failed > 0) throw new Error(`${summary}; correct them and run the same command again.`);
  if (!options.json) terminal.output.write(`${summary}.\n`);
}

/** A client that makes each call once: the pace decides what is tried again, and when. */
function createStartClient({ client, clientOptions }: Connection, maxConnections: number): Client {
  const endpoint = new URL(client.meta.endpointUrl);
  const transport = endpoint.protocol === 'http:' ? createLeanTransport(endpoint) : undefined;
  return createClient({ ...clientOptions, maxAttempts: 1, maxConnections, transport });
}

/** Tells of the last line of each group. */
async function* counted(lines: AsyncIterable<readonly Line[]>, tell: (number: number) => void) {
  for await (const group of lines) {
    tell(group.at(-1)!.number);
    yield group;
  }
}

/** Starts a loop. One that has finished meanwhile is known by its input: nothing is left to do for it. */
async function startLoop(client: Client, start: Start): Promise<How> {
  try {
    await client.call('StartHumanLoop', start);
    return 'started';
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ValidationException' || !/ already exists and is finished/.test(message)) throw error;
    const there = await client.call('GetHumanLoop', { HumanLoopName: start.HumanLoopName }).catch(() => undefined);
    const same =
      there?.InputContent === start.HumanLoopInput.InputContent &&
      there.FlowDefinitionArn === start.FlowDefinitionArn &&
      JSON.stringify(there.DataAttributes) === JSON.stringify(start.DataAttributes);
    if (same) return 'before';
    throw error;
  }
}

/** What is said while the server cannot be reached or asks for fewer requests: the latter once, since it may go on. */
function troubles(report: Report, { patience }: Plan) {
  let isUnreachable = false;
  let isSlowed = false;
  return {
    onTrouble(error: Error, unreachable: boolean) {
      isUnreachable = unreachable;
      if (unreachable) report.tell(`${sentenceOf(error)} Waiting for it, ${formatDuration(patience / 1000)} at most.`);
      else if (!isSlowed)
        report.tell(`The server asks for fewer requests (${error.message.replace(/\.$/, '')}); going on more slowly.`);
      isSlowed ||= !unreachable;
    },
    onRecovery() {
      if (isUnreachable) report.tell('The server answers again.');
    },
  };
}

/** The journal of an earlier run, where the file still has the lines that it tells of. */
async function findJournal(
  { source, subject }: Plan,
  { terminal, signal }: Calling<StartOptions>,
  report: Report,
): Promise<Journal | undefined> {
  if (source.file === undefined) return undefined;
  const found = await readJournal(source.file, subject);
  if (typeof found === 'string') report.tell(found);
  if (found === undefined || typeof found === 'string') return undefined;
  const progress = startProgress(terminal.errors, 'Looking at what was started before', found.lines);
  const lines = readLines(source.open(signal), longestLine);
  const same = await isSameFile(lines, found, (number) => progress.update(number)).finally(() => progress.end());
  if (same) return found;
  report.tell(
    `${source.name} was changed among the lines that were started before: all are sent again. It does no harm to those that are the same.`,
  );
  return undefined;
}

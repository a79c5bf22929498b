/** `holdpoint loop start FLOW --file`: one human loop for each line of a file of JSON values. */
import { type Client, createClient } from '@holdpoint/client';
import type { OperationInput } from '@holdpoint/protocol';
import type { Calling } from '../../api-command.ts';
import type { Connection } from '../../connect.ts';
import { sentenceOf } from '../../failure.ts';
import type { StartOptions } from '../start-options.ts';
import { createSkipping } from './earlier-run.ts';
import { createFailedLoops, type FailedLoops } from './failed-loops.ts';
import { findJournal } from './find-journal.ts';
import { keepJournal } from './keep-journal.ts';
import { createLeanTransport } from './lean-transport.ts';
import { createNewestLoops } from './newest-loops.ts';
import { createPace, type Pace } from './pace.ts';
import { planOf } from './plan.ts';
import { longestLine } from './read-item.ts';
import { type Line, readLines } from './read-lines.ts';
import { createReport, type How, type Report } from './report.ts';
import { aboutFailed, aboutNames, troubles } from './sentences.ts';
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
  let isLooking = false;
  const report: Report = createReport({
    terminal,
    json: options.json === true,
    // As many in the rest of the file as in what was read of it.
    total: () => (source.size && source.read ? (seen * source.size) / source.read : undefined),
    note: () => (pace.pausing ? 'waiting for the server' : isLooking ? 'looking whether any has failed' : ''),
  });
  const pace: Pace = createPace({ most: concurrency, patience: plan.patience, signal, ...troubles(report, plan) });
  const { journal, isExpected } = await findJournal(plan, calling, report.tell);
  const newest = createNewestLoops(journal?.newest);
  const kept =
    source.file === undefined
      ? undefined
      : keepJournal(source.file, plan.subject, settled, newest, journal, report.tell);
  const failedLoops = createFailedLoops(plan, calling.client, signal);
  let isThereBefore = false;
  const end = (isComplete: boolean): string => {
    if (isThereBefore && !isExpected && plan.isNamedByFile) report.tell(aboutNames(plan));
    return report.end(isComplete, failedLoops.count);
  };
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
        startLoop(
          client,
          { HumanLoopName: name, ...plan.common, HumanLoopInput: { InputContent: input } },
          failedLoops.failed,
        ),
      onStarted(how, name) {
        newest.add(name, how);
        if (how === 'started') failedLoops.started(name);
        isThereBefore ||= how === 'before';
        report.settled(how);
      },
      onFailed(line, name, why) {
        isThereBefore ||= / already exists /.test(why.message);
        report.failedLine(line, name, why);
      },
      endReading: () => reading.abort(),
    });
  } catch (error) {
    await kept?.end(false);
    const stopped = `${end(false)}; run the same command again to go on.`;
    if (!signal.aborted) throw new Error(`${sentenceOf(error)} Stopped: ${stopped}`, { cause: error });
    terminal.errors.write(`Stopped: ${stopped}\n`);
    throw error;
  } finally {
    clearInterval(clock);
    client.close();
  }
  isLooking = true;
  report.show();
  await failedLoops.look().catch((error: unknown) => {
    if (!signal.aborted) report.tell(`Whether loops have failed already is not known: ${sentenceOf(error)}`);
  });
  // Those that have to be started again are among the lines that a journal has done with.
  await kept?.end(report.failed === 0 || failedLoops.count > 0);
  const summary = end(true);
  const whole = report.failed > 0 ? `${summary}; correct them and run the same command again.` : `${summary}.`;
  const { example, count } = failedLoops;
  if (example !== undefined) throw new Error(`${whole} ${aboutFailed(example, count, options)}`);
  if (report.failed > 0) throw new Error(whole);
  if (!options.json) terminal.output.write(`${whole}\n`);
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
async function startLoop(client: Client, start: Start, onFailed: FailedLoops['failed']): Promise<How> {
  try {
    const { ResponseMetadata } = await client.call('StartHumanLoop', start);
    return ResponseMetadata.HTTPHeaders['holdpoint-repeated'] === undefined ? 'started' : 'before';
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ValidationException' || !/ already exists and is finished/.test(message)) throw error;
    const there = await client.call('GetHumanLoop', { HumanLoopName: start.HumanLoopName }).catch(() => undefined);
    const same =
      there?.InputContent === start.HumanLoopInput.InputContent &&
      there.FlowDefinitionArn === start.FlowDefinitionArn &&
      JSON.stringify(there.DataAttributes) === JSON.stringify(start.DataAttributes);
    if (!same) throw error;
    if (there.HumanLoopStatus === 'Failed') onFailed({ name: start.HumanLoopName, reason: '' });
    return 'before';
  }
}

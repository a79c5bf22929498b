import { type Client, createA2IRuntimeClient } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { sentenceOf } from '../failure.ts';
import { formatRows, printable, widthsOf } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { findFlow } from './find-flow.ts';
import { requireAnswerable } from './require-answerable.ts';
import { isFinished } from './statuses.ts';
import { readerGone } from './stream-output.ts';
import { createFollower, type Follower, type Seen } from './watch/follow.ts';
import { createLiveTable, type LiveTable } from './watch/live-table.ts';
import { sweep } from './watch/sweep.ts';

export interface WatchOptions {
  readonly json?: boolean;
  readonly flow?: string;
}

/** Loops that are waited for at a time. */
const mostLanes = 64;
/** The longest wait that a server grants, in seconds; more loops than lanes share it. */
const longestWait = 20;
/** Milliseconds between two drawings of the table. */
const drawEvery = 250;
/** Open loops that the table beneath has room for. */
const tableRows = 10;

/** Follows loops until all are finished, and tells each change when it happens. */
export const watch: Call<WatchOptions> = async (called, ...given) => {
  const { connection, options, terminal } = called;
  const gone = readerGone(terminal.output);
  const signal = AbortSignal.any([called.signal, gone]);
  const calling = { ...called, signal };
  const names = [...new Set(given.flat())];
  if ((names.length === 0) === (options.flow === undefined))
    throw new UsageError('Name the human loops to watch, or a flow with --flow.');
  requireAnswerable(connection);
  const lanes = options.flow === undefined ? Math.min(names.length, mostLanes) : mostLanes;
  const wait = Math.max(1, Math.floor((longestWait * lanes) / Math.max(lanes, names.length)));
  const runtime = createA2IRuntimeClient({
    ...connection.clientOptions,
    maxAttempts: 1,
    maxConnections: lanes,
    // The waiter asks for one second less than a connection may be silent.
    readTimeoutMs: (wait + 1) * 1000,
  });
  const table = createLiveTable(terminal);
  const told = createTeller(options, table);
  const follower: Follower = createFollower({ runtime, lanes, signal, ...told });
  const clock = setInterval(() => told.draw(follower), drawEvery);
  try {
    if (options.flow === undefined) await followNames(names, calling, follower, told);
    else await followFlow(options.flow, calling, follower, lanes, table);
  } catch (error) {
    if (!gone.aborted) throw error;
  } finally {
    clearInterval(clock);
    table.end();
    runtime.close();
  }
  const { failed } = told;
  if (failed > 0) throw new Error(`${failed === 1 ? 'One human loop' : `${failed} human loops`} failed.`);
  return undefined;
};

async function followNames(
  names: readonly string[],
  { client, signal }: Calling<WatchOptions>,
  follower: Follower,
  told: Teller,
): Promise<void> {
  for (const name of names) {
    try {
      const seen = await client.call('DescribeHumanLoop', { HumanLoopName: name }, { signal });
      follower.add({ ...seen, status: seen.HumanLoopStatus, FinishTime: await finishTimeOf(seen, client) });
    } catch (error) {
      if (names.length === 1 || (error as Error).name !== 'ResourceNotFoundException') throw error;
      told.missing(name, error);
    }
  }
  await follower.finished();
}

/** When a loop ended that is finished at the first look; of all others their end is seen when it happens. */
async function finishTimeOf(
  { HumanLoopName, HumanLoopStatus }: OperationOutput<'DescribeHumanLoop'>,
  client: Client,
): Promise<Date | undefined> {
  if (!isFinished(HumanLoopStatus)) return undefined;
  // It may be deleted meanwhile, and its status is known all the same.
  return (await client.call('GetHumanLoop', { HumanLoopName }).catch(() => undefined))?.FinishTime;
}

async function followFlow(
  flow: string,
  { client, signal }: Calling<WatchOptions>,
  follower: Follower,
  lanes: number,
  table: LiveTable,
): Promise<void> {
  const { FlowDefinitionArn, FlowDefinitionName } = await findFlow(client, flow);
  const onFirst = (): void => {
    const { size } = follower.open;
    const loops = size === 1 ? 'One human loop' : `${size === 0 ? 'No' : size.toLocaleString('en-US')} human loops`;
    table.note(`${loops} of ${FlowDefinitionName} ${size === 1 ? 'is' : 'are'} open.`);
  };
  await sweep({ client, flowDefinitionArn: FlowDefinitionArn, follower, lanes, signal, onFirst });
}

interface Teller {
  readonly failed: number;
  readonly onStatus: (seen: Seen) => void;
  readonly onTrouble: (error: Error | undefined) => void;
  missing(name: string, error: unknown): void;
  draw(follower: Follower): void;
}

/** Tells of statuses, one line each, and keeps count of them for the table. */
function createTeller({ json, flow }: WatchOptions, table: LiveTable): Teller {
  const since = new Map<string, number>();
  const ended = new Map<string, number>();
  let failed = 0;
  return {
    get failed() {
      return failed;
    },
    onStatus({ HumanLoopName, status, FailureReason, FinishTime }) {
      const isOpen = status === 'InProgress' || status === 'Stopping';
      if (status === 'Failed') failed++;
      if (isOpen) since.set(HumanLoopName, Date.now());
      else {
        since.delete(HumanLoopName);
        ended.set(status, (ended.get(status) ?? 0) + 1);
      }
      // Of a whole flow only what changes is told: that many loops wait is no news.
      if (flow !== undefined && status === 'InProgress') return;
      const now = new Date().toISOString();
      const time = FinishTime?.toISOString() ?? now;
      const isToday = time.slice(0, 10) === now.slice(0, 10);
      if (json) table.line(JSON.stringify({ Time: time, HumanLoopName, HumanLoopStatus: status, FailureReason }));
      else
        table.line(
          `${isToday ? '' : `${time.slice(0, 10)} `}${time.slice(11, 19)}Z  ${status.padEnd(10)}  ${printable(HumanLoopName)}${FailureReason ? `  ${printable(FailureReason)}` : ''}`,
        );
    },
    onTrouble(error) {
      table.note(error === undefined ? 'The server answers again.' : `${sentenceOf(error)} Waiting for it.`);
    },
    missing(name, error) {
      failed++;
      table.note(`${printable(name)}: ${sentenceOf(error)}`);
    },
    draw({ open }) {
      const rows = [...open].slice(0, tableRows).map(([name, status]) => [name, status, ageOf(since.get(name))]);
      const lines = rows.length === 0 ? [] : [['OPEN', 'STATUS', 'SINCE'], ...rows];
      const more = open.size > tableRows ? [`… and ${(open.size - tableRows).toLocaleString('en-US')} more`] : [];
      const counts = [...ended].map(([status, count]) => `${count.toLocaleString('en-US')} ${status}`);
      table.draw([
        ...formatRows(lines, widthsOf(lines)),
        ...more,
        ...(counts.length > 0 ? [`so far: ${counts.join(', ')}`] : []),
      ]);
    },
  };
}

const ageOf = (begun: number | undefined): string => {
  const seconds = begun === undefined ? 0 : Math.floor((Date.now() - begun) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
};

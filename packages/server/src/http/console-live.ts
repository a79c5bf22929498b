/**
 * Server-sent events for operators: `human-loops` when something about human loops changed, of all of them or of one. Many
 * changes become one event, at most two a second, so that a busy installation floods no browser.
 */
import type { Caller, Reply, Rooms } from '../context.ts';
import { createEventStreams } from './event-streams.ts';

type Store = Rooms['store'];
type Changed = Parameters<Parameters<Store['changes']>[0]>[0][number];

export interface ConsoleLiveSettings {
  readonly log: Rooms['log'];
  /** Streams at once; the oldest ends when one more is opened. */
  readonly mostStreams?: number;
  /** Milliseconds between signs of life, which also look whether the operator still is one. */
  readonly pingEvery?: number;
  /** Milliseconds in which several changes become one event. */
  readonly debounce?: number;
}

export interface ConsoleLive {
  /** The stream of an operator, as a reply. */
  open(stream: ConsoleStream): Reply;
  /** Ends all streams; no more are opened. */
  close(): void;
}

export interface ConsoleStream {
  readonly operator: Caller;
  /** Of the one loop to hear of; of all without it. */
  readonly humanLoopId: string | undefined;
  /** Whether the operator may still see it. */
  readonly mayStay: () => Promise<boolean>;
}

const tables: ReadonlySet<string> = new Set(['humanLoops', 'tasks', 'assignments', 'humanLoopEvents']);

export function createConsoleLive(store: Store, settings: ConsoleLiveSettings): ConsoleLive {
  const { log, mostStreams = 200, pingEvery, debounce = 500 } = settings;
  const streams = createEventStreams<ConsoleStream>({
    log,
    event: 'human-loops',
    mayStay: (stream) => stream.mayStay(),
    pingEvery,
    debounce,
    mostWaiting: 4096,
  });
  const stopListening = store.changes(hear);

  function open(stream: ConsoleStream): Reply {
    for (const oldest of streams.all().slice(0, Math.max(0, streams.size + 1 - mostStreams))) streams.end(oldest);
    return streams.open(stream);
  }

  function hear(changed: readonly Changed[]): void {
    const open = streams.all();
    if (open.length === 0) return;
    const doubtful = open.filter((stream) => changed.some((one) => mayEnd(stream, one)));
    if (doubtful.length > 0) void streams.check(doubtful).catch(streams.report);
    for (const one of changed) {
      if (!tables.has(one.table)) continue;
      const loopId = one.table === 'humanLoops' ? one.id : one.humanLoopId;
      for (const stream of open)
        if (stream.humanLoopId === undefined || stream.humanLoopId === loopId) streams.sendSoon(stream);
    }
  }

  return {
    open,
    close() {
      stopListening();
      streams.close();
    },
  };
}

/** Workers' rows change with every task that is accepted: only the operator's own can take a right. */
const mayEnd = ({ operator }: ConsoleStream, { table, change, id }: Changed): boolean =>
  (table === 'sessions' && change === 'remove') || (table === 'workers' && id === operator.worker?.id);

/**
 * Server-sent events for operators: `human-loops` when something about human loops changed, of all of them or of one. Many
 * changes become one event, at most two a second, so that a busy installation floods no browser. A stream ends when whoever
 * opened it may not see it any more, and when its client reads too slowly.
 */
import { Readable } from 'node:stream';
import type { Reply, Rooms } from '../context.ts';

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
  /**
   * @param humanLoopId of the one loop to hear of; of all without it.
   * @param mayStay whether whoever opened it may still see it.
   */
  open(humanLoopId: string | undefined, mayStay: () => Promise<boolean>): Reply;
  /** Ends all streams; no more are opened. */
  close(): void;
}

interface Stream {
  readonly humanLoopId: string | undefined;
  readonly mayStay: () => Promise<boolean>;
  readonly body: Readable;
}

/** Bytes that may wait for a slow client. */
const mostWaiting = 4096;
const tables: ReadonlySet<string> = new Set(['humanLoops', 'tasks', 'assignments', 'humanLoopEvents']);
/** What may take somebody's right to look. */
const rights: ReadonlySet<string> = new Set(['workers', 'sessions']);

export function createConsoleLive(store: Store, settings: ConsoleLiveSettings): ConsoleLive {
  const { mostStreams = 200, pingEvery = 20_000, debounce = 500 } = settings;
  const streams = new Set<Stream>();
  const dirty = new Set<Stream>();
  let debouncing: NodeJS.Timeout | undefined;
  let closed = false;
  const stopListening = store.changes(hear);
  const pinging = setInterval(() => void ping().catch(report), pingEvery).unref();

  function open(humanLoopId: string | undefined, mayStay: () => Promise<boolean>): Reply {
    const stream: Stream = { humanLoopId, mayStay, body: new Readable({ read() {}, highWaterMark: mostWaiting }) };
    for (const oldest of [...streams].slice(0, Math.max(0, streams.size + 1 - mostStreams))) end(oldest);
    streams.add(stream);
    stream.body.on('close', () => drop(stream));
    stream.body.on('error', () => {});
    if (closed) end(stream);
    else send(stream, ': connected\nretry: 3000\n\n');
    const headers = {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      // The stream has its connection to itself; kept alive it would hold up the end of the server.
      Connection: 'close',
      'X-Content-Type-Options': 'nosniff',
    };
    return { status: 200, headers, body: stream.body };
  }

  function hear(changed: readonly Changed[]): void {
    if (streams.size === 0) return;
    if (changed.some(({ table }) => rights.has(table))) void look().catch(report);
    for (const one of changed) {
      if (!tables.has(one.table)) continue;
      const loopId = one.table === 'humanLoops' ? one.id : one.humanLoopId;
      for (const stream of streams)
        if (stream.humanLoopId === undefined || stream.humanLoopId === loopId) markDirty(stream);
    }
  }

  function markDirty(stream: Stream): void {
    dirty.add(stream);
    debouncing ??= setTimeout(() => {
      debouncing = undefined;
      for (const one of dirty) send(one, 'event: human-loops\ndata: {}\n\n');
      dirty.clear();
    }, debounce);
  }

  async function look(): Promise<void> {
    for (const stream of [...streams]) if (!(await stream.mayStay())) end(stream);
  }

  async function ping(): Promise<void> {
    await look();
    for (const stream of [...streams]) send(stream, ': ping\n\n');
  }

  function send(stream: Stream, text: string): void {
    if (!streams.has(stream)) return;
    if (stream.body.readableLength + text.length > mostWaiting) stream.body.destroy();
    else stream.body.push(text);
  }

  function end(stream: Stream): void {
    if (drop(stream)) stream.body.push(null);
  }

  function drop(stream: Stream): boolean {
    dirty.delete(stream);
    return streams.delete(stream);
  }

  function report(error: unknown): void {
    if (!closed) settings.log.error({ err: error }, 'live events of the console failed');
  }

  return {
    open,
    close() {
      closed = true;
      stopListening();
      clearInterval(pinging);
      clearTimeout(debouncing);
      for (const stream of [...streams]) end(stream);
    },
  };
}

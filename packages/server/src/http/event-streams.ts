/**
 * Server-sent events to many browsers. What happens often becomes one event in a while; a stream ends when whoever opened it
 * may not see it any more, and when its client reads too slowly.
 */
import { Readable } from 'node:stream';
import type { Reply, Rooms } from '../context.ts';

export interface EventStreamsSettings<S> {
  readonly log: Rooms['log'];
  /** The event that `sendSoon` sends. */
  readonly event: string;
  /** Whether the stream goes on: asked with each sign of life, and by `check`. */
  readonly mayStay: (stream: S) => Promise<boolean>;
  /** Milliseconds between signs of life. */
  readonly pingEvery?: number | undefined;
  /** Milliseconds in which several times `sendSoon` become one event. */
  readonly debounce: number;
  /** Bytes that may wait for a slow client; a healthy one is never more than a few events behind. */
  readonly mostWaiting: number;
}

/** @typeParam S what is known of a stream; it stands for the stream. */
export interface EventStreams<S> {
  /** Those that are open, the oldest first. */
  all(): readonly S[];
  readonly size: number;
  /** The stream, as a reply. */
  open(stream: S): Reply;
  send(stream: S, event: string, data: object): void;
  sendSoon(stream: S): void;
  end(stream: S): void;
  /** Ends those that may not stay, of all or of some. */
  check(some?: readonly S[]): Promise<void>;
  /** For what is done about streams outside of requests: a failure is for the log. */
  report(error: unknown): void;
  /** Ends all streams; no more are opened. */
  close(): void;
}

export function createEventStreams<S extends object>(settings: EventStreamsSettings<S>): EventStreams<S> {
  const { pingEvery = 20_000, debounce, mostWaiting } = settings;
  const bodies = new Map<S, Readable>();
  const dirty = new Set<S>();
  let debouncing: NodeJS.Timeout | undefined;
  let closed = false;
  const pinging = setInterval(() => void ping().catch(report), pingEvery).unref();

  function open(stream: S): Reply {
    const body = new Readable({ read() {}, highWaterMark: mostWaiting });
    bodies.set(stream, body);
    // 'close' comes on every path: the client went away, we ended it, the connection broke.
    body.on('close', () => drop(stream));
    body.on('error', () => {});
    if (closed) end(stream);
    else write(stream, ': connected\nretry: 3000\n\n');
    const headers = {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store, no-transform',
      'X-Accel-Buffering': 'no',
      // The stream has its connection to itself; kept alive it would hold up the end of the server.
      Connection: 'close',
      'X-Content-Type-Options': 'nosniff',
    };
    return { status: 200, headers, body };
  }

  const send = (stream: S, event: string, data: object): void =>
    write(stream, `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);

  function sendSoon(stream: S): void {
    dirty.add(stream);
    debouncing ??= setTimeout(() => {
      debouncing = undefined;
      for (const one of dirty) send(one, settings.event, {});
      dirty.clear();
    }, debounce);
  }

  async function check(some: readonly S[] = all()): Promise<void> {
    for (const stream of some) if (bodies.has(stream) && !(await settings.mayStay(stream))) end(stream);
  }

  async function ping(): Promise<void> {
    await check();
    for (const stream of all()) write(stream, ': ping\n\n');
  }

  function write(stream: S, text: string): void {
    const body = bodies.get(stream);
    if (!body) return;
    if (body.readableLength + text.length > mostWaiting) body.destroy();
    else body.push(text);
  }

  function end(stream: S): void {
    drop(stream)?.push(null);
  }

  function drop(stream: S): Readable | undefined {
    const body = bodies.get(stream);
    dirty.delete(stream);
    bodies.delete(stream);
    return body;
  }

  function all(): readonly S[] {
    return [...bodies.keys()];
  }

  function report(error: unknown): void {
    if (!closed) settings.log.error({ err: error }, 'live events failed');
  }

  return {
    all,
    get size() {
      return bodies.size;
    },
    open,
    send,
    sendSoon,
    end,
    check,
    report,
    close() {
      closed = true;
      clearInterval(pinging);
      clearTimeout(debouncing);
      for (const stream of all()) end(stream);
    },
  };
}

/**
 * Server-sent events for workers: `tasks` when the worker's task list changed, `assignment` when one of the worker's
 * assignments did. A stream ends with its session, when the worker is disabled, and when its client reads too slowly.
 */
import { Readable } from 'node:stream';
import type { PortalEvents } from '@holdpoint/protocol';
import type { Reply, Rooms } from '../context.ts';

type Store = Rooms['store'];
type Session = NonNullable<Awaited<ReturnType<Store['session']>>>;
type Worker = NonNullable<Awaited<ReturnType<Store['worker']>>>;
type Changed = Parameters<Parameters<Store['changes']>[0]>[0];

export interface LiveSettings {
  readonly clock: Rooms['clock'];
  readonly log: Rooms['log'];
  /** Streams of one worker at once; the oldest ends when one more is opened. */
  readonly streamsPerWorker?: number;
  /** Milliseconds between signs of life, which also look whether the session goes on. */
  readonly pingEvery?: number;
  /** Milliseconds in which several changes of a task list become one event. */
  readonly debounce?: number;
  /** Bytes that may wait for a slow client; a healthy one is never more than a few events behind. */
  readonly mostWaiting?: number;
}

export interface Live {
  /** The stream of a session, as a reply. */
  open(session: Session): Promise<Reply>;
  readonly size: number;
  /** Ends all streams; no more are opened. */
  close(): void;
}

interface Stream {
  readonly session: Session;
  readonly body: Readable;
  workteams: ReadonlySet<string>;
}

export function createLive(store: Store, settings: LiveSettings): Live {
  const { streamsPerWorker = 8, pingEvery = 20_000, debounce = 150, mostWaiting = 16 * 1024 } = settings;
  const streams = new Set<Stream>();
  const dirty = new Set<Stream>();
  let debouncing: NodeJS.Timeout | undefined;
  let closed = false;
  const stopListening = store.changes((changed) => void hear(changed).catch(report));
  const pinging = setInterval(() => void ping().catch(report), pingEvery).unref();

  async function open(session: Session): Promise<Reply> {
    const body = new Readable({ read() {}, highWaterMark: mostWaiting });
    const stream: Stream = { session, body, workteams: await workteamsOf(session.workerId) };
    const others = [...streams].filter((other) => other.session.workerId === session.workerId);
    for (const oldest of others.slice(0, Math.max(0, others.length + 1 - streamsPerWorker))) end(oldest);
    streams.add(stream);
    // 'close' comes on every path: the client went away, we ended it, the connection broke.
    body.on('close', () => drop(stream));
    body.on('error', () => {});
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
    return { status: 200, headers, body };
  }

  async function hear(changed: Changed): Promise<void> {
    if (streams.size === 0) return;
    const allRegrouped = changed.some(({ table }) => table === 'workteams');
    const regrouped = new Set(changed.filter(({ table }) => table === 'workers').map(({ id }) => id));
    for (const stream of [...streams])
      if (allRegrouped || regrouped.has(stream.session.workerId)) await regroup(stream);
    for (const { table, change, id, workteamId, workerId } of changed) {
      if (table === 'sessions' && change === 'remove') each((stream) => stream.session.idHash === id, end);
      if (table === 'tasks') each((stream) => !workteamId || stream.workteams.has(workteamId), markDirty);
      if (table === 'assignments' && workerId) await tellAssignment(id, workerId);
    }
  }

  /** Group changes change the list; a worker who was disabled has none any more. */
  async function regroup(stream: Stream): Promise<void> {
    const worker = await store.worker(stream.session.workerId);
    if (worker?.status !== 'active') return end(stream);
    stream.workteams = await workteamsOf(worker.id, worker);
    markDirty(stream);
  }

  async function tellAssignment(id: string, workerId: string): Promise<void> {
    const mine = (stream: Stream) => stream.session.workerId === workerId;
    if (![...streams].some(mine)) return;
    const assignment = await store.assignment(id);
    if (!assignment) return;
    const stopped = assignment.status === 'open' && assignment.stoppedAt !== null;
    const data: PortalEvents['assignment'] = { assignmentId: id, status: stopped ? 'stopped' : assignment.status };
    each(mine, (stream) => {
      send(stream, `event: assignment\ndata: ${JSON.stringify(data)}\n\n`);
      markDirty(stream);
    });
  }

  function markDirty(stream: Stream): void {
    dirty.add(stream);
    debouncing ??= setTimeout(() => {
      debouncing = undefined;
      for (const one of dirty) send(one, 'event: tasks\ndata: {}\n\n');
      dirty.clear();
    }, debounce);
  }

  async function ping(): Promise<void> {
    const now = settings.clock.now();
    for (const stream of streams) {
      const session = await store.session(stream.session.idHash);
      if (session && session.expiresAt > now) send(stream, ': ping\n\n');
      else end(stream);
    }
  }

  async function workteamsOf(workerId: string, known?: Worker): Promise<ReadonlySet<string>> {
    const groups = (known ?? (await store.worker(workerId)))?.groups ?? [];
    const workteams = await store.allWorkteams();
    return new Set(workteams.filter((team) => team.groups.some((group) => groups.includes(group))).map(({ id }) => id));
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

  function each(condition: (stream: Stream) => boolean, act: (stream: Stream) => void): void {
    for (const stream of [...streams]) if (condition(stream)) act(stream);
  }

  function report(error: unknown): void {
    if (!closed) settings.log.error({ err: error }, 'live events failed');
  }

  return {
    open,
    get size() {
      return streams.size;
    },
    close() {
      closed = true;
      stopListening();
      clearInterval(pinging);
      clearTimeout(debouncing);
      for (const stream of streams) end(stream);
    },
  };
}

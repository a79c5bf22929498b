/**
 * Server-sent events for workers: `tasks` when the worker's task list changed, `assignment` when one of the worker's
 * assignments did. A stream ends with its session, when the worker is disabled, and when its client reads too slowly.
 */
import type { PortalEvents } from '@holdpoint/protocol';
import type { Reply, Rooms } from '../context.ts';
import { createEventStreams } from './event-streams.ts';

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
  workteams: ReadonlySet<string>;
}

export function createLive(store: Store, settings: LiveSettings): Live {
  const { clock, log, streamsPerWorker = 8, pingEvery, debounce = 150, mostWaiting = 16 * 1024 } = settings;
  const streams = createEventStreams<Stream>({ log, event: 'tasks', mayStay, pingEvery, debounce, mostWaiting });
  const stopListening = store.changes((changed) => void hear(changed).catch(streams.report));

  async function open(session: Session): Promise<Reply> {
    const stream: Stream = { session, workteams: await workteamsOf(session.workerId) };
    const others = streams.all().filter((other) => other.session.workerId === session.workerId);
    for (const oldest of others.slice(0, Math.max(0, others.length + 1 - streamsPerWorker))) streams.end(oldest);
    return streams.open(stream);
  }

  async function mayStay({ session: { idHash } }: Stream): Promise<boolean> {
    const session = await store.session(idHash);
    return session !== undefined && session.expiresAt > clock.now();
  }

  async function hear(changed: Changed): Promise<void> {
    if (streams.size === 0) return;
    const allRegrouped = changed.some(({ table }) => table === 'workteams');
    const regrouped = new Set(changed.filter(({ table }) => table === 'workers').map(({ id }) => id));
    for (const stream of streams.all())
      if (allRegrouped || regrouped.has(stream.session.workerId)) await regroup(stream);
    for (const { table, change, id, workteamId, workerId } of changed) {
      if (table === 'sessions' && change === 'remove') each((stream) => stream.session.idHash === id, streams.end);
      if (table === 'tasks') each((stream) => !workteamId || stream.workteams.has(workteamId), streams.sendSoon);
      if (table === 'assignments' && workerId) await tellAssignment(id, workerId);
    }
  }

  /** Group changes change the list; a worker who was disabled has none any more. */
  async function regroup(stream: Stream): Promise<void> {
    const worker = await store.worker(stream.session.workerId);
    if (worker?.status !== 'active') return streams.end(stream);
    stream.workteams = await workteamsOf(worker.id, worker);
    streams.sendSoon(stream);
  }

  async function tellAssignment(id: string, workerId: string): Promise<void> {
    const mine = (stream: Stream) => stream.session.workerId === workerId;
    if (!streams.all().some(mine)) return;
    const assignment = await store.assignment(id);
    if (!assignment) return;
    const stopped = assignment.status === 'open' && assignment.stoppedAt !== null;
    const data: PortalEvents['assignment'] = { assignmentId: id, status: stopped ? 'stopped' : assignment.status };
    each(mine, (stream) => {
      streams.send(stream, 'assignment', data);
      streams.sendSoon(stream);
    });
  }

  async function workteamsOf(workerId: string, known?: Worker): Promise<ReadonlySet<string>> {
    const groups = (known ?? (await store.worker(workerId)))?.groups ?? [];
    const workteams = await store.allWorkteams();
    return new Set(workteams.filter((team) => team.groups.some((group) => groups.includes(group))).map(({ id }) => id));
  }

  function each(condition: (stream: Stream) => boolean, act: (stream: Stream) => void): void {
    for (const stream of streams.all()) if (condition(stream)) act(stream);
  }

  return {
    open,
    get size() {
      return streams.size;
    },
    close() {
      stopListening();
      streams.close();
    },
  };
}

/** What nodes tell each other: keys of changed rows, by LISTEN and NOTIFY, after the commit. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Changed } from '../store.ts';

const channel = 'holdpoint_changes';
/** The server takes 8,000 bytes in one message. */
const messageBytes = 7_500;
const reconnectMs = 500;
/** Nobody says so when a network has forgotten the connection: whoever only listens has to ask whether it is still there. */
const askEveryMs = 3000;
/** How long a server may take to say good-bye. */
const farewellMs = 1000;

interface Message {
  readonly from: string;
  /** Nobody's rows: a node has come. */
  readonly hello?: true;
  readonly changed: readonly Changed[];
}

export interface AnnouncementSettings {
  readonly node: string;
  readonly connection: pg.ClientConfig;
  /** Milliseconds without an answer after which the connection that listens counts as broken. */
  readonly silenceMs: number;
  /** Runs a statement that changes no rows. */
  readonly run: (sql: string, values: readonly unknown[]) => Promise<unknown>;
  readonly heard: (changed: readonly Changed[]) => void;
  /** Another node has come. */
  readonly met: () => void;
  /** Messages may have been missed. */
  readonly missed: () => void;
  /** Asks something by the connection that listens, as it is made and from then on: it has to answer. */
  readonly ask: (client: pg.ClientBase) => Promise<void>;
}

export interface Announcements {
  /** Tells other nodes, soon; what happens meanwhile goes with it. */
  tell(changed: readonly Changed[]): void;
  greet(): Promise<void>;
  /** Asks out of turn. @throws when the connection is broken */
  ask(): Promise<void>;
  close(): Promise<void>;
}

export async function openAnnouncements(settings: AnnouncementSettings): Promise<Announcements> {
  let client: pg.Client | undefined;
  let isClosed = false;
  let toTell: Changed[] = [];
  let telling: Promise<void> = Promise.resolve();
  let isTelling = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({ ...settings.connection, query_timeout: settings.silenceMs });
    next.on('error', () => {});
    next.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await next.connect();
      await settings.ask(next);
      await next.query(`LISTEN ${channel}`);
      if (isClosed) throw new Error('closed meanwhile');
    } catch (error) {
      await next.end().catch(() => {});
      throw error;
    }
    client = next;
    let isAsking = false;
    const asking = setInterval(() => {
      if (isAsking) return;
      isAsking = true;
      settings
        .ask(next)
        .then(() => {
          isAsking = false;
        })
        .catch(() => next.connection.stream.destroy());
    }, askEveryMs).unref();
    next.once('end', () => {
      clearInterval(asking);
      if (!isClosed) void reconnect();
    });
  }

  /** Waits for no server that is silent. */
  async function hangUp(): Promise<void> {
    if (client === undefined) return;
    const { stream } = client.connection;
    const late = setTimeout(() => stream.destroy(), farewellMs);
    await client.end().catch(() => {});
    clearTimeout(late);
  }

  async function reconnect(): Promise<void> {
    while (!isClosed) {
      await pause(reconnectMs);
      if (isClosed) return;
      try {
        await connect();
        settings.missed();
        return;
      } catch {}
    }
  }

  function hear(payload: string): void {
    let message: Message;
    try {
      message = JSON.parse(payload);
    } catch {
      // Somebody else's: anyone with the database may send on the channel.
      return;
    }
    if (message.from === settings.node) return;
    if (message.hello) settings.met();
    else settings.heard(message.changed);
  }

  const send = (messages: readonly Omit<Message, 'from'>[]): Promise<unknown> =>
    settings.run(`SELECT pg_notify('${channel}', message) FROM unnest($1::text[]) AS message`, [
      messages.map((message) => JSON.stringify({ from: settings.node, ...message })),
    ]);

  async function tellAll(): Promise<void> {
    while (toTell.length > 0) {
      const changed = toTell;
      toTell = [];
      // A message that is lost is made good by looking again from time to time.
      await send(inMessages(changed)).catch(() => {});
    }
    isTelling = false;
  }

  await connect();
  return {
    tell(changed) {
      toTell.push(...changed);
      if (toTell.length === 0 || isTelling) return;
      isTelling = true;
      telling = tellAll();
    },
    async greet() {
      await send([{ hello: true, changed: [] }]);
    },
    async ask() {
      if (client) await settings.ask(client);
    },
    async close() {
      isClosed = true;
      await telling;
      await hangUp();
    },
  };
}

function inMessages(changed: readonly Changed[]): Pick<Message, 'changed'>[] {
  const messages: { changed: Changed[] }[] = [];
  let room = 0;
  for (const one of changed) {
    const bytes = Buffer.byteLength(JSON.stringify(one)) + 1;
    if (bytes > room || messages.length === 0) {
      messages.push({ changed: [] });
      room = messageBytes - 200;
    }
    messages.at(-1)!.changed.push(one);
    room -= bytes;
  }
  return messages;
}

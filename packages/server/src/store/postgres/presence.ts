/**
 * Who may be on a database together: locks that a node holds by the connection on which it listens, and that go with it, so
 * that nobody waits for one that was killed. A node that must be alone shares the database with nobody, and no two go by one
 * name: each would take the other's claims for its own.
 */
import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { Log } from '../../log.ts';

/** What another node holds that this one needs. */
export type Clash = 'name' | 'company';

export interface Presence {
  /** Undefined when this node holds what it needs. */
  readonly clash: Clash | undefined;
  /** Takes what is not held yet by this connection; an answer says that the connection lives. */
  take(client: ClientBase): Promise<void>;
}

/** Any numbers, the same in every node. Installations in several schemas of one database have tables, and so second keys, of their own. */
const nameLocks = 4_712_002;
const companyLocks = 4_712_003;
const schemaKey = "hashoid('nodes'::regclass)";

/** Of a connection that the network forgot the server hears nothing: it asks, and gives up after 15 seconds. */
const keepAlive = [
  'SET tcp_keepalives_idle = 5',
  'SET tcp_keepalives_interval = 5',
  'SET tcp_keepalives_count = 2',
  'SET tcp_user_timeout = 15000',
].join('; ');

/** Looks in vain after which it is no remainder of this node's former connection that holds a lock. */
const looksInVain = 6;

interface PresenceSettings {
  readonly node: string;
  /** Whether no other node may be at work. */
  readonly isAlone: boolean;
  readonly log?: Log | undefined;
}

export function createPresence({ node, isAlone, log }: PresenceSettings): Presence {
  const nameKey = createHash('sha256').update(node).digest().readInt32BE();
  const company = isAlone ? 'pg_try_advisory_lock' : 'pg_try_advisory_lock_shared';
  let holder: ClientBase | undefined;
  let hasName = false;
  let hasCompany = false;
  let wasPresent = false;
  let inVain = 0;

  const clash = (): Clash | undefined => (!hasName ? 'name' : !hasCompany ? 'company' : undefined);

  /** While this node's connection was broken, another may have come. */
  function watch(): void {
    inVain = clash() === undefined ? 0 : inVain + 1;
    wasPresent ||= inVain === 0;
    if (!wasPresent || inVain !== looksInVain) return;
    const problem =
      clash() === 'name'
        ? 'another server works on the database under the name of this one: stop one of them'
        : 'a server works on the database that keeps its objects elsewhere: stop one of them';
    log?.error({ node }, problem);
  }

  const taken = async (client: ClientBase, call: string): Promise<boolean> =>
    (await client.query({ text: `SELECT ${call}`, rowMode: 'array' })).rows[0]![0];

  return {
    get clash() {
      return clash();
    },
    async take(client) {
      if (holder !== client) {
        holder = client;
        hasName = false;
        hasCompany = false;
        // A server that knows no such setting is served all the same.
        await client.query(keepAlive).catch(() => {});
      }
      if (hasName && hasCompany) await client.query('SELECT 1');
      if (!hasName) hasName = await taken(client, `pg_try_advisory_lock(${nameLocks}, ${nameKey} # ${schemaKey})`);
      if (!hasCompany) hasCompany = await taken(client, `${company}(${companyLocks}, ${schemaKey})`);
      watch();
    },
  };
}

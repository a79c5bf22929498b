import pg from 'pg';
import { StoreUnavailable } from '../store-unavailable.ts';

/** A pool that gives up all its connections when one of them stays silent. */
export interface Pool {
  query(query: pg.QueryConfig & { rowMode: 'array' }): Promise<pg.QueryArrayResult>;
  /** Runs `use` on one connection, which is given up after an error: nobody knows its state then. */
  with<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  end(): Promise<void>;
}

/**
 * Milliseconds without an answer after which a connection counts as broken. A network that swallows what is sent, or a
 * firewall that has forgotten a connection, says so to nobody: without it a request would wait for a quarter of an hour.
 */
export const usualSilenceMs = 15_000;

const isSilence = (error: unknown): boolean => (error as Error).message === 'Query read timeout';

export interface PoolSettings {
  /** Most connections. */
  readonly max: number;
  /** What each connection is told before anything else. */
  readonly first?: string;
  readonly silenceMs?: number | undefined;
  /** Whether a query is sent before the one before it is answered. */
  readonly pipeline?: boolean;
}

export function openPool(
  connection: pg.ClientConfig,
  { max, first, silenceMs = usualSilenceMs, pipeline = false }: PoolSettings,
): Pool {
  const make = (): pg.Pool => {
    const made = new pg.Pool({
      ...connection,
      query_timeout: silenceMs,
      // A statement that waits for a lock, or is slow, is answered before the server counts as silent.
      statement_timeout: Math.max(silenceMs - 1000, silenceMs / 2),
      pipeline,
      max,
      onConnect: async (client) => {
        // A connection that breaks is replaced; whoever uses it is told by its query.
        client.on('error', () => {});
        if (first !== undefined) await client.query(first);
      },
    });
    made.on('error', () => {});
    return made;
  };
  let pool = make();
  const ending = new Set<Promise<void>>();
  let isEnding = false;

  /** The others were as idle as the one that is silent, and each would cost somebody the same time. */
  function renew(silent: pg.Pool): void {
    if (silent !== pool || isEnding) return;
    pool = make();
    const end = silent
      .end()
      .catch(() => {})
      .finally(() => ending.delete(end));
    ending.add(end);
  }

  async function watched<T>(use: (pool: pg.Pool) => Promise<T>): Promise<T> {
    if (isEnding) throw new StoreUnavailable('The server is stopping.');
    const used = pool;
    try {
      return await use(used);
    } catch (error) {
      if (isSilence(error)) renew(used);
      throw error;
    }
  }

  return {
    query: (query) => watched((used) => used.query(query)),
    with: (use) =>
      watched(async (used) => {
        const client = await used.connect();
        let broken: Error | undefined;
        try {
          return await use(client);
        } catch (error) {
          broken = error as Error;
          throw error;
        } finally {
          client.release(broken);
        }
      }),
    async end() {
      isEnding = true;
      await Promise.all([pool.end(), ...ending]);
    },
  };
}

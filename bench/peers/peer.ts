/** What is asked of each: make a durable wait for a human with some JSON, complete it, and tell the waiting program. */
import { readFileSync } from 'node:fs';

export interface Facts {
  readonly name: string;
  /** Versions of what was measured. */
  readonly version: string;
  readonly licence: string;
  /** What makes an acknowledged wait survive a loss of power. */
  readonly durability: string;
  /** What a wait, its completion and the program's knowing are in its terms. */
  readonly how: string;
}

export interface Peer {
  readonly facts: Facts;
  /** Returns when the wait is acknowledged. */
  create(id: string, payload: object): Promise<void>;
  /** The human takes something to do, where the product hands it out. @returns what `complete` is given, with the id */
  take(id: string): Promise<Taken>;
  /** Returns when the completion is acknowledged. */
  complete(taken: Taken, answer: object): Promise<void>;
  close(): Promise<void>;
}

export interface Taken {
  readonly id: string;
  readonly handle?: unknown;
}

export interface PeerSettings {
  /** Which form of the product, where it has several. */
  readonly form: string | undefined;
  /** An empty database of a PostgreSQL server that waits for the disk at every commit. */
  readonly databaseUrl: string;
  /** A Redis server that waits for the disk at every write; undefined where there is none. */
  readonly redisPort: number | undefined;
  /** An empty folder. */
  readonly folder: string;
  /** What the program is told by: it calls this when it knows that a wait is over. */
  readonly knows: (id: string) => void;
}

/** What the files of this folder named after a peer export. */
export interface PeerModule {
  open(settings: PeerSettings): Promise<Peer>;
}

/** The version of a package that is installed here. */
export function versionOf(name: string): string {
  const file = new URL(`node_modules/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** What a run is: a name, and what it does to the nodes and to what they stand on while programs and people work. */

import type { CuttingProxy } from '../../packages/server/src/testing/cutting-proxy.ts';
import type { PostgresServer } from '../../packages/server/src/testing/postgres-server.ts';
import type { Node } from './fleet.ts';
import type { History } from './history.ts';
import type { ObjectPlace } from './object-place.ts';
import type { Random } from './random.ts';
import type { SmallDisk } from './small-disk.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export type Engine = 'sqlite' | 'postgres';
export type Size = 'short' | 'long';

export interface Scenario {
  readonly name: string;
  /** What it does, as words that follow "runs while". */
  readonly disturbs: string;
  readonly engines: readonly Engine[];
  /** How many nodes it wants on PostgreSQL; one where it is not said. */
  readonly nodes?: number;
  /** Whether database and data directory are on a disk that can be filled. */
  readonly isOnSmallDisk?: boolean;
  /** Flags of every node. */
  readonly flags?: readonly string[];
  /** Modules that every node loads first; they find the run's folder in TORTURE_FOLDER. */
  readonly preloaded?: readonly string[];
  /** Longest pause of programs and workers between two calls, in milliseconds. */
  readonly pauseMs?: { readonly starts: number; readonly submits: number };
  /** Why it cannot run here. */
  readonly obstacle?: () => string | undefined;
  /** Disturbs until it has done enough or `stage.isTimeOver()`; leaves everything as it was. */
  readonly disturb: (stage: Stage) => Promise<void>;
}

export interface Stage {
  readonly engine: Engine;
  readonly size: Size;
  /** For what only this run needs. */
  readonly folder: string;
  readonly nodes: readonly Node[];
  /** Before the database, on PostgreSQL. */
  readonly proxy: CuttingProxy | undefined;
  readonly database: PostgresServer | undefined;
  readonly objects: ObjectPlace;
  readonly disk: SmallDisk | undefined;
  readonly receiver: WebhookReceiver;
  readonly history: History;
  readonly random: Random;
  isTimeOver(): boolean;
  /** One more disturbance; progress is shown. */
  disturbed(what: string): void;
  /** Waits until so many more starts and submits were acknowledged, or `limitMs` are over. @returns whether they were */
  untilAcknowledged(starts: number, submits: number, limitMs: number): Promise<boolean>;
  /** Waits until work is acknowledged again; when it is not, that is a violation. */
  untilRecovered(what: string): Promise<void>;
}

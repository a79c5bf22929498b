/** What the simulated world is made of: rows, objects, servers, people, receivers of events, and what was seen of them. */
import type { Handler, Quotas, Rooms } from '../../packages/server/src/context.ts';
import type { Job } from '../../packages/server/src/domain/rows.ts';
import type { EventSender } from '../../packages/server/src/events/event-sender.ts';
import type { Changed } from '../../packages/server/src/store/store.ts';
import type { History } from './history.ts';
import type { Database } from './memory-database.ts';
import type { Objects } from './objects.ts';
import type { Scheduler } from './scheduler.ts';
import type { Names } from './tell.ts';

/** One server of the simulation. */
export interface Node {
  readonly name: string;
  readonly rooms: Rooms;
  readonly portal: Handler;
  /** Tells the node what others committed. */
  hear(changed: readonly Changed[]): void;
}

export interface Violation {
  readonly kind: string;
  readonly text: string;
}

/** A person at a browser. */
export interface Person {
  readonly name: string;
  readonly email: string;
  cookie: string | undefined;
  /** Assignments that were given to this person, with what was sent for each. */
  readonly turns: { readonly id: string; readonly sent: string[] }[];
}

export interface World extends Names {
  readonly seed: number;
  readonly scheduler: Scheduler;
  readonly database: Database;
  readonly objects: Objects;
  readonly history: History;
  readonly quotas: Quotas;
  readonly people: readonly Person[];
  /** Servers that live, paused ones among them. */
  readonly nodes: Node[];
  readonly sendEvent: EventSender;
  /** Events as they arrived, by target. */
  readonly received: Map<string, string[]>;
  /** Commands that are under way. */
  readonly underWay: Map<number, string>;
  readonly tally: Map<string, number>;
  violation: Violation | undefined;
  violate(kind: string, text: string): void;
  count(what: string): void;
  nameOfJob(job: Job): string;
  addNode(): Node;
  /** Ends a server without a word. */
  crash(node: Node, lands: () => boolean): void;
}

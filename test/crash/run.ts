/** What all parts of a run share. */
import type { History } from './history.ts';
import type { Observer } from './observe.ts';
import type { Random } from './random.ts';
import type { Place, ServerProcess } from './server-process.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';
import type { CrashWorker } from './workers.ts';

export interface CrashOptions {
  readonly rounds: number;
  /** Starts and submits that are acknowledged in all rounds together, at least. */
  readonly starts: number;
  readonly submits: number;
  readonly seed: number;
  readonly signal: 'SIGKILL' | 'SIGTERM';
  /** The server's entry file. */
  readonly entry: string;
  /** Gets the history as lines of JSON. */
  readonly historyFile?: string | undefined;
  readonly print: (line: string) => void;
}

export interface Run {
  readonly options: CrashOptions;
  readonly place: Place;
  readonly history: History;
  readonly random: Random;
  readonly receiver: WebhookReceiver;
  readonly observer: Observer;
  readonly workers: readonly CrashWorker[];
  readonly startTimes: number[];
  readonly stopTimes: number[];
  kills: number;
  /** The latest one, running or ended. */
  server: ServerProcess | undefined;
}

/** What a job is given and what it answers. */
import { isApiError } from '@holdpoint/protocol';
import type { Rooms } from '../context.ts';
import type { Change } from '../domain/change.ts';
import type { Job, JobKind } from '../domain/rows.ts';
import type { EventSender } from '../events/event-sender.ts';
import type { ObjectStore } from '../object-store/object-store.ts';

export interface JobContext extends Rooms {
  readonly objectStore: ObjectStore;
  readonly sendEvent: EventSender;
  readonly now: number;
}

/**
 * `done`: the changes are saved in one commit with the removal of the job's row; if a row changed meanwhile the job runs
 * again from the start, so a job's effects outside the store must be repeatable.
 * Not done: the job is kept and due again at `retryAt`; the changes are saved with that. It counts
 * as an attempt unless nothing was tried; without an error all went well and there is more to do later, with attempts
 * counted anew.
 */
export type JobOutcome =
  | { readonly done: true; readonly changes: readonly Change[] }
  | {
      readonly done: false;
      readonly error: string | null;
      readonly retryAt: number;
      readonly changes?: readonly Change[];
      readonly tried?: false;
    };

export type JobHandler = (context: JobContext, job: Job) => Promise<JobOutcome>;

export type JobHandlers = { readonly [Kind in JobKind]: JobHandler };

export const nothingToDo: JobOutcome = { done: true, changes: [] };

/**
 * Milliseconds to the next try: doubling from one second up to five minutes, or half a minute while a server or a disk that all
 * such jobs need is away. That asks nothing of a server until it is back (`object-store/s3/connection.ts`), which is noticed
 * within ten seconds.
 */
export function backOff(attempts: number, error?: unknown): number {
  return Math.min(isAway(error) ? 30_000 : 300_000, 1000 * 2 ** Math.min(attempts, 10));
}

const isAway = (error: unknown): boolean =>
  isApiError(error) ? error.name === 'ServiceUnavailable' : error instanceof Error && isOfTheSystem(error);

/** A full disk, a folder that is not mounted: what the operating system refuses (Node.js, class SystemError). */
const isOfTheSystem = (error: Error): boolean => 'syscall' in error;

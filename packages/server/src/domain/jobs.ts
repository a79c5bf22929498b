import { type Change, discard, insert } from './change.ts';
import type { Job, JobKind, JobLane } from './rows.ts';

/**
 * A job's id says what it is about, so that the commit that makes a job needless can discard it unread,
 * and so that the same work is never queued twice.
 */
export const jobId = (kind: JobKind, subject: string): string => `${kind}:${subject}`;

/** All there are. */
export const jobLanes: readonly JobLane[] = ['main', 'prepare', 'outputs', 'events'];

const lanes: Partial<Record<JobKind, JobLane>> = {
  'prepare-task': 'prepare',
  'write-output': 'outputs',
  'send-event': 'events',
  'tell-worker': 'events',
  // Into a bucket that is nobody's output: while it cannot be written, outputs go on.
  'write-details': 'events',
};

export function addJob(
  kind: JobKind,
  subject: string,
  dueAt: number,
  now: number,
  options?: { readonly ifAbsent?: boolean },
): Change {
  const job: Job = {
    id: jobId(kind, subject),
    kind,
    lane: lanes[kind] ?? 'main',
    subject,
    dueAt,
    attempts: 0,
    lastError: null,
    createdAt: now,
    version: 1,
  };
  return insert('jobs', job, options);
}

/**
 * Whether an output can no longer be put off: it is due since it was queued. That is how it is queued when no answer can be
 * taken back; else it is sealed by a commit before it is written, since clocks of two nodes may differ by more than a moment.
 */
export const isSealed = ({ dueAt, createdAt }: Job): boolean => dueAt <= createdAt;

export const dropJob = (kind: JobKind, subject: string): Change => discard('jobs', jobId(kind, subject));

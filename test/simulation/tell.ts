/** Words for people: what a change is about, without ids. */
import type { Change } from '../../packages/server/src/domain/change.ts';
import type { Job } from '../../packages/server/src/domain/rows.ts';
import { tables } from '../../packages/server/src/store/tables.ts';

/** Says ids by the names of what they belong to. */
export interface Names {
  nameOf(id: string): string;
}

const quiet = new Set(['endedAt', 'finishedAt', 'failureReason', 'slotsFree', 'lastSeenAt', 'expiresAt', 'lastError']);

export const describeChanges = (names: Names, changes: readonly Change[]): string =>
  changes.length === 0 ? 'nothing' : changes.map((change) => describeChange(names, change)).join(', ');

function describeChange(names: Names, change: Change): string {
  if (change.change === 'discard') return `−${labelOf(names, change.table, change.key)}`;
  const row = change.row as unknown as Record<string, unknown>;
  const label = labelOf(names, change.table, String(row[tables[change.table].key]), row);
  if (change.change === 'insert') return `+${label}`;
  if (change.change === 'remove') return `−${label}@${row.version}`;
  if (change.change === 'guard') return `if ${label}@${row.version}`;
  const set = Object.entries(change.set)
    .filter(([name]) => !quiet.has(name))
    .map(([name, value]) => `${name} ${typeof value === 'object' && value !== null ? '…' : value}`);
  return `${label}@${row.version} (${set.join(', ')})`;
}

function labelOf(names: Names, table: string, key: string, row?: Record<string, unknown>): string {
  const what = table.replace(/s$/, '').replace(/ie$/, 'y').replace('humanLoop', 'loop');
  if (table === 'jobs') return `job ${nameOfJobId(names, key)}`;
  if (table === 'humanLoops') return `loop ${row ? row.name : names.nameOf(key)}`;
  if (table === 'assignments' && row)
    return `turn of ${names.nameOf(String(row.workerId))} at ${names.nameOf(String(row.taskId))}`;
  if (table === 'answers' && row)
    return `answer ${row.sequence} of ${names.nameOf(String(row.workerId))} ${row.answerContent}`;
  if (table === 'tasks') return row ? `task of ${row.humanLoopName}` : names.nameOf(key);
  return `${what} ${names.nameOf(key)}`;
}

function nameOfJobId(names: Names, id: string): string {
  const [kind = '', ...subject] = id.split(':');
  return `${kind} of ${names.nameOf(subject.join(':'))}`;
}

export const describeJob = (names: Names, job: Job): string =>
  job.kind === 'purge-human-loops' ? job.kind : nameOfJobId(names, job.id);

/** What operators search for, in memory: all loops are looked at, and what an engine would have stopped at is told as it does. */
import type { HumanLoop } from '../../packages/server/src/domain/rows.ts';
import {
  compareLoops,
  comparePositions,
  type FoundLoops,
  type LoopFilter,
  type LoopSearch,
  pathOf,
  positionOf,
} from '../../packages/server/src/store/loop-search.ts';
import type { MemoryRows } from './memory-rows.ts';

const itself = (column: string): string => column;
const dialect = { positionOf: 'instr', isOneOf: itself, sharesOne: itself } as const;

export function searchLoops(rows: MemoryRows, search: LoopSearch): FoundLoops {
  const { filter, order, descending, after, limit, mostSearched = 5000 } = search;
  const isPast = (loop: HumanLoop): boolean =>
    !after || (descending ? -1 : 1) * comparePositions(positionOf(order, loop), after) > 0;
  const found = [...rows.all('humanLoops')]
    .filter((loop) => (order !== 'finished' || loop.finishedAt !== null) && isPast(loop))
    .filter((loop) => isWanted(rows, loop, filter))
    .sort(compareLoops(order, descending));
  const { stretches, rest } = pathOf(search, dialect);
  // An engine looks at the loops of the index that it takes; of one stretch that is easy to say, and more are not told apart here.
  if (rest.length === 0 || stretches.length !== 1 || !isWhole(filter)) return { humanLoops: found.slice(0, limit) };
  const looked = [...rows.all('humanLoops')]
    .filter((loop) => (order !== 'finished' || loop.finishedAt !== null) && isPast(loop))
    .sort(compareLoops(order, descending));
  if (looked.length <= mostSearched) return { humanLoops: found.slice(0, limit) };
  const last = looked[mostSearched - 1]!;
  const humanLoops = found.filter((loop) => compareLoops(order, descending)(loop, last) <= 0).slice(0, limit);
  if (humanLoops.length === limit) return { humanLoops };
  return { humanLoops, stopped: { searched: mostSearched, at: positionOf(order, last) } };
}

/** Whether the stretch is the whole order. */
const isWhole = ({ names, heldByWorkerId, createdAfter, createdBefore, finishedAfter, finishedBefore }: LoopFilter) =>
  [names, heldByWorkerId, createdAfter, createdBefore, finishedAfter, finishedBefore].every((one) => one === undefined);

function isWanted(rows: MemoryRows, loop: HumanLoop, filter: LoopFilter): boolean {
  const task = rows.by('tasks', 'humanLoopId', loop.id)[0];
  const turns = task ? rows.by('assignments', 'taskId', task.id) : [];
  const isWithin = (time: number | null, after = 0, before = Number.POSITIVE_INFINITY): boolean =>
    time === null ? after === 0 && before === Number.POSITIVE_INFINITY : time >= after && time < before;
  const isWaiting = task?.status === 'open' && task.slotsFree > 0 && task.assignmentsOpen === 0;
  const { waitingSinceBefore: since } = filter;
  const done = task?.answersDone ?? 0;
  return (
    !loop.goldItemId &&
    (filter.names?.includes(loop.name) ?? true) &&
    loop.name.toLowerCase().includes(filter.nameContains?.toLowerCase() ?? '') &&
    (filter.flowDefinitionIds?.includes(loop.flowDefinitionId) ?? true) &&
    (filter.statuses?.includes(loop.status) ?? true) &&
    isWithin(loop.createdAt, filter.createdAfter, filter.createdBefore) &&
    isWithin(loop.finishedAt, filter.finishedAfter, filter.finishedBefore) &&
    (!filter.failureCodes || (loop.failureCode !== null && filter.failureCodes.includes(loop.failureCode))) &&
    (loop.failureReason ?? '').toLowerCase().includes(filter.failureContains?.toLowerCase() ?? '') &&
    (filter.answers !== 'none' || done === 0) &&
    (filter.answers !== 'some' || (task !== undefined && done > 0 && done < task.answersNeeded)) &&
    (filter.answers !== 'all' || (task !== undefined && done >= task.answersNeeded)) &&
    (filter.work !== 'held' || (task?.assignmentsOpen ?? 0) > 0) &&
    (filter.work !== 'waiting' || isWaiting) &&
    (since === undefined ||
      (isWaiting && task.createdAt < since && turns.every(({ endedAt }) => endedAt === null || endedAt < since))) &&
    (filter.heldByWorkerId === undefined ||
      turns.some((turn) => turn.status === 'open' && turn.workerId === filter.heldByWorkerId))
  );
}

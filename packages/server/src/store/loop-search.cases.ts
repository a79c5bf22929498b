/** What every engine finds when operators search the human loops of all flow definitions. */
import { describe, expect } from 'vitest';
import { type Change, insert } from '../domain/change.ts';
import type { Assignment, HumanLoop, Task } from '../domain/rows.ts';
import { assignmentRow, humanLoopRow, t0, taskRow } from '../testing/rows.ts';
import type { LoopFilter, LoopOrder, LoopPosition, LoopSearch } from './loop-search.ts';
import { positionOf } from './loop-search.ts';
import type { Store } from './store.ts';

const minute = 60_000;

/** A loop that was started so many minutes after the first, and its task and turns. */
function loop(
  name: string,
  started: number,
  set: Partial<HumanLoop> = {},
  task?: Partial<Task>,
  turns: readonly Partial<Assignment>[] = [],
): Change[] {
  const id = `id-${name}`;
  const createdAt = t0 + started * minute;
  return [
    insert('humanLoops', humanLoopRow({ id, name, createdAt, ...set })),
    ...(task ? [insert('tasks', taskRow({ id: `task-${name}`, humanLoopId: id, createdAt, ...task }))] : []),
    ...turns.map((turn, index) =>
      insert(
        'assignments',
        assignmentRow({ id: `${name}-${index}`, taskId: `task-${name}`, humanLoopId: id, ...turn }),
      ),
    ),
  ];
}

const over = (status: HumanLoop['status'], minutes: number) => ({ status, finishedAt: t0 + minutes * minute });
const held = { assignmentsOpen: 1, slotsFree: 0 };
const failed = (minutes: number, failureCode: HumanLoop['failureCode'], failureReason: string) => ({
  ...over('Failed', minutes),
  failureCode,
  failureReason,
});

const loops: readonly Change[] = [
  ...loop('old-Invoice', 0, over('Completed', 90), { status: 'closed', answersDone: 1, slotsFree: 0 }),
  ...loop('unprepared', 1),
  ...loop('waiting', 2, {}, {}),
  ...loop('left', 3, {}, {}, [{ status: 'released', workerId: 'w1', endedAt: t0 + 30 * minute }]),
  ...loop('held', 4, {}, held, [{ workerId: 'w1' }]),
  ...loop('half', 5, {}, { answersNeeded: 2, answersDone: 1, slotsFree: 0, assignmentsOpen: 1 }, [
    { workerId: 'w2', status: 'submitted', endedAt: t0 + 6 * minute },
    { workerId: 'w1' },
  ]),
  ...loop('broken', 6, failed(7, 'ValidationError', 'The Template needs more'), undefined),
  ...loop('late', 7, failed(80, 'Expired', 'nobody came'), { status: 'closed' }),
  ...loop('stopping', 8, { status: 'Stopping' }, { ...held, status: 'closed' }, [{ workerId: 'w2' }]),
  ...loop('stopped', 9, over('Stopped', 10), undefined),
  ...loop('other-invoice', 9, { flowDefinitionId: 'flow-2', flowDefinitionName: 'other' }, {}),
];

const searches: readonly (readonly [string, LoopFilter, LoopOrder, string])[] = [
  [
    'everything, newest first',
    {},
    'created',
    'stopped other-invoice stopping late broken half held left waiting unprepared old-Invoice',
  ],
  ['names', { names: ['waiting', 'none', 'late'] }, 'created', 'late waiting'],
  ['a part of the name in any letters', { nameContains: 'INVOICE' }, 'created', 'other-invoice old-Invoice'],
  ['what a pattern would mean', { nameContains: '%' }, 'created', ''],
  ['a flow definition', { flowDefinitionIds: ['flow-2'] }, 'created', 'other-invoice'],
  ['flow definitions', { flowDefinitionIds: ['flow-2', 'flow-1'], statuses: ['Stopped'] }, 'created', 'stopped'],
  ['no flow definition', { flowDefinitionIds: [] }, 'created', ''],
  [
    'what goes on',
    { statuses: ['InProgress', 'Stopping'] },
    'created',
    'other-invoice stopping half held left waiting unprepared',
  ],
  ['some states', { statuses: ['Completed', 'Failed'] }, 'created', 'late broken old-Invoice'],
  ['starts', { createdAfter: t0 + 2 * minute, createdBefore: t0 + 4 * minute }, 'created', 'left waiting'],
  ['ends', { finishedAfter: t0 + 10 * minute, finishedBefore: t0 + 81 * minute }, 'created', 'stopped late'],
  ['ends, the last one first', {}, 'finished', 'old-Invoice late stopped broken'],
  ['ends in a time', { finishedBefore: t0 + 80 * minute }, 'finished', 'stopped broken'],
  ['failures', { failureCodes: ['Expired', 'InternalError'] }, 'created', 'late'],
  ['reasons', { failureContains: 'template' }, 'created', 'broken'],
  ['no answer', { answers: 'none', statuses: ['InProgress'] }, 'created', 'other-invoice held left waiting unprepared'],
  ['some answers', { answers: 'some' }, 'created', 'half'],
  ['all answers', { answers: 'all' }, 'created', 'old-Invoice'],
  ['held', { work: 'held' }, 'created', 'stopping half held'],
  ['held and no answer', { work: 'held', answers: 'none' }, 'created', 'stopping held'],
  ['waiting', { work: 'waiting' }, 'created', 'other-invoice left waiting'],
  ['waiting long', { waitingSinceBefore: t0 + 5 * minute }, 'created', 'waiting'],
  ['held by somebody', { heldByWorkerId: 'w1' }, 'created', 'half held'],
  ['held by somebody, by name', { heldByWorkerId: 'w1', answers: 'none' }, 'name', 'held'],
  ['by name', { statuses: ['InProgress'] }, 'name', 'waiting unprepared other-invoice left held half'],
];

/** Descending, items of a page, loops that are looked at at most. */
const ways = [
  [true, 100, undefined],
  [false, 100, undefined],
  [true, 2, 3],
  [false, 3, 1],
] as const;

export function loopSearchCases(
  name: string,
  storeTest: (title: string, use: (store: Store) => Promise<void>) => void,
): void {
  const found = async (store: Store, search: Omit<LoopSearch, 'after'>): Promise<string[]> => {
    const names: string[] = [];
    for (let after: LoopPosition | undefined; ; ) {
      const { humanLoops, stopped } = await store.searchHumanLoops({ ...search, after });
      names.push(...humanLoops.map((one) => one.name));
      if (humanLoops.length < search.limit && !stopped) return names;
      const last = humanLoops.at(-1);
      after = stopped?.at ?? (last && positionOf(search.order, last));
    }
  };

  describe(`${name}: O1: a search among all loops`, () => {
    storeTest('finds what is asked for, in either direction, on pages, however few it may look at', async (store) => {
      await store.save(loops);
      for (const [what, filter, order, expected] of searches) {
        const names = expected.split(' ').filter(Boolean);
        for (const [descending, limit, mostSearched] of ways) {
          const search = { filter, order, descending, limit, mostSearched };
          const label = `${what}, ${descending ? 'down' : 'up'}, ${limit} a page, ${mostSearched} looked at`;
          expect(await found(store, search), label).toEqual(descending ? names : names.toReversed());
        }
      }
    });

    storeTest('says how many it looked at when it stopped before the last', async (store) => {
      await store.save(loops);
      const search = { filter: { nameContains: 'invoice' }, order: 'created', descending: true } as const;
      const first = await store.searchHumanLoops({ ...search, limit: 5, mostSearched: 4 });
      expect(first.humanLoops.map((one) => one.name)).toEqual(['other-invoice']);
      expect(first.stopped).toEqual({ searched: 4, at: { at: t0 + 7 * minute, id: 'id-late' } });
      const rest = await store.searchHumanLoops({ ...search, limit: 5, mostSearched: 7, after: first.stopped!.at });
      expect(rest.humanLoops.map((one) => one.name)).toEqual(['old-Invoice']);
      expect(rest.stopped).toBeUndefined();
    });

    storeTest('reads what stands beside the loops of a page', async (store) => {
      await store.save(loops);
      const tasks = await store.tasksOfHumanLoops(['id-held', 'id-half', 'id-unprepared']);
      expect(tasks.map(({ id }) => id).sort()).toEqual(['task-half', 'task-held']);
      const turns = await store.assignmentsOfTasks(['task-half', 'task-waiting']);
      expect(turns.map(({ id }) => id)).toEqual(['half-0', 'half-1']);
      expect(await store.workersById(['nobody'])).toEqual([]);
    });
  });
}

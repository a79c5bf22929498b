/**
 * The store in memory, for simulations: it passes the battery of every engine. Each call waits at a gate of the caller's
 * making before it does anything, and a save again before its answer is heard, so that others come in between.
 */

import type { Change } from '../../packages/server/src/domain/change.ts';
import { isClosedTo, isOpenTo } from '../../packages/server/src/domain/distinct-groups.ts';
import type { Job, JobLane, Rows, TableName, Task } from '../../packages/server/src/domain/rows.ts';
import { isWanted } from '../../packages/server/src/store/activity-queries.ts';
import { changedRows } from '../../packages/server/src/store/changed.ts';
import type {
  Changed,
  SaveResult,
  Store,
  TaskFilter,
  TaskOrder,
  TaskPosition,
  WorkerTaskPage,
  WorkerTasksWanted,
} from '../../packages/server/src/store/store.ts';
import { tables } from '../../packages/server/src/store/tables.ts';
import type { Gates } from './gates.ts';
import { createDatabase, type Database } from './memory-database.ts';
import { searchLoops } from './memory-loop-search.ts';
import { byCreation, byText, pageByName, pageByTime } from './memory-pages.ts';
import type { Semantics } from './memory-rows.ts';
import { memoryStatistics } from './memory-statistics.ts';

export interface MemoryStore extends Store {
  /** Tells the listeners of this node of changes. */
  tell(changed: readonly Changed[]): void;
}

export function openMemoryStore(database: Database, node: string, gates: Gates): MemoryStore {
  const { rows } = database;
  const listeners = new Set<(changed: readonly Changed[]) => void>();
  const { read } = gates;
  const save = (changes: readonly Change[]): Promise<SaveResult> =>
    changes.length === 0 ? Promise.resolve('saved') : gates.save(changes, () => database.write(changes));

  const list = <T extends TableName>(table: T, holds: (row: Rows[T]) => boolean): Rows[T][] => {
    const found: Rows[T][] = [];
    for (const row of rows.all(table)) if (holds(row)) found.push(row);
    return found;
  };
  const first = <T extends TableName>(table: T, holds: (row: Rows[T]) => boolean): Rows[T] | undefined => {
    for (const row of rows.all(table)) if (holds(row)) return row;
    return undefined;
  };
  const byKey =
    <T extends TableName>(table: T) =>
    (key: string): Promise<Rows[T] | undefined> =>
      read(table, key, () => rows.get(table, key));

  const isFree = ({ id }: Job, now: number): boolean => {
    const claim = database.claims.get(id);
    return !claim || claim.until <= now || database.gone.has(claim.node);
  };
  const queued = (lane: JobLane): Job[] => rows.by('jobs', 'lane', lane).toSorted((a, b) => a.dueAt - b.dueAt);

  function claim({ lane, now, leaseUntil, limit }: Parameters<Store['claimJobs']>[0]): readonly Job[] {
    const free = queued(lane).filter((job) => job.dueAt <= now && isFree(job, now));
    return free.slice(0, limit).map((job) => {
      // The claim raises the version, which is what keeps a paused node from saving anything later.
      if (database.semantics === 'postgres') rows.save([{ change: 'update', table: 'jobs', row: job, set: {} }]);
      database.claims.set(job.id, { node, until: leaseUntil });
      return rows.get('jobs', job.id)!;
    });
  }

  const isWaiting = (task: Task): boolean => task.status === 'open' && task.slotsFree > 0;

  function isOffered(task: Task, wanted: WorkerTasksWanted): boolean {
    const { filter } = wanted;
    const loopName = task.humanLoopName.toLowerCase();
    return (
      isWaiting(task) &&
      task.availableUntil > wanted.now &&
      !isClosedTo(task, { email: wanted.email ?? '' }) &&
      !wanted.barredFlowIds?.includes(task.flowDefinitionId) &&
      isOpenTo(task, { groups: wanted.groups ?? [] }) &&
      (filter?.flowDefinitionIds?.includes(task.flowDefinitionId) ?? true) &&
      (filter?.words ?? []).every(
        ({ text, flowDefinitionIds }) => loopName.includes(text) || flowDefinitionIds.includes(task.flowDefinitionId),
      ) &&
      !rows
        .by('assignments', 'taskId', task.id)
        .some((one) => one.workerId === wanted.workerId && ['open', 'submitted', 'declined'].includes(one.status))
    );
  }

  function offered({ order = 'oldest', ...wanted }: WorkerTasksWanted & { after?: TaskPosition | undefined }) {
    const compare = (order: TaskOrder, a: Task, b: Task): number =>
      (order === 'newest' ? -1 : 1) * byCreation(placed(order, a), placed(order, b));
    const placed = (order: TaskOrder, { id, availableUntil, createdAt }: Task) => ({
      id,
      createdAt: order === 'due' ? availableUntil : createdAt,
    });
    const isPast = (task: Task, after: TaskPosition): boolean =>
      (order === 'newest' ? -1 : 1) * byCreation(placed(order, task), { id: after.id, createdAt: after.at }) > 0;
    const asIndexed = order === 'due' ? 'oldest' : order;
    const waiting = wanted.workteamIds
      .flatMap((id) => rows.by('tasks', 'workteamId', id))
      .filter(isWaiting)
      .sort((a, b) => compare(asIndexed, a, b));
    const { after, filter } = wanted;
    const isPart = !areLoopsFew(filter) && (order === 'due' || filter !== undefined);
    const most = isPart ? (wanted.mostSearched ?? Number.POSITIVE_INFINITY) : Number.POSITIVE_INFINITY;
    const start = order === 'due' || !after ? 0 : waiting.findIndex((task) => isPast(task, after));
    const searched = start < 0 ? [] : waiting.slice(start, start + most);
    const tasks = searched
      .filter((task) => isOffered(task, wanted) && (!after || isPast(task, after)))
      .sort((a, b) => compare(order, a, b));
    const lastLooked = start + searched.length < waiting.length ? searched.at(-1) : undefined;
    const stopped = lastLooked && { searched: waiting.indexOf(lastLooked) + 1, at: positionOf(lastLooked) };
    return { tasks, ...(stopped && { stopped }) };
  }

  const areLoopsFew = (filter: TaskFilter | undefined): boolean =>
    filter?.flowDefinitionIds !== undefined &&
    filter.flowDefinitionIds
      .flatMap((id) => rows.by('humanLoops', 'flowDefinitionId', id))
      .filter(({ finishedAt }) => finishedAt === null).length <= 1000;

  const positionOf = ({ createdAt, id }: Task): TaskPosition => ({ at: createdAt, id });

  function offeredTasks({ limit, ...page }: WorkerTaskPage) {
    const { tasks, stopped } = offered(page);
    const isTold = tasks.length < limit || page.order === 'due';
    return { tasks: tasks.slice(0, limit), ...(stopped && isTold && { stopped }) };
  }

  function endingTasks(wanted: WorkerTasksWanted, until: number, limit: number) {
    const { tasks } = offered({ ...wanted, order: 'due', mostSearched: undefined });
    return tasks.filter((task) => task.availableUntil <= until).slice(0, limit);
  }

  const heldTasks = (workerId: string) =>
    openOf(workerId)
      .sort((a, b) => a.acceptedAt - b.acceptedAt)
      .flatMap((assignment) => {
        const task = rows.get('tasks', assignment.taskId);
        return task ? [{ task, assignment }] : [];
      });

  const openOf = (workerId: string) =>
    rows.by('assignments', 'workerId', workerId).filter((one) => one.status === 'open');

  async function claimNextTask({ accept, ...page }: Parameters<Store['claimNextTask']>[0]) {
    for (;;) {
      const task = await read('claimNextTask', page.workerId, () => offered(page).tasks[0]);
      if (!task) return undefined;
      const { assignment, changes } = accept(task);
      if ((await save(changes)) === 'saved') return assignment;
    }
  }

  const deliveriesOf = (id: string) => list('eventDeliveries', (row) => row.eventTargetId === id);
  const many = <T>(name: string, argument: unknown, act: () => readonly T[]): Promise<readonly T[]> =>
    read(name, argument, act);

  return {
    tell(changed) {
      for (const listener of listeners) listener(changed);
    },
    save,
    claimNextTask,
    claimJobs: (wanted) => read('claimJobs', wanted.lane, () => claim(wanted)),
    releaseJob({ id }) {
      if (database.claims.get(id)?.node === node) database.claims.delete(id);
    },
    nextJobDueAt: (lane) =>
      read('nextJobDueAt', lane, () => {
        const next = queued(lane).map((job) => {
          const claim = database.claims.get(job.id);
          if (!claim || database.gone.has(claim.node)) return job.dueAt;
          return claim.node === node ? Number.POSITIVE_INFINITY : Math.max(job.dueAt, claim.until);
        });
        const soonest = Math.min(...next);
        return Number.isFinite(soonest) ? soonest : undefined;
      }),
    changes(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setting: byKey('settings'),
    accessKey: byKey('accessKeys'),
    accessKeys: () =>
      many('accessKeys', '', () => list('accessKeys', () => true).sort((a, b) => a.createdAt - b.createdAt)),
    workforceByName: (name) => read('workforceByName', name, () => first('workforces', (row) => row.name === name)),
    workforces: () =>
      many('workforces', '', () => list('workforces', () => true).sort((a, b) => a.createdAt - b.createdAt)),
    workteam: byKey('workteams'),
    workteamByName: (name) => read('workteamByName', name, () => rows.by('workteams', 'name', name)[0]),
    workteams: (page) =>
      many('workteams', '', () =>
        pageByName(
          list('workteams', () => true),
          page,
        ),
      ),
    allWorkteams: () => many('allWorkteams', '', () => list('workteams', () => true).sort(byCreation)),
    worker: byKey('workers'),
    workerByEmail: (email) => read('workerByEmail', email, () => first('workers', (row) => row.email === email)),
    workers: () => many('workers', '', () => list('workers', () => true).sort(byCreation)),
    session: byKey('sessions'),
    sessionWithWorker: (id) =>
      read('sessionWithWorker', id, () => {
        const session = rows.get('sessions', id);
        const worker = session && rows.get('workers', session.workerId);
        return worker && { session, worker };
      }),
    sessionsOfWorker: (id) => many('sessionsOfWorker', id, () => list('sessions', (row) => row.workerId === id)),
    expiredSessions: (now, limit) =>
      many('expiredSessions', '', () => list('sessions', (row) => row.expiresAt <= now).slice(0, limit)),
    workerNotices: byKey('workerNotices'),
    wantedNotices: () =>
      many('wantedNotices', '', () =>
        list('workerNotices', (row) => row.wanted === 1).sort((a, b) => byText(a.workerId, b.workerId)),
      ),
    pushSubscription: byKey('pushSubscriptions'),
    pushSubscriptionsOfWorker: (id) =>
      many('pushSubscriptionsOfWorker', id, () =>
        list('pushSubscriptions', (row) => row.workerId === id).sort(byCreation),
      ),
    oneTimeLinksOfWorker: (id) => many('oneTimeLinks', id, () => list('oneTimeLinks', (row) => row.workerId === id)),
    oneTimeLink: byKey('oneTimeLinks'),
    passkey: byKey('passkeys'),
    passkeysOfWorker: (id) =>
      many('passkeysOfWorker', id, () => list('passkeys', (row) => row.workerId === id).sort(byCreation)),
    secondFactor: byKey('secondFactors'),
    spentChallenge: byKey('spentChallenges'),
    expiredChallenges: (now, limit) =>
      many('expiredChallenges', '', () =>
        list('spentChallenges', (row) => row.expiresAt <= now)
          .sort((a, b) => a.expiresAt - b.expiresAt)
          .slice(0, limit),
      ),
    template: byKey('templates'),
    humanTaskUi: byKey('humanTaskUis'),
    humanTaskUiByName: (name) =>
      read('humanTaskUiByName', name, () => first('humanTaskUis', (row) => row.name === name)),
    humanTaskUis: (page) =>
      many('humanTaskUis', '', () =>
        pageByTime(
          list('humanTaskUis', () => true),
          page,
        ),
      ),
    flowDefinition: byKey('flowDefinitions'),
    flowDefinitionByName: (name) =>
      read('flowDefinitionByName', name, () => rows.by('flowDefinitions', 'name', name)[0]),
    flowDefinitions: (page) =>
      many('flowDefinitions', '', () =>
        pageByTime(
          list('flowDefinitions', () => true),
          page,
        ),
      ),
    flowDefinitionsOfWorkteam: (id, limit) =>
      many('flowDefinitionsOfWorkteam', id, () =>
        list('flowDefinitions', (row) => row.workteamId === id && row.status !== 'Deleting').slice(0, limit),
      ),
    countFlowDefinitions: (limit) =>
      read('countFlowDefinitions', '', () => Math.min(limit, list('flowDefinitions', () => true).length)),
    humanLoop: byKey('humanLoops'),
    humanLoopByName: (name) => read('humanLoopByName', name, () => rows.by('humanLoops', 'name', name)[0]),
    humanLoops: (flowId, page) =>
      many('humanLoops', '', () => {
        const shown = rows.by('humanLoops', 'flowDefinitionId', flowId).filter(({ goldItemId }) => !goldItemId);
        return pageByTime([...shown], page);
      }),
    searchHumanLoops: (search) => read('searchHumanLoops', '', () => searchLoops(rows, search)),
    unfinishedHumanLoops: (flowId, status, limit) =>
      many('unfinishedHumanLoops', status, () =>
        rows
          .by('humanLoops', 'flowDefinitionId', flowId)
          .filter((row) => row.finishedAt === null && row.status === status)
          .slice(0, limit),
      ),
    countUnfinishedHumanLoops: (limit, flowId) =>
      read('countUnfinishedHumanLoops', flowId ?? '', () => {
        const isCounted = (row: Rows['humanLoops']) =>
          row.finishedAt === null && (flowId === undefined || row.flowDefinitionId === flowId);
        return Math.min(limit, list('humanLoops', isCounted).length);
      }),
    finishedHumanLoops: ({ before, after = { finishedAt: 0, id: '' }, limit }) =>
      many('finishedHumanLoops', '', () => {
        const position = { createdAt: after.finishedAt, id: after.id };
        const ended = ({ id, finishedAt }: Rows['humanLoops']) => ({ createdAt: finishedAt ?? 0, id });
        return list('humanLoops', (row) => row.finishedAt !== null && row.finishedAt < before)
          .filter((row) => byCreation(ended(row), position) > 0)
          .sort((a, b) => byCreation(ended(a), ended(b)))
          .slice(0, limit);
      }),
    humanLoopInput: byKey('humanLoopInputs'),
    task: byKey('tasks'),
    taskOfHumanLoop: (id) => read('taskOfHumanLoop', id, () => rows.by('tasks', 'humanLoopId', id)[0]),
    heldTasks: (id) => many('heldTasks', id, () => heldTasks(id)),
    offeredTasks: (page) => read('offeredTasks', page.workerId, () => offeredTasks(page)),
    countOfferedTasks: (wanted, limit) =>
      read('countOfferedTasks', wanted.workerId, () => Math.min(limit, offered(wanted).tasks.length)),
    endingTasks: (wanted, until, limit) =>
      read('endingTasks', wanted.workerId, () => endingTasks(wanted, until, limit)),
    assignment: byKey('assignments'),
    assignmentWithTask: (id) =>
      read('assignmentWithTask', id, () => {
        const assignment = rows.get('assignments', id);
        const task = assignment && rows.get('tasks', assignment.taskId);
        const humanLoop = assignment && rows.get('humanLoops', assignment.humanLoopId);
        return task && humanLoop && { assignment, task, humanLoop };
      }),
    assignmentsOfTask: (id) =>
      many('assignmentsOfTask', id, () =>
        rows.by('assignments', 'taskId', id).toSorted((a, b) => a.acceptedAt - b.acceptedAt || byText(a.id, b.id)),
      ),
    openAssignmentsOfWorker: (id) => many('openAssignmentsOfWorker', id, () => openOf(id)),
    answersOfHumanLoop: (id) =>
      many('answersOfHumanLoop', id, () =>
        rows.by('answers', 'humanLoopId', id).toSorted((a, b) => a.sequence - b.sequence),
      ),
    answersOfWorker: (id, { before, limit }) =>
      many('answersOfWorker', id, () => {
        const place = ({ submittedAt, assignmentId }: Pick<Rows['answers'], 'submittedAt' | 'assignmentId'>) => ({
          createdAt: submittedAt,
          id: assignmentId,
        });
        return list('answers', (row) => row.workerId === id)
          .filter((row) => !before || byCreation(place(row), place(before)) < 0)
          .sort((a, b) => byCreation(place(b), place(a)))
          .slice(0, limit);
      }),
    eventsOfHumanLoop: (id) =>
      many('eventsOfHumanLoop', id, () =>
        rows
          .by('humanLoopEvents', 'humanLoopId', id)
          .toSorted((a, b) => a.happenedAt - b.happenedAt || byText(a.id, b.id)),
      ),
    tasksOfHumanLoops: (ids) =>
      many('tasksOfHumanLoops', '', () => ids.flatMap((id) => rows.by('tasks', 'humanLoopId', id))),
    assignmentsOfTasks: (ids) =>
      many('assignmentsOfTasks', '', () =>
        ids
          .flatMap((id) => rows.by('assignments', 'taskId', id))
          .sort((a, b) => a.acceptedAt - b.acceptedAt || byText(a.id, b.id)),
      ),
    workersById: (ids) => many('workersById', '', () => list('workers', ({ id }) => ids.includes(id))),
    waitingDeliveries: (id, orderKey) =>
      many('waitingDeliveries', id, () =>
        deliveriesOf(id)
          .filter((row) => row.orderKey === orderKey && row.failedAt === null)
          .sort(byCreation),
      ),
    waitingDeliveriesOf: (id, { after, limit }) =>
      many('waitingDeliveriesOf', id, () =>
        deliveriesOf(id)
          .filter((row) => row.failedAt === null && (!after || byCreation(row, after) > 0))
          .sort(byCreation)
          .slice(0, limit),
      ),
    goldItem: byKey('goldItems'),
    goldItems: (id) =>
      many('goldItems', id, () => list('goldItems', (row) => row.flowDefinitionId === id).sort(byCreation)),
    goldResultsOfItem: (id) => many('goldResultsOfItem', id, () => list('goldResults', (row) => row.goldItemId === id)),
    goldResults: (id, { workerId, since = 0, limit }) =>
      many('goldResults', id, () =>
        list('goldResults', (row) => row.flowDefinitionId === id && row.answeredAt >= since)
          .filter((row) => workerId === undefined || row.workerId === workerId)
          .sort((a, b) => b.answeredAt - a.answeredAt || byText(b.id, a.id))
          .slice(0, limit),
      ),
    draft: byKey('drafts'),
    activities: (wanted) =>
      read('activities', wanted, () => {
        const found = list('activities', (row) => isWanted(row, wanted)).sort((a, b) => byText(b.id, a.id));
        return { activities: found.slice(0, wanted.limit) };
      }),
    draftsOfHumanLoop: (id) =>
      many('draftsOfHumanLoop', id, () =>
        list('drafts', (row) => row.humanLoopId === id).sort((a, b) => byText(a.id, b.id)),
      ),
    countAnswersOfWorker: (id, since) =>
      read('countAnswersOfWorker', id, () => {
        const given = list('answers', (row) => row.workerId === id && row.submittedAt >= since);
        return { answers: given.length, seconds: given.reduce((sum, row) => sum + row.timeSpentInSeconds, 0) };
      }),
    eventTarget: byKey('eventTargets'),
    eventTargets: () => many('eventTargets', '', () => list('eventTargets', () => true).sort(byCreation)),
    eventDelivery: byKey('eventDeliveries'),
    failedDeliveries: (id, limit, after) =>
      many('failedDeliveries', id, () => {
        type Failed = Pick<Rows['eventDeliveries'], 'failedAt' | 'createdAt' | 'id'>;
        const order = (a: Failed, b: Failed): number => a.failedAt! - b.failedAt! || byCreation(a, b);
        return deliveriesOf(id)
          .filter((row) => row.failedAt !== null && (!after || order(row, after) > 0))
          .sort(order)
          .slice(0, limit);
      }),
    earlierDelivery: (delivery) =>
      read(
        'earlierDelivery',
        delivery.id,
        () =>
          deliveriesOf(delivery.eventTargetId)
            .filter(
              (row) => row.orderKey === delivery.orderKey && row.failedAt === null && byCreation(row, delivery) < 0,
            )
            .sort(byCreation)[0],
      ),
    countDeliveries: (id) =>
      read('countDeliveries', id, () => {
        const all = deliveriesOf(id);
        const told = all.filter((row) => row.lastError !== null).sort((a, b) => b.createdAt - a.createdAt);
        const failed = all.filter((row) => row.failedAt !== null).length;
        return { waiting: all.length - failed, failed, lastError: told[0]?.lastError ?? null };
      }),
    job: byKey('jobs'),
    ...memoryStatistics(rows, read),
    rows: <T extends TableName>(table: T, after: string, limit: number) =>
      many(table, '', () => {
        const key = (row: Rows[T]): string => String((row as unknown as Record<string, unknown>)[tables[table].key]);
        return list(table, (row) => key(row) > after)
          .sort((a, b) => byText(key(a), key(b)))
          .slice(0, limit);
      }),
    lastKey: (table) =>
      read('lastKey', table, () =>
        list(table, () => true)
          .map((row) => String((row as unknown as Record<string, unknown>)[tables[table].key]))
          .sort()
          .at(-1),
      ),
    problem: () => undefined,
    health: () =>
      read('health', '', () => {
        const made = [...rows.all('workers'), ...rows.all('humanLoops')].map(({ createdAt }) => createdAt);
        const jobs = list('jobs', () => true);
        return {
          schemaVersion: 1,
          damage: [],
          complete: true,
          newestRowAt: made.length > 0 ? Math.max(...made) : undefined,
          firstJobDueAt: jobs.length > 0 ? Math.min(...jobs.map(({ dueAt }) => dueAt)) : undefined,
          failingJobs: jobs.filter(({ lastError }) => lastError !== null).length,
        };
      }),
    close: async () => {},
  };
}

/** Gates that are always open: a plain store. */
export const openGates: Gates = {
  read: async (_name, _argument, act) => act(),
  save: async (_changes, act) => act(),
};

/** A store of one node on a database of its own, whose listeners hear at once. */
export function openPlainStore(semantics: Semantics): MemoryStore {
  const database = createDatabase(semantics);
  const store = openMemoryStore(database, 'node', openGates);
  database.committed = (changes) => {
    const changed = changedRows([changes]);
    if (changed.length > 0) store.tell(changed);
  };
  return store;
}

/**
 * All questions about rows, for every engine: an engine says how one is asked. Parameters stand as `?`; the table that is
 * read is `t`. Every row read is guarded when it is written, so engines may answer from a moment ago.
 */
import type { Rows, TableName } from '../domain/rows.ts';
import { createActivityQueries } from './activity-queries.ts';
import { createLoopSearch } from './loop-search.ts';
import { createOfferedTaskQueries, type OfferedTaskQueries } from './offered-tasks.ts';
import type { RowReader, Value } from './row-reader.ts';
import { createStatisticsQueries } from './statistics-queries.ts';
import type { NamePage, Store, TimePage } from './store.ts';
import { snakeCase, tables } from './tables.ts';

export type Queries = Omit<
  Store,
  'save' | 'claimNextTask' | 'claimJobs' | 'releaseJob' | 'nextJobDueAt' | 'changes' | 'problem' | 'health' | 'close'
> &
  Pick<OfferedTaskQueries, 'windowsOf'>;

export function createQueries(read: RowReader): Queries {
  /** A page ordered by time of creation, for the given condition. */
  async function timePage<T extends TableName>(
    name: T,
    condition: string,
    given: readonly Value[],
    page: TimePage,
  ): Promise<Rows[T][]> {
    const down = page.order === 'Descending';
    const parameters = [...given];
    let where = condition;
    if (page.createdAfter !== undefined) {
      where += ' AND t.created_at >= ?';
      parameters.push(page.createdAfter);
    }
    if (page.createdBefore !== undefined) {
      where += ' AND t.created_at < ?';
      parameters.push(page.createdBefore);
    }
    if (page.after) {
      where += ` AND (t.created_at, t.id) ${down ? '<' : '>'} (?, ?)`;
      parameters.push(page.after.createdAt, page.after.id);
    }
    const direction = down ? 'DESC' : 'ASC';
    const order = `ORDER BY t.created_at ${direction}, t.id ${direction} LIMIT ?`;
    return read.all(name, `WHERE ${where} ${order}`, ...parameters, page.limit);
  }

  async function namePage<T extends 'workteams'>(name: T, page: NamePage): Promise<Rows[T][]> {
    const direction = page.order === 'Descending' ? 'DESC' : 'ASC';
    const compare = page.order === 'Descending' ? '<' : '>';
    const parameters: Value[] = [page.nameContains ?? ''];
    let where = `${read.positionOf}(t.name, ?) > 0`;
    if (page.after) {
      where += page.sortBy === 'name' ? ` AND t.name ${compare} ?` : ` AND (t.created_at, t.id) ${compare} (?, ?)`;
      parameters.push(...(page.sortBy === 'name' ? [page.after.name] : [page.after.createdAt, page.after.id]));
    }
    const order = page.sortBy === 'name' ? `t.name ${direction}` : `t.created_at ${direction}, t.id ${direction}`;
    return read.all(name, `WHERE ${where} ORDER BY ${order} LIMIT ?`, ...parameters, page.limit);
  }

  async function heldTasks(workerId: string) {
    const held = await read.all(
      'assignments',
      "WHERE t.worker_id = ? AND t.status = 'open' ORDER BY t.accepted_at",
      workerId,
    );
    const lines = await Promise.all(
      held.map(async (assignment) => ({
        task: await read.one('tasks', 'WHERE t.id = ?', assignment.taskId),
        assignment,
      })),
    );
    return lines.flatMap(({ task, assignment }) => (task ? [{ task, assignment }] : []));
  }

  return {
    ...createOfferedTaskQueries(read),
    ...createLoopSearch(read),
    ...createActivityQueries(read),
    ...createStatisticsQueries(read),
    setting: async (name) => read.one('settings', 'WHERE t.name = ?', name),
    accessKey: async (id) => read.one('accessKeys', 'WHERE t.access_key_id = ?', id),
    accessKeys: async () => read.all('accessKeys', 'ORDER BY t.created_at, t.access_key_id'),
    workforceByName: async (name) => read.one('workforces', 'WHERE t.name = ?', name),
    workforces: async () => read.all('workforces', 'ORDER BY t.created_at'),
    workteam: async (id) => read.one('workteams', 'WHERE t.id = ?', id),
    workteamByName: async (name) => read.one('workteams', 'WHERE t.name = ?', name),
    workteams: (page) => namePage('workteams', page),
    allWorkteams: async () => read.all('workteams', 'ORDER BY t.created_at, t.id'),
    worker: async (id) => read.one('workers', 'WHERE t.id = ?', id),
    workerByEmail: async (email) => read.one('workers', 'WHERE t.email = ?', email),
    workers: async () => read.all('workers', 'ORDER BY t.created_at, t.id'),
    session: async (idHash) => read.one('sessions', 'WHERE t.id_hash = ?', idHash),
    async sessionWithWorker(idHash) {
      const from = 'sessions JOIN workers ON workers.id = sessions.worker_id WHERE sessions.id_hash = ?';
      const [[session, worker] = []] = await read.joined(['sessions', 'workers'], from, idHash);
      return session && worker && { session, worker };
    },
    sessionsOfWorker: async (id) => read.all('sessions', 'WHERE t.worker_id = ? ORDER BY t.created_at', id),
    expiredSessions: async (now, limit) => read.all('sessions', 'WHERE t.expires_at <= ? LIMIT ?', now, limit),
    workerNotices: async (id) => read.one('workerNotices', 'WHERE t.worker_id = ?', id),
    wantedNotices: async () => read.all('workerNotices', 'WHERE t.wanted = 1 ORDER BY t.worker_id'),
    pushSubscription: async (id) => read.one('pushSubscriptions', 'WHERE t.id = ?', id),
    pushSubscriptionsOfWorker: async (id) =>
      read.all('pushSubscriptions', 'WHERE t.worker_id = ? ORDER BY t.created_at, t.id', id),
    oneTimeLinksOfWorker: async (id) => read.all('oneTimeLinks', 'WHERE t.worker_id = ?', id),
    oneTimeLink: async (hash) => read.one('oneTimeLinks', 'WHERE t.token_hash = ?', hash),
    passkey: async (id) => read.one('passkeys', 'WHERE t.id = ?', id),
    passkeysOfWorker: async (id) => read.all('passkeys', 'WHERE t.worker_id = ? ORDER BY t.created_at, t.id', id),
    secondFactor: async (workerId) => read.one('secondFactors', 'WHERE t.worker_id = ?', workerId),
    spentChallenge: async (idHash) => read.one('spentChallenges', 'WHERE t.id_hash = ?', idHash),
    expiredChallenges: async (now, limit) =>
      read.all('spentChallenges', 'WHERE t.expires_at <= ? ORDER BY t.expires_at LIMIT ?', now, limit),
    template: async (sha256) => read.one('templates', 'WHERE t.sha256 = ?', sha256),
    humanTaskUi: async (id) => read.one('humanTaskUis', 'WHERE t.id = ?', id),
    humanTaskUiByName: async (name) => read.one('humanTaskUis', 'WHERE t.name = ?', name),
    humanTaskUis: (page) => timePage('humanTaskUis', 'TRUE', [], page),
    flowDefinition: async (id) => read.one('flowDefinitions', 'WHERE t.id = ?', id),
    flowDefinitionByName: async (name) => read.one('flowDefinitions', 'WHERE t.name = ?', name),
    flowDefinitions: (page) => timePage('flowDefinitions', 'TRUE', [], page),
    flowDefinitionsOfWorkteam: async (id, limit) =>
      read.all('flowDefinitions', "WHERE t.workteam_id = ? AND t.status <> 'Deleting' LIMIT ?", id, limit),
    countFlowDefinitions: async (limit) =>
      (await read.number('SELECT count(*) FROM (SELECT 1 FROM flow_definitions LIMIT ?) AS counted', limit)) ?? 0,
    humanLoop: async (id) => read.one('humanLoops', 'WHERE t.id = ?', id),
    humanLoopByName: async (name) => read.one('humanLoops', 'WHERE t.name = ?', name),
    humanLoops: (flowId, page) =>
      timePage('humanLoops', 't.flow_definition_id = ? AND t.gold_item_id IS NULL', [flowId], page),
    unfinishedHumanLoops: async (flowId, status, limit) =>
      read.all(
        'humanLoops',
        'WHERE t.flow_definition_id = ? AND t.finished_at IS NULL AND t.status = ? LIMIT ?',
        flowId,
        status,
        limit,
      ),
    async countUnfinishedHumanLoops(limit, flowId) {
      const [ofFlow, values] = flowId === undefined ? ['', []] : ['flow_definition_id = ? AND ', [flowId]];
      const which = `SELECT 1 FROM human_loops WHERE ${ofFlow}finished_at IS NULL LIMIT ?`;
      return (await read.number(`SELECT count(*) FROM (${which}) AS counted`, ...values, limit)) ?? 0;
    },
    finishedHumanLoops: async ({ before, after, limit }) =>
      read.all(
        'humanLoops',
        'WHERE t.finished_at < ? AND (t.finished_at, t.id) > (?, ?) ORDER BY t.finished_at, t.id LIMIT ?',
        before,
        after?.finishedAt ?? 0,
        after?.id ?? '',
        limit,
      ),
    humanLoopInput: async (id) => read.one('humanLoopInputs', 'WHERE t.human_loop_id = ?', id),
    task: async (id) => read.one('tasks', 'WHERE t.id = ?', id),
    taskOfHumanLoop: async (id) => read.one('tasks', 'WHERE t.human_loop_id = ?', id),
    heldTasks,
    assignment: async (id) => read.one('assignments', 'WHERE t.id = ?', id),
    async assignmentWithTask(id) {
      // By the column that tasks are split by, so that one part of them is looked at.
      const from = `assignments
        JOIN tasks ON tasks.id = assignments.task_id AND tasks.human_loop_id = assignments.human_loop_id
        JOIN human_loops ON human_loops.id = assignments.human_loop_id
        WHERE assignments.id = ?`;
      const [[assignment, task, humanLoop] = []] = await read.joined(['assignments', 'tasks', 'humanLoops'], from, id);
      return assignment && task && humanLoop && { assignment, task, humanLoop };
    },
    assignmentsOfTask: async (id) => read.all('assignments', 'WHERE t.task_id = ? ORDER BY t.accepted_at, t.id', id),
    openAssignmentsOfWorker: async (id) => read.all('assignments', "WHERE t.worker_id = ? AND t.status = 'open'", id),
    answersOfHumanLoop: async (id) => read.all('answers', 'WHERE t.human_loop_id = ? ORDER BY t.sequence', id),
    answersOfWorker: async (workerId, { before, limit }) =>
      read.all(
        'answers',
        `WHERE t.worker_id = ? AND (t.submitted_at, t.assignment_id) < (?, ?)
          ORDER BY t.submitted_at DESC, t.assignment_id DESC LIMIT ?`,
        workerId,
        before?.submittedAt ?? Number.MAX_SAFE_INTEGER,
        before?.assignmentId ?? '',
        limit,
      ),
    goldItem: async (id) => read.one('goldItems', 'WHERE t.id = ?', id),
    goldItems: async (flowId) =>
      read.all('goldItems', 'WHERE t.flow_definition_id = ? ORDER BY t.created_at, t.id', flowId),
    goldResultsOfItem: async (id) => read.all('goldResults', 'WHERE t.gold_item_id = ?', id),
    goldResults: async (flowId, { workerId, since = 0, limit }) =>
      read.all(
        'goldResults',
        `WHERE t.flow_definition_id = ? ${workerId === undefined ? '' : 'AND t.worker_id = ? '}AND t.answered_at >= ?
          ORDER BY t.answered_at DESC, t.id DESC LIMIT ?`,
        ...(workerId === undefined ? [flowId] : [flowId, workerId]),
        since,
        limit,
      ),
    draft: async (id) => read.one('drafts', 'WHERE t.id = ?', id),
    draftsOfHumanLoop: async (id) => read.all('drafts', 'WHERE t.human_loop_id = ? ORDER BY t.id', id),
    eventsOfHumanLoop: async (id) =>
      read.all('humanLoopEvents', 'WHERE t.human_loop_id = ? ORDER BY t.happened_at, t.id', id),
    tasksOfHumanLoops: async (ids) =>
      read.all('tasks', `WHERE ${read.isOneOf('t.human_loop_id')}`, JSON.stringify(ids)),
    assignmentsOfTasks: async (ids) =>
      read.all('assignments', `WHERE ${read.isOneOf('t.task_id')} ORDER BY t.accepted_at, t.id`, JSON.stringify(ids)),
    workersById: async (ids) => read.all('workers', `WHERE ${read.isOneOf('t.id')}`, JSON.stringify(ids)),
    waitingDeliveries: async (eventTargetId, orderKey) =>
      read.all(
        'eventDeliveries',
        `WHERE t.event_target_id = ? AND t.order_key = ? AND t.failed_at IS NULL ORDER BY t.created_at, t.id`,
        eventTargetId,
        orderKey,
      ),
    waitingDeliveriesOf: async (eventTargetId, { after, limit }) =>
      read.all(
        'eventDeliveries',
        `WHERE t.event_target_id = ? AND t.failed_at IS NULL AND (t.created_at, t.id) > (?, ?)
          ORDER BY t.created_at, t.id LIMIT ?`,
        eventTargetId,
        after?.createdAt ?? 0,
        after?.id ?? '',
        limit,
      ),
    async countAnswersOfWorker(workerId, since) {
      const ask = (what: string) =>
        read.number(`SELECT ${what} FROM answers WHERE worker_id = ? AND submitted_at >= ?`, workerId, since);
      const [answers, seconds] = await Promise.all([ask('count(*)'), ask('sum(time_spent_in_seconds)')]);
      return { answers: answers ?? 0, seconds: seconds ?? 0 };
    },
    eventTarget: async (id) => read.one('eventTargets', 'WHERE t.id = ?', id),
    eventTargets: async () => read.all('eventTargets', 'ORDER BY t.created_at, t.id'),
    eventDelivery: async (id) => read.one('eventDeliveries', 'WHERE t.id = ?', id),
    failedDeliveries: async (id, limit, after) =>
      read.all(
        'eventDeliveries',
        `WHERE t.event_target_id = ? AND t.failed_at >= ? AND (t.failed_at, t.created_at, t.id) > (?, ?, ?)
          ORDER BY t.failed_at, t.created_at, t.id LIMIT ?`,
        id,
        after?.failedAt ?? 0,
        after?.failedAt ?? 0,
        after?.createdAt ?? 0,
        after?.id ?? '',
        limit,
      ),
    earlierDelivery: async ({ eventTargetId, orderKey, createdAt, id }) =>
      read.one(
        'eventDeliveries',
        `WHERE t.event_target_id = ? AND t.order_key = ? AND t.failed_at IS NULL AND (t.created_at, t.id) < (?, ?)
          ORDER BY t.created_at, t.id`,
        eventTargetId,
        orderKey,
        createdAt,
        id,
      ),
    async countDeliveries(id) {
      const count = (condition: string) =>
        read.number(
          `SELECT count(*) FROM event_deliveries WHERE event_target_id = ? AND failed_at IS ${condition}`,
          id,
        );
      const last = await read.one(
        'eventDeliveries',
        'WHERE t.event_target_id = ? AND t.last_error IS NOT NULL ORDER BY t.created_at DESC',
        id,
      );
      return {
        waiting: (await count('NULL')) ?? 0,
        failed: (await count('NOT NULL')) ?? 0,
        lastError: last?.lastError ?? null,
      };
    },
    job: async (id) => read.one('jobs', 'WHERE t.id = ?', id),
    rows: async (table, after, limit) => {
      const key = snakeCase(tables[table].key);
      return read.all(table, `WHERE t.${key} > ? ORDER BY t.${key} LIMIT ?`, after, limit);
    },
    async lastKey(table) {
      const { key } = tables[table];
      const [last] = await read.all(table, `ORDER BY t.${snakeCase(key)} DESC LIMIT 1`);
      return last && String((last as unknown as Record<string, unknown>)[key]);
    },
  };
}

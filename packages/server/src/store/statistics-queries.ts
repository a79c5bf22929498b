/**
 * What statistics are made of, read by the indices that there are for other reasons: no index, counter or row exists for them
 * that a commit of a start or an answer would have to touch.
 */
import { jobLanes } from '../domain/jobs.ts';
import type { FailureCode, HumanLoopStatus, Statistic } from '../domain/rows.ts';
import type { RowReader, Value } from './row-reader.ts';
import type {
  AnswerSum,
  DueJobs,
  FlowAnswers,
  FlowAnswersPage,
  LoopEnd,
  LoopEndPage,
  OpenWork,
  StartSum,
  StatisticsQueries,
  WaitingPage,
  WaitingTask,
} from './statistics.ts';

/** Flow definitions that have loops, those that were deleted too: one look into the index for each. */
const flowsOfLoops = `WITH RECURSIVE flows(id) AS (
  SELECT min(flow_definition_id) FROM human_loops
  UNION ALL
  SELECT (SELECT min(l.flow_definition_id) FROM human_loops l WHERE l.flow_definition_id > f.id)
  FROM flows f WHERE f.id IS NOT NULL)`;

/** Jobs that are looked at in each lane. */
const mostJobs = 2000;

export function createStatisticsQueries(read: RowReader): StatisticsQueries {
  const text = (value: Value | undefined): string => String(value);
  const orNull = (value: Value | undefined): number | null =>
    value === null || value === undefined ? null : Number(value);

  async function loopEnds({ from, to, after, limit }: LoopEndPage): Promise<readonly LoopEnd[]> {
    const lines = await read.lines(
      `SELECT l.id, l.flow_definition_id, l.status, l.failure_code, l.created_at, l.finished_at,
        (SELECT min(s.accepted_at) FROM tasks t JOIN assignments s ON s.task_id = t.id WHERE t.human_loop_id = l.id) AS accepted_at,
        (SELECT count(*) FROM answers a WHERE a.human_loop_id = l.id) AS answers,
        (SELECT sum(a.time_spent_in_seconds) FROM answers a WHERE a.human_loop_id = l.id) AS seconds
      FROM human_loops l
      WHERE l.gold_item_id IS NULL AND l.finished_at >= ? AND l.finished_at < ? AND (l.finished_at, l.id) > (?, ?)
      ORDER BY l.finished_at, l.id LIMIT ?`,
      from,
      to,
      after?.finishedAt ?? from - 1,
      after?.id ?? '',
      limit,
    );
    return lines.map(([id, flow, status, failureCode, createdAt, finishedAt, acceptedAt, answers, seconds]) => ({
      id: text(id),
      flowDefinitionId: text(flow),
      status: text(status) as HumanLoopStatus,
      failureCode: failureCode === null ? null : (text(failureCode) as FailureCode),
      createdAt: Number(createdAt),
      finishedAt: Number(finishedAt),
      acceptedAt: orNull(acceptedAt),
      answers: Number(answers),
      activeMs: Math.round(Number(seconds ?? 0) * 1000),
    }));
  }

  async function loopStarts(from: number, to: number): Promise<readonly StartSum[]> {
    const lines = await read.lines(
      `${flowsOfLoops} SELECT f.id, (SELECT count(*) FROM human_loops l
        WHERE l.flow_definition_id = f.id AND l.gold_item_id IS NULL AND l.created_at >= ? AND l.created_at < ?) AS count
      FROM flows f WHERE f.id IS NOT NULL`,
      from,
      to,
    );
    return lines
      .map(([flow, count]) => ({ flowDefinitionId: text(flow), started: Number(count) }))
      .filter(({ started }) => started > 0);
  }

  const workerIds = async (): Promise<readonly string[]> =>
    (await read.lines('SELECT id FROM workers')).map(([id]) => text(id));

  async function answersGiven(from: number, to: number): Promise<readonly AnswerSum[]> {
    const lines = await read.lines(
      `SELECT a.worker_id, l.flow_definition_id, count(*), sum(a.time_spent_in_seconds)
      FROM answers a JOIN human_loops l ON l.id = a.human_loop_id
      WHERE ${read.isOneOf('a.worker_id')} AND a.submitted_at >= ? AND a.submitted_at < ?
      GROUP BY a.worker_id, l.flow_definition_id`,
      JSON.stringify(await workerIds()),
      from,
      to,
    );
    return lines.map(([worker, flow, answers, seconds]) => ({
      workerId: text(worker),
      flowDefinitionId: text(flow),
      answers: Number(answers),
      activeMs: Math.round(Number(seconds ?? 0) * 1000),
    }));
  }

  async function nextActivity(from: number): Promise<number | undefined> {
    const [ended, started, answered] = await Promise.all([
      read.number('SELECT min(finished_at) FROM human_loops WHERE finished_at >= ?', from),
      read.number(
        `${flowsOfLoops} SELECT min(next) FROM (SELECT (SELECT min(l.created_at) FROM human_loops l
          WHERE l.flow_definition_id = f.id AND l.created_at >= ?) AS next FROM flows f WHERE f.id IS NOT NULL) AS each_flow`,
        from,
      ),
      read.number(
        `SELECT min(next) FROM (SELECT (SELECT min(a.submitted_at) FROM answers a
          WHERE a.worker_id = w.id AND a.submitted_at >= ?) AS next FROM workers w) AS each_worker`,
        from,
      ),
    ]);
    const found = [ended, started, answered].filter((value) => value !== undefined);
    return found.length > 0 ? Math.min(...found) : undefined;
  }

  async function waitingTasks({ workteamId, after, limit }: WaitingPage): Promise<readonly WaitingTask[]> {
    const lines = await read.lines(
      `SELECT t.id, t.flow_definition_id, t.created_at, t.available_until, t.answers_needed - t.answers_done
      FROM tasks t WHERE t.workteam_id = ? AND t.status = 'open' AND t.slots_free > 0 AND (t.created_at, t.id) > (?, ?)
      ORDER BY t.created_at, t.id LIMIT ?`,
      workteamId,
      after?.createdAt ?? -1,
      after?.id ?? '',
      limit,
    );
    return lines.map(([id, flow, createdAt, availableUntil, needed]) => ({
      id: text(id),
      flowDefinitionId: text(flow),
      createdAt: Number(createdAt),
      availableUntil: Number(availableUntil),
      needed: Number(needed),
    }));
  }

  async function answersOfFlow({ flowDefinitionId, after, limit }: FlowAnswersPage): Promise<FlowAnswers> {
    const lines = await read.lines(
      `SELECT l.id, l.created_at, a.worker_id, a.answer_content FROM
        (SELECT h.id, h.created_at, h.finished_at FROM human_loops h
          WHERE h.flow_definition_id = ? AND h.gold_item_id IS NULL AND (h.created_at, h.id) < (?, ?)
          ORDER BY h.created_at DESC, h.id DESC LIMIT ?) l
        LEFT JOIN answers a ON a.human_loop_id = l.id AND l.finished_at IS NOT NULL
      ORDER BY l.created_at DESC, l.id DESC, a.sequence`,
      flowDefinitionId,
      after?.createdAt ?? Number.MAX_SAFE_INTEGER,
      after?.id ?? '',
      limit,
    );
    const loops = new Map<string, { workerId: string; answerContent: string }[]>();
    let next: { createdAt: number; id: string } | undefined;
    for (const [id, createdAt, workerId, content] of lines) {
      next = { createdAt: Number(createdAt), id: text(id) };
      const own = loops.get(next.id) ?? [];
      loops.set(next.id, own);
      if (content !== null) own.push({ workerId: text(workerId), answerContent: text(content) });
    }
    return {
      loops: [...loops].flatMap(([id, answers]) => (answers.length > 0 ? [{ id, answers }] : [])),
      next: loops.size === limit ? next : undefined,
    };
  }

  async function openWork(): Promise<readonly OpenWork[]> {
    const lines = await read.lines(
      `SELECT t.flow_definition_id, count(*) FROM assignments a JOIN tasks t ON t.id = a.task_id
      WHERE a.status = 'open' AND ${read.isOneOf('a.worker_id')} GROUP BY t.flow_definition_id`,
      JSON.stringify(await workerIds()),
    );
    return lines.map(([flow, held]) => ({ flowDefinitionId: text(flow), held: Number(held) }));
  }

  async function dueJobs(now: number): Promise<readonly DueJobs[]> {
    const lines = await Promise.all(
      jobLanes.map((lane) =>
        read.lines(
          `SELECT kind, sum(CASE WHEN due_at <= ? THEN 1 ELSE 0 END), sum(CASE WHEN attempts > 0 THEN 1 ELSE 0 END)
          FROM (SELECT kind, due_at, attempts FROM jobs WHERE lane = ? ORDER BY due_at LIMIT ${mostJobs}) AS first_jobs
          GROUP BY kind`,
          now,
          lane,
        ),
      ),
    );
    const found = new Map<DueJobs['kind'], DueJobs>();
    // One kind may be in two lanes: jobs keep the one that they were queued in by an earlier version.
    for (const [name, due, failing] of lines.flat()) {
      const kind = text(name) as DueJobs['kind'];
      const known = found.get(kind);
      found.set(kind, {
        kind,
        due: Number(due) + (known?.due ?? 0),
        failing: Number(failing) + (known?.failing ?? 0),
      });
    }
    return [...found.values()];
  }

  const statistic = (id: string) => read.one('statistics', 'WHERE t.id = ?', id);

  async function statisticsOf(ids: readonly string[]): Promise<readonly Statistic[]> {
    return ids.length === 0 ? [] : read.all('statistics', `WHERE ${read.isOneOf('t.id')}`, JSON.stringify(ids));
  }

  return {
    loopEnds,
    loopStarts,
    answersGiven,
    nextActivity,
    waitingTasks,
    answersOfFlow,
    openWork,
    dueJobs,
    statistic: async (id) => statistic(id),
    statistics: async (from, before) =>
      read.all('statistics', 'WHERE t.id >= ? AND t.id < ? ORDER BY t.id', from, before),
    statisticsOf,
  };
}

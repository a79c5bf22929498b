/** What the store in memory answers about many loops at once, counted row by row. */
import type { StatisticsQueries } from '../../packages/server/src/store/statistics.ts';
import type { Gates } from './gates.ts';
import { byCreation, byText } from './memory-pages.ts';
import type { MemoryRows } from './memory-rows.ts';

const milliseconds = (answers: readonly { readonly timeSpentInSeconds: number }[]): number =>
  Math.round(answers.reduce((sum, { timeSpentInSeconds }) => sum + timeSpentInSeconds, 0) * 1000);

export function memoryStatistics(rows: MemoryRows, read: Gates['read']): StatisticsQueries {
  const isWithin = (at: number | null, from: number, to: number): boolean => at !== null && at >= from && at < to;

  /** Sums of what belongs together. */
  function sums<T, S>(of: readonly T[], key: (one: T) => string, sum: (group: readonly T[]) => S): S[] {
    return [...Map.groupBy(of, key).values()].map(sum);
  }

  const ended = (id: string) => {
    const loop = rows.get('humanLoops', id)!;
    const accepted = rows
      .by('tasks', 'humanLoopId', id)
      .flatMap((task) => rows.by('assignments', 'taskId', task.id))
      .map(({ acceptedAt }) => acceptedAt);
    const answers = rows.by('answers', 'humanLoopId', id);
    return {
      id,
      flowDefinitionId: loop.flowDefinitionId,
      status: loop.status,
      failureCode: loop.failureCode,
      createdAt: loop.createdAt,
      finishedAt: loop.finishedAt!,
      acceptedAt: accepted.length > 0 ? Math.min(...accepted) : null,
      answers: answers.length,
      activeMs: milliseconds(answers),
    };
  };

  return {
    loopEnds: ({ from, to, after, limit }) =>
      read('loopEnds', '', () => {
        const place = (row: { finishedAt: number | null; id: string }) => ({
          createdAt: row.finishedAt ?? 0,
          id: row.id,
        });
        return [...rows.all('humanLoops')]
          .filter(
            (row) =>
              !row.goldItemId &&
              isWithin(row.finishedAt, from, to) &&
              (!after || byCreation(place(row), place(after)) > 0),
          )
          .sort((a, b) => byCreation(place(a), place(b)))
          .slice(0, limit)
          .map(({ id }) => ended(id));
      }),
    loopStarts: (from, to) =>
      read('loopStarts', '', () =>
        sums(
          [...rows.all('humanLoops')].filter(
            ({ createdAt, goldItemId }) => !goldItemId && isWithin(createdAt, from, to),
          ),
          ({ flowDefinitionId }) => flowDefinitionId,
          (group) => ({ flowDefinitionId: group[0]!.flowDefinitionId, started: group.length }),
        ),
      ),
    answersGiven: (from, to) =>
      read('answersGiven', '', () =>
        sums(
          [...rows.all('answers')].flatMap((answer) => {
            const loop = rows.get('humanLoops', answer.humanLoopId);
            const isKnown = rows.get('workers', answer.workerId) !== undefined;
            return loop && isKnown && isWithin(answer.submittedAt, from, to)
              ? [{ ...answer, flow: loop.flowDefinitionId }]
              : [];
          }),
          ({ workerId, flow }) => `${workerId} ${flow}`,
          (group) => ({
            workerId: group[0]!.workerId,
            flowDefinitionId: group[0]!.flow,
            answers: group.length,
            activeMs: milliseconds(group),
          }),
        ),
      ),
    nextActivity: (from) =>
      read('nextActivity', '', () => {
        const workers = new Set([...rows.all('workers')].map(({ id }) => id));
        const times = [
          ...[...rows.all('humanLoops')].flatMap(({ createdAt, finishedAt }) => [createdAt, finishedAt ?? -1]),
          ...[...rows.all('answers')]
            .filter(({ workerId }) => workers.has(workerId))
            .map(({ submittedAt }) => submittedAt),
        ].filter((at) => at >= from);
        return times.length > 0 ? Math.min(...times) : undefined;
      }),
    waitingTasks: ({ workteamId, after, limit }) =>
      read('waitingTasks', workteamId, () =>
        rows
          .by('tasks', 'workteamId', workteamId)
          .filter((task) => task.status === 'open' && task.slotsFree > 0 && (!after || byCreation(task, after) > 0))
          .sort(byCreation)
          .slice(0, limit)
          .map(({ id, flowDefinitionId, createdAt, availableUntil, answersNeeded, answersDone }) => ({
            id,
            flowDefinitionId,
            createdAt,
            availableUntil,
            needed: answersNeeded - answersDone,
          })),
      ),
    answersOfFlow: ({ flowDefinitionId, after, limit }) =>
      read('answersOfFlow', flowDefinitionId, () => {
        const page = [...rows.all('humanLoops')]
          .filter(
            (row) =>
              row.flowDefinitionId === flowDefinitionId && !row.goldItemId && (!after || byCreation(row, after) < 0),
          )
          .sort((a, b) => byCreation(b, a))
          .slice(0, limit);
        const loops = page.flatMap(({ id, finishedAt }) => {
          const given = finishedAt === null ? [] : rows.by('answers', 'humanLoopId', id);
          const answers = [...given].sort((a, b) => a.sequence - b.sequence);
          return answers.length > 0 ? [{ id, answers }] : [];
        });
        const last = page.at(-1);
        return { loops, next: page.length === limit && last ? { createdAt: last.createdAt, id: last.id } : undefined };
      }),
    openWork: () =>
      read('openWork', '', () =>
        sums(
          [...rows.all('assignments')].flatMap((assignment) => {
            const task = assignment.status === 'open' ? rows.get('tasks', assignment.taskId) : undefined;
            return task && rows.get('workers', assignment.workerId) ? [task.flowDefinitionId] : [];
          }),
          (flow) => flow,
          (group) => ({ flowDefinitionId: group[0]!, held: group.length }),
        ),
      ),
    dueJobs: (now) =>
      read('dueJobs', '', () =>
        sums(
          [...rows.all('jobs')],
          ({ kind }) => kind,
          (group) => ({
            kind: group[0]!.kind,
            due: group.filter(({ dueAt }) => dueAt <= now).length,
            failing: group.filter(({ attempts }) => attempts > 0).length,
          }),
        ),
      ),
    statistic: (id) => read('statistic', id, () => rows.get('statistics', id)),
    statistics: (from, before) =>
      read('statistics', from, () =>
        [...rows.all('statistics')].filter(({ id }) => id >= from && id < before).sort((a, b) => byText(a.id, b.id)),
      ),
    statisticsOf: (ids) =>
      read('statisticsOf', '', () => [...rows.all('statistics')].filter(({ id }) => ids.includes(id))),
  };
}

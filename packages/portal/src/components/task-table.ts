// Tasks as a table on wide screens and as cards on narrow ones: one set of elements, so the roles are written out (a
// table that is laid out as blocks loses its own). Groups of rows that are far from the window are left out, and every row
// says which one it is of all.
import type { TaskSummary } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { duration, exactTime, relativeTime, timeLeft } from '../time.ts';
import { words } from '../words/words.ts';

const columns = (end: string) => {
  const { task, flow, created, timeLimit, answers, status } = words.table;
  return [task, flow, created, end, timeLimit, answers, status];
};
/** One's own tasks end with one's own time, the others with their availability. */
const endOf = (mine: boolean) => (mine ? words.table.timeLeft : words.table.expires);

export interface TaskGroup {
  readonly key: number;
  readonly tasks: readonly TaskSummary[];
  /** The height in which the rows are left out (pixels); undefined where they are drawn. */
  readonly awayHeight: number | undefined;
}

export interface TaskTable {
  groups: readonly TaskGroup[];
  /** How many tasks there are in all, -1 when nobody knows; without it the groups are all. */
  count?: number;
  /** Whether these are the tasks that the worker has accepted. */
  mine: boolean;
  /** The id of the heading that names the table. */
  labelledBy: string;
  now: number;
  /** The task whose button was pressed and not yet answered. */
  busyTask: string | undefined;
  open: (task: TaskSummary) => void;
}

export function taskTable({ groups, count, mine, labelledBy, now, busyTask, open }: TaskTable): TemplateResult {
  // The head is the first row.
  let rowsBefore = 1;
  const numbered = groups.map((group) => {
    const firstRow = rowsBefore + 1;
    rowsBefore += group.tasks.length;
    return { ...group, firstRow };
  });
  const rowCount = count === undefined ? nothing : count < 0 ? -1 : count + 1;
  return html`
  <table class="tasks" role="table" aria-labelledby=${labelledBy} aria-rowcount=${rowCount}>
    <thead role="rowgroup">
      <tr role="row" aria-rowindex=${count === undefined ? nothing : 1}>
        ${columns(endOf(mine)).map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        <th role="columnheader" scope="col"><span class="visually-hidden">${words.table.action}</span></th>
      </tr>
    </thead>
    ${repeat(
      numbered,
      ({ key }) => key,
      ({ key, tasks, awayHeight, firstRow }) =>
        awayHeight === undefined
          ? html`<tbody role="rowgroup" data-page=${key}>
              ${repeat(
                tasks,
                (task) => task.taskId,
                (task, index) =>
                  row(task, count === undefined ? undefined : firstRow + index, now, busyTask === task.taskId, open),
              )}
            </tbody>`
          : html`<tbody class="rows-away" aria-hidden="true" data-page=${key}>
              <tr><td colspan="8" .style=${`height: ${awayHeight}px`}></td></tr>
            </tbody>`,
    )}
  </table>`;
}

function row(
  task: TaskSummary,
  index: number | undefined,
  now: number,
  busy: boolean,
  open: (task: TaskSummary) => void,
): TemplateResult {
  const titleId = `title-${task.taskId}`;
  const mine = task.assignmentId !== undefined;
  return html`<tr role="row" aria-rowindex=${index ?? nothing} data-task=${task.taskId}>
    <td role="cell" class="task-what">
      <span class="task-title" id=${titleId}>${task.title}</span>
      ${task.description === '' ? nothing : html`<span class="task-description">${task.description}</span>`}
      ${keywords(task.keywords)}
    </td>
    ${cell(words.table.flow, html`<span class="wrap">${task.flowDefinitionName}</span>`)}
    ${cell(words.table.created, time(task.createdAt, relativeTime(task.createdAt, now)))}
    ${cell(
      endOf(mine),
      task.deadline === undefined
        ? time(task.expiresAt, relativeTime(task.expiresAt, now))
        : time(task.deadline, timeLeft(task.deadline, now)),
    )}
    ${cell(words.table.timeLimit, duration(task.timeLimitSeconds))}
    ${cell(words.table.answers, html`<span class="nowrap">${words.table.done(task.answersDone, task.answersNeeded)}</span>`)}
    ${cell(words.table.status, html`<span class="status status-${task.status}">${words.table.statuses[task.status]}</span>`)}
    <td role="cell" class="task-action">
      <button
        type="button"
        class="button ${mine ? 'button-primary' : ''}"
        aria-describedby=${titleId}
        aria-disabled=${busy ? 'true' : nothing}
        @click=${() => open(task)}
      >${mine ? words.table.resume : words.table.start}</button>
    </td>
  </tr>`;
}

const cell = (label: string, content: unknown) =>
  html`<td role="cell"><span class="cell-label" aria-hidden="true">${label}</span><span class="cell-value">${content}</span></td>`;

const time = (iso: string, words: string) => html`<time datetime=${iso} title=${exactTime(iso)}>${words}</time>`;

const keywords = (words: readonly string[]) =>
  words.length === 0
    ? nothing
    : html`<span class="keywords">${words.map((word) => html`<span class="keyword">${word}</span>`)}</span>`;

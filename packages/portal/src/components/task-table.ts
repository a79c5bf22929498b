// Tasks as a table on wide screens and as cards on narrow ones: one set of elements, so the roles are written out (a
// table that is laid out as blocks loses its own).
import type { TaskSummary } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { duration, exactTime, relativeTime } from '../time.ts';

const columns = (end: string) => ['Task', 'Flow', 'Created', end, 'Time limit', 'Answers', 'Status'];
/** One's own tasks end with one's own time, the others with their availability. */
const endOf = (mine: boolean) => (mine ? 'Due' : 'Expires');
const statusText = { available: 'Available', working: 'Working', stopped: 'Stopped' } as const;

export interface TaskTable {
  tasks: readonly TaskSummary[];
  /** Whether these are the tasks that the worker has accepted. */
  mine: boolean;
  /** The id of the heading that names the table. */
  labelledBy: string;
  now: number;
  /** The task whose button was pressed and not yet answered. */
  busyTask: string | undefined;
  open: (task: TaskSummary) => void;
}

export const taskTable = ({ tasks, mine, labelledBy, now, busyTask, open }: TaskTable): TemplateResult => html`
  <table class="tasks" role="table" aria-labelledby=${labelledBy}>
    <thead role="rowgroup">
      <tr role="row">
        ${columns(endOf(mine)).map((name) => html`<th role="columnheader" scope="col">${name}</th>`)}
        <th role="columnheader" scope="col"><span class="visually-hidden">Action</span></th>
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${repeat(
        tasks,
        (task) => task.taskId,
        (task) => row(task, now, busyTask === task.taskId, open),
      )}
    </tbody>
  </table>`;

function row(task: TaskSummary, now: number, busy: boolean, open: (task: TaskSummary) => void): TemplateResult {
  const titleId = `title-${task.taskId}`;
  const mine = task.assignmentId !== undefined;
  return html`<tr role="row" data-task=${task.taskId}>
    <td role="cell" class="task-what">
      <span class="task-title" id=${titleId}>${task.title}</span>
      ${task.description === '' ? nothing : html`<span class="task-description">${task.description}</span>`}
      ${keywords(task.keywords)}
    </td>
    ${cell('Flow', html`<span class="wrap">${task.flowDefinitionName}</span>`)}
    ${cell('Created', time(task.createdAt, now))}
    ${cell(endOf(mine), time(task.deadline ?? task.expiresAt, now))}
    ${cell('Time limit', duration(task.timeLimitSeconds))}
    ${cell('Answers', html`<span class="nowrap">${task.answersDone} of ${task.answersNeeded}</span>`)}
    ${cell('Status', html`<span class="status status-${task.status}">${statusText[task.status]}</span>`)}
    <td role="cell" class="task-action">
      <button
        type="button"
        class="button ${mine ? 'button-primary' : ''}"
        aria-describedby=${titleId}
        aria-disabled=${busy ? 'true' : nothing}
        @click=${() => open(task)}
      >${mine ? 'Resume working' : 'Start working'}</button>
    </td>
  </tr>`;
}

const cell = (label: string, content: unknown) =>
  html`<td role="cell"><span class="cell-label" aria-hidden="true">${label}</span><span class="cell-value">${content}</span></td>`;

const time = (iso: string, now: number) =>
  html`<time datetime=${iso} title=${exactTime(iso)}>${relativeTime(iso, now)}</time>`;

const keywords = (words: readonly string[]) =>
  words.length === 0
    ? nothing
    : html`<span class="keywords">${words.map((word) => html`<span class="keyword">${word}</span>`)}</span>`;

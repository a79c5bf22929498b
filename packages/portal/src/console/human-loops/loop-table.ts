// Human loops as a table on wide screens and as cards on narrow ones: one set of elements, so the roles are written out.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { duration, exactTime } from '../english.ts';
import { loopPath, nameIn } from '../names.ts';
import { ago } from '../parts.ts';
import type { Filters, sortings } from './filters.ts';
import type { Loop, LoopGroup } from './loop-list.ts';

export interface LoopTable {
  readonly groups: readonly (LoopGroup & { readonly awayHeight: number | undefined })[];
  readonly filters: Filters;
  readonly chosen: ReadonlySet<string>;
  readonly gone: ReadonlySet<string>;
  readonly now: number;
  readonly choose: (names: readonly string[], isChosen: boolean) => void;
  readonly sort: (by: (typeof sortings)[number]) => void;
}

const columns: readonly (readonly [title: string, sort?: (typeof sortings)[number]])[] = [
  ['Name', 'HumanLoopName'],
  ['Flow definition'],
  ['Status'],
  ['Created', 'CreationTime'],
  ['Ended', 'FinishTime'],
  ['Answers'],
  ['Waiting, or held by'],
  ['Failure'],
];

const statusWords: { readonly [status: string]: string } = { InProgress: 'In progress' };
export const statusBadge = (status: string): TemplateResult =>
  html`<span class="loop-status loop-status-${status.toLowerCase()}">${statusWords[status] ?? status}</span>`;

export function loopTable(table: LoopTable): TemplateResult {
  const names = table.groups.flatMap(({ loops }) => loops.map(({ HumanLoopName }) => HumanLoopName));
  const areAll = names.length > 0 && names.every((name) => table.chosen.has(name));
  const isSome = !areAll && names.some((name) => table.chosen.has(name));
  return html`<table class="loops" role="table" aria-label="Human loops">
    <thead role="rowgroup">
      <tr role="row">
        <th role="columnheader" scope="col"><input type="checkbox" aria-label="All that are shown" .checked=${areAll}
          .indeterminate=${isSome} @change=${(event: Event) => table.choose(names, (event.target as HTMLInputElement).checked)} /></th>
        ${columns.map(([title, sort]) => heading(table, title, sort))}
      </tr>
    </thead>
    ${repeat(
      table.groups,
      ({ key }) => key,
      (group) =>
        group.awayHeight === undefined
          ? html`<tbody role="rowgroup" data-page=${group.key}>${group.loops.map((loop) => row(table, loop))}</tbody>`
          : html`<tbody role="rowgroup" data-page=${group.key} aria-hidden="true"><tr><td colspan="9" .style=${`height: ${group.awayHeight}px`}></td></tr></tbody>`,
    )}
  </table>`;
}

function heading({ filters, sort: choose }: LoopTable, title: string, sort: (typeof sortings)[number] | undefined) {
  if (sort === undefined) return html`<th role="columnheader" scope="col">${title}</th>`;
  const isSorted = (filters.sort || 'CreationTime') === sort;
  const isUp = filters.order === 'Ascending';
  return html`<th role="columnheader" scope="col" aria-sort=${isSorted ? (isUp ? 'ascending' : 'descending') : nothing}>
    <button type="button" class="loop-sort" @click=${() => choose(sort)}>${title}<span aria-hidden="true">${isSorted ? (isUp ? ' ↑' : ' ↓') : ''}</span></button>
  </th>`;
}

function row(table: LoopTable, loop: Loop): TemplateResult {
  const { chosen, gone, now } = table;
  const name = loop.HumanLoopName;
  return html`<tr role="row" data-task=${name} class=${gone.has(name) ? 'loop-gone' : ''}>
    <td role="cell" class="loop-choice"><input type="checkbox" aria-label=${name} .checked=${chosen.has(name)}
      @change=${(event: Event) => table.choose([name], (event.target as HTMLInputElement).checked)} /></td>
    <td role="cell" class="loop-name"><a href=${loopPath(name)}>${name}</a></td>
    <td role="cell" data-column="Flow">${nameIn(loop.FlowDefinitionArn)}</td>
    <td role="cell" data-column="Status">${gone.has(name) ? html`<span class="loop-status">Deleted</span>` : statusBadge(loop.HumanLoopStatus)}</td>
    <td role="cell" data-column="Created">${ago(loop.CreationTime, now)}</td>
    <td role="cell" data-column="Ended">${loop.FinishTime ? ago(loop.FinishTime, now) : html`<span class="muted">–</span>`}</td>
    <td role="cell" data-column="Answers">${loop.AnswersNeeded === undefined ? html`<span class="muted">–</span>` : `${loop.AnswersDone ?? 0} of ${loop.AnswersNeeded}`}</td>
    <td role="cell" data-column="Waiting">${work(loop, now)}</td>
    <td role="cell" data-column="Failure" class="wrap">${
      loop.FailureCode
        ? html`<strong>${loop.FailureCode}</strong> <span class="loop-reason" title=${loop.FailureReason ?? ''}>${loop.FailureReason}</span>`
        : html`<span class="muted">–</span>`
    }</td>
  </tr>`;
}

function work({ WaitingSince, Holders }: Loop, now: number) {
  if (WaitingSince)
    return html`<time datetime=${WaitingSince.toISOString()} title="Since ${exactTime(WaitingSince)}">for ${duration((now - WaitingSince.getTime()) / 1000)}</time>`;
  if (Holders.length === 0) return html`<span class="muted">–</span>`;
  return Holders.map(
    (holder, index) =>
      html`${index > 0 ? ', ' : ''}<span title=${holder.WorkerEmail ?? ''}>${holder.WorkerName ?? 'somebody'}</span>${holder.PutAside ? ' (put aside)' : ''}`,
  );
}

// What the queue says beside its tasks: what comes next and why, what was done today, and why nothing is there.
import type { PortalWorker, QueueResponse, TaskSummary, TaskWish } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { WithoutPart } from '../task-pages.ts';
import { type FilterPart, filterParts, isFiltered } from '../task-wish.ts';
import { duration, relativeTime } from '../time.ts';
import { words } from '../words/words.ts';

export const count = (total: number, isMore = false): string =>
  isMore ? words.queue.tasksOrMore(total) : words.queue.tasks(total);

/** What "Start next" takes, and why that. */
export const whatIsNext = (wish: TaskWish, next: TaskSummary | undefined, now: number) =>
  next === undefined
    ? nothing
    : words.queue.next({
        isFiltered: isFiltered(wish),
        sort: wish.sort ?? 'oldest',
        title: html`<strong>${next.title}</strong>`,
        flow: next.flowDefinitionName,
        when: relativeTime(wish.sort === 'due' ? next.expiresAt : next.createdAt, now),
      });

export function doneToday({ today }: QueueResponse): unknown {
  const { answers, seconds } = today;
  const worked = seconds < 60 ? seconds : Math.round(seconds / 60) * 60;
  return answers === 0
    ? words.queue.noAnswersToday
    : words.queue.today(html`<strong>${words.queue.answers(answers)}</strong>`, duration(worked));
}

/** No task waits at all. */
export function emptyQueue(queue: QueueResponse | undefined, worker: PortalWorker | undefined): TemplateResult {
  return html`<div class="panel empty">
    <p class="empty-title">${words.queue.empty}</p>
    ${queue === undefined ? nothing : queue.workteams.length === 0 ? noTeam(worker) : whatWillCome(queue)}
  </div>`;
}

const noTeam = (worker: PortalWorker | undefined) => html`
  <p class="muted">${words.queue.noTeam(worker && html`<strong>${worker.email}</strong>`)}</p>`;

const whatWillCome = ({ workteams }: QueueResponse) => html`
  <p class="muted">${words.queue.willCome}</p>
  <div class="sources">
    <p>${words.queue.comeFrom}</p>
    <ul>
      ${workteams.map(
        ({ name, flowDefinitions }) => html`<li>
          <strong>${name}</strong>${words.queue.colon}${
            flowDefinitions.length === 0
              ? words.queue.noFlow
              : flowDefinitions.map(
                  (flow, index) =>
                    html`${index > 0 ? '; ' : ''}${flow.title} <span class="muted">(${flow.name})</span>`,
                )
          }
        </li>`,
      )}
    </ul>
  </div>`;

/** No task is left by the filter: says by which parts of it, and what each of them keeps back. */
export function nothingFits(
  wish: TaskWish,
  without: readonly WithoutPart[],
  leaveOut: (part: FilterPart) => void,
): TemplateResult {
  const parts = filterParts.flatMap((part) => (wish[part] === undefined ? [] : [{ part, value: wish[part] }]));
  return html`<div class="panel empty">
    <p class="empty-title">${words.queue.nothingFits(parts.map(({ part, value }) => words.queue.fitting[part](value)))}</p>
    ${
      without.length === 0
        ? nothing
        : html`<div class="row">
          ${without.map(
            ({ part, waiting, isMore }) => html`<button type="button" class="button" @click=${() => leaveOut(part)}>
              ${words.queue.without[part](count(waiting, isMore))}</button>`,
          )}
        </div>`
    }
  </div>`;
}

/** Why there may be more than is shown. */
export const searchedOnly = (wish: TaskWish, searched: number): string =>
  wish.sort === 'due'
    ? words.queue.inOrderAmong(searched)
    : wish.sort === 'newest'
      ? words.queue.newestSearched(searched)
      : words.queue.oldestSearched(searched);

/** What "Start next" says when it finds none. */
export function noneIsNext(wish: TaskWish, searched: number | undefined): string {
  if (!isFiltered(wish)) return words.queue.noneAtTheMoment;
  return searched === undefined ? words.queue.noneFitsAtTheMoment : words.queue.noneOfTheFirst(searched);
}

// What the queue says beside its tasks: what comes next and why, what was done today, and why nothing is there.
import type { PortalWorker, QueueResponse, TaskSummary, TaskWish } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import type { WithoutPart } from '../task-pages.ts';
import { type FilterPart, filterParts, firstIs, isFiltered, partInWords } from '../task-wish.ts';
import { duration, relativeTime } from '../time.ts';

const number = new Intl.NumberFormat();

export const count = (total: number, isMore = false): string =>
  total === 1 && !isMore ? '1 task' : `${number.format(total)} tasks${isMore ? ' or more' : ''}`;

/** What "Start next" takes, and why that. */
export const whatIsNext = (wish: TaskWish, next: TaskSummary | undefined, now: number) =>
  next === undefined
    ? nothing
    : html`Start next takes the task that
        ${isFiltered(wish) ? 'fits your filter and ' : ''}${firstIs[wish.sort ?? 'oldest']}:
        <strong>${next.title}</strong>, of ${next.flowDefinitionName},
        ${
          wish.sort === 'due'
            ? html`which expires ${relativeTime(next.expiresAt, now)}.`
            : html`created ${relativeTime(next.createdAt, now)}.`
        }`;

export function doneToday({ today }: QueueResponse): TemplateResult {
  const { answers, seconds } = today;
  const worked = seconds < 60 ? seconds : Math.round(seconds / 60) * 60;
  return answers === 0
    ? html`No answers yet today.`
    : html`Today: <strong>${number.format(answers)} ${answers === 1 ? 'answer' : 'answers'}</strong>, ${duration(worked)} worked.`;
}

/** No task waits at all. */
export function emptyQueue(queue: QueueResponse | undefined, worker: PortalWorker | undefined): TemplateResult {
  return html`<div class="panel empty">
    <p class="empty-title">No tasks are waiting for you.</p>
    ${queue === undefined ? nothing : queue.workteams.length === 0 ? noTeam(worker) : whatWillCome(queue)}
  </div>`;
}

const noTeam = (worker: PortalWorker | undefined) => html`
  <p class="muted">You are in no team yet, so nothing is sent to you. Ask the person who invited you, or whoever runs this
    portal, to add ${worker === undefined ? 'you' : html`<strong>${worker.email}</strong>`} to a team.
    Its tasks then appear here by themselves.</p>`;

const whatWillCome = ({ workteams }: QueueResponse) => html`
  <p class="muted">New ones appear here by themselves the moment they start. You can leave this page open.</p>
  <div class="sources">
    <p>They come from:</p>
    <ul>
      ${workteams.map(
        ({ name, flowDefinitions }) => html`<li>
          <strong>${name}</strong>:
          ${
            flowDefinitions.length === 0
              ? 'no flow asks this team yet'
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
    <p class="empty-title">No waiting task ${parts.map(({ part, value }) => partInWords(part, value)).join(' and ')}.</p>
    ${
      without.length === 0
        ? nothing
        : html`<div class="row">
          ${without.map(
            ({ part, waiting, isMore }) => html`<button type="button" class="button" @click=${() => leaveOut(part)}>
              Without ${nameOf(part)}: ${count(waiting, isMore)}</button>`,
          )}
        </div>`
    }
  </div>`;
}

const nameOf = (part: FilterPart): string =>
  ({ text: 'the words', flowDefinitionName: 'the flow', keyword: 'the keyword' })[part];

/** Why there may be more than is shown. */
export const searchedOnly = (wish: TaskWish, searched: number): string =>
  wish.sort === 'due'
    ? `These are in order among the ${number.format(searched)} tasks that have waited longest; more are waiting.`
    : `The first ${number.format(searched)} waiting tasks were looked at, ${wish.sort === 'newest' ? 'the newest' : 'the oldest'} first; more are waiting.`;

/** What "Start next" says when it finds none. */
export function noneIsNext(wish: TaskWish, searched: number | undefined): string {
  if (!isFiltered(wish)) return 'No task is waiting for you at the moment.';
  return searched === undefined
    ? 'No task that fits your filter is waiting for you at the moment.'
    : `None of the first ${number.format(searched)} waiting tasks fits your filter.`;
}

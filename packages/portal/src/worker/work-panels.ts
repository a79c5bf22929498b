// What stands in place of a task that cannot be worked on, or no longer.
import type { AssignmentView } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { failurePanel } from '../components/message.ts';
import { continuesByItself, setContinuesByItself } from '../settings.ts';
import { deadlineTime } from '../time.ts';
import type { Ending } from './ending.ts';

const backToList = html`<a class="button button-primary" href="/portal">Back to list</a>`;

/** The server could not be asked. */
export const failedPage = (failure: unknown, again: () => void) => html`<div class="page">
  <h1 tabindex="-1">The task could not be opened</h1>
  ${failurePanel(failure, again)}
  <p><a href="/portal">Back to list</a></p>
</div>`;

/** The worker put the task aside. */
export const stoppedPage = (view: AssignmentView, resume: () => void) => html`<div class="page">
  <section class="panel ending">
    <h1 tabindex="-1">${view.title}</h1>
    <p>You stopped this task. It is yours until ${deadlineTime(view.deadline, Date.now())}.</p>
    <div class="row">
      <button type="button" class="button button-primary" @click=${resume}>Resume working</button>
      <a class="button" href="/portal">Back to list</a>
    </div>
  </section>
</div>`;

/** The turn has ended and nothing of it is left to show. */
export const endedPage = (ending: Ending | undefined, title: string | undefined) => html`<div class="page">
  <section class="panel ending" role="alert">
    <h1 tabindex="-1">${ending?.title}</h1>
    ${title === undefined ? nothing : html`<p class="muted">${title}</p>`}
    <p>${ending?.text}</p>
    <div class="row">${backToList}</div>
  </section>
</div>`;

/** The turn has ended; the frame below keeps what was entered. */
export const endingAboveFrame = (ending: Ending | undefined) => html`<section class="panel ending" role="alert">
  <h2 tabindex="-1">${ending?.title}</h2>
  <p>${ending?.text} What you entered is still below, so that you can copy it.</p>
  <div class="row">${backToList}</div>
</section>`;

/** Whether the next task follows an answer by itself; `changed` is called when the worker has chosen. */
export const continueChoice = (changed?: (on: boolean) => void) => html`<label class="choice">
  <input type="checkbox" .checked=${continuesByItself()} @change=${(event: Event) => {
    const on = (event.target as HTMLInputElement).checked;
    setContinuesByItself(on);
    changed?.(on);
  }} />
  Open the next task by itself
</label>`;

// What stands above the task in work: what it is, how much time is left, and the ways to leave it.
import type { AssignmentView } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import '../components/countdown.ts';
import { keyHint, keyShortcut } from '../components/key-hint.ts';
import { words } from '../words/words.ts';
import type { DraftState } from './draft-keeper.ts';
import { type Leaving, leavingsOf } from './leave-task.ts';
import { draftStatus } from './work-notices.ts';
import { continueChoice } from './work-panels.ts';

export interface WorkHead {
  readonly view: AssignmentView;
  /** Milliseconds that the server's clock is ahead. */
  readonly serverIsAhead: number;
  readonly draftState: DraftState;
  readonly isBusy: boolean;
  readonly leave: (leaving: Leaving) => void;
  readonly extend: () => void;
  readonly timeOver: () => void;
}

export const workHead = ({ view, serverIsAhead, draftState, isBusy, leave, extend, timeOver }: WorkHead) =>
  head(
    view,
    html`${draftStatus(draftState)}${continueChoice()}`,
    html`<holdpoint-countdown .deadline=${view.deadline} .ahead=${serverIsAhead} .extendSeconds=${view.extendSeconds}
        @time-over=${timeOver} @extend=${extend}></holdpoint-countdown>
      <div class="work-actions">
        ${leavingsOf(view).map(
          (leaving) => html`<button type="button" class="button" aria-keyshortcuts=${keyShortcut(leaving.shortcut)}
            aria-disabled=${isBusy ? 'true' : nothing} @click=${() => leave(leaving)}>${leaving.button}${keyHint(leaving.shortcut)}</button>`,
        )}
      </div>`,
  );

/** When the turn is over, there is nothing left to do here. */
export const endedHead = (view: AssignmentView) => head(view, nothing, nothing);

const head = ({ title, description, flowDefinitionName }: AssignmentView, beside: unknown, actions: unknown) =>
  html`<div class="work-head">
    <div class="work-what">
      <h1 tabindex="-1">${title}</h1>
      ${description === '' ? nothing : html`<p class="work-description">${description}</p>`}
      <p class="work-flow"><span class="visually-hidden">${words.work.flow}</span>${flowDefinitionName}${beside}</p>
    </div>
    ${actions}
  </div>`;

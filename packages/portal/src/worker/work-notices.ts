// What is said above a task while it is worked on.
import { html, nothing } from 'lit';
import { classMap } from 'lit/directives/class-map.js';
import { notice } from '../components/message.ts';
import { words } from '../words/words.ts';
import type { DraftState } from './draft-keeper.ts';

export interface WorkNotices {
  /** Cuts the pause before the answer is sent again short; undefined while there is a connection. */
  readonly tryNow: (() => void) | undefined;
  readonly isSending: boolean;
  readonly isSignedOut: boolean;
  readonly draftState: DraftState;
  /** Whether what is in the page was put back into it. */
  readonly restored: 'draft' | 'reopened' | undefined;
  readonly warning: string | undefined;
  readonly trouble: string | undefined;
  readonly startAnew: () => void;
  readonly close: { readonly [what in 'warning' | 'trouble' | 'restored']: () => void };
}

/**
 * A word about the draft, where nobody has to do anything about it. It has room for either from the start: a line that grew longer
 * could become two, and the task below would move under the hand of whoever draws in it.
 */
export const draftStatus = (state: DraftState) => {
  const word = (of: DraftState, text: string) =>
    html`<span class=${classMap({ 'draft-word': true, [of]: true, shown: state === of })}> · ${text}</span>`;
  return html`<span class="draft-status">${word('saving', words.work.keepingDraft)}${word('kept', words.work.draftKept)}</span>`;
};

export const workNotices = (notices: WorkNotices) => html`<div role="status" class="work-notices">
  ${notices.isSending ? sending(notices.tryNow) : draftNotice(notices)}
  ${
    notices.isSignedOut
      ? html`<div class="notice notice-warning">
        <p>${words.work.signedOut}</p>
        <a class="button button-quiet" href="/portal/sign-in" target="_blank">${words.work.signInAgain}</a>
      </div>`
      : nothing
  }
  ${notice(notices.warning, notices.close.warning, 'warning')}
  ${
    notices.trouble === undefined || notices.trouble === ''
      ? nothing
      : notice(words.work.problem(notices.trouble), notices.close.trouble)
  }
</div>`;

const sending = (tryNow: (() => void) | undefined) =>
  tryNow === undefined
    ? html`<p class="visually-hidden">${words.work.sending}</p>`
    : html`<div class="notice notice-warning">
        <p>${words.work.lostSending}</p>
        <button type="button" class="button button-quiet" @click=${tryNow}>${words.work.tryNow}</button>
      </div>`;

function draftNotice({ draftState, isSignedOut, restored, startAnew, close }: WorkNotices) {
  if (draftState === 'waiting' && !isSignedOut)
    return html`<div class="notice notice-warning">
      <p>${words.work.lostDraft}</p>
    </div>`;
  if (draftState === 'refused')
    return html`<div class="notice notice-warning">
      <p>${words.work.draftTooLarge}</p>
    </div>`;
  if (restored === undefined) return nothing;
  const text = restored === 'reopened' ? words.work.reopened : words.work.restored;
  return html`<div class="notice notice-info">
    <p>${text}</p>
    <button type="button" class="button button-quiet" @click=${startAnew}>${words.work.startAnew}</button>
    <button type="button" class="button button-quiet" @click=${close.restored}>${words.common.dismiss}</button>
  </div>`;
}

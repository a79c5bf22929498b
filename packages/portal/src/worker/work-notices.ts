// What is said above a task while it is worked on.
import { html, nothing } from 'lit';
import { notice } from '../components/message.ts';
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
  readonly close: (what: 'warning' | 'trouble' | 'restored') => () => void;
}

const draftTexts: { readonly [State in DraftState]?: string } = {
  saving: 'Keeping your draft…',
  kept: 'Draft kept',
};

/** A word about the draft, where nobody has to do anything about it. */
export const draftStatus = (state: DraftState) => {
  const text = draftTexts[state];
  return text === undefined ? nothing : html`<span class="draft-status"> · ${text}</span>`;
};

export const workNotices = (notices: WorkNotices) => html`<div role="status" class="work-notices">
  ${notices.isSending ? sending(notices.tryNow) : draftNotice(notices)}
  ${
    notices.isSignedOut
      ? html`<div class="notice notice-warning">
        <p>You are signed out. What you entered is still here: sign in again in another tab, then submit.</p>
        <a class="button button-quiet" href="/portal/sign-in" target="_blank">Sign in again</a>
      </div>`
      : nothing
  }
  ${notice(notices.warning, notices.close('warning'), 'warning')}
  ${
    notices.trouble === undefined || notices.trouble === ''
      ? nothing
      : notice(`The page of this task reported a problem: ${notices.trouble}`, notices.close('trouble'))
  }
</div>`;

const sending = (tryNow: (() => void) | undefined) =>
  tryNow === undefined
    ? html`<p class="visually-hidden">Sending your answer…</p>`
    : html`<div class="notice notice-warning">
        <p>Connection lost. Your answer is kept and will be sent again by itself; leave this page open.</p>
        <button type="button" class="button button-quiet" @click=${tryNow}>Try now</button>
      </div>`;

function draftNotice({ draftState, isSignedOut, restored, startAnew, close }: WorkNotices) {
  if (draftState === 'waiting' && !isSignedOut)
    return html`<div class="notice notice-warning">
      <p>Connection lost. Go on: what you enter is kept in this browser and sent when the connection is back.</p>
    </div>`;
  if (draftState === 'refused')
    return html`<div class="notice notice-warning">
      <p>What you enter is too large to be kept as a draft; it is lost when this page is closed before you submit.</p>
    </div>`;
  if (restored === undefined) return nothing;
  const text =
    restored === 'reopened'
      ? 'Your answer was taken back. Change it and submit it again.'
      : 'What you had entered before is back.';
  return html`<div class="notice notice-info">
    <p>${text}</p>
    <button type="button" class="button button-quiet" @click=${startAnew}>Start anew</button>
    <button type="button" class="button button-quiet" @click=${close('restored')}>Dismiss</button>
  </div>`;
}

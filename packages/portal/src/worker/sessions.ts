import type { OwnSession } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { failurePanel, loading, notice } from '../components/message.ts';
import { goTo, signInPath } from '../navigation.ts';
import { identityProvider, PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { exactTime, relativeTime } from '../time.ts';

/** Where the worker is signed in. */
class Sessions extends PageElement {
  #sessions: readonly OwnSession[] | undefined;
  #failure: unknown;
  #said: { text: string; tone: 'info' | 'warning' } | undefined;
  #busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  async #load(): Promise<void> {
    try {
      this.#sessions = (await api.sessions()).sessions;
      this.#failure = undefined;
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath('/portal'), { replace: true });
      this.#failure = error;
    }
    this.requestUpdate();
  }

  async #end(work: () => Promise<object>, done: string): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.requestUpdate();
    try {
      await work();
      this.#said = { text: done, tone: 'info' };
    } catch (error) {
      this.#said = { text: sentenceOf(error), tone: 'warning' };
    }
    this.#busy = false;
    await this.#load();
    // The button that was pressed may be gone, and the focus with it.
    this.querySelector<HTMLElement>('h1')?.focus();
  }

  protected override render() {
    return html`<div class="page">
      <div class="page-head"><h1 tabindex="-1">Your sign-ins</h1><a href="/portal">Back to the tasks</a></div>
      ${identityProvider() === undefined ? html`<p><a href="/portal/security">Passkeys and second factor</a></p>` : nothing}
      <div role="status">${notice(this.#said?.text, () => this.#dismiss(), this.#said?.tone)}</div>
      ${this.#renderContent()}
    </div>`;
  }

  #dismiss(): void {
    this.#said = undefined;
    this.requestUpdate();
  }

  #renderContent() {
    const sessions = this.#sessions;
    if (this.#failure !== undefined) return failurePanel(this.#failure, () => void this.#load());
    if (sessions === undefined) return loading('Looking where you are signed in…');
    const now = Date.now();
    const others = sessions.some(({ isCurrent }) => !isCurrent);
    return html`<p class="muted">A sign-in that you do not know may be somebody else's: end it, and tell the people who run this portal.</p>
      <ul class="sign-ins">
        ${sessions.map((session, index) => this.#renderSession(session, index, now))}
      </ul>
      ${
        others
          ? html`<div class="row"><button type="button" class="button" aria-disabled=${this.#busy ? 'true' : nothing}
              @click=${() => void this.#end(() => api.endOtherSessions(), 'You are signed out everywhere else.')}>
              Sign out everywhere else</button></div>`
          : nothing
      }`;
  }

  #renderSession({ sessionId, signedInAt, lastSeenAt, isCurrent }: OwnSession, index: number, now: number) {
    const id = `sign-in-${index}`;
    return html`<li class="sign-in">
      <div id=${id}>
        <p><strong>Signed in ${exactTime(signedInAt)}</strong></p>
        <p class="muted small">${isCurrent ? 'This browser' : `Used ${relativeTime(lastSeenAt, now)}`}</p>
      </div>
      ${
        isCurrent
          ? nothing
          : html`<button type="button" class="button" aria-describedby=${id} aria-disabled=${this.#busy ? 'true' : nothing}
              @click=${() => void this.#end(() => api.endSession(sessionId), 'That sign-in is ended.')}>End</button>`
      }
    </li>`;
  }
}

customElements.define('holdpoint-sessions', Sessions);

import type { OwnSession } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { loading } from '../components/message.ts';
import { done, OwnPage } from '../own-page.ts';
import { identityProvider } from '../page.ts';
import { exactTime, relativeTime } from '../time.ts';
import { words } from '../words/words.ts';

/** Where the worker is signed in. */
class Sessions extends OwnPage {
  #sessions: readonly OwnSession[] | undefined;

  protected override async load(): Promise<void> {
    this.#sessions = (await api.sessions()).sessions;
  }

  async #end(work: () => Promise<object>, ended: string): Promise<void> {
    await this.act(
      async () => {
        // The list is that of afterwards when it is said what came of it.
        await work().finally(() => this.reload());
        return done(ended);
      },
      // The button that was pressed may be gone, and the focus with it.
      async () => this.querySelector<HTMLElement>('h1')?.focus(),
    );
  }

  protected override render() {
    const back = html`<a href="/portal">${words.common.backToTasks}</a>`;
    return this.page(words.pages.sessions, back, () => this.#renderContent());
  }

  #renderContent() {
    const sessions = this.#sessions;
    const security =
      identityProvider() === undefined ? html`<p><a href="/portal/security">${words.pages.security}</a></p>` : nothing;
    if (sessions === undefined) return html`${security}${loading(words.sessions.loading)}`;
    const now = Date.now();
    const others = sessions.some(({ isCurrent }) => !isCurrent);
    return html`${security}
      <p class="muted">${words.sessions.hint}</p>
      <ul class="sign-ins">
        ${sessions.map((session, index) => this.#renderSession(session, index, now))}
      </ul>
      ${
        others
          ? html`<div class="row"><button type="button" class="button" aria-disabled=${this.isBusy ? 'true' : nothing}
              @click=${() => void this.#end(() => api.endOtherSessions(), words.sessions.endedOthers)}>
              ${words.sessions.endOthers}</button></div>`
          : nothing
      }`;
  }

  #renderSession({ sessionId, signedInAt, lastSeenAt, isCurrent }: OwnSession, index: number, now: number) {
    const id = `sign-in-${index}`;
    return html`<li class="sign-in">
      <div id=${id}>
        <p><strong>${words.sessions.signedIn(exactTime(signedInAt))}</strong></p>
        <p class="muted small">${isCurrent ? words.sessions.thisBrowser : words.sessions.used(relativeTime(lastSeenAt, now))}</p>
      </div>
      ${
        isCurrent
          ? nothing
          : html`<button type="button" class="button" aria-describedby=${id} aria-disabled=${this.isBusy ? 'true' : nothing}
              @click=${() => void this.#end(() => api.endSession(sessionId), words.sessions.ended)}>${words.sessions.end}</button>`
      }
    </li>`;
  }
}

customElements.define('holdpoint-sessions', Sessions);

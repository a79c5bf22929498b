// Says in the pages that new tasks wait, and that the time for a held one is nearly over: once for many, where it is in
// nobody's way. While nobody looks at the page, the number stands in its title.
import type { WaitingResponse } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { onLive } from '../live.ts';
import { onArrival, routeOf, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { chime } from './chime.ts';
import { chosen, notices } from './choices.ts';
import { renewPush } from './push-browser.ts';
import { endingWords, newWords, titleCount } from './words.ts';

/** Milliseconds in which many changes become one question. */
const settle = 1500;
/** The least pause between two things that are said. */
const sayEvery = 10_000;
const shownFor = 12_000;
const hiddenEvery = 60_000;
/** So long before the end of its time a held task is spoken of. */
const warnBefore = 5 * 60_000;

interface Said {
  readonly text: string;
  readonly link?: { readonly href: string; readonly text: string };
}

class Waiting extends PageElement {
  #stops: (() => void)[] = [];
  #asking: ReturnType<typeof setTimeout> | undefined;
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setInterval> | undefined;
  #warning: ReturnType<typeof setTimeout> | undefined;
  /** How many waited when something was last said of it, or when the page was opened. */
  #known: number | undefined;
  #waiting = 0;
  #saidAt = Number.NEGATIVE_INFINITY;
  #warnedOf = '';
  #said: Said | undefined;
  #isOver = false;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
    this.#stops = [
      onLive(() => this.#askSoon()),
      // What the worker has just done, such as giving a task back, is no news.
      onArrival(() => {
        this.#known = undefined;
        this.#dismiss();
        this.#askSoon();
      }),
      () => document.removeEventListener('visibilitychange', this.#look),
    ];
    this.#askSoon();
    void this.#renew();
  }

  override disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    clearTimeout(this.#asking);
    clearTimeout(this.#hiding);
    clearTimeout(this.#warning);
    clearInterval(this.#polling);
    this.#asking = undefined;
    this.#showInTitle(0);
    super.disconnectedCallback();
  }

  async #renew(): Promise<void> {
    try {
      const reply = await notices();
      if (chosen(reply).push) await renewPush(reply.publicKey);
    } catch {
      // Nobody asked for it: the notices' own page says what is wrong.
    }
  }

  #look = (): void => {
    clearInterval(this.#polling);
    this.#polling = undefined;
    if (document.visibilityState === 'visible') this.#showInTitle(0);
    else {
      this.#showInTitle(this.#waiting);
      // Live events end with the sight of the page.
      this.#polling = setInterval(() => void this.#ask(), hiddenEvery);
    }
  };

  #askSoon(): void {
    this.#asking ??= setTimeout(
      () => {
        this.#asking = undefined;
        void this.#ask();
      },
      Math.max(settle, this.#known === undefined ? 0 : this.#saidAt + sayEvery - Date.now()),
    );
  }

  async #ask(): Promise<void> {
    try {
      const choices = chosen(await notices());
      if (!choices.inPage || !this.isConnected) return;
      const reply = await api.waiting();
      if (!this.isConnected) return;
      this.#hear(reply, choices.sound);
    } catch {
      // The page itself says that there is no connection, or that the session is over.
    }
  }

  #hear({ waiting, held, serverTime }: WaitingResponse, sound: boolean): void {
    this.#waiting = waiting;
    const fresh = this.#known === undefined ? 0 : waiting - this.#known;
    if (document.visibilityState === 'hidden') this.#showInTitle(waiting);
    // What nobody sees is not said: whoever comes back is told of all that came.
    else this.#known = waiting;
    if (document.visibilityState === 'visible' && fresh > 0) {
      this.#say({ text: newWords(fresh), link: { href: '/portal', text: 'Go to the tasks' } }, sound);
    }
    this.#watch(held, Date.parse(serverTime) - Date.now(), sound);
  }

  #watch(held: WaitingResponse['held'], serverIsAhead: number, sound: boolean): void {
    clearTimeout(this.#warning);
    if (held === null) return;
    const left = Date.parse(held.deadline) - serverIsAhead - Date.now();
    if (left > warnBefore) {
      this.#warning = setTimeout(() => void this.#ask(), Math.min(left - warnBefore, 2 ** 30));
      return;
    }
    const path = workPath(held.assignmentId);
    const key = `${path} ${held.deadline}`;
    // The task's own page counts down.
    if (left <= 0 || this.#warnedOf === key || location.pathname === path) return;
    this.#warnedOf = key;
    const text = endingWords(Math.max(1, Math.round(left / 60_000)), held.title);
    this.#say({ text, link: { href: path, text: 'Go on with it' } }, sound);
  }

  #say(said: Said, sound: boolean): void {
    this.#said = said;
    this.#saidAt = Date.now();
    this.#isOver = false;
    clearTimeout(this.#hiding);
    this.#hiding = setTimeout(() => this.#hide(), shownFor);
    if (sound) void chime();
    this.requestUpdate();
  }

  /** Not from under a hand: what has the focus or the pointer stays. */
  #hide(): void {
    const isInUse = this.querySelector('.waiting:hover, .waiting:focus-within') !== null;
    if (isInUse && !this.#isOver) {
      this.#hiding = setTimeout(() => this.#hide(), shownFor);
      return;
    }
    this.#said = undefined;
    this.requestUpdate();
  }

  #dismiss(): void {
    this.#isOver = true;
    this.#hide();
  }

  #showInTitle(count: number): void {
    const title = document.title.replace(/^\(\d+\+?\) /, '');
    if (document.title !== titleCount(count) + title) document.title = titleCount(count) + title;
  }

  protected override render() {
    return html`<div role="status">${this.#renderSaid()}</div>`;
  }

  #renderSaid() {
    if (this.#said === undefined) return nothing;
    const { text, link } = this.#said;
    const page = routeOf(new URL(location.href)).page;
    // The list shows new tasks itself: there it is only read out.
    if (page === 'tasks' && link?.href === '/portal') return html`<p class="visually-hidden">${text}</p>`;
    return html`<div class="waiting">
      <p>${text}</p>
      <span class="waiting-ways">
        ${link === undefined ? nothing : html`<a href=${link.href}>${link.text}</a>`}
        <button type="button" class="button button-quiet" @click=${() => this.#dismiss()}>Dismiss</button>
      </span>
    </div>`;
  }
}

customElements.define('holdpoint-waiting', Waiting);

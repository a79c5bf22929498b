// What follows a submit: the next task, by itself after a moment unless the worker has switched that off.
import { html, nothing } from 'lit';
import { keyHint, keyShortcut } from '../components/key-hint.ts';
import { notice } from '../components/message.ts';
import { onShortcut } from '../keys.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { continuesByItself } from '../settings.ts';
import { addressOf, isFiltered, keptWish } from '../task-wish.ts';
import { type NextTask, takeNext } from './look-ahead.ts';
import { continueChoice } from './work-panels.ts';

/** Milliseconds until the next task opens: enough to see that the answer is in, and to stop it. */
const pauseBeforeNext = 1_200;

class Submitted extends PageElement {
  static override properties = { found: {} };
  /** What was looked for already, when it could not be opened. */
  declare found: { readonly ahead: NextTask | undefined; readonly failure?: unknown } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: 'offering' | 'opening' | 'none' = 'offering';
  #warning: string | undefined;
  #stopKey: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stopKey = onShortcut('next', () => void this.#openNext());
    if (this.found === undefined && continuesByItself()) this.#startTimer();
    if (this.found?.failure !== undefined) this.#warning = sentenceOf(this.found.failure);
    else if (this.found !== undefined) this.#state = 'none';
  }

  override disconnectedCallback(): void {
    this.#stopTimer();
    this.#stopKey?.();
    super.disconnectedCallback();
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('.row .button')?.focus();
  }

  #startTimer(): void {
    this.#timer = setTimeout(() => void this.#openNext(), pauseBeforeNext);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #openNext(): Promise<void> {
    if (this.#state === 'opening') return;
    this.#stopTimer();
    this.#state = 'opening';
    this.#warning = undefined;
    this.requestUpdate();
    try {
      const taken = await takeNext(this.found?.ahead);
      if (!this.isConnected) return;
      if (taken !== undefined) return goTo(workPath(taken.assignmentId), { replace: true, continued: true });
      this.#state = 'none';
    } catch (error) {
      if (codeOf(error) === 'signed-out') return goTo(signInPath('/portal'), { replace: true });
      this.#state = 'offering';
      this.#warning = sentenceOf(error);
    }
    this.requestUpdate();
    await this.updateComplete;
    if (this.#state === 'none') this.querySelector<HTMLElement>('.button')?.focus();
  }

  #choose(on: boolean): void {
    this.#stopTimer();
    if (on && this.#state === 'offering') this.#startTimer();
    this.requestUpdate();
  }

  protected override render() {
    const none = this.#state === 'none';
    return html`<section class="panel ending">
      <h1 tabindex="-1"><span class="tick" aria-hidden="true"></span>Submitted</h1>
      <p role="status">${this.#sentence()}</p>
      ${notice(
        this.#warning,
        () => {
          this.#warning = undefined;
          this.requestUpdate();
        },
        'warning',
      )}
      <div class="row">
        ${
          none
            ? nothing
            : html`<button type="button" class="button button-primary" aria-keyshortcuts=${keyShortcut('next')} aria-disabled=${this.#state === 'opening' ? 'true' : nothing}
              @click=${this.#openNext}>Next task${keyHint('next')}</button>`
        }
        <a class="button" href=${addressOf(keptWish())} @click=${this.#stopTimer}>Back to list</a>
      </div>
      ${continueChoice((on) => this.#choose(on))}
    </section>`;
  }

  #sentence(): string {
    if (this.#state === 'none' && isFiltered(keptWish()))
      return 'Your answer is in. No more tasks that fit the filter of your list are waiting.';
    if (this.#state === 'none') return 'Your answer is in. No more tasks are waiting; new ones appear in the list.';
    if (this.#state === 'opening' || this.#timer !== undefined) return 'Your answer is in. Opening the next task…';
    return 'Your answer is in.';
  }
}

customElements.define('holdpoint-submitted', Submitted);

// What follows a submit: the next task, by itself after a moment unless the worker has switched that off.
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { notice } from '../components/message.ts';
import { goTo, signInPath, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { codeOf, sentenceOf } from '../portal-error.ts';
import { continuesByItself, setContinuesByItself } from '../settings.ts';
import { addressOf, isFiltered, keptWish } from '../task-wish.ts';
import { words } from '../words/words.ts';

/** Milliseconds until the next task opens: enough to see that the answer is in, and to stop it. */
const pauseBeforeNext = 1_200;

class Submitted extends PageElement {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: 'offering' | 'opening' | 'none' = 'offering';
  #warning: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (continuesByItself()) this.#startTimer();
  }

  override disconnectedCallback(): void {
    this.#stopTimer();
    super.disconnectedCallback();
  }

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('.button-primary')?.focus();
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
      const { assignmentId } = await api.nextTask(keptWish());
      if (!this.isConnected) return;
      if (assignmentId !== null) return goTo(workPath(assignmentId), { replace: true, continued: true });
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

  #choose(event: Event): void {
    const on = (event.target as HTMLInputElement).checked;
    setContinuesByItself(on);
    this.#stopTimer();
    if (on && this.#state === 'offering') this.#startTimer();
    this.requestUpdate();
  }

  protected override render() {
    const none = this.#state === 'none';
    return html`<section class="panel ending">
      <h1 tabindex="-1"><span class="tick" aria-hidden="true"></span>${words.submitted.heading}</h1>
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
            : html`<button type="button" class="button button-primary" aria-disabled=${this.#state === 'opening' ? 'true' : nothing}
              @click=${this.#openNext}>${words.submitted.next}</button>`
        }
        <a class="button" href=${addressOf(keptWish())} @click=${this.#stopTimer}>${words.common.backToList}</a>
      </div>
      <label class="choice">
        <input type="checkbox" .checked=${continuesByItself()} @change=${this.#choose} />
        ${words.submitted.byItself}
      </label>
    </section>`;
  }

  #sentence(): string {
    if (this.#state === 'none' && isFiltered(keptWish()))
      return words.submitted.inNoneFits;
    if (this.#state === 'none') return words.submitted.inNone;
    if (this.#state === 'opening' || this.#timer !== undefined) return words.submitted.inOpening;
    return words.submitted.in;
  }
}

customElements.define('holdpoint-submitted', Submitted);

// The bar with which an answer is taken back, in the header of whichever page is shown, for as long as that can be done: there
// it covers nothing. Why it cannot be taken back is said there too.
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { onShortcut } from '../keys.ts';
import { goTo, onArrival, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { sentenceOf } from '../portal-error.ts';
import { onUndoable, submitted, undoable, withdrawUndo } from '../undo.ts';
import { words } from '../words/words.ts';
import { keyHint, keyShortcut } from './key-hint.ts';

/** Milliseconds for which a refusal is said: time to read a sentence, on the page on which it was asked for. */
const refusalSaidFor = 8_000;

class UndoBar extends PageElement {
  #stops: (() => void)[] = [];
  #isAsking = false;
  #refusal: string | undefined;
  #refusalEnds: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const timer = setInterval(() => submitted() && this.requestUpdate(), 500);
    this.#stops = [
      onUndoable(() => this.#refuse(undefined)),
      onArrival(() => this.#refuse(undefined)),
      onShortcut('undo', () => void this.#undo()),
      () => clearInterval(timer),
      () => clearTimeout(this.#refusalEnds),
    ];
  }

  override disconnectedCallback(): void {
    for (const stop of this.#stops) stop();
    super.disconnectedCallback();
  }

  async #undo(): Promise<void> {
    const answer = undoable();
    if (answer === undefined || this.#isAsking) return;
    this.#isAsking = true;
    this.requestUpdate();
    try {
      await api.undo(answer.assignmentId);
      withdrawUndo();
      goTo(workPath(answer.assignmentId), { reopened: true });
    } catch (error) {
      withdrawUndo();
      this.#refuse(sentenceOf(error));
    }
    this.#isAsking = false;
    this.requestUpdate();
  }

  #refuse(refusal: string | undefined): void {
    clearTimeout(this.#refusalEnds);
    this.#refusal = refusal;
    if (refusal !== undefined) this.#refusalEnds = setTimeout(() => this.#refuse(undefined), refusalSaidFor);
    this.requestUpdate();
  }

  protected override render() {
    return html`<div role="status">${this.#renderBar()}</div>`;
  }

  #renderBar() {
    if (this.#refusal !== undefined) return html`<div class="undo undo-refusal"><p>${this.#refusal}</p></div>`;
    const answer = submitted();
    if (answer === undefined) return nothing;
    if (answer.isFinal) return html`<div class="undo"><p>${words.undo.submitted(answer.title)}</p></div>`;
    const seconds = Math.ceil((answer.until - Date.now()) / 1000);
    return html`<div class="undo">
      <p>${words.undo.submitted(answer.title)}</p>
      <button type="button" class="button button-small" aria-keyshortcuts=${keyShortcut('undo')} aria-disabled=${this.#isAsking ? 'true' : nothing}
        @click=${() => void this.#undo()}>${words.undo.undo}${keyHint('undo')}</button>
      <span class="undo-left" aria-hidden="true">${words.undo.seconds(seconds)}</span>
    </div>`;
  }
}

customElements.define('holdpoint-undo-bar', UndoBar);

// The bar with which an answer is taken back, over the header of whichever page is shown, for as long as that can be done:
// there it is in nobody's way, and nothing moves when it comes and goes.
import { html, nothing } from 'lit';
import { api } from '../api.ts';
import { onShortcut } from '../keys.ts';
import { goTo, workPath } from '../navigation.ts';
import { PageElement } from '../page.ts';
import { sentenceOf } from '../portal-error.ts';
import { onUndoable, submitted, undoable, withdrawUndo } from '../undo.ts';
import { keyHint, keyShortcut } from './key-hint.ts';

class UndoBar extends PageElement {
  #stop: (() => void) | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;
  #stopKey: (() => void) | undefined;
  #isAsking = false;
  #failure: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stop = onUndoable(() => {
      this.#failure = undefined;
      this.requestUpdate();
    });
    this.#timer = setInterval(() => submitted() && this.requestUpdate(), 500);
    this.#stopKey = onShortcut('undo', () => void this.#undo());
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    clearInterval(this.#timer);
    this.#stopKey?.();
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
      this.#failure = sentenceOf(error);
    }
    this.#isAsking = false;
    this.requestUpdate();
  }

  #dismiss(): void {
    this.#failure = undefined;
    this.requestUpdate();
  }

  protected override render() {
    return html`<div role="status">${this.#renderBar()}</div>`;
  }

  #renderBar() {
    const answer = submitted();
    if (answer === undefined && this.#failure === undefined) return nothing;
    if (answer === undefined)
      return html`<div class="undo">
        <p>${this.#failure}</p>
        <button type="button" class="button button-quiet" @click=${this.#dismiss}>Dismiss</button>
      </div>`;
    if (answer.isFinal) return html`<div class="undo"><p>Submitted “${answer.title}”.</p></div>`;
    const seconds = Math.ceil((answer.until - Date.now()) / 1000);
    return html`<div class="undo">
      <p>Submitted “${answer.title}”.</p>
      <button type="button" class="button button-small" aria-keyshortcuts=${keyShortcut('undo')} aria-disabled=${this.#isAsking ? 'true' : nothing}
        @click=${() => void this.#undo()}>Undo${keyHint('undo')}</button>
      <span class="undo-left" aria-hidden="true">${seconds} s</span>
    </div>`;
  }
}

customElements.define('holdpoint-undo-bar', UndoBar);

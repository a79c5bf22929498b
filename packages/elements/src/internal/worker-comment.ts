// A comment that a worker may add to a choice: a link below the categories, and a dialog with the template's guidance.
import { html, nothing } from 'lit';
import { openDialog, renderDialog } from './dialog.ts';
import { pictureMessages as words } from './picture-messages.ts';
import type { Regions } from './regions.ts';

interface Host {
  shadowRoot(): ShadowRoot | null;
  requestUpdate(): void;
  /** The worker has changed the comment. */
  commented(): void;
}

const region = 'worker-comment';

export class WorkerComment {
  readonly #host: Host;
  readonly #regions: Regions;
  #text = '';

  constructor(host: Host, regions: Regions) {
    this.#host = host;
    this.#regions = regions;
  }

  /** What it adds to the answer: nothing when nothing was written. */
  get answer(): { workerComment?: string } {
    return this.#text.trim() === '' ? {} : { workerComment: this.#text };
  }

  /** As it was written. */
  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.#host.requestUpdate();
  }

  clear(): void {
    this.text = '';
  }

  /** Nothing where the template has no such region. */
  render(isDisabled: boolean): unknown {
    const [guidance] = this.#regions.all(region);
    if (!guidance) return nothing;
    const link = guidance.getAttribute('link-text') || words.comment;
    const title = guidance.getAttribute('header') || words.comment;
    const body = html`
      <slot name=${region}></slot>
      <textarea class="comment" rows="5" aria-label=${title} placeholder=${guidance.getAttribute('placeholder') || nothing}
        .value=${this.#text} ?disabled=${isDisabled} @input=${this.#onInput} @change=${stop}></textarea>
      <form method="dialog"><button class="toggle done" type="submit">${words.done}</button></form>
    `;
    return html`
      <div class="comment-link">
        <button class="link" type="button" aria-haspopup="dialog" ?disabled=${isDisabled}
          @click=${this.#open}>${link}</button>
        ${this.#text.trim() === '' ? nothing : html`<p class="comment-text" aria-label=${words.yourComment}>${this.#text}</p>`}
      </div>
      ${renderDialog({ id: 'comment', title, body })}
    `;
  }

  /** By hand: a framed page complains of `autofocus` in a dialog that is closed. */
  readonly #open = (): void => {
    const root = this.#host.shadowRoot();
    openDialog(root, 'comment');
    root?.querySelector<HTMLElement>('.comment')?.focus();
  };

  /** Kept as it is typed: closing the dialog in whatever way loses nothing. */
  readonly #onInput = (event: Event): void => {
    stop(event);
    this.#text = (event.currentTarget as HTMLTextAreaElement).value;
    this.#host.commented();
  };
}

const stop = (event: Event): void => event.stopPropagation();

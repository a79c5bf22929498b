// The sandboxed frame with the task's page, and the messages between the two.
import { type Draft, isDraft, type PageMessage } from '@holdpoint/protocol';
import { html } from 'lit';
import { frameDisplay, onDisplay } from '../display/present-display.ts';
import { PageElement } from '../page.ts';
import { words } from '../words/words.ts';

/**
 * What the frame tells: `answer` with the answer content, `draft` when what was entered has changed, `ready`, `trouble` with a
 * message, `lost` when its page is not ours.
 */
export type FrameEvent =
  | { kind: 'answer'; answerContent: unknown }
  | { kind: 'draft'; draft: Draft }
  | { kind: 'ready' }
  | { kind: 'trouble'; message: string }
  | { kind: 'lost' };

/** A page that was loaded but did not say so within this time (milliseconds) is not a task page: an error page, say. */
const readyWithin = 3_000;

/** Fires `frame` (CustomEvent of FrameEvent). */
export class TaskFrame extends PageElement {
  static override properties = { src: { noAccessor: true } };
  #src = 'about:blank';
  #readyBeforeLoad = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last one, so that a frame that loads itself anew gets it back. */
  #draft: Draft | null = null;
  #isReadOnly = false;
  readonly #key = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
  #wasReady = false;
  #stopDisplay: (() => void) | undefined;
  /** Its page looks at it when it begins; what changes later is told. */
  readonly #name = JSON.stringify(frameDisplay());

  /** The address of the task's page. */
  get src(): string {
    return this.#src;
  }
  set src(src: string) {
    if (src === this.#src) return;
    // The draft is that of another page, unless it was given ahead of the first one.
    if (this.#src !== 'about:blank') [this.#draft, this.#isReadOnly] = [null, false];
    this.#wasReady = false;
    this.#src = src;
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('message', this.#receive);
    this.#stopDisplay = onDisplay(() => this.#post({ holdpoint: 'display', display: frameDisplay() }));
  }

  override disconnectedCallback(): void {
    window.removeEventListener('message', this.#receive);
    this.#stopDisplay?.();
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  /** Tells the form that its answer is saved. */
  accepted(): void {
    this.#post({ holdpoint: 'accepted' });
  }

  /** Gives the form back to the worker with the reason. */
  rejected(message: string): void {
    this.#post({ holdpoint: 'rejected', message });
  }

  /**
   * Puts a draft back into the page as soon as that is ready; null for none. A page that is `readOnly` shows it and takes no
   * input: then neither drafts nor answers come of it. May be called before or after `ready`, for a new page after `src` was set.
   */
  restore(draft: Draft | null, { readOnly = false }: { readOnly?: boolean } = {}): void {
    this.#draft = draft;
    this.#isReadOnly = readOnly;
    if (this.#wasReady) this.#putBack();
  }

  #putBack(): void {
    this.#post({ holdpoint: 'restore', draft: this.#draft, key: this.#key, readOnly: this.#isReadOnly });
  }

  /** Puts the keyboard into the task. */
  enter(): void {
    this.#frame()?.focus();
  }

  #frame(): HTMLIFrameElement | null {
    return this.querySelector('iframe');
  }

  /** The frame's origin is opaque, so `*` is the only target that reaches it. */
  #post(message: PageMessage): void {
    this.#frame()?.contentWindow?.postMessage(message, '*');
  }

  #receive = (event: MessageEvent): void => {
    const frame = this.#frame()?.contentWindow;
    if (!frame || typeof event.data !== 'object' || event.data === null) return;
    const { holdpoint, answerContent, draft, key, message } = event.data as Record<string, unknown>;
    // The last draft of a page that goes away has no source.
    const isKnown = event.source === frame || event.source === null;
    if (holdpoint === 'draft' && isKnown && key === this.#key && !this.#isReadOnly && isDraft(draft)) this.#keep(draft);
    if (event.source !== frame) return;
    if (holdpoint === 'ready') this.#isReady();
    if (holdpoint === 'answer' && !this.#isReadOnly) this.#tell({ kind: 'answer', answerContent });
    if (holdpoint === 'error') this.#tell({ kind: 'trouble', message: String(message ?? '') });
  };

  #keep(draft: Draft): void {
    this.#draft = draft;
    this.#tell({ kind: 'draft', draft });
  }

  #tell(detail: FrameEvent): void {
    this.dispatchEvent(new CustomEvent<FrameEvent>('frame', { detail }));
  }

  /** Every load wants a `ready`, which may come just before or just after it. */
  #loaded(): void {
    if (!this.#readyBeforeLoad) this.#timer = setTimeout(() => this.#tell({ kind: 'lost' }), readyWithin);
    this.#readyBeforeLoad = false;
  }

  #isReady(): void {
    if (this.#timer === undefined) this.#readyBeforeLoad = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#tell({ kind: 'ready' });
    this.#wasReady = true;
    // A page that loads itself anew looks at the name again.
    if (JSON.stringify(frameDisplay()) !== this.#name) this.#post({ holdpoint: 'display', display: frameDisplay() });
    this.#putBack();
  }

  protected override render() {
    return html`<iframe
      class="task-frame"
      title=${words.work.task}
      name=${this.#name}
      sandbox="allow-scripts allow-forms allow-modals allow-popups allow-downloads"
      src=${this.src}
      @load=${() => this.#loaded()}
    ></iframe>`;
  }
}

customElements.define('holdpoint-task-frame', TaskFrame);

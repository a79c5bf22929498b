// The sandboxed frame with the task's page, and the messages between the two.
import { html } from 'lit';
import { PageElement } from '../page.ts';

/** What the frame tells: `answer` with the answer content, `ready`, `trouble` with a message, `lost` when its page is not ours. */
export type FrameEvent =
  | { kind: 'answer'; answerContent: unknown }
  | { kind: 'ready' }
  | { kind: 'trouble'; message: string }
  | { kind: 'lost' };

/** A page that was loaded but did not say so within this time (milliseconds) is not a task page: an error page, say. */
const readyWithin = 3_000;

/** Fires `frame` (CustomEvent of FrameEvent). */
export class TaskFrame extends PageElement {
  static override properties = { src: {} };
  declare src: string;
  #readyBeforeLoad = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.src = 'about:blank';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('message', this.#receive);
  }

  override disconnectedCallback(): void {
    window.removeEventListener('message', this.#receive);
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

  /** Puts the keyboard into the task. */
  enter(): void {
    this.#frame()?.focus();
  }

  #frame(): HTMLIFrameElement | null {
    return this.querySelector('iframe');
  }

  /** The frame's origin is opaque, so `*` is the only target that reaches it. */
  #post(message: object): void {
    this.#frame()?.contentWindow?.postMessage(message, '*');
  }

  #receive = (event: MessageEvent): void => {
    const frame = this.#frame()?.contentWindow;
    if (!frame || event.source !== frame || typeof event.data !== 'object' || event.data === null) return;
    const { holdpoint, answerContent, message } = event.data as Record<string, unknown>;
    if (holdpoint === 'ready') this.#isReady();
    if (holdpoint === 'answer') this.#tell({ kind: 'answer', answerContent });
    if (holdpoint === 'error') this.#tell({ kind: 'trouble', message: String(message ?? '') });
  };

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
  }

  protected override render() {
    return html`<iframe
      class="task-frame"
      title="Task"
      sandbox="allow-scripts allow-forms allow-modals allow-popups allow-downloads"
      src=${this.src}
      @load=${() => this.#loaded()}
    ></iframe>`;
  }
}

customElements.define('holdpoint-task-frame', TaskFrame);

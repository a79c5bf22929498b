// The sandboxed frame with the task's page, and the messages between the two.
import { type Draft, frameAheadName, isDraft, type PageMessage, type TaskKey } from '@holdpoint/protocol';
import { html, nothing } from 'lit';
import { PageElement } from '../page.ts';

/**
 * What the frame tells: `answer` with the answer content, `draft` when what was entered has changed, `ready`, `trouble` with a
 * message, `lost` when its page is not ours, or when it was loaded ahead and wants what only a task in work can have.
 */
export type FrameEvent =
  | { kind: 'answer'; answerContent: unknown }
  | { kind: 'draft'; draft: Draft }
  | { kind: 'ready' }
  | { kind: 'trouble'; message: string }
  | { kind: 'lost' };

/** A page that was loaded but did not say so within this time (milliseconds) is not a task page: an error page, say. */
const readyWithin = 3_000;
/** Milliseconds for which the list of keys waits for those of the task. */
const keysWithin = 300;
const mostKeys = 40;

/** The page is somebody else's: whatever it says is looked at. */
const taskKeysIn = (keys: unknown): readonly TaskKey[] =>
  (Array.isArray(keys) ? keys.slice(0, mostKeys) : []).flatMap((entry: Partial<TaskKey> | null) =>
    typeof entry?.keys === 'string' && typeof entry.does === 'string'
      ? [{ keys: entry.keys.slice(0, 40), does: entry.does.slice(0, 80) }]
      : [],
  );

/**
 * Fires `frame` (CustomEvent of FrameEvent).
 *
 * While it is `ahead`, its task is not taken yet: the page is loaded and drawn, but nobody sees, hears or reaches it, nothing
 * is put into it and nothing comes out of it. The element must not be moved then: that would load the page anew.
 */
export class TaskFrame extends PageElement {
  static override properties = { src: { noAccessor: true }, ahead: { type: Boolean, reflect: true } };
  declare ahead: boolean;
  #src = 'about:blank';
  #readyBeforeLoad = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The last one, so that a frame that loads itself anew gets it back. */
  #draft: Draft | null = null;
  #isReadOnly = false;
  readonly #key = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
  #wasReady = false;
  #keysAsked: ((keys: readonly TaskKey[]) => void) | undefined;
  /** What a page that was loaded ahead has complained about; said when it is shown. */
  #troubles: string[] = [];

  constructor() {
    super();
    this.ahead = false;
  }

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

  /**
   * Puts a draft back into the page as soon as that is ready; null for none. A page that is `readOnly` shows it and takes no
   * input: then neither drafts nor answers come of it. May be called before or after `ready`, for a new page after `src` was set.
   */
  restore(draft: Draft | null, { readOnly = false }: { readOnly?: boolean } = {}): void {
    this.#draft = draft;
    this.#isReadOnly = readOnly;
    for (const message of this.#troubles.splice(0)) this.#tell({ kind: 'trouble', message });
    if (this.#wasReady) this.#putBack();
  }

  #putBack(): void {
    this.#post({ holdpoint: 'restore', draft: this.#draft, key: this.#key, readOnly: this.#isReadOnly });
  }

  /** The keys that work inside the task, as far as its page tells; none when it does not answer soon. */
  keys(): Promise<readonly TaskKey[]> {
    const { promise, resolve } = Promise.withResolvers<readonly TaskKey[]>();
    this.#keysAsked = resolve;
    setTimeout(() => resolve([]), keysWithin);
    this.#post({ holdpoint: 'keys' });
    return promise;
  }

  /** Puts the keyboard into the task. */
  async enter(): Promise<void> {
    await this.updateComplete;
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
    const { holdpoint, answerContent, draft, key, keys, message } = event.data as Record<string, unknown>;
    // The last draft of a page that goes away has no source.
    const isKnown = event.source === frame || event.source === null;
    if (holdpoint === 'draft' && isKnown && key === this.#key && !this.#isReadOnly && isDraft(draft)) this.#keep(draft);
    if (event.source !== frame) return;
    if (holdpoint === 'ready') this.#isReady();
    if (this.ahead) {
      this.#hearAhead(holdpoint, message);
      return;
    }
    if (holdpoint === 'keys') this.#keysAsked?.(taskKeysIn(keys));
    if (holdpoint === 'answer' && !this.#isReadOnly) this.#tell({ kind: 'answer', answerContent });
    if (holdpoint === 'error') this.#tell({ kind: 'trouble', message: String(message ?? '') });
  };

  #hearAhead(kind: unknown, message: unknown): void {
    if (kind === 'error') this.#troubles.push(String(message ?? ''));
    if (kind === 'answer' || kind === 'unready') this.#tell({ kind: 'lost' });
  }

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
    if (!this.ahead) this.#putBack();
  }

  protected override render() {
    return html`<iframe
      class="task-frame"
      title=${this.ahead ? 'Next task' : 'Task'}
      name=${this.ahead ? frameAheadName : nothing}
      ?inert=${this.ahead}
      aria-hidden=${this.ahead ? 'true' : nothing}
      tabindex=${this.ahead ? '-1' : nothing}
      sandbox="allow-scripts allow-forms allow-modals allow-popups allow-downloads"
      src=${this.src}
      @load=${() => this.#loaded()}
    ></iframe>`;
  }
}

customElements.define('holdpoint-task-frame', TaskFrame);

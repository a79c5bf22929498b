// The frame of a template's page, as workers get it: the same document in the same sandbox under the same policy. A new page is
// made ready behind the present one and takes its place with what was entered there, so that writing makes nothing flicker.
import { type Draft, isDraft, type PageMessage } from '@holdpoint/protocol';

/** What the frame tells: the answer of its Submit, or an error of a script in it. */
export type PreviewEvent = { kind: 'answer'; answerContent: unknown } | { kind: 'trouble'; message: string };

export interface PreviewPage {
  readonly page: string;
  readonly policy: string;
}

interface Leaf {
  readonly frame: HTMLIFrameElement;
  readonly key: string;
  draft: Draft | null;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** A page that was not ready by then (milliseconds) is shown as it is. */
const readyWithin = 4_000;

/** Fires `preview` (CustomEvent of PreviewEvent). */
export class PreviewFrame extends HTMLElement {
  #shown: Leaf | undefined;
  #coming: (Leaf & PreviewPage) | undefined;

  connectedCallback(): void {
    window.addEventListener('message', this.#receive);
  }

  disconnectedCallback(): void {
    window.removeEventListener('message', this.#receive);
    this.clear();
  }

  /** Shows a page; what was entered in the one before is put into it unless it is to begin anew. */
  show(page: PreviewPage, { anew = false }: { anew?: boolean } = {}): void {
    this.#drop(this.#coming);
    if (anew && this.#shown) this.#shown.draft = null;
    const frame = document.createElement('iframe');
    frame.className = 'preview-frame preview-coming';
    frame.setAttribute('sandbox', 'allow-scripts allow-forms allow-modals allow-popups allow-downloads');
    frame.setAttribute('aria-hidden', 'true');
    frame.tabIndex = -1;
    const key = [...crypto.getRandomValues(new Uint32Array(4))].join('-');
    const timer = setTimeout(() => this.#turn(), readyWithin);
    this.#coming = { ...page, frame, key, draft: this.#shown?.draft ?? null, timer };
    frame.src = `/portal/preview?${new URLSearchParams(bucketsIn(page.policy).map((bucket) => ['bucket', bucket]))}`;
    this.append(frame);
  }

  /** Takes away what is shown. */
  clear(): void {
    this.#drop(this.#coming);
    this.#drop(this.#shown);
    this.#coming = undefined;
    this.#shown = undefined;
  }

  /** Tells the form that its answer was taken, as the portal does. */
  accepted(): void {
    this.#post(this.#shown, { holdpoint: 'accepted' });
  }

  #drop(leaf: Leaf | undefined): void {
    clearTimeout(leaf?.timer);
    leaf?.frame.remove();
  }

  /** The frame's origin is opaque, so `*` is the only target that reaches it. */
  #post(leaf: Leaf | undefined, message: PageMessage | { readonly page: string }): void {
    leaf?.frame.contentWindow?.postMessage(message, '*');
  }

  #receive = (event: MessageEvent): void => {
    const leaf = [this.#coming, this.#shown].find((one) => one && one.frame.contentWindow === event.source);
    if (!leaf || typeof event.data !== 'object' || event.data === null) return;
    const { holdpoint, answerContent, draft, key, message } = event.data as Record<string, unknown>;
    if (holdpoint === 'empty' && leaf === this.#coming) this.#post(leaf, { page: this.#coming.page });
    if (holdpoint === 'ready') this.#isReady(leaf);
    if (holdpoint === 'draft' && key === leaf.key && isDraft(draft)) leaf.draft = draft;
    if (holdpoint === 'error') this.#tell({ kind: 'trouble', message: String(message ?? '') });
    if (holdpoint === 'answer' && leaf === this.#shown) this.#tell({ kind: 'answer', answerContent });
  };

  #tell(detail: PreviewEvent): void {
    this.dispatchEvent(new CustomEvent<PreviewEvent>('preview', { detail }));
  }

  #isReady(leaf: Leaf): void {
    const draft = leaf === this.#coming ? (this.#shown?.draft ?? leaf.draft) : leaf.draft;
    leaf.draft = draft;
    this.#post(leaf, { holdpoint: 'restore', draft, key: leaf.key });
    if (leaf === this.#coming) this.#turn();
  }

  /** The page that is coming takes the place of the one that is there. */
  #turn(): void {
    const leaf = this.#coming;
    if (!leaf) return;
    this.#drop(this.#shown);
    clearTimeout(leaf.timer);
    leaf.frame.classList.remove('preview-coming');
    leaf.frame.removeAttribute('aria-hidden');
    leaf.frame.removeAttribute('tabindex');
    leaf.frame.title = 'Task';
    this.#shown = leaf;
    this.#coming = undefined;
  }
}

/** The buckets that a page may read from, as its policy names them. */
function bucketsIn(policy: string): string[] {
  const sources = /(?:^|; )connect-src ([^;]*)/.exec(policy)?.[1]?.split(' ') ?? [];
  return sources.flatMap((source) => {
    if (!source.startsWith(`${location.origin}/`)) return [];
    const bucket = source.slice(location.origin.length + 1).replace(/\/$/, '');
    return bucket === 'assets' ? [] : [bucket];
  });
}

customElements.define('holdpoint-preview-frame', PreviewFrame);

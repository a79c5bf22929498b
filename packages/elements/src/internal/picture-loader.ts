// The loading of a picture, of classifiers and of tools alike: its own pixels whatever its EXIF data say, and what a worker can
// be told, and can do, when it does not come.
import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { ref } from 'lit/directives/ref.js';
import { loadingMessages as words } from './loading-messages.ts';
import { type Size, storedSize } from './stored-size.ts';

interface Host {
  requestUpdate(): void;
}

/** Milliseconds until the worker is told that the image takes long. */
const patience = 10_000;
/** Milliseconds until a request that was given up is gone. */
const breath = 50;

type State =
  | { readonly name: 'none' }
  | { readonly name: 'loading'; readonly isSlow: boolean }
  | { readonly name: 'loaded'; readonly size: Size }
  | { readonly name: 'failed'; readonly reason: string };

export class PictureLoader {
  readonly #host: Host;
  readonly #onLoaded: () => void;
  #src = '';
  #state: State = { name: 'none' };
  /** Each has an image element of its own. */
  #attempt = 0;
  #image: HTMLImageElement | undefined;
  #isHeld = false;
  #isAnonymous = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLoaded is called when an image is there, before the host renders it */
  constructor(host: Host, onLoaded: () => void = () => {}) {
    this.#host = host;
    this.#onLoaded = onLoaded;
  }

  get src(): string {
    return this.#src;
  }

  /** Of the stored image, in its own pixels, none where it has none; undefined until it is there. */
  get size(): Size | undefined {
    return this.#state.name === 'loaded' ? this.#state.size : undefined;
  }

  /** A sentence on why there is no image, or undefined. */
  get problem(): string | undefined {
    if (this.#state.name === 'none') return words.noImage;
    return this.#state.name === 'failed' ? this.#state.reason : undefined;
  }

  get isLoading(): boolean {
    return this.#state.name === 'loading';
  }

  /** Whether scripts may read its pixels: only where its server allows it. */
  get isReadable(): boolean {
    return this.#isAnonymous;
  }

  load(src: string): void {
    this.#src = src.trim();
    this.#begin();
  }

  /** The image, or nothing while there is none. */
  renderImage(alt: string, style: string | typeof nothing = nothing): unknown {
    if (this.problem !== undefined || this.#isHeld) return nothing;
    return keyed(
      this.#attempt,
      html`<img
        class="picture" part="image" alt=${alt} draggable="false" style=${style}
        crossorigin=${this.#isAnonymous ? 'anonymous' : nothing} src=${this.#src}
        ${ref(this.#present)} @load=${this.#loaded} @error=${this.#failed}
      />`,
    );
  }

  /** That it is on its way, and after a while a button to try again; nothing else. */
  renderWaiting(look: string): unknown {
    if (this.#state.name !== 'loading') return nothing;
    const { isSlow } = this.#state;
    return html`<p class="picture-word" role="status">${isSlow ? words.slow : words.loading}</p>
      ${isSlow ? this.#renderRetry(look) : nothing}`;
  }

  /** Why it did not come, with a button to try again where that makes sense. */
  renderProblem(look: string): unknown {
    return html`<crowd-alert type="error">${this.problem}</crowd-alert>
      ${this.#state.name === 'failed' ? this.#renderRetry(look) : nothing}`;
  }

  /** A note on an image that is there and that no script may read. */
  renderNote(): unknown {
    if (this.#state.name !== 'loaded' || this.#isAnonymous) return nothing;
    return html`<p class="picture-note" role="note">${words.notReadable}</p>`;
  }

  /** @param look the class of the button */
  #renderRetry(look: string): unknown {
    return html`<button type="button" class=${look} @click=${this.#begin}>${words.retry}</button>`;
  }

  readonly #present = (element?: Element): void => {
    this.#image = element as HTMLImageElement | undefined;
  };

  readonly #begin = (): void => {
    clearTimeout(this.#timer);
    if (this.isLoading && this.#image) {
      // The browser would have the new image wait for the answer to the old one: that one is given up first.
      this.#image.removeAttribute('src');
      this.#isHeld = true;
      setTimeout(() => {
        this.#isHeld = false;
        this.#host.requestUpdate();
      }, breath);
    }
    this.#isAnonymous = true;
    this.#attempt++;
    this.#become(this.#src === '' ? { name: 'none' } : { name: 'loading', isSlow: false });
    if (this.#src !== '')
      this.#timer = setTimeout(() => {
        if (this.isLoading) this.#become({ name: 'loading', isSlow: true });
      }, patience);
  };

  #become(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  readonly #loaded = async (event: Event): Promise<void> => {
    if (!this.isLoading) return;
    clearTimeout(this.#timer);
    const attempt = this.#attempt;
    const size = await storedSize(event.target as HTMLImageElement);
    if (attempt !== this.#attempt) return;
    this.#become({ name: 'loaded', size });
    this.#onLoaded();
  };

  readonly #failed = async (): Promise<void> => {
    if (!this.isLoading || this.#isHeld) return;
    if (this.#isAnonymous) {
      // Its server may not allow scripts to read it; to look at, it is good enough.
      this.#isAnonymous = false;
      this.#attempt++;
      return this.#host.requestUpdate();
    }
    clearTimeout(this.#timer);
    const attempt = this.#attempt;
    const reason = await reasonOf(this.#src);
    if (attempt === this.#attempt) this.#become({ name: 'failed', reason });
  };
}

/** Asked once more for what an image element does not tell. */
async function reasonOf(src: string): Promise<string> {
  try {
    const response = await fetch(src, { signal: AbortSignal.timeout(patience) });
    void response.body?.cancel();
    if (response.status === 401 || response.status === 403) return words.refused(response.status);
    if (!response.ok) return words.failed(response.status);
    return words.notAnImage(response.headers.get('content-type')?.split(';')[0] ?? '');
  } catch {
    return words.unreachable;
  }
}

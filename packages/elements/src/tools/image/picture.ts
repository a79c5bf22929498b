// The image of a tool: its own pixels whatever its EXIF data say, and what a worker can do when it does not come.
import { html, keyed, nothing, ref } from '../../base.ts';
import { imageMessages } from './messages.ts';
import type { Size } from './viewport.ts';

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

export class Picture {
  readonly #host: Host;
  readonly #onLoaded: () => void;
  #src = '';
  #state: State = { name: 'none' };
  #attempt = 0;
  #image: HTMLImageElement | undefined;
  #isHeld = false;
  #isAnonymous = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param onLoaded is called when an image is there, before the host renders it */
  constructor(host: Host, onLoaded: () => void) {
    this.#host = host;
    this.#onLoaded = onLoaded;
  }

  /** Of the stored image, in its own pixels; undefined until it is there. */
  get size(): Size | undefined {
    return this.#state.name === 'loaded' ? this.#state.size : undefined;
  }

  /** A sentence on why there is no image, or undefined. */
  get problem(): string | undefined {
    if (this.#state.name === 'none') return imageMessages.noImage;
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
    this.#isAnonymous = true;
    this.#begin();
  }

  readonly retry = (): void => {
    this.#isAnonymous = true;
    this.#begin();
  };

  /** The image where it has to be, or a word on where it is. */
  render(style: string): unknown {
    const image =
      (this.#state.name === 'loading' && !this.#isHeld) || this.#state.name === 'loaded'
        ? keyed(
            this.#attempt,
            html`<img
              class="picture" alt="" draggable="false" style=${style} crossorigin=${this.#isAnonymous ? 'anonymous' : nothing}
              src=${this.#src} ${ref(this.#present)} @load=${this.#loaded} @error=${this.#failed}
            />`,
          )
        : nothing;
    return html`${image}${this.#renderState()}`;
  }

  #renderState(): unknown {
    if (this.#state.name === 'loading') {
      const slow = this.#state.isSlow;
      return html`<div class="picture-state" role="status">
        ${slow ? html`<p>${imageMessages.slow}</p>${this.#renderRetry()}` : html`<p>${imageMessages.loading}</p>`}
      </div>`;
    }
    if (this.problem === undefined) {
      if (this.#isAnonymous) return nothing;
      return html`<p class="picture-note" role="note">${imageMessages.notReadable}</p>`;
    }
    return html`<div class="picture-state"><crowd-alert type="error">${this.problem}</crowd-alert>
      ${this.#state.name === 'failed' ? this.#renderRetry() : nothing}
    </div>`;
  }

  #renderRetry(): unknown {
    return html`<button type="button" class="action" @click=${this.retry}>${imageMessages.retry}</button>`;
  }

  readonly #present = (element?: Element): void => {
    this.#image = element as HTMLImageElement | undefined;
  };

  #begin(): void {
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
    this.#attempt++;
    this.#become(this.#src === '' ? { name: 'none' } : { name: 'loading', isSlow: false });
    if (this.#src !== '')
      this.#timer = setTimeout(() => {
        if (this.isLoading) this.#become({ name: 'loading', isSlow: true });
      }, patience);
  }

  #become(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  readonly #loaded = (event: Event): void => {
    const { width, height } = storedSize(event.target as HTMLImageElement);
    clearTimeout(this.#timer);
    if (width === 0 || height === 0) this.#become({ name: 'failed', reason: imageMessages.noSize });
    else {
      this.#become({ name: 'loaded', size: { width, height } });
      this.#onLoaded();
    }
  };

  readonly #failed = async (): Promise<void> => {
    if (!this.isLoading) return;
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

/** `naturalWidth` and `naturalHeight` follow the orientation in the metadata; the layout of the image does as it is told. */
function storedSize(image: HTMLImageElement): Size {
  const { naturalWidth: width, naturalHeight: height } = image;
  const [across, down] = layoutOf(image);
  return across > down === width > height || across === down ? { width, height } : { width: height, height: width };
}

function layoutOf(image: HTMLImageElement): [across: number, down: number] {
  if (image.offsetWidth > 0) return [image.offsetWidth, image.offsetHeight];
  // It is somewhere where nothing is laid out, such as in a hidden tab; a copy has it from the document's memory.
  const copy = image.cloneNode() as HTMLImageElement;
  copy.style.cssText = 'all:initial;image-orientation:none;position:fixed;visibility:hidden';
  document.body.append(copy);
  const size: [number, number] = [copy.offsetWidth, copy.offsetHeight];
  copy.remove();
  return size;
}

/** Asked once more for what an image element does not tell. */
async function reasonOf(src: string): Promise<string> {
  try {
    const response = await fetch(src, { signal: AbortSignal.timeout(patience) });
    void response.body?.cancel();
    if (response.status === 404) return imageMessages.notFound;
    if (response.status === 401 || response.status === 403) return imageMessages.refused(response.status);
    if (!response.ok) return imageMessages.failed(response.status);
    return imageMessages.notAnImage(response.headers.get('content-type')?.split(';')[0] ?? '');
  } catch {
    return imageMessages.unreachable;
  }
}

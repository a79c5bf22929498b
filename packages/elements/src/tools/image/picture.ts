// The image of a tool, where a tool needs it: without a size of its own nothing can be marked in it.
import { html, loadingMessages, PictureLoader } from '../../base.ts';
import type { Size } from './viewport.ts';

interface Host {
  requestUpdate(): void;
}

export class Picture {
  readonly #loader: PictureLoader;

  /** @param onLoaded is called when an image is there, before the host renders it */
  constructor(host: Host, onLoaded: () => void) {
    this.#loader = new PictureLoader(host, () => this.size && onLoaded());
  }

  /** Of the stored image, in its own pixels; undefined until it is there. */
  get size(): Size | undefined {
    const { size } = this.#loader;
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  }

  /** A sentence on why there is no image, or undefined. */
  get problem(): string | undefined {
    const { problem, size } = this.#loader;
    return problem ?? (size && !this.size ? loadingMessages.noSize : undefined);
  }

  /** Whether scripts may read its pixels: only where its server allows it. */
  get isReadable(): boolean {
    return this.#loader.isReadable;
  }

  load(src: string): void {
    this.#loader.load(src);
  }

  /** The image where it has to be, or a word on where it is. */
  render(style: string): unknown {
    // In one template: in another one the same image would be another element, and be loaded anew.
    return html`${this.#loader.renderImage('', style)}${this.#renderState()}`;
  }

  #renderState(): unknown {
    const loader = this.#loader;
    if (this.size) return loader.renderNote();
    if (loader.isLoading) return html`<div class="picture-state">${loader.renderWaiting('action')}</div>`;
    if (loader.problem !== undefined) return html`<div class="picture-state">${loader.renderProblem('action')}</div>`;
    return html`<div class="picture-state"><crowd-alert type="error">${this.problem}</crowd-alert></div>`;
  }
}

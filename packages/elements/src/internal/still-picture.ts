// The image of a classifier: as it is stored, whatever its EXIF data say, to look at closely, and with a word on why it does
// not come. A classifier without its image can be answered all the same.
import { html, nothing, type ReactiveControllerHost } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { icon } from './icons.ts';
import { pictureMessages as words } from './picture-messages.ts';
import { type Size, storedSize } from './stored-size.ts';

type State =
  | { readonly name: 'none' | 'slow' | 'loading' }
  | { readonly name: 'loaded'; readonly size: Size }
  | { readonly name: 'failed'; readonly reason: string };

/** Milliseconds until the worker is told that it takes long. */
const patience = 10_000;
const zoomStep = 1.5;
/** CSS pixels for one pixel of the image. */
const mostZoom = 16;
const leastZoom = 0.05;

export class StillPicture {
  readonly #host: ReactiveControllerHost & HTMLElement;
  #src = '';
  #state: State = { name: 'none' };
  /** Each has an image element of its own. */
  #attempt = 0;
  #isAnonymous = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #zoom: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
  }

  get src(): string {
    return this.#src;
  }

  load(src: string): void {
    this.#src = src.trim();
    this.#zoom = undefined;
    this.#begin();
  }

  readonly #retry = (): void => {
    // A browser lets a second element wait for the first one's request, which may never be answered, unless that has been
    // given up, which takes it a task.
    const image = this.#host.shadowRoot?.querySelector('.picture');
    image?.removeAttribute('src');
    image?.remove();
    setTimeout(() => this.#begin());
  };

  #begin(): void {
    clearTimeout(this.#timer);
    this.#isAnonymous = true;
    this.#attempt++;
    this.#become({ name: this.#src === '' ? 'none' : 'loading' });
    this.#timer = setTimeout(() => this.#state.name === 'loading' && this.#become({ name: 'slow' }), patience);
  }

  #become(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }

  async #loaded(event: Event): Promise<void> {
    clearTimeout(this.#timer);
    const attempt = this.#attempt;
    const size = await storedSize(event.target as HTMLImageElement);
    if (attempt === this.#attempt) this.#become({ name: 'loaded', size });
  }

  async #failed(): Promise<void> {
    if (this.#isAnonymous) {
      // Its server may not allow pages to read it; to look at, it is good enough.
      this.#isAnonymous = false;
      this.#attempt++;
      return this.#host.requestUpdate();
    }
    clearTimeout(this.#timer);
    const attempt = this.#attempt;
    const reason = await reasonOf(this.#src);
    if (attempt === this.#attempt) this.#become({ name: 'failed', reason });
  }

  /** `+`, `-` and `f` look closer, from further away, and at the whole. @returns whether the key was of use */
  pressed(key: string): boolean {
    if (this.#state.name !== 'loaded') return false;
    const action = { '+': this.#closer, '=': this.#closer, '-': this.#further, f: this.#fit }[key];
    action?.();
    return action !== undefined;
  }

  readonly #closer = (): void => this.#zoomTo(this.#scale * zoomStep);
  readonly #further = (): void => this.#zoomTo(this.#scale / zoomStep);
  readonly #fit = (): void => this.#zoomTo(undefined);

  /** What the image is shown at now. */
  get #scale(): number {
    const image = this.#host.shadowRoot?.querySelector<HTMLImageElement>('.picture');
    return image && this.#state.name === 'loaded' ? image.clientWidth / this.#state.size.width : 1;
  }

  /** What is in the middle of the view stays there. */
  #zoomTo(zoom: number | undefined): void {
    if (zoom === 0) return;
    const view = this.#host.shadowRoot?.querySelector<HTMLElement>('.picture-view');
    const middle = view && {
      x: (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth,
      y: (view.scrollTop + view.clientHeight / 2) / view.scrollHeight,
    };
    this.#zoom = zoom && Math.min(mostZoom, Math.max(leastZoom, zoom));
    this.#host.requestUpdate();
    void this.#host.updateComplete.then(() => {
      if (!view || !middle) return;
      view.scrollLeft = middle.x * view.scrollWidth - view.clientWidth / 2;
      view.scrollTop = middle.y * view.scrollHeight - view.clientHeight / 2;
    });
  }

  /** @param over what lies over the image, as large as it; @param controls what belongs to that */
  render(over: (size: Size) => unknown, controls: unknown): unknown {
    const state = this.#state;
    if (state.name === 'none') return html`<crowd-alert type="error">${words.noImage}</crowd-alert>`;
    if (state.name === 'failed')
      return html`<crowd-alert type="error">${state.reason}</crowd-alert>${this.#renderRetry()}`;
    const zoomed = state.name === 'loaded' && this.#zoom !== undefined && state.size.width > 0;
    const width = zoomed ? `width:${state.size.width * this.#zoom!}px` : '';
    return html`
      ${state.name === 'loaded' ? html`<div class="picture-bar">${this.#renderZoom()}${controls}</div>` : this.#renderWaiting()}
      <div class="picture-view" tabindex=${zoomed ? 0 : nothing} role=${zoomed ? 'region' : nothing} aria-label=${zoomed ? words.view : nothing}>
        <div class="picture-frame ${zoomed ? 'zoomed' : ''}" style=${width}>
          ${keyed(
            this.#attempt,
            html`<img class="picture" part="image" alt=${words.image} crossorigin=${this.#isAnonymous ? 'anonymous' : nothing}
              src=${this.#src} @load=${this.#loaded.bind(this)} @error=${this.#failed.bind(this)} />`,
          )}
          ${state.name === 'loaded' && state.size.width > 0 ? over(state.size) : nothing}
        </div>
      </div>
      ${state.name === 'loaded' && !this.#isAnonymous ? html`<p class="picture-note" role="note">${words.notReadable}</p>` : nothing}
    `;
  }

  #renderWaiting(): unknown {
    const isSlow = this.#state.name === 'slow';
    return html`<p class="picture-note" role="status">${isSlow ? words.slow : words.loading}</p>${isSlow ? this.#renderRetry() : nothing}`;
  }

  #renderRetry(): unknown {
    return html`<button type="button" class="toggle" @click=${this.#retry}>${words.retry}</button>`;
  }

  #renderZoom(): unknown {
    const button = (name: string, title: string, action: () => void) =>
      html`<button type="button" class="toggle" aria-label=${title} title=${title} @click=${action}>${icon(name)}</button>`;
    return html`<div class="picture-zoom" role="group" aria-label=${words.view}>
      ${button('zoom-out', words.zoomOut, this.#further)}${button('zoom-in', words.zoomIn, this.#closer)}
      <button type="button" class="toggle" @click=${this.#fit}>${words.fit}</button>
    </div>`;
  }
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

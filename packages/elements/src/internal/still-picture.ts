// The image of a classifier: as it is stored, whatever its EXIF data say, to look at closely, and with a word on why it does
// not come. A classifier without its image can be answered all the same.
import { html, nothing, type ReactiveControllerHost } from 'lit';
import { icon } from './icons.ts';
import { PictureLoader } from './picture-loader.ts';
import { pictureMessages as words } from './picture-messages.ts';
import type { Size } from './stored-size.ts';

const zoomStep = 1.5;
/** CSS pixels for one pixel of the image. */
const mostZoom = 16;
const leastZoom = 0.05;

export class StillPicture {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #loader: PictureLoader;
  #zoom: number | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    this.#loader = new PictureLoader(host);
  }

  get src(): string {
    return this.#loader.src;
  }

  load(src: string): void {
    this.#zoom = undefined;
    this.#loader.load(src);
  }

  /** `+`, `-` and `f` look closer, from further away, and at the whole. @returns whether the key was of use */
  pressed(key: string): boolean {
    if (!this.#loader.size) return false;
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
    return image && this.#loader.size ? image.clientWidth / this.#loader.size.width : 1;
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
    const loader = this.#loader;
    if (loader.problem !== undefined) return loader.renderProblem('toggle');
    const { size } = loader;
    const zoomed = size !== undefined && this.#zoom !== undefined && size.width > 0;
    const width = zoomed ? `width:${size.width * this.#zoom!}px` : '';
    return html`
      ${size ? html`<div class="picture-bar">${this.#renderZoom()}${controls}</div>` : loader.renderWaiting('toggle')}
      <div class="picture-view" tabindex=${zoomed ? 0 : nothing} role=${zoomed ? 'region' : nothing} aria-label=${zoomed ? words.view : nothing}>
        <div class="picture-frame ${zoomed ? 'zoomed' : ''}" style=${width}>
          ${loader.renderImage(words.image)}${size && size.width > 0 ? over(size) : nothing}
        </div>
      </div>
      ${loader.renderNote()}
    `;
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

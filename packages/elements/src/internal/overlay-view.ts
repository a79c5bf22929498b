// An overlay as a worker sees it: the marks over the image, a legend, and how much of the image they hide.
import { html, nothing } from 'lit';
import { type Overlay, type OverlayBox, readOverlay } from './overlay.ts';
import { loadMask } from './overlay-mask.ts';
import { pictureMessages as words } from './picture-messages.ts';
import type { Size } from './stored-size.ts';

interface Host {
  requestUpdate(): void;
  /** Tells the worker, and with the reason the author of the template. */
  reportOverlay(reason: string, sentence?: string): void;
}

export class OverlayView {
  readonly #host: Host;
  #overlay: Overlay | undefined;
  #mask: HTMLElement | undefined;
  #opacity = 1;

  constructor(host: Host) {
    this.#host = host;
  }

  show(value: unknown): void {
    this.#overlay = undefined;
    this.#mask = undefined;
    this.#host.requestUpdate();
    if (value === undefined || value === null || value === '') return;
    const overlay = readOverlay(value);
    if (typeof overlay === 'string') {
      this.#host.reportOverlay(overlay);
      return;
    }
    this.#overlay = overlay;
    this.#opacity = overlay.mask ? 0.6 : 1;
    if (overlay.unplaced > 0) this.#host.reportOverlay('boxes without a place', words.unplaced(overlay.unplaced));
    if (overlay.mask) void this.#loadMask(overlay);
  }

  async #loadMask(overlay: Overlay): Promise<void> {
    try {
      const mask = await loadMask(overlay.mask!.src, overlay.mask!.colors);
      if (this.#overlay !== overlay) return;
      mask.classList.add('mask');
      mask.setAttribute('aria-hidden', 'true');
      this.#mask = mask;
      this.#host.requestUpdate();
    } catch {
      if (this.#overlay === overlay) this.#host.reportOverlay('its picture could not be loaded', words.overlayFailed);
    }
  }

  /** Over the image. */
  readonly renderMarks = (size: Size): unknown => {
    if (!this.#overlay) return nothing;
    return html`<div class="overlay" part="overlay" style="opacity:${this.#opacity}" aria-hidden="true">
      ${this.#mask ?? nothing}${this.#overlay.boxes.map((box) => renderBox(box, size))}
    </div>`;
  };

  /** The legend, and the control of the opacity. */
  renderControls(): unknown {
    if (!this.#overlay) return nothing;
    const percent = Math.round(this.#opacity * 100);
    return html`
      <label class="opacity">${words.opacity}
        <input type="range" min="0" max="100" .value=${String(percent)} aria-valuetext="${percent} %" @input=${this.#setOpacity} @change=${stop} />
      </label>
      <ul class="legend" part="legend" aria-label=${words.overlay}>${this.#overlay.legend.map(
        ({ label, color, count }) =>
          html`<li><span class="swatch" style="background:${color}"></span>${label}${count === undefined ? nothing : html` <span class="count">(${count})</span>`}</li>`,
      )}</ul>
    `;
  }

  readonly #setOpacity = (event: Event): void => {
    // It is no edit of the answer.
    stop(event);
    this.#opacity = Number((event.currentTarget as HTMLInputElement).value) / 100;
    this.#host.requestUpdate();
  };
}

const stop = (event: Event): void => event.stopPropagation();

/** In shares of the image, so that its border is as thick at every zoom. */
function renderBox({ label, color, left, top, width, height }: OverlayBox, size: Size): unknown {
  const share = (value: number, whole: number) => `${(value / whole) * 100}%`;
  const place = `left:${share(left, size.width)};top:${share(top, size.height)};width:${share(width, size.width)};height:${share(height, size.height)}`;
  return html`<div class="box" style="${place};--color:${color}"><span class="tag">${label}</span></div>`;
}

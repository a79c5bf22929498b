// How large the brush is: in steps that grow, so that a slider serves for a single pixel and for a large area.
import { html } from '../../base.ts';
import type { Size } from '../image/viewport.ts';
import { maskMessages } from './messages.ts';

export class BrushSize {
  #sizes: readonly number[] = [1];
  #step = 0;

  /** In pixels of the image. */
  get pixels(): number {
    return this.#sizes[this.#step]!;
  }

  /** At first a twentieth of the image's shorter side. */
  fit({ width, height }: Size): void {
    const shorter = Math.min(width, height);
    const sizes = [1];
    for (let size = 2; size <= Math.max(64, shorter / 2); size = Math.max(size + 1, Math.round(size * 1.15)))
      sizes.push(size);
    this.#sizes = sizes;
    this.#step = Math.max(
      0,
      sizes.findLastIndex((size) => size <= shorter / 20),
    );
  }

  grow(by: 1 | -1): void {
    this.#step = Math.min(this.#sizes.length - 1, Math.max(0, this.#step + by));
  }

  render(isDisabled: boolean, changed: () => void): unknown {
    const text = maskMessages.pixels(this.pixels);
    return html`<label class="size bar-group" title="${maskMessages.size} ([ ])"><span class="unseen">${maskMessages.size}</span>
      <input
        type="range" id="size" min="0" max=${this.#sizes.length - 1} .value=${String(this.#step)} aria-valuetext=${text}
        ?disabled=${isDisabled}
        @change=${(event: Event) => event.stopPropagation()}
        @input=${(event: Event) => {
          event.stopPropagation();
          this.#step = Number((event.target as HTMLInputElement).value);
          changed();
        }}
      /><span class="pixels" aria-hidden="true">${this.pixels} px</span></label>`;
  }
}

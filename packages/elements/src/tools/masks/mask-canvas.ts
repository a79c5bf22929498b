// Shows a mask: a canvas of the image's own size, in which only what has changed is drawn again. How it looks at a zoom is the
// browser's work.
import type { Mask, Rectangle } from './mask.ts';

/** So many pixels are drawn in one go: more would need as much memory again as the canvas has. */
const bandPixels = 1 << 20;

export class MaskCanvas {
  #context: CanvasRenderingContext2D | undefined;
  #mask: Mask | undefined;
  /** Of each region's number the four bytes of its colour. */
  #colors = new Uint32Array(1);

  attach(canvas: HTMLCanvasElement | undefined): void {
    if (canvas === this.#context?.canvas) return;
    // Otherwise a browser that paints without a graphics card copies the whole canvas for each frame in which a pixel has changed.
    this.#context = canvas?.getContext('2d', { desynchronized: true }) ?? undefined;
    this.#drawAll();
  }

  /**
   * Shows another mask, or the same one in other colours.
   *
   * @param colors bytes of red, green, blue and opacity, region by region
   * @param isRedrawn whether what is seen already has other colours now
   */
  show(mask: Mask, colors: Uint8Array<ArrayBuffer>, isRedrawn: boolean): void {
    this.#mask = mask;
    this.#colors = new Uint32Array(colors.buffer);
    if (!isRedrawn) return;
    mask.look();
    this.#drawAll();
  }

  /** Draws what was painted since the last time. */
  update(): void {
    const fresh = this.#mask?.look();
    if (fresh) this.#draw(fresh);
  }

  #drawAll(): void {
    const mask = this.#mask;
    const canvas = this.#context?.canvas;
    if (mask === undefined || canvas?.width !== mask.width || canvas.height !== mask.height) return;
    this.#draw({ left: 0, top: 0, width: mask.width, height: mask.height });
  }

  #draw({ left, top, width, height }: Rectangle): void {
    if (this.#context === undefined || this.#mask === undefined || width === 0) return;
    const { pixels, width: across } = this.#mask;
    const colors = this.#colors;
    const rows = Math.max(1, Math.floor(bandPixels / width));
    for (let first = 0; first < height; first += rows) {
      const count = Math.min(rows, height - first);
      const image = new ImageData(width, count);
      const target = new Uint32Array(image.data.buffer);
      for (let row = 0, to = 0; row < count; row++) {
        const start = (top + first + row) * across + left;
        for (let at = start; at < start + width; at++) target[to++] = colors[pixels[at]!]!;
      }
      this.#context.putImageData(image, left, top + first);
    }
  }
}

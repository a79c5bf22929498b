// Shows a mask: a canvas of the stage's size, in pixels of the device. While something is painted, only that is drawn again; a
// canvas of the image's own size would have to be scaled anew for each frame.
import type { View } from '../image/viewport.ts';
import type { Mask, Rectangle } from './mask.ts';
import { type PixelGrid, paintSeen, pixelGrid, seenOf } from './pixel-grid.ts';

export class MaskCanvas {
  readonly #host: { requestUpdate(): void };
  readonly #resizes = new ResizeObserver((entries) => this.#resized(entries.at(-1)!));
  #context: CanvasRenderingContext2D | undefined;
  #mask: Mask | undefined;
  /** Of each region's number the four bytes of its colour. */
  #colors = new Uint32Array(1);
  /** How many pixels of the device make a CSS pixel, of the canvas and of the page when it was measured. */
  #density = 1;
  #ratio = 1;
  #image = new ImageData(1, 1);
  #grid: PixelGrid | undefined;

  /** @param host is updated when all has to be drawn again, and calls `draw` then */
  constructor(host: { requestUpdate(): void }) {
    this.#host = host;
  }

  attach(canvas: HTMLCanvasElement | undefined): void {
    if (canvas === this.#context?.canvas) return;
    this.#context = canvas?.getContext('2d') ?? undefined;
    this.#grid = undefined;
    this.#watch();
  }

  /** Follows the canvas' size, and the pixels that the screen has for it. */
  #watch(): void {
    this.#resizes.disconnect();
    const canvas = this.#context?.canvas;
    if (canvas === undefined) return;
    try {
      this.#resizes.observe(canvas, { box: 'device-pixel-content-box' });
    } catch {
      // Some browsers do not tell pixels of the device.
      this.#resizes.observe(canvas);
    }
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
    this.#grid = undefined;
    this.#host.requestUpdate();
  }

  /** Draws all, where the view, the colours or the size have changed. */
  draw(view: View): void {
    // Not every browser tells that the page has gone to another screen.
    if (this.#ratio !== devicePixelRatio) this.#watch();
    const mask = this.#mask;
    const canvas = this.#context?.canvas;
    if (mask === undefined || canvas === undefined || this.#image.width === 1 || this.#grid?.view === view) return;
    const { width, height } = this.#image;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this.#grid = pixelGrid(mask, this.#image, view, this.#density);
    mask.look();
    new Uint32Array(this.#image.data.buffer).fill(0);
    this.#paint(this.#grid.within);
    this.#context?.putImageData(this.#image, 0, 0);
  }

  /** Draws what was painted since the last time. */
  update(): void {
    const grid = this.#grid;
    const fresh = grid && this.#mask?.look();
    if (!fresh) return;
    const seen = seenOf(fresh, grid);
    if (seen.width === 0 || seen.height === 0) return;
    this.#paint(seen);
    this.#context?.putImageData(this.#image, 0, 0, seen.left, seen.top, seen.width, seen.height);
  }

  #paint(seen: Rectangle): void {
    const target = new Uint32Array(this.#image.data.buffer);
    if (this.#mask && this.#grid) paintSeen(this.#mask, this.#colors, this.#grid, seen, target);
  }

  #resized({ contentRect, devicePixelContentBoxSize: [pixels] = [] }: ResizeObserverEntry): void {
    this.#ratio = devicePixelRatio;
    const width = pixelsOf(contentRect.width, pixels?.inlineSize);
    const height = pixelsOf(contentRect.height, pixels?.blockSize);
    // In a hidden tab it has none.
    if (width === 0 || height === 0) return;
    this.#density = width / contentRect.width;
    this.#image = new ImageData(width, height);
    this.#grid = undefined;
    this.#host.requestUpdate();
  }
}

/** @param told by the browser, which knows how it rounds; but what developers' tools pretend of the screen is not in it */
function pixelsOf(length: number, told: number | undefined): number {
  const pixels = length * devicePixelRatio;
  return told !== undefined && Math.abs(told - pixels) < 1 ? told : Math.round(pixels);
}

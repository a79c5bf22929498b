// The brush: its size, the ring that shows it, and its way from going down to coming up.
import { html, ref } from '../../base.ts';
import type { Point, Size, View } from '../image/viewport.ts';
import { BrushRing, leastRing } from './brush-ring.ts';
import { BrushSize } from './brush-size.ts';
import type { Mask } from './mask.ts';
import type { Region } from './region.ts';
import { brushMiddle, brushSpans } from './spans.ts';

export interface Stroke {
  readonly region: number;
  /** What was there before it made a region of its own. */
  readonly regions: readonly Region[];
  readonly isByKeys: boolean;
}

export class Brush {
  readonly #ring = new BrushRing();
  readonly #size = new BrushSize();
  #stroke: Stroke | undefined;
  #at: Point = { x: 0, y: 0 };

  /** What is being painted. */
  get stroke(): Stroke | undefined {
    return this.#stroke;
  }

  /** Its size, in pixels of the image. */
  get pixels(): number {
    return this.#size.pixels;
  }

  fit(image: Size): void {
    this.#size.fit(image);
  }

  grow(by: 1 | -1): void {
    this.#size.grow(by);
  }

  setDown(stroke: Stroke, point: Point): void {
    this.#stroke = stroke;
    this.#at = brushMiddle(point, this.pixels);
  }

  /** Paints on the way to a point. */
  paintTo(point: Point, mask: Mask): void {
    const stroke = this.#stroke;
    if (stroke === undefined) return;
    const to = brushMiddle(point, this.pixels);
    brushSpans(this.#at, to, this.pixels, (y, from, end) => mask.fill(y, from, end, stroke.region));
    this.#at = to;
  }

  /** @returns the stroke that has ended */
  lift(): Stroke | undefined {
    const stroke = this.#stroke;
    this.#stroke = undefined;
    return stroke;
  }

  /** Whether the ring stands for the pointer. */
  isRingSeen(view: View): boolean {
    return this.pixels * view.scale >= leastRing;
  }

  /** @param at a point of the image; undefined hides the ring */
  moveRing(at: Point | undefined, view: View): void {
    this.#ring.move(at, this.pixels, view);
  }

  /** The view or the size may be another one. */
  placeRing(view: View): void {
    this.#ring.place(this.pixels, view);
  }

  readonly #presentRing = (element?: Element): void => this.#ring.attach(element as HTMLElement | undefined);

  renderRing(isErasing: boolean): unknown {
    const look = `ring ${isErasing ? 'erasing' : ''} ${this.#stroke ? 'down' : ''}`;
    return html`<div class=${look} ${ref(this.#presentRing)}></div>`;
  }

  renderSize(isDisabled: boolean, changed: () => void): unknown {
    return this.#size.render(isDisabled, changed);
  }
}

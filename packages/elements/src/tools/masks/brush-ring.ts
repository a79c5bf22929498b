// The circle that shows what the brush would cover. It is moved by hand, not by rendering: it follows each move of a pointer.
import type { Point, View } from '../image/viewport.ts';
import { brushMiddle } from './spans.ts';

/** Rings below this many CSS pixels are no help; the pointer's cross is. */
export const leastRing = 10;

export class BrushRing {
  #element: HTMLElement | undefined;
  #at: Point | undefined;

  attach(element: HTMLElement | undefined): void {
    this.#element = element;
  }

  /** @param at a point of the image; undefined hides it */
  move(at: Point | undefined, size: number, view: View): void {
    this.#at = at;
    this.place(size, view);
  }

  /** The same point, after the view or the brush has become another one. */
  place(size: number, view: View): void {
    if (this.#element === undefined) return;
    const { style } = this.#element;
    const across = size * view.scale;
    if (this.#at === undefined || across < leastRing) {
      style.visibility = '';
      return;
    }
    const { x, y } = brushMiddle(this.#at, size);
    style.visibility = 'visible';
    style.width = style.height = `${across}px`;
    style.transform = `translate(${(x - size / 2) * view.scale + view.x}px,${(y - size / 2) * view.scale + view.y}px)`;
  }
}

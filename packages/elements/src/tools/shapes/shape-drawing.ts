// What is being drawn point by point, by clicks or by keys.
import type { History } from '../history.ts';
import { clampPoint, type Point } from '../image/viewport.ts';
import { boxOf, distance, isSame, meetsAnotherEdge } from './geometry.ts';
import { isFlexible } from './handles.ts';
import { shapeMessages } from './messages.ts';
import type { ShapeHost } from './shape-host.ts';
import { Sketch } from './sketch.ts';

export class ShapeDrawing {
  readonly #host: ShapeHost;
  readonly #sketch: Sketch;
  /** Where the next point would be. */
  next: Point | undefined;
  /** In pixels of the image: a point as near as this to the one that ends the drawing is that one. */
  reach = 0;

  constructor(host: ShapeHost, history: History) {
    this.#host = host;
    this.#sketch = new Sketch(history);
  }

  get isActive(): boolean {
    return this.#sketch.isActive;
  }

  get sketch(): Sketch | undefined {
    return this.isActive ? this.#sketch : undefined;
  }

  /** The number of the point that a click at `next` would end the drawing at, if it would. */
  get ending(): number | undefined {
    return this.next && this.isActive ? this.#endsAt(this.next) : undefined;
  }

  /** The next point, or with the first one a drawing with the chosen label. */
  place(point: Point): void {
    const at = clampPoint(point, this.#host.image());
    this.next = at;
    if (!this.isActive) this.#sketch.begin(this.#host.label(), at);
    else if (this.#endsAt(at) !== undefined) {
      this.finish();
      return;
    } else if (!this.#extend(at)) return;
    const { points } = this.#sketch;
    this.#host.say(shapeMessages.placed(points.length, at.x, at.y));
    if (points.length >= this.#host.kind.most) this.complete();
    this.#host.changed();
  }

  /** @returns false when the point cannot be there */
  #extend(at: Point): boolean {
    const { points } = this.#sketch;
    if (isSame(points.at(-1)!, at)) return false;
    if (this.#host.kind.isSimple && meetsAnotherEdge([...points, at], false, points.length - 1)) {
      this.#host.tell(shapeMessages.crossing);
      return false;
    }
    this.#sketch.add(at);
    return true;
  }

  /** The point that ends the drawing, if a click there would: the first one of a polygon, the last one of a polyline. */
  #endsAt(at: Point): number | undefined {
    const { points } = this.#sketch;
    const { kind } = this.#host;
    if (!isFlexible(kind) || points.length < kind.least) return undefined;
    const index = kind.isClosed ? 0 : points.length - 1;
    return distance(points[index]!, at) <= this.reach ? index : undefined;
  }

  /** @returns false when nothing is being drawn, or a point is still to come */
  finish(): boolean {
    if (!this.isActive) return false;
    if (this.complete()) return true;
    const { kind } = this.#host;
    // The second point of a box or a line is where the cursor is.
    if (!isFlexible(kind)) return false;
    this.#host.tell(shapeMessages.tooFew(kind.least));
    return true;
  }

  /** Makes a shape of the drawing. @returns whether there are points enough */
  complete(): boolean {
    const { points, label } = this.#sketch;
    const { kind } = this.#host;
    if (points.length < kind.least) return false;
    if (kind.isSimple && meetsAnotherEdge(points, true, points.length - 1)) {
      this.#host.tell(shapeMessages.crossing);
      return true;
    }
    this.#sketch.end();
    this.#host.add(label, kind.isBox ? boxOf(points[0]!, points[1]!, this.#host.image()) : points);
    return true;
  }

  /** Gives it up. */
  end(): void {
    this.#sketch.end();
    this.next = undefined;
  }
}

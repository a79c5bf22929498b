// A polygon that is being drawn: the points that are set, and where the next one would be.
import type { History } from '../history.ts';
import type { Point, View } from '../image/viewport.ts';
import { distance, isSame } from '../shapes/geometry.ts';
import { Sketch } from '../shapes/sketch.ts';
import { renderSketch } from './render-sketch.ts';

const leastPoints = 3;

export class PolygonPen {
  readonly #sketch: Sketch;
  #next: Point | undefined;
  /** In pixels of the image: a click as near as this to the first point ends the polygon. */
  reach = 0;

  /** @param history gets a step for each point, until the polygon is ended */
  constructor(history: History) {
    this.#sketch = new Sketch(history);
  }

  get isActive(): boolean {
    return this.#sketch.isActive;
  }

  /** The label that it was begun with. */
  get label(): string {
    return this.#sketch.label;
  }

  get count(): number {
    return this.#sketch.points.length;
  }

  get isComplete(): boolean {
    return this.count >= leastPoints;
  }

  begin(label: string, at: Point): void {
    this.#sketch.begin(label, at);
  }

  add(at: Point): void {
    if (!isSame(this.#sketch.points.at(-1)!, at)) this.#sketch.add(at);
  }

  endsAt(at: Point): boolean {
    return this.isComplete && distance(this.#sketch.points[0]!, at) <= this.reach;
  }

  /** @param next undefined when there is no pointer to follow */
  follow(next: Point | undefined): void {
    this.#next = next;
  }

  /** @returns its points; it is drawn no more */
  end(): readonly Point[] {
    this.#next = undefined;
    return this.#sketch.end();
  }

  render(view: View, color: string): unknown {
    if (!this.isActive) return '';
    const next = this.#next;
    const isEnding = next !== undefined && this.endsAt(next);
    return renderSketch(view, { points: this.#sketch.points, next, isEnding, color });
  }
}

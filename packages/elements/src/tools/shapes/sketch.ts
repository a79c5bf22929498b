// What is being drawn, point by point. Its points are steps of the history until it is finished or given up: then they are
// forgotten, and one step adds the whole.
import type { History } from '../history.ts';
import type { Point } from '../image/viewport.ts';

export class Sketch {
  readonly #history: History;
  #points: readonly Point[] = [];
  #since = 0;
  /** The label that it was begun with. */
  label = '';

  constructor(history: History) {
    this.#history = history;
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  get isActive(): boolean {
    return this.#points.length > 0;
  }

  begin(label: string, at: Point): void {
    this.#since = this.#history.length;
    this.label = label;
    this.add(at);
  }

  add(at: Point): void {
    const before = this.#points;
    const next = [...before, at];
    const become = (points: readonly Point[]) => () => {
      this.#points = points;
    };
    this.#history.add({ isQuiet: true, undo: become(before), redo: become(next) });
    this.#points = next;
  }

  /** @returns the points, which nobody remembers any more */
  end(): readonly Point[] {
    const points = this.#points;
    if (points.length > 0) this.#history.forgetAfter(this.#since);
    this.#points = [];
    return points;
  }
}

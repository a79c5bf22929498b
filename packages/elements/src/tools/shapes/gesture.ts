import type { Point } from '../image/viewport.ts';
import { distance } from './geometry.ts';

interface Actions {
  /** Follows the pointer, once it has left the place where it went down. */
  drag(to: Point): void;
  /** It came up elsewhere. */
  drop(to: Point): void;
  /** It came up where it went down. */
  click(at: Point): void;
}

/** The way of a pointer from going down to coming up. */
export class Gesture {
  readonly #start: Point;
  readonly #slack: number;
  readonly #actions: Actions;
  #isMoved = false;

  /** @param slack in pixels of the image: a hand that clicks is not quite calm */
  constructor(start: Point, slack: number, actions: Actions) {
    this.#start = start;
    this.#slack = slack;
    this.#actions = actions;
  }

  get isMoved(): boolean {
    return this.#isMoved;
  }

  drag(to: Point): void {
    this.#isMoved ||= distance(to, this.#start) > this.#slack;
    if (this.#isMoved) this.#actions.drag(to);
  }

  release(at: Point): void {
    this.drag(at);
    if (this.#isMoved) this.#actions.drop(at);
    else this.#actions.click(this.#start);
  }
}

// What a mouse, a pen and fingers do on a stage: one draws, two move and zoom, a wheel zooms, Space or the middle button moves.
import type { Point } from './viewport.ts';

/** All points are CSS pixels from the stage's top left corner. */
export interface PointerSink {
  /** The pointer that draws went down; the rest of its way comes by `drag` and `release`. */
  press(at: Point, event: PointerEvent): void;
  drag(at: Point, event: PointerEvent): void;
  release(at: Point, event: PointerEvent): void;
  /** What `press` has begun is not to count: another finger came, or the system took the pointer away. */
  abort(): void;
  /** Moves without being down; `undefined` when it leaves. */
  hover(at: Point | undefined, event: PointerEvent): void;
  pan(by: Point): void;
  zoom(factor: number, at: Point): void;
  /** Whether a press moves the view, whatever button it is. */
  isMoving(): boolean;
}

/** The wheel turns of one click of a mouse wheel make it a fifth larger. */
const wheelStep = 1.2;
const wheelPixels = 100;
const linePixels = 33;

export class PointerInput {
  readonly #sink: PointerSink;
  #stage: HTMLElement | undefined;
  readonly #down = new Map<number, Point>();
  #drawing: number | undefined;
  /** The pointer whose way moves the view. */
  #panning: number | undefined;

  constructor(sink: PointerSink) {
    this.#sink = sink;
  }

  /** Listens to a stage, or to none any more. */
  attach(stage: HTMLElement | undefined): void {
    if (stage === this.#stage) return;
    const handlers = [
      ['pointerdown', this.#onDown],
      ['pointermove', this.#onMove],
      ['pointerup', this.#onUp],
      ['pointercancel', this.#onCancel],
      ['pointerleave', this.#onLeave],
      ['wheel', this.#onWheel],
      ['contextmenu', this.#onMenu],
    ] as const;
    for (const [type, handler] of handlers) {
      this.#stage?.removeEventListener(type, handler as EventListener);
      stage?.addEventListener(type, handler as EventListener, { passive: false });
    }
    this.#stage = stage;
  }

  #at(event: MouseEvent): Point {
    const stage = this.#stage!;
    const box = stage.getBoundingClientRect();
    // Something around it may be scaled; its border is no part of it.
    const scale = box.width === 0 ? 1 : stage.offsetWidth / box.width;
    return {
      x: (event.clientX - box.left) * scale - stage.clientLeft,
      y: (event.clientY - box.top) * scale - stage.clientTop,
    };
  }

  readonly #onDown = (event: PointerEvent): void => {
    if (event.button === 2 || (event.target as Element).closest('button, a, input')) return;
    const at = this.#at(event);
    this.#down.set(event.pointerId, at);
    this.#stage!.setPointerCapture(event.pointerId);
    if (this.#down.size > 1) {
      if (this.#drawing !== undefined) this.#sink.abort();
      this.#drawing = undefined;
      this.#panning = undefined;
    } else if (event.button === 1 || this.#sink.isMoving()) {
      this.#panning = event.pointerId;
      event.preventDefault();
    } else {
      this.#drawing = event.pointerId;
      this.#sink.press(at, event);
    }
  };

  readonly #onMove = (event: PointerEvent): void => {
    const at = this.#at(event);
    const before = this.#down.get(event.pointerId);
    if (before === undefined) {
      this.#sink.hover(at, event);
      return;
    }
    if (this.#down.size > 1) this.#pinch(event.pointerId, at);
    this.#down.set(event.pointerId, at);
    if (event.pointerId === this.#panning) this.#sink.pan({ x: at.x - before.x, y: at.y - before.y });
    else if (event.pointerId === this.#drawing) this.#sink.drag(at, event);
  };

  readonly #onUp = (event: PointerEvent): void => {
    if (!this.#down.delete(event.pointerId)) return;
    if (event.pointerId === this.#drawing) this.#sink.release(this.#at(event), event);
    this.#forget(event.pointerId);
  };

  readonly #onCancel = (event: PointerEvent): void => {
    if (!this.#down.delete(event.pointerId)) return;
    if (event.pointerId === this.#drawing) this.#sink.abort();
    this.#forget(event.pointerId);
  };

  readonly #onLeave = (event: PointerEvent): void => {
    if (!this.#down.has(event.pointerId)) this.#sink.hover(undefined, event);
  };

  #forget(pointer: number): void {
    if (pointer === this.#drawing) this.#drawing = undefined;
    if (pointer === this.#panning) this.#panning = undefined;
  }

  /** Two fingers: what lies between them follows them. */
  #pinch(moved: number, at: Point): void {
    const [first, second] = [...this.#down];
    if (first === undefined || second === undefined || (first[0] !== moved && second[0] !== moved)) return;
    const fixed = first[0] === moved ? second[1] : first[1];
    const before = this.#down.get(moved)!;
    const middle = { x: (before.x + fixed.x) / 2, y: (before.y + fixed.y) / 2 };
    this.#sink.pan({ x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
    const apart = Math.hypot(before.x - fixed.x, before.y - fixed.y);
    if (apart > 0) this.#sink.zoom(Math.hypot(at.x - fixed.x, at.y - fixed.y) / apart, middle);
  }

  readonly #onMenu = (event: Event): void => event.preventDefault();

  readonly #onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * linePixels : event.deltaY;
    if (pixels !== 0) this.#sink.zoom(wheelStep ** -Math.max(-3, Math.min(3, pixels / wheelPixels)), this.#at(event));
  };
}

// What is selected, and what becomes of it.
import { clampPoint, type Point } from '../image/viewport.ts';
import { isSame, meetsAnotherEdge, movePoints } from './geometry.ts';
import { handlesOf, insertPoint, isFlexible, middleOf, moveHandle } from './handles.ts';
import { shapeMessages } from './messages.ts';
import type { Shape } from './shape.ts';
import type { ShapeHost } from './shape-host.ts';
import type { ShapeList } from './shape-list.ts';

/** Pixels of the image between a shape and its duplicate. */
const duplicateStep = 10;

export class ShapeSelection {
  readonly #host: ShapeHost;
  readonly #shapes: ShapeList;
  readonly #onChosen: () => void;
  #id: number | undefined;
  #handle: number | undefined;

  /** @param onChosen is called when something else is selected: what was under way with the old one is over */
  constructor(host: ShapeHost, shapes: ShapeList, onChosen: () => void) {
    this.#host = host;
    this.#shapes = shapes;
    this.#onChosen = onChosen;
  }

  get shape(): Shape | undefined {
    return this.#shapes.find(this.#id);
  }

  /** The handle of the selected shape that keys move. */
  get handle(): number | undefined {
    return this.#handle;
  }

  choose(id: number | undefined, handle?: number): void {
    this.#id = id;
    this.#handle = handle;
    this.#onChosen();
    this.#host.changed();
  }

  /** The points of a second one, a little beside it. */
  get besideIt(): readonly Point[] {
    const { points } = this.shape!;
    const image = this.#host.image();
    const step = (edge: number, room: number) => (edge + duplicateStep <= room ? duplicateStep : -duplicateStep);
    const right = Math.max(...points.map(({ x }) => x));
    const bottom = Math.max(...points.map(({ y }) => y));
    return movePoints(points, { x: step(right, image.width), y: step(bottom, image.height) }, image);
  }

  /** Moves the chosen handle, or else the whole. */
  nudge(by: Point): void {
    const shape = this.shape!;
    const { kind } = this.#host;
    const image = this.#host.image();
    const handle = this.#handle === undefined ? undefined : handlesOf(kind, shape.points)[this.#handle];
    const points = handle
      ? moveHandle(kind, shape.points, this.#handle!, { x: handle.x + by.x, y: handle.y + by.y }, image)
      : movePoints(shape.points, by, image);
    this.reshape(shape, points, this.#handle);
  }

  /**
   * Gives a shape other points, unless it would cross itself. One that crosses already, as the template gave it, may be mended.
   *
   * @param changed the point that is another one, or where one was put in or taken out; undefined when all were moved
   */
  reshape(shape: Shape, points: readonly Point[], changed?: number): void {
    if (points.length === shape.points.length && points.every((point, index) => isSame(point, shape.points[index]!)))
      return;
    if (changed !== undefined && this.#crosses(points, changed) && !this.#crosses(shape.points, changed)) {
      this.#host.tell(shapeMessages.crossing);
      return;
    }
    this.#shapes.replace({ ...shape, points });
    this.#host.say(this.#host.kind.describe(points));
    this.#host.committed();
  }

  /** Whether an edge at a point meets another one. */
  #crosses(points: readonly Point[], at: number): boolean {
    const { length } = points;
    const { isSimple } = this.#host.kind;
    return isSimple && [at - 1, at].some((edge) => meetsAnotherEdge(points, true, (edge + length) % length));
  }

  /** A key for the points of what is selected. @returns whether it was of use */
  pressed(key: string): boolean {
    const { shape } = this;
    if (shape === undefined) return false;
    const isPointChosen = this.#handle !== undefined && isFlexible(this.#host.kind);
    if (key === '[' || key === ']') this.#chooseHandle(shape, key === ']' ? 1 : -1);
    else if (isPointChosen && (key === 'Insert' || key === 'i')) this.#insert(shape);
    else if (isPointChosen && (key === 'Delete' || key === 'Backspace')) this.#takeOut(shape);
    else return false;
    return true;
  }

  #chooseHandle(shape: Shape, step: 1 | -1): void {
    const handles = handlesOf(this.#host.kind, shape.points);
    const from = this.#handle ?? (step > 0 ? -1 : handles.length);
    const index = (from + step + handles.length) % handles.length;
    this.choose(shape.id, index);
    const { x, y } = handles[index]!;
    this.#host.reveal({ x, y });
    this.#host.say(shapeMessages.handle(index + 1, handles.length, Math.round(x), Math.round(y)));
  }

  /** In the middle of the edge that follows; of a polyline's last point, of the one before. */
  #insert(shape: Shape): void {
    const isLast = !this.#host.kind.isClosed && this.#handle === shape.points.length - 1;
    const edge = isLast ? this.#handle! - 1 : this.#handle!;
    const at = clampPoint(middleOf(shape.points, edge), this.#host.image());
    this.reshape(shape, insertPoint(shape.points, edge, at), edge + 1);
    this.choose(shape.id, edge + 1);
  }

  #takeOut(shape: Shape): void {
    const { least } = this.#host.kind;
    if (shape.points.length <= least) {
      this.#host.tell(shapeMessages.tooFew(least));
      return;
    }
    this.reshape(shape, shape.points.toSpliced(this.#handle!, 1), this.#handle);
    this.choose(shape.id, Math.min(this.#handle!, shape.points.length - 2));
  }
}

// What pressing, dragging and releasing does: takes hold of what is there, or draws.
import { clampPoint, type Point } from '../image/viewport.ts';
import { boxOf, movePoints } from './geometry.ts';
import { Gesture } from './gesture.ts';
import { handlesOf, insertPoint, moveHandle } from './handles.ts';
import { findInside, type Hit, isInside } from './hit.ts';
import type { Shape } from './shape.ts';
import type { ShapeDrawing } from './shape-drawing.ts';
import type { ShapeHost } from './shape-host.ts';
import type { ShapeList } from './shape-list.ts';
import type { ShapeSelection } from './shape-selection.ts';

interface Stage {
  /** Whether the tool that draws is chosen, not the one that selects. */
  isDrawing(): boolean;
  /** CSS pixels for a pixel of the image. */
  scale(): number;
  find(point: Point): Hit | undefined;
  place(point: Point): void;
  /** Something would be drawn, had it a label. */
  askForLabel(): void;
}

export class ShapeGestures {
  readonly #host: ShapeHost;
  readonly #shapes: ShapeList;
  readonly #selection: ShapeSelection;
  readonly #drawing: ShapeDrawing;
  readonly #stage: Stage;
  #gesture: Gesture | undefined;
  #draft: Shape | undefined;

  constructor(host: ShapeHost, shapes: ShapeList, selection: ShapeSelection, drawing: ShapeDrawing, stage: Stage) {
    this.#host = host;
    this.#shapes = shapes;
    this.#selection = selection;
    this.#drawing = drawing;
    this.#stage = stage;
  }

  get isActive(): boolean {
    return this.#gesture !== undefined;
  }

  /** What a gesture has made of a shape so far, or of a new one, whose id is 0. */
  get draft(): Shape | undefined {
    return this.#draft;
  }

  press(point: Point): void {
    this.#gesture = this.#drawing.isActive ? this.#placing(point) : (this.#holding(point) ?? this.#starting(point));
    this.#host.changed();
  }

  drag(point: Point): void {
    this.#gesture?.drag(point);
  }

  release(point: Point): void {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    gesture?.release(point);
    this.#draft = undefined;
    this.#host.changed();
  }

  forget(): void {
    this.#gesture = undefined;
    this.#draft = undefined;
  }

  /** On a handle or a border, or in what is selected: moves it. */
  #holding(point: Point): Gesture | undefined {
    const hit = this.#stage.find(point);
    if (hit?.part === 'handle') return this.#reshaping(point, hit.shape, hit.index);
    if (hit?.part === 'middle') {
      const points = insertPoint(hit.shape.points, hit.index, clampPoint(point, this.#host.image()));
      return this.#reshaping(point, { ...hit.shape, points }, hit.index + 1, hit.shape);
    }
    if (hit) return this.#moving(point, hit.shape);
    const selected = this.#selection.shape;
    if (selected === undefined || !isInside(this.#host.kind, point, selected)) return undefined;
    return this.#moving(point, selected, () => this.#clickInside(point));
  }

  /** Anywhere else: draws, or selects what is there where nothing can be drawn. */
  #starting(point: Point): Gesture | undefined {
    const { kind } = this.#host;
    const [isDrawing, label] = [this.#stage.isDrawing(), this.#host.label()];
    const inside = findInside(kind, point, this.#shapes.shown);
    if (inside && (!isDrawing || label === '')) return this.#moving(point, inside);
    this.#selection.choose(undefined);
    if (!isDrawing) return undefined;
    if (label !== '') return kind.isDragged ? this.#spanning(point, inside) : this.#placing(point);
    this.#stage.askForLabel();
    return undefined;
  }

  #clickInside(at: Point): void {
    const { kind } = this.#host;
    const draws = this.#stage.isDrawing() && !kind.isDragged && this.#host.label() !== '';
    this.#selection.choose(draws ? undefined : findInside(kind, at, this.#shapes.shown)?.id);
    if (draws) this.#stage.place(at);
  }

  #moving(from: Point, shape: Shape, click: () => void = () => {}): Gesture {
    this.#selection.choose(shape.id);
    const moved = (to: Point) => movePoints(shape.points, { x: to.x - from.x, y: to.y - from.y }, this.#host.image());
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ ...shape, points: moved(to) }),
      drop: (to) => this.#selection.reshape(shape, moved(to)),
      click,
    });
  }

  /** @param original what there was before a point was put in */
  #reshaping(from: Point, shape: Shape, handle: number, original = shape): Gesture {
    const { kind } = this.#host;
    this.#selection.choose(shape.id, kind.isBox ? undefined : handle);
    const grip = handlesOf(kind, shape.points)[handle]!;
    const moved = (to: Point) => {
      // What is taken hold of beside its middle does not jump.
      const target = { x: grip.x + to.x - from.x, y: grip.y + to.y - from.y };
      return moveHandle(kind, shape.points, handle, target, this.#host.image());
    };
    if (shape !== original) this.#show(shape);
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ ...shape, points: moved(to) }),
      drop: (to) => this.#selection.reshape(original, moved(to), handle),
      click: () => {
        if (shape !== original) this.#selection.reshape(original, shape.points, handle);
      },
    });
  }

  #spanning(from: Point, inside: Shape | undefined): Gesture {
    const { isBox } = this.#host.kind;
    const image = this.#host.image();
    const label = this.#host.label();
    const spanned = (to: Point) => (isBox ? boxOf(from, to, image) : [clampPoint(from, image), clampPoint(to, image)]);
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ id: 0, label, points: spanned(to) }),
      drop: (to) => this.#host.add(label, spanned(to)),
      click: () => {
        // A click that does not move makes no box: it selects the one there. A line has two clicks.
        if (isBox) this.#selection.choose(inside?.id);
        else this.#stage.place(from);
      },
    });
  }

  #placing(from: Point): Gesture {
    const follow = (to: Point) => {
      this.#drawing.next = clampPoint(to, this.#host.image());
      this.#host.changed();
    };
    follow(from);
    const place = (at: Point) => this.#stage.place(at);
    return this.#gestureFrom(from, { drag: follow, drop: place, click: place });
  }

  #gestureFrom(from: Point, actions: ConstructorParameters<typeof Gesture>[2]): Gesture {
    return new Gesture(from, 3 / this.#stage.scale(), actions);
  }

  #show(draft: Shape): void {
    this.#draft = draft;
    this.#host.changed();
  }
}

// What the tools for boxes, polygons, polylines, lines and keypoints share: nearly everything; they differ by their `kind`.

import { ImageWidget, type Press } from '../image/image-widget.ts';
import { clampPoint, type Point, type Size } from '../image/viewport.ts';
import type { Mark } from '../mark-list.ts';
import type { Shortcut } from '../shell.ts';
import { boxOf, distance, isSame, meetsAnotherEdge, movePoints } from './geometry.ts';
import { Gesture } from './gesture.ts';
import { cursorOf, handlesOf, insertPoint, isFlexible, moveHandle } from './handles.ts';
import { findHit, findInside, type Hit, isInside } from './hit.ts';
import { shapeMessages } from './messages.ts';
import { readShapes } from './read-shapes.ts';
import { leastEdge } from './render-handles.ts';
import { renderScene } from './render-scene.ts';
import type { Shape } from './shape.ts';
import { shapeShortcuts } from './shape-keys.ts';
import type { ShapeKind } from './shape-kind.ts';
import { ShapeList } from './shape-list.ts';
import { shapesStyles } from './shapes.styles.ts';
import { Sketch } from './sketch.ts';

/** Pixels of the image between a shape and its duplicate. */
const duplicateStep = 10;

export abstract class ShapeTool extends ImageWidget {
  static readonly kind: ShapeKind;
  static override styles = [...ImageWidget.styles, shapesStyles];

  readonly #kind = (this.constructor as typeof ShapeTool).kind;
  readonly #shapes = new ShapeList(this.#kind, this.history, {
    has: (label) => this.hasLabel(label),
    colorOf: (label) => this.colorOf(label),
  });
  readonly #sketch = new Sketch(this.history);
  #selected: number | undefined;
  /** The handle of the selected shape that keys move. */
  #handle: number | undefined;
  #gesture: Gesture | undefined;
  /** What a gesture has made of a shape so far, or of a new one, whose id is 0. */
  #draft: Shape | undefined;
  #hit: Hit | undefined;
  /** Where the next point would be. */
  #next: Point | undefined;
  #reach = 0;
  #form: { readonly shown: readonly Shape[]; readonly image: Size; readonly text: string | null } | undefined;

  protected get modes() {
    const { tool, shortcut } = this.#kind;
    return [
      { id: tool, text: shapeMessages[tool], icon: tool, key: shortcut },
      { id: 'select', text: shapeMessages.select, icon: 'select', key: 'v' },
    ];
  }

  protected get ownShortcuts(): readonly Shortcut[] {
    return shapeShortcuts(this.#kind);
  }

  protected get marks(): readonly Mark[] {
    return this.#shapes.marks;
  }

  protected get selected(): number | undefined {
    return this.#selectedShape?.id;
  }

  get #selectedShape(): Shape | undefined {
    return this.#shapes.find(this.#selected);
  }

  get _submittableValue(): Record<string, unknown> {
    const { width, height } = this.image;
    return {
      [this.#kind.key]: this.#shapes.shown.map(this.#kind.print),
      inputImageProperties: { height, width },
      ...(this.hasInitial && { initialValueModified: this.#shapes.isModified }),
    };
  }

  /** Asked for on each update, also while something is dragged: made anew when the shapes are others only. */
  protected override get formValue(): string | null {
    const { shown } = this.#shapes;
    if (this.#form?.shown !== shown || this.#form.image !== this.image)
      this.#form = { shown, image: this.image, text: super.formValue };
    return this.#form.text;
  }

  protected begin(initial: unknown): void {
    const read = readShapes(this.#kind, initial, this.image);
    if (read === undefined)
      this.report('initial-value', `neither a list nor an object with a list "${this.#kind.key}"`);
    const [first] = read?.leftOut ?? [];
    if (first !== undefined) {
      const reason = `cannot be read: ${read!.leftOut.join(', ')}`;
      this.report('initial-value', reason, shapeMessages.leftOut(read!.leftOut.length, first));
    }
    this.#shapes.begin(read?.shapes ?? []);
    this.#choose(undefined);
  }

  protected override labelsChanged(): void {
    this.#shapes.refresh();
    if (this.#sketch.isActive && !this.hasLabel(this.#sketch.label)) this.cancel();
  }

  // Selecting and editing

  protected select(mark: number | undefined): void {
    if (this.#sketch.isActive && !this.#complete()) this.#sketch.end();
    this.#choose(mark);
    this.#reveal(this.#selectedShape?.points[0]);
  }

  #choose(mark: number | undefined, handle?: number): void {
    this.#gesture = undefined;
    this.#draft = undefined;
    this.#hit = undefined;
    this.#selected = mark;
    this.#handle = handle;
    this.requestUpdate();
  }

  #reveal(point: Point | undefined): void {
    if (point) this.stage.reveal(point);
  }

  protected removeMark(mark: number): void {
    const shape = this.#shapes.find(mark);
    if (shape === undefined || this.inactive) return;
    // In the list the one after it is next, so that several can be deleted in a row. On the image it is not: the label that is
    // chosen next would become that one's.
    const { shown } = this.#shapes;
    const isInList = this.shadowRoot?.activeElement?.id === 'marks';
    const following = isInList ? (shown[shown.indexOf(shape) + 1] ?? shown.at(-2)) : undefined;
    const wasSelected = this.selected === mark;
    this.#shapes.remove(mark);
    if (wasSelected) this.#choose(following?.id);
    this.say(shapeMessages.removed(shape.label));
    this.committed();
  }

  protected relabel(mark: number, label: string): void {
    const shape = this.#shapes.find(mark);
    if (shape === undefined || shape.label === label) return;
    this.#shapes.replace({ ...shape, label });
    this.committed();
  }

  protected override duplicate(): boolean {
    const shape = this.#selectedShape;
    if (shape === undefined) return false;
    const step = (edge: number, room: number) => (edge + duplicateStep <= room ? duplicateStep : -duplicateStep);
    const right = Math.max(...shape.points.map(({ x }) => x));
    const bottom = Math.max(...shape.points.map(({ y }) => y));
    const by = { x: step(right, this.image.width), y: step(bottom, this.image.height) };
    this.#add(shape.label, movePoints(shape.points, by, this.image), true);
    return true;
  }

  protected nudge(by: Point): boolean {
    const shape = this.#selectedShape;
    if (shape === undefined || this.#sketch.isActive) return false;
    const handle = this.#handle === undefined ? undefined : handlesOf(this.#kind, shape.points)[this.#handle];
    const points = handle
      ? moveHandle(this.#kind, shape.points, this.#handle!, { x: handle.x + by.x, y: handle.y + by.y }, this.image)
      : movePoints(shape.points, by, this.image);
    this.#reshape(shape, points, this.#handle);
    return true;
  }

  /**
   * Gives a shape other points, unless it would cross itself. One that crosses already, as the template gave it, may be mended.
   *
   * @param changed the point that is another one, or where one was put in or taken out; undefined when all were moved
   */
  #reshape(shape: Shape, points: readonly Point[], changed?: number): void {
    if (points.length === shape.points.length && points.every((point, index) => isSame(point, shape.points[index]!)))
      return;
    if (changed !== undefined && this.#crosses(points, changed) && !this.#crosses(shape.points, changed)) {
      this.tell(shapeMessages.crossing);
      return;
    }
    this.#shapes.replace({ ...shape, points });
    this.say(this.#kind.describe(points));
    this.committed();
  }

  /** Whether an edge at a point meets another one. */
  #crosses(points: readonly Point[], at: number): boolean {
    const { length } = points;
    return this.#kind.isSimple && [at - 1, at].some((edge) => meetsAnotherEdge(points, true, (edge + length) % length));
  }

  // Drawing

  protected press(point: Point, { isCoarse }: Press): void {
    this.#reach = this.reach(isCoarse);
    this.#next = undefined;
    this.#gesture = this.#sketch.isActive ? this.#placing(point) : (this.#holding(point) ?? this.#starting(point));
    this.requestUpdate();
  }

  /** On a handle or a border, or in what is selected: moves it. */
  #holding(point: Point): Gesture | undefined {
    const hit = this.#find(point);
    if (hit?.part === 'handle') return this.#reshaping(point, hit.shape, hit.index);
    if (hit?.part === 'middle') {
      const points = insertPoint(hit.shape.points, hit.index, clampPoint(point, this.image));
      return this.#reshaping(point, { ...hit.shape, points }, hit.index + 1, hit.shape);
    }
    if (hit) return this.#moving(point, hit.shape);
    const selected = this.#selectedShape;
    if (selected === undefined || !isInside(this.#kind, point, selected)) return undefined;
    return this.#moving(point, selected, () => this.#clickInside(point));
  }

  /** Anywhere else: draws, or selects what is there where nothing can be drawn. */
  #starting(point: Point): Gesture | undefined {
    const isDrawing = this.mode === this.#kind.tool;
    const inside = findInside(this.#kind, point, this.#shapes.shown);
    if (inside && (!isDrawing || this.label === '')) return this.#moving(point, inside);
    this.#choose(undefined);
    if (!isDrawing) return undefined;
    if (this.label !== '') return this.#kind.isDragged ? this.#spanning(point, inside) : this.#placing(point);
    this.tell(this.noLabelSentence);
    return undefined;
  }

  #clickInside(at: Point): void {
    const draws = this.mode === this.#kind.tool && !this.#kind.isDragged && this.label !== '';
    this.#choose(draws ? undefined : findInside(this.#kind, at, this.#shapes.shown)?.id);
    if (draws) this.place(at);
  }

  #moving(from: Point, shape: Shape, click: () => void = () => {}): Gesture {
    this.#choose(shape.id);
    const moved = (to: Point) => movePoints(shape.points, { x: to.x - from.x, y: to.y - from.y }, this.image);
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ ...shape, points: moved(to) }),
      drop: (to) => this.#reshape(shape, moved(to)),
      click,
    });
  }

  /** @param original what there was before a point was put in */
  #reshaping(from: Point, shape: Shape, handle: number, original = shape): Gesture {
    this.#choose(shape.id, this.#kind.isBox ? undefined : handle);
    const grip = handlesOf(this.#kind, shape.points)[handle]!;
    const moved = (to: Point) => {
      // What is taken hold of beside its middle does not jump.
      const target = { x: grip.x + to.x - from.x, y: grip.y + to.y - from.y };
      return moveHandle(this.#kind, shape.points, handle, target, this.image);
    };
    if (shape !== original) this.#show(shape);
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ ...shape, points: moved(to) }),
      drop: (to) => this.#reshape(original, moved(to), handle),
      click: () => {
        if (shape !== original) this.#reshape(original, shape.points, handle);
      },
    });
  }

  #spanning(from: Point, inside: Shape | undefined): Gesture {
    const { isBox } = this.#kind;
    const spanned = (to: Point) =>
      isBox ? boxOf(from, to, this.image) : [clampPoint(from, this.image), clampPoint(to, this.image)];
    return this.#gestureFrom(from, {
      drag: (to) => this.#show({ id: 0, label: this.label, points: spanned(to) }),
      drop: (to) => this.#add(this.label, spanned(to)),
      click: () => {
        // A click that does not move makes no box: it selects the one there. A line has two clicks.
        if (isBox) this.#choose(inside?.id);
        else this.place(from);
      },
    });
  }

  #placing(from: Point): Gesture {
    const follow = (to: Point) => {
      this.#next = clampPoint(to, this.image);
      this.requestUpdate();
    };
    follow(from);
    return this.#gestureFrom(from, { drag: follow, drop: (at) => this.place(at), click: (at) => this.place(at) });
  }

  #gestureFrom(from: Point, actions: ConstructorParameters<typeof Gesture>[2]): Gesture {
    return new Gesture(from, 3 / this.stage.view.scale, actions);
  }

  #show(draft: Shape): void {
    this.#draft = draft;
    this.requestUpdate();
  }

  protected drag(point: Point): void {
    this.#gesture?.drag(point);
  }

  protected release(point: Point): void {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    gesture?.release(point);
    this.#draft = undefined;
    this.requestUpdate();
  }

  protected override abort(): void {
    this.#gesture = undefined;
    this.#draft = undefined;
    this.#next = undefined;
    this.requestUpdate();
  }

  protected place(point: Point): void {
    const at = clampPoint(point, this.image);
    this.#next = at;
    if (!this.#sketch.isActive) {
      if (this.label === '') {
        this.tell(this.noLabelSentence);
        return;
      }
      this.#choose(undefined);
      this.#sketch.begin(this.label, at);
    } else if (this.#endsAt(at) !== undefined) {
      this.finish();
      return;
    } else if (!this.#extend(at)) return;
    const { points } = this.#sketch;
    this.say(shapeMessages.placed(points.length, at.x, at.y));
    if (points.length >= this.#kind.most) this.#complete();
    this.requestUpdate();
  }

  /** @returns false when the point cannot be there */
  #extend(at: Point): boolean {
    const { points } = this.#sketch;
    if (isSame(points.at(-1)!, at)) return false;
    if (this.#kind.isSimple && meetsAnotherEdge([...points, at], false, points.length - 1)) {
      this.tell(shapeMessages.crossing);
      return false;
    }
    this.#sketch.add(at);
    return true;
  }

  /** The point that ends the drawing, if a click there would: the first one of a polygon, the last one of a polyline. */
  #endsAt(at: Point): number | undefined {
    const { points } = this.#sketch;
    if (!isFlexible(this.#kind) || points.length < this.#kind.least) return undefined;
    const index = this.#kind.isClosed ? 0 : points.length - 1;
    return distance(points[index]!, at) <= this.#reach ? index : undefined;
  }

  protected finish(): boolean {
    if (!this.#sketch.isActive) return false;
    if (this.#complete()) return true;
    // The second point of a box or a line is where the cursor is.
    if (!isFlexible(this.#kind)) return false;
    this.tell(shapeMessages.tooFew(this.#kind.least));
    return true;
  }

  /** Makes a shape of the drawing. @returns whether it could */
  #complete(): boolean {
    const { points, label } = this.#sketch;
    if (points.length < this.#kind.least) return false;
    if (this.#kind.isSimple && meetsAnotherEdge(points, true, points.length - 1)) {
      this.tell(shapeMessages.crossing);
      return true;
    }
    this.#sketch.end();
    this.#add(label, this.#kind.isBox ? boxOf(points[0]!, points[1]!, this.image) : points);
    return true;
  }

  /** A new shape is not selected: the next number key is for the next one. */
  #add(label: string, points: readonly Point[], isSelected = false): void {
    const shape = this.#shapes.make(label, points);
    this.#shapes.add(shape);
    this.#next = undefined;
    this.#choose(isSelected ? shape.id : undefined);
    if (this.#kind.asksAgain) this.label = this.onlyLabel;
    this.say(shapeMessages.added(label, this.#kind.describe(points)));
    this.committed();
  }

  protected cancel(): boolean {
    const had =
      this.#sketch.isActive || this.#gesture !== undefined || this.#handle !== undefined || this.selected !== undefined;
    const isKept = this.#handle !== undefined && !this.#sketch.isActive;
    this.#sketch.end();
    this.#next = undefined;
    // First the point, then the whole.
    this.#choose(isKept ? this.#selected : undefined);
    return had;
  }

  protected override pressedOwn(event: KeyboardEvent): boolean {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if ((key === 'Backspace' || key === 'Delete') && this.#sketch.isActive) {
      this.history.undo();
      this.requestUpdate();
      return true;
    }
    const shape = this.#selectedShape;
    if (shape === undefined || this.#sketch.isActive) return false;
    if (key === '[' || key === ']') this.#chooseHandle(shape, key === ']' ? 1 : -1);
    else if (this.#handle !== undefined && isFlexible(this.#kind) && (key === 'Insert' || key === 'i'))
      this.#insert(shape);
    else if (this.#handle !== undefined && isFlexible(this.#kind) && (key === 'Delete' || key === 'Backspace'))
      this.#takeOut(shape);
    else return false;
    return true;
  }

  #chooseHandle(shape: Shape, step: 1 | -1): void {
    const handles = handlesOf(this.#kind, shape.points);
    const from = this.#handle ?? (step > 0 ? -1 : handles.length);
    const index = (from + step + handles.length) % handles.length;
    this.#choose(shape.id, index);
    const { x, y } = handles[index]!;
    this.#reveal({ x, y });
    this.say(shapeMessages.handle(index + 1, handles.length, Math.round(x), Math.round(y)));
  }

  /** In the middle of the edge that follows; of a polyline's last point, of the one before. */
  #insert(shape: Shape): void {
    const isLast = !this.#kind.isClosed && this.#handle === shape.points.length - 1;
    const edge = isLast ? this.#handle! - 1 : this.#handle!;
    const [from, to] = [shape.points[edge]!, shape.points[(edge + 1) % shape.points.length]!];
    const at = clampPoint({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }, this.image);
    this.#reshape(shape, insertPoint(shape.points, edge, at), edge + 1);
    this.#choose(shape.id, edge + 1);
  }

  #takeOut(shape: Shape): void {
    const { least } = this.#kind;
    if (shape.points.length <= least) {
      this.tell(shapeMessages.tooFew(least));
      return;
    }
    this.#reshape(shape, shape.points.toSpliced(this.#handle!, 1), this.#handle);
    this.#choose(shape.id, Math.min(this.#handle!, shape.points.length - 2));
  }

  // What is seen

  protected hover(point: Point | undefined, { isCoarse, isExact }: Press): void {
    if (!this.isDrawable) return;
    this.#reach = isExact ? 0 : this.reach(isCoarse);
    if (this.#sketch.isActive) {
      this.#next = point && clampPoint(point, this.image);
      this.requestUpdate();
      return;
    }
    const hit = point && this.#find(point);
    const isSameHit =
      hit?.part === this.#hit?.part && hit?.shape === this.#hit?.shape && index(hit) === index(this.#hit);
    if (isSameHit) return;
    this.#hit = hit;
    this.requestUpdate();
  }

  #find(point: Point): Hit | undefined {
    const edge = leastEdge / this.stage.view.scale;
    return findHit(this.#kind, point, this.#shapes.shown, this.#selectedShape, this.#reach, edge);
  }

  protected override get pointerLook(): string | undefined {
    if (this.#gesture) return undefined;
    if (this.#hit?.part === 'handle') return cursorOf(this.#kind, this.#hit.index);
    if (this.#hit?.part === 'middle') return 'copy';
    if (this.#hit) return 'move';
    return this.mode === 'select' ? 'default' : undefined;
  }

  protected renderMarks(image: Size): unknown {
    const { view } = this.stage;
    const draft = this.#draft;
    const selected = this.#selectedShape;
    const isOther = this.#gesture === undefined && this.#hit?.shape.id !== (draft ?? selected)?.id;
    return renderScene({
      layer: { kind: this.#kind, view, image, colorOf: (label) => this.colorOf(label) },
      paint: this.paint,
      shapes: this.#shapes.shown,
      selected,
      draft,
      handle: this.#handle,
      hovered: isOther ? this.#hit?.shape : undefined,
      sketch: this.#sketch.isActive ? this.#sketch : undefined,
      next: this.#next,
      ending: this.#next && this.#sketch.isActive ? this.#endsAt(this.#next) : undefined,
      // Under a finger, before it is lifted.
      pointLabel: this.#gesture ? this.label : undefined,
    });
  }
}

const index = (hit: Hit | undefined): number | undefined => (hit && 'index' in hit ? hit.index : undefined);

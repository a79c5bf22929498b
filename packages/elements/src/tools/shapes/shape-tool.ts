// What the tools for boxes, polygons, polylines, lines and keypoints share: nearly everything; they differ by their `kind`.

import { ImageWidget, type Press } from '../image/image-widget.ts';
import { clampPoint, type Point, type Size } from '../image/viewport.ts';
import { revealLabel } from '../label-pane.ts';
import type { Mark } from '../mark-list.ts';
import type { Shortcut } from '../shell.ts';
import { cursorOf } from './handles.ts';
import { findHit, type Hit } from './hit.ts';
import { shapeMessages } from './messages.ts';
import { nextLabel } from './next-label.ts';
import { readShapes, resumeShapes } from './read-shapes.ts';
import { leastEdge } from './render-handles.ts';
import { renderScene } from './render-scene.ts';
import type { Shape } from './shape.ts';
import { ShapeDrawing } from './shape-drawing.ts';
import { ShapeGestures } from './shape-gestures.ts';
import type { ShapeHost } from './shape-host.ts';
import { shapeShortcuts } from './shape-keys.ts';
import type { ShapeKind } from './shape-kind.ts';
import { ShapeList } from './shape-list.ts';
import { ShapeSelection } from './shape-selection.ts';
import { shapesStyles } from './shapes.styles.ts';

export abstract class ShapeTool extends ImageWidget {
  static readonly kind: ShapeKind;
  static override styles = [...ImageWidget.styles, shapesStyles];

  readonly #kind = (this.constructor as typeof ShapeTool).kind;
  readonly #shapes = new ShapeList(this.#kind, this.history, {
    has: (label) => this.hasLabel(label),
    colorOf: (label) => this.colorOf(label),
  });
  readonly #host: ShapeHost = {
    kind: this.#kind,
    image: () => this.image,
    label: () => this.label,
    say: (sentence) => this.say(sentence),
    tell: (sentence) => this.tell(sentence),
    reveal: (point) => this.stage.reveal(point),
    add: (label, points) => this.#add(label, points),
    committed: () => this.committed(),
    changed: () => this.requestUpdate(),
  };
  readonly #selection = new ShapeSelection(this.#host, this.#shapes, () => {
    this.#gestures.forget();
    this.#hit = undefined;
  });
  readonly #drawing = new ShapeDrawing(this.#host, this.history);
  readonly #gestures: ShapeGestures = new ShapeGestures(this.#host, this.#shapes, this.#selection, this.#drawing, {
    isDrawing: () => this.mode === this.#kind.tool,
    scale: () => this.stage.view.scale,
    find: (point) => this.#find(point),
    place: (point) => this.place(point),
    askForLabel: () => this.tell(this.noLabelSentence),
  });
  #hit: Hit | undefined;
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
    return this.#selection.shape?.id;
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
    this.#selection.choose(undefined);
  }

  protected draftMarks(): unknown {
    return this.#shapes.all;
  }

  protected resumeMarks(marks: unknown): boolean {
    if (!Array.isArray(marks)) return false;
    this.#shapes.resume(resumeShapes(this.#kind, marks, this.image));
    this.#selection.choose(undefined);
    return true;
  }

  protected override labelsChanged(): void {
    this.#shapes.refresh();
    const { sketch } = this.#drawing;
    if (sketch && !this.hasLabel(sketch.label)) this.cancel();
  }

  // Selecting and editing

  protected select(mark: number | undefined): void {
    if (this.#drawing.isActive && !this.#drawing.complete()) this.#drawing.end();
    this.#selection.choose(mark);
    const point = this.#selection.shape?.points[0];
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
    if (wasSelected) this.#selection.choose(following?.id);
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
    const { shape } = this.#selection;
    if (shape === undefined) return false;
    this.#add(shape.label, this.#selection.besideIt, true);
    return true;
  }

  protected nudge(by: Point): boolean {
    if (this.#selection.shape === undefined || this.#drawing.isActive) return false;
    this.#selection.nudge(by);
    return true;
  }

  protected override pressedOwn({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey) return false;
    if (!this.#drawing.isActive) return this.#selection.pressed(key);
    if (key !== 'Backspace' && key !== 'Delete') return false;
    this.history.undo();
    this.requestUpdate();
    return true;
  }

  // Drawing

  protected press(point: Point, { isCoarse }: Press): void {
    this.#drawing.reach = this.reach(isCoarse);
    this.#drawing.next = undefined;
    this.#gestures.press(point);
  }

  protected drag(point: Point): void {
    this.#gestures.drag(point);
  }

  protected release(point: Point): void {
    this.#gestures.release(point);
  }

  protected override abort(): void {
    this.#gestures.forget();
    this.#drawing.next = undefined;
    this.requestUpdate();
  }

  protected place(point: Point): void {
    if (!this.#drawing.isActive) {
      if (this.label === '') {
        this.tell(this.noLabelSentence);
        return;
      }
      this.#selection.choose(undefined);
    }
    this.#drawing.place(point);
  }

  protected finish(): boolean {
    return this.#drawing.finish();
  }

  /** A new shape is not selected: the next number key is for the next one. */
  #add(label: string, points: readonly Point[], isDuplicate = false): void {
    const next = isDuplicate || !this.#kind.isOrdered ? undefined : this.#nextLabel(label);
    const shape = this.#shapes.make(label, points);
    // Who takes a point back is to place it anew.
    const follow = (name: string) => () => {
      if (this.hasLabel(name)) this.label = name;
    };
    this.#shapes.add(shape, next === undefined ? undefined : { undo: follow(label), redo: follow(next) });
    this.#drawing.next = undefined;
    this.#selection.choose(isDuplicate ? shape.id : undefined);
    if (this.#kind.asksAgain) this.label = this.onlyLabel;
    const added = shapeMessages.added(label, this.#kind.describe(points));
    if (next === undefined) this.say(added);
    else this.#goOnWith(next, added);
    this.committed();
  }

  #nextLabel(placed: string): string | undefined {
    const there = new Set(this.#shapes.shown.map(({ label }) => label));
    return nextLabel(
      this.paint.map(({ name }) => name),
      placed,
      (name) => there.has(name),
    );
  }

  #goOnWith(label: string, added: string): void {
    this.label = label;
    this.tell(shapeMessages.next(label), `${added}. ${shapeMessages.next(label)}`);
    void this.updateComplete.then(() => revealLabel(this.renderRoot));
  }

  protected cancel(): boolean {
    const { handle } = this.#selection;
    const isDrawing = this.#drawing.isActive;
    const had = isDrawing || this.#gestures.isActive || handle !== undefined || this.selected !== undefined;
    this.#drawing.end();
    // First the point, then the whole.
    this.#selection.choose(handle !== undefined && !isDrawing ? this.selected : undefined);
    return had;
  }

  // What is seen

  protected hover(point: Point | undefined, { isCoarse, isExact }: Press): void {
    if (!this.isDrawable) return;
    this.#drawing.reach = isExact ? 0 : this.reach(isCoarse);
    if (this.#drawing.isActive) {
      this.#drawing.next = point && clampPoint(point, this.image);
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
    return findHit(this.#kind, point, this.#shapes.shown, this.#selection.shape, this.#drawing.reach, edge);
  }

  protected override get pointerLook(): string | undefined {
    if (this.#gestures.isActive) return undefined;
    if (this.#hit?.part === 'handle') return cursorOf(this.#kind, this.#hit.index);
    if (this.#hit?.part === 'middle') return 'copy';
    if (this.#hit) return 'move';
    return this.mode === 'select' ? 'default' : undefined;
  }

  protected renderMarks(image: Size): unknown {
    const { view } = this.stage;
    const { draft, isActive } = this.#gestures;
    const selected = this.#selection.shape;
    const isOther = !isActive && this.#hit?.shape.id !== (draft ?? selected)?.id;
    return renderScene({
      layer: { kind: this.#kind, view, image, colorOf: (label) => this.colorOf(label) },
      paint: this.paint,
      shapes: this.#shapes.shown,
      selected,
      draft,
      handle: this.#selection.handle,
      hovered: isOther ? this.#hit?.shape : undefined,
      sketch: this.#drawing.sketch,
      next: this.#drawing.next,
      ending: this.#drawing.ending,
      // Under a finger, before it is lifted.
      pointLabel: isActive ? this.label : undefined,
    });
  }
}

const index = (hit: Hit | undefined): number | undefined => (hit && 'index' in hit ? hit.index : undefined);

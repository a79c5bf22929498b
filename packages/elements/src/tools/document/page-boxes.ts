// What pointers and keys do to the boxes on the page: choose a pair, move and resize the boxes of the chosen one, draw new ones.
import type { StageView } from '../image/stage-view.ts';
import { type Point, type Size, toStage } from '../image/viewport.ts';
import { boundsOf, boxOf, distance, isWithin, movePoints } from '../shapes/geometry.ts';
import { Gesture } from '../shapes/gesture.ts';
import { cursorOf, handlesOf, moveHandle } from '../shapes/handles.ts';
import { boxKind } from '../shapes/kinds.ts';
import { type Area, areaOf, boxOn, fitTo, onImage } from './areas.ts';
import type { Pair, PartName } from './pairs.ts';

interface Sink {
  readonly image: Size;
  readonly pairs: readonly Pair[];
  readonly selected: Pair | undefined;
  /** Whether the boxes of the chosen pair can be changed. */
  readonly isEditable: boolean;
  select(pair: number): void;
  place(part: PartName, area: Area): void;
  changed(): void;
}

interface Box {
  readonly part: PartName;
  readonly box: readonly Point[];
}

/** CSS pixels: a hand that clicks is not quite calm. */
const slack = 3;
/** A box that is put on the page by a key, in parts of what is seen of the page. */
const newBox = { width: 0.25, height: 0.05 };

export class PageBoxes {
  readonly #sink: Sink;
  readonly #stage: StageView;
  /** The box that keys move, or that is about to be drawn. */
  part: PartName | undefined;
  handle: number | undefined;
  draft: Box | undefined;
  hovered: number | undefined;
  #look = '';
  #gesture: Gesture | undefined;

  constructor(stage: StageView, sink: Sink) {
    this.#stage = stage;
    this.#sink = sink;
  }

  /** What the mouse looks like. */
  get look(): string {
    return this.isDrawing ? 'crosshair' : this.#look;
  }

  get isDrawing(): boolean {
    const { selected } = this.#sink;
    return this.part !== undefined && selected !== undefined && selected[this.part].area === undefined;
  }

  /**
   * The box that can be taken hold of. That of a pair that is merely looked at cannot: a drag is meant to move the view then, and
   * handles would hide what is to be read.
   */
  get box(): Box | undefined {
    const { selected, isEditable, image } = this.#sink;
    const area = this.part && selected?.[this.part].area;
    if (!isEditable || this.part === undefined || area === undefined || image.width === 0) return undefined;
    return { part: this.part, box: boxOn(area, image) };
  }

  choose(part: PartName | undefined): void {
    this.part = part;
    this.handle = undefined;
    this.abort();
  }

  abort(): void {
    this.#gesture = undefined;
    this.draft = undefined;
    this.#sink.changed();
  }

  /** Points are CSS pixels of the stage. */
  press(at: Point, isCoarse: boolean): void {
    const { selected } = this.#sink;
    const grip = this.#gripAt(at, isCoarse);
    if (this.isDrawing) this.#gesture = this.#draw(at, this.part!);
    else if (grip && selected) this.#gesture = this.#drag(at, grip, selected);
    else this.#gesture = this.#clickOrPan(at, isCoarse);
  }

  #clickOrPan(at: Point, isCoarse: boolean): Gesture {
    let last = at;
    return new Gesture(at, isCoarse ? 3 * slack : slack, {
      drag: (to) => {
        this.#stage.pan({ x: to.x - last.x, y: to.y - last.y });
        last = to;
      },
      drop: () => {},
      click: () => {
        const hit = this.#hitAt(at, isCoarse);
        if (hit === undefined) return;
        if (hit.pair.id !== this.#sink.selected?.id) this.#sink.select(hit.pair.id);
        else if (this.#sink.isEditable) this.choose(hit.part);
      },
    });
  }

  drag(at: Point): void {
    this.#gesture?.drag(at);
  }

  release(at: Point): void {
    const gesture = this.#gesture;
    this.#gesture = undefined;
    gesture?.release(at);
  }

  hover(at: Point | undefined): void {
    const grip = at && this.#gripAt(at, false);
    const hit = at && !grip && !this.isDrawing ? this.#hitAt(at, false)?.pair.id : undefined;
    const look = grip
      ? grip.handle === undefined
        ? 'move'
        : cursorOf(boxKind, grip.handle)
      : hit === undefined
        ? ''
        : 'pointer';
    if (hit === this.hovered && look === this.#look) return;
    this.hovered = hit;
    this.#look = look;
    this.#sink.changed();
  }

  /** Moves the chosen box or its handle by pixels of the image. @returns false when no box is chosen */
  nudge(by: Point): boolean {
    const { selected, image } = this.#sink;
    const part = this.part;
    const area = part && selected?.[part].area;
    if (part === undefined || area === undefined) return false;
    const box = boxOn(area, image);
    const handle = this.handle === undefined ? undefined : handlesOf(boxKind, box)[this.handle]!;
    const moved = handle
      ? moveHandle(boxKind, box, this.handle!, { x: handle.x + by.x, y: handle.y + by.y }, image)
      : movePoints(box, by, image);
    this.#sink.place(part, fitTo(area, moved, image));
    this.#stage.reveal(handle ? handlesOf(boxKind, moved)[this.handle!]! : moved[by.x > 0 || by.y > 0 ? 1 : 0]!);
    return true;
  }

  nextHandle(step: 1 | -1): boolean {
    if (this.part === undefined || this.isDrawing) return false;
    this.handle = this.handle === undefined ? (step === 1 ? 0 : 7) : (this.handle + step + 8) % 8;
    this.#sink.changed();
    return true;
  }

  /** A new box in the middle of what is seen, for whoever draws by keys. */
  placeInMiddle(stage: Size): boolean {
    const { image } = this.#sink;
    const part = this.part;
    if (part === undefined || !this.isDrawing) return false;
    const { scale } = this.#stage.view;
    const middle = this.#stage.pointAt({ x: stage.width / 2, y: stage.height / 2 });
    const [w, h] = [(stage.width / scale) * newBox.width, (stage.height / scale) * newBox.height];
    const [from, to] = [
      { x: middle.x - w / 2, y: middle.y - h / 2 },
      { x: middle.x + w / 2, y: middle.y + h / 2 },
    ];
    this.#sink.place(part, areaOf(boxOf(from, to, image), image));
    return true;
  }

  #draw(at: Point, part: PartName): Gesture {
    const { image } = this.#sink;
    const from = this.#stage.pointAt(at);
    const box = (to: Point) => boxOf(from, this.#stage.pointAt(to), image);
    return new Gesture(at, slack, {
      drag: (to) => this.#show({ part, box: box(to) }),
      drop: (to) => {
        this.#show(undefined);
        this.#sink.place(part, areaOf(box(to), image));
      },
      click: () => {},
    });
  }

  #drag(at: Point, { part, box, handle }: Box & { readonly handle: number | undefined }, pair: Pair): Gesture {
    const { image } = this.#sink;
    const start = this.#stage.pointAt(at);
    const moved = (to: Point) => {
      const point = this.#stage.pointAt(to);
      return handle === undefined
        ? movePoints(box, { x: point.x - start.x, y: point.y - start.y }, image)
        : moveHandle(boxKind, box, handle, point, image);
    };
    return new Gesture(at, slack, {
      drag: (to) => this.#show({ part, box: moved(to) }),
      drop: (to) => {
        this.#show(undefined);
        const { area } = pair[part];
        if (area) this.#sink.place(part, fitTo(area, moved(to), image));
      },
      click: () => {
        // Of two that lie on one another, a click must reach the other one.
        const hit = this.#hitAt(at, false);
        if (hit && hit.pair.id !== pair.id) this.#sink.select(hit.pair.id);
        else {
          this.handle = handle;
          this.#sink.changed();
        }
      },
    });
  }

  #show(draft: Box | undefined): void {
    this.draft = draft;
    this.#sink.changed();
  }

  #gripAt(at: Point, isCoarse: boolean): (Box & { readonly handle: number | undefined }) | undefined {
    const held = this.box;
    if (held === undefined) return undefined;
    const { view } = this.#stage;
    let nearest = isCoarse ? 22 : 8;
    let handle: number | undefined;
    for (const [index, point] of handlesOf(boxKind, held.box).entries()) {
      const apart = distance(at, toStage(view, point));
      if (apart >= nearest) continue;
      nearest = apart;
      handle = index;
    }
    if (handle !== undefined) return { ...held, handle };
    const [from, to] = held.box;
    const { x, y } = this.#stage.pointAt(at);
    const isInside = x >= from!.x && x <= to!.x && y >= from!.y && y <= to!.y;
    return isInside ? { ...held, handle } : undefined;
  }

  /** The smallest key or value there. */
  #hitAt(at: Point, isCoarse: boolean): { readonly pair: Pair; readonly part: PartName } | undefined {
    const { pairs, image } = this.#sink;
    const point = this.#stage.pointAt(at);
    const reach = (isCoarse ? 12 : 3) / this.#stage.view.scale;
    let best: { readonly pair: Pair; readonly part: PartName } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const pair of pairs) {
      for (const part of ['key', 'value'] as const) {
        const { area } = pair[part];
        if (area === undefined) continue;
        const points = onImage(area, image);
        const { left, top, right, bottom } = boundsOf(points);
        if (point.x < left - reach || point.x > right + reach || point.y < top - reach || point.y > bottom + reach)
          continue;
        // What is only near comes after everything that is hit.
        const size = (right - left) * (bottom - top) + (isWithin(point, points) ? 0 : image.width * image.height);
        if (size >= least) continue;
        least = size;
        best = { pair, part };
      }
    }
    return best;
  }
}

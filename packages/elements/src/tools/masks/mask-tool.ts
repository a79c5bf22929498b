// What the two tools for masks share: painting, erasing and filling. They differ by what a region is: a label, or an instance.
import { html, property, ref } from '../../base.ts';
import { ImageWidget, type Press } from '../image/image-widget.ts';
import { imageMessages } from '../image/messages.ts';
import { clampPoint, type Point } from '../image/viewport.ts';
import type { Shortcut } from '../shell.ts';
import { type AutoSegment, extremePoints, readOutlines } from './auto-segment.ts';
import { Brush } from './brush.ts';
import { MaskBoard } from './mask-board.ts';
import { maskModes, maskShortcuts } from './mask-keys.ts';
import { masksStyles } from './masks.styles.ts';
import { maskMessages } from './messages.ts';
import { PolygonPen } from './polygon-pen.ts';
import { flood, polygonSpans } from './spans.ts';

export abstract class MaskTool extends MaskBoard {
  static override styles = [...ImageWidget.styles, masksStyles];

  readonly #brush = new Brush();
  readonly #polygon = new PolygonPen(this.history);
  /** The question to the page that is under way. */
  #asked: symbol | undefined;

  /** A page's own segmentation; with one there is a tool that asks it. */
  @property({ attribute: false }) autoSegment: AutoSegment | undefined;

  /** The number of the region that is painted in with the chosen label; a new one if need be. */
  protected abstract regionToPaint(): number;

  protected get modes() {
    return maskModes(this.#canAsk);
  }

  protected get ownShortcuts(): readonly Shortcut[] {
    return maskShortcuts(this.#canAsk);
  }

  get #canAsk(): boolean {
    return typeof this.autoSegment === 'function';
  }

  get #isPen(): boolean {
    return this.mode === 'polygon' || this.mode === 'auto';
  }

  protected override begin(initial: unknown): void {
    this.#brush.fit(this.image);
    this.#asked = undefined;
    super.begin(initial);
  }

  protected override labelsChanged(): void {
    if (this.#polygon.isActive && !this.hasLabel(this.#polygon.label)) this.cancel();
    super.labelsChanged();
  }

  // Selecting

  protected select(mark: number | undefined): void {
    if (this.#polygon.isActive && !this.#complete()) this.#polygon.end();
    this.choose(mark);
    const at = mark === undefined ? -1 : this.mask.pixels.indexOf(mark);
    const { width } = this.mask;
    if (at >= 0) this.stage.reveal({ x: at % width, y: Math.floor(at / width) });
  }

  #pick({ x, y }: Point): void {
    const number = this.mask.at(Math.floor(x), Math.floor(y));
    this.choose(this.marks.some(({ id }) => id === number) ? number : undefined);
  }

  protected override removeMark(mark: number): void {
    if (this.inactive) return;
    this.#endStroke();
    super.removeMark(mark);
  }

  // Pointers and the cursor of the keys

  get #isBrush(): boolean {
    return this.mode === 'brush' || this.mode === 'eraser' || this.mode === '';
  }

  protected press(point: Point, { isCoarse }: Press): void {
    this.#polygon.reach = this.reach(isCoarse);
    this.#endStroke();
    if (this.#isBrush) this.#beginStroke(point, false);
    else this.#follow(point);
  }

  protected drag(point: Point): void {
    if (this.#isBrush) this.#paintTo(point);
    else this.#follow(point);
  }

  protected release(point: Point): void {
    this.#paintTo(point);
    this.#endStroke();
    if (!this.#isBrush) this.#act(point);
  }

  /** For what is done by a click. */
  #act(point: Point): void {
    if (this.mode === 'select') this.#pick(point);
    else if (this.#isPen) this.#placeVertex(clampPoint(point, this.image));
    else this.#flood(point);
  }

  protected place(point: Point): void {
    // The cursor stands on the corner of a pixel; at the right and the lower edge there is no pixel behind it.
    const { width, height } = this.image;
    const pixel = { x: Math.min(point.x, width - 1), y: Math.min(point.y, height - 1) };
    if (!this.#isBrush) this.#act(this.#isPen ? point : pixel);
    else if (this.#brush.stroke) this.#endStroke();
    else if (this.#beginStroke(pixel, true)) this.say(maskMessages.penDown);
  }

  protected nudge(by: Point): boolean {
    if (!this.#brush.stroke?.isByKeys) return false;
    const { x, y } = this.stage.moveCursor(by);
    this.#paintTo({ x: Math.min(x, this.image.width - 1), y: Math.min(y, this.image.height - 1) });
    this.say(imageMessages.cursorAt(x, y));
    return true;
  }

  // Painting

  #beginStroke(point: Point, isByKeys: boolean): boolean {
    const regions = this.maskRegions;
    const region = this.mode === 'eraser' ? 0 : this.#target();
    if (region === undefined) return false;
    this.#brush.setDown({ region, regions, isByKeys }, point);
    this.#paintTo(point);
    this.requestUpdate();
    return true;
  }

  /** The region to paint in; undefined while no label is chosen, which is said. */
  #target(): number | undefined {
    if (this.label === '') {
      this.tell(this.noLabelSentence);
      return undefined;
    }
    if (!this.selectionIsPainted) this.choose(undefined);
    return this.regionToPaint();
  }

  #paintTo(point: Point): void {
    if (this.#brush.stroke === undefined) return;
    this.#brush.paintTo(point, this.mask);
    this.canvas.update();
    this.#brush.moveRing(point, this.stage.view);
  }

  #endStroke(): void {
    const stroke = this.#brush.lift();
    if (stroke === undefined) return;
    this.requestUpdate();
    if (this.keep(stroke.regions)) this.#sayPainted(stroke.region);
  }

  #sayPainted(region: number): void {
    const label = this.maskRegions[region - 1]?.label;
    this.say(label === undefined ? maskMessages.erased : maskMessages.painted(label));
  }

  #dropStroke(): void {
    const stroke = this.#brush.lift();
    if (stroke === undefined) return;
    this.revert(stroke.regions);
    this.requestUpdate();
  }

  /** Long work by keys is no slip: to undo takes it back as one step. */
  #leaveStroke(): void {
    if (this.#brush.stroke?.isByKeys) this.#endStroke();
    else this.#dropStroke();
  }

  #flood(point: Point): void {
    const regions = this.maskRegions;
    const region = this.#target();
    if (region === undefined) return;
    flood(this.mask, Math.floor(point.x), Math.floor(point.y), region);
    if (this.keep(regions)) this.#sayPainted(region);
  }

  // Polygons

  #follow(point: Point): void {
    if (!this.#isPen) return;
    this.#polygon.follow(clampPoint(point, this.image));
    this.requestUpdate();
  }

  #placeVertex(at: Point): void {
    const polygon = this.#polygon;
    if (this.mode === 'polygon' && polygon.endsAt(at)) {
      this.finish();
      return;
    }
    if (polygon.isActive) polygon.add(at);
    else if (this.label === '') {
      this.tell(this.noLabelSentence);
      return;
    } else polygon.begin(this.label, at);
    this.say(maskMessages.placed(polygon.count, at.x, at.y));
    if (this.mode === 'auto' && polygon.count === extremePoints) void this.#ask();
    this.requestUpdate();
  }

  /** Has the page find the thing between the four points, and paints what it answers as one step. */
  async #ask(): Promise<void> {
    const { label } = this.#polygon;
    const points = this.#polygon.end().map(({ x, y }) => ({ x, y }));
    const asked = Symbol();
    this.#asked = asked;
    this.tell(maskMessages.asking);
    let outlines: ReturnType<typeof readOutlines>;
    try {
      outlines = readOutlines(await this.autoSegment?.({ src: this.src, ...this.image, label, points }));
    } catch (error) {
      // It is for whoever wrote it; the worker is told what to do instead.
      console.error(error);
    }
    // Another image has come, or another question was asked.
    if (this.#asked !== asked) return;
    this.#asked = undefined;
    if (outlines === undefined) {
      this.tell(maskMessages.notFound);
      return;
    }
    this.say('');
    if (!this.isDrawable || !this.hasLabel(label)) return;
    this.#endStroke();
    this.label = label;
    const regions = this.maskRegions;
    const region = this.#target();
    if (region === undefined) return;
    for (const outline of outlines)
      polygonSpans(
        outline.map((point) => clampPoint(point, this.image)),
        (y, from, to) => this.mask.fill(y, from, to, region),
      );
    if (this.keep(regions)) this.#sayPainted(region);
    this.requestUpdate();
  }

  /** Fills the polygon. @returns whether it could */
  #complete(): boolean {
    if (!this.#polygon.isComplete) return false;
    // Its label was chosen when it was begun; another one may have been chosen since.
    this.label = this.#polygon.label;
    const points = this.#polygon.end();
    const regions = this.maskRegions;
    const region = this.#target();
    if (region === undefined) return false;
    polygonSpans(points, (y, from, to) => this.mask.fill(y, from, to, region));
    if (this.keep(regions)) this.#sayPainted(region);
    this.requestUpdate();
    return true;
  }

  // Ends

  protected finish(): boolean {
    if (this.#brush.stroke?.isByKeys) {
      this.#endStroke();
      return true;
    }
    if (!this.#polygon.isActive) return false;
    if (this.mode === 'auto' || !this.#complete())
      this.tell(this.mode === 'auto' ? maskMessages.fourPoints : maskMessages.tooFew);
    return true;
  }

  protected cancel(): boolean {
    // What is painted in stays selected when the worker takes another tool to it; Escape gives it up.
    const isKept = this.selectionIsPainted;
    const isUnderWay = this.#polygon.isActive || this.#brush.stroke !== undefined;
    const had = isUnderWay || (!isKept && this.selected !== undefined);
    this.#leaveStroke();
    this.#polygon.end();
    if (!isKept) this.choose(undefined);
    this.requestUpdate();
    return had;
  }

  protected override abort(): void {
    this.#leaveStroke();
    this.#polygon.follow(undefined);
    this.requestUpdate();
  }

  protected override pressedOwn(event: KeyboardEvent): boolean {
    const { key } = event;
    if (key === '[' || key === ']') {
      this.#brush.grow(key === ']' ? 1 : -1);
      this.say(maskMessages.pixels(this.#brush.pixels));
      this.requestUpdate();
    } else if (key === 'Escape' && this.#brush.stroke) {
      this.#dropStroke();
      this.say(maskMessages.cancelled);
    } else if (key === 'Escape' && this.selectionIsPainted && this.selected !== undefined && !this.#polygon.isActive) {
      this.choose(undefined);
    } else if ((key === 'Backspace' || key === 'Delete') && this.#polygon.isActive) {
      this.history.undo();
      this.requestUpdate();
    } else return false;
    return true;
  }

  // What is seen

  protected hover(point: Point | undefined, { isCoarse }: Press): void {
    this.#polygon.reach = this.reach(isCoarse);
    this.#brush.moveRing(this.#isBrush && this.isDrawable ? point : undefined, this.stage.view);
    if (this.#polygon.isActive && point) this.#follow(point);
  }

  protected override get pointerLook(): string | undefined {
    if (this.mode === 'select') return 'default';
    return this.#isBrush && this.isDrawable && this.#brush.isRingSeen(this.stage.view) ? 'none' : undefined;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    const { view } = this.stage;
    this.canvas.draw(view);
    if (this.#isBrush) this.#brush.placeRing(view);
    else this.#brush.moveRing(undefined, view);
  }

  readonly #presentCanvas = (element?: Element): void => this.canvas.attach(element as HTMLCanvasElement | undefined);

  protected override renderTools(): unknown {
    return this.#brush.renderSize(!this.isDrawable, () => this.requestUpdate());
  }

  protected renderMarks(): unknown {
    return html`<canvas class="mask" width="1" height="1" ${ref(this.#presentCanvas)}></canvas>
      ${this.#polygon.render(this.stage.view, this.colorOf(this.#polygon.label))}
      ${this.#brush.renderRing(this.mode === 'eraser')}`;
  }
}

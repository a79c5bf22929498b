// What the two tools for masks share: painting, erasing and filling. They differ by what a region is: a label, or an instance.
import { html, isPlainObject, keyed, pageLanguage, ref } from '../../base.ts';
import { ImageWidget, type Press } from '../image/image-widget.ts';
import { imageMessages } from '../image/messages.ts';
import { clampPoint, type Point, type Size } from '../image/viewport.ts';
import type { Mark } from '../mark-list.ts';
import { parseColor } from '../palette.ts';
import { distance, isSame } from '../shapes/geometry.ts';
import { Sketch } from '../shapes/sketch.ts';
import type { Shortcut } from '../shell.ts';
import { BrushRing, leastRing } from './brush-ring.ts';
import { BrushSize } from './brush-size.ts';
import { InitialMask } from './initial-mask.ts';
import { Mask } from './mask.ts';
import { MaskCanvas } from './mask-canvas.ts';
import { MaskEncoder } from './mask-encoder.ts';
import { maskShortcuts } from './mask-keys.ts';
import { masksStyles } from './masks.styles.ts';
import { maskMessages } from './messages.ts';
import type { Drawing } from './png-encode.ts';
import { MaskError, readMask } from './read-mask.ts';
import type { Region } from './region.ts';
import { renderSketch } from './render-sketch.ts';
import { brushMiddle, brushSpans, flood, polygonSpans } from './spans.ts';

/** The way of a brush from going down to coming up. */
interface Stroke {
  readonly region: number;
  /** What was there before it made a region of its own. */
  readonly regions: readonly Region[];
  readonly isByKeys: boolean;
  at: Point;
}

/** Of 255: how opaque regions are while another one is selected. */
const dimmed = 80;
const leastPoints = 3;

export abstract class MaskTool extends ImageWidget {
  static override styles = [...ImageWidget.styles, masksStyles];

  readonly #canvas = new MaskCanvas();
  readonly #ring = new BrushRing();
  readonly #size = new BrushSize();
  readonly #encoder = new MaskEncoder(() => this.requestUpdate());
  readonly #sketch = new Sketch(this.history);
  #mask = new Mask({ width: 0, height: 0 });
  #regions: readonly Region[] = [];
  #selected: number | undefined;
  #stroke: Stroke | undefined;
  /** Where the next point of a polygon would be. */
  #next: Point | undefined;
  #reach = 0;
  #marks: readonly Mark[] | undefined;
  #initial: InitialMask | undefined;
  #isModified: boolean | undefined;
  /** The reading of a given mask that is under way. */
  #reading: symbol | undefined;
  #form: { readonly written: string; readonly text: string | null } | undefined;

  /** The number of the region that is painted in with the chosen label; a new one if need be. */
  protected abstract regionToPaint(): number;
  /** What the answer says of the regions in the mask. */
  protected abstract describe(regions: readonly Region[]): Record<string, unknown>;
  /** The regions of a given mask, each with a colour text as it was given; undefined where there is no such thing. */
  protected abstract given(
    initial: Readonly<Record<string, unknown>>,
  ): readonly { label: string; color: unknown }[] | undefined;
  protected abstract textOf(number: number, share: string): string;
  protected abstract readonly selectionIsPainted: boolean;

  protected get modes() {
    return [
      { id: 'brush', text: maskMessages.brush, icon: 'brush', key: 'b' },
      { id: 'eraser', text: maskMessages.eraser, icon: 'eraser', key: 'e' },
      { id: 'polygon', text: maskMessages.polygon, icon: 'polygon', key: 'p' },
      { id: 'fill', text: maskMessages.fill, icon: 'fill', key: 'g' },
      { id: 'select', text: maskMessages.select, icon: 'select', key: 'v' },
    ];
  }

  protected get ownShortcuts(): readonly Shortcut[] {
    return maskShortcuts();
  }

  /** What lies under a mask is to be seen. */
  protected override get usualOpacity(): number {
    return 60;
  }

  protected override get isDrawable(): boolean {
    return super.isDrawable && this.#reading === undefined;
  }

  protected override problem() {
    if (this.#reading !== undefined) return { flag: 'badInput', message: maskMessages.reading } as const;
    return super.problem();
  }

  // Regions

  protected get maskRegions(): readonly Region[] {
    return this.#regions;
  }

  /** @returns the new region's number */
  protected addRegion(region: Region): number {
    this.#regions = [...this.#regions, region];
    this.#recolor(false);
    return this.#regions.length;
  }

  protected colorOfRegion({ color, label }: Region): string {
    return color ?? this.colorOf(label);
  }

  /** Those that the answer has, with their numbers. */
  get #present(): readonly { readonly number: number; readonly region: Region }[] {
    return this.#regions.flatMap((region, index) => {
      const number = index + 1;
      return this.hasLabel(region.label) && this.#mask.count(number) > 0 ? [{ number, region }] : [];
    });
  }

  protected get marks(): readonly Mark[] {
    if (this.#marks) return this.#marks;
    const { width, height } = this.#mask;
    const format = new Intl.NumberFormat(pageLanguage(), { style: 'percent', maximumSignificantDigits: 2 });
    this.#marks = this.#present.map(({ number, region }) => ({
      id: number,
      label: region.label,
      color: this.colorOfRegion(region),
      text: this.textOf(number, format.format(this.#mask.count(number) / (width * height))),
    }));
    return this.#marks;
  }

  protected get selected(): number | undefined {
    return this.marks.some(({ id }) => id === this.#selected) ? this.#selected : undefined;
  }

  // The answer

  get _submittableValue(): Record<string, unknown> {
    const { width, height } = this.image;
    return {
      inputImageProperties: { height, width },
      ...this.describe(this.#present.map(({ region }) => region)),
      labeledImage: { pngImageData: width === 0 ? '' : this.#encoder.write() },
      ...(this.hasInitial && { initialValueModified: this.#modified }),
    };
  }

  get #modified(): boolean {
    this.#isModified ??= this.#initial?.isSame(this.#mask.kept, this.#names) === false;
    return this.#isModified;
  }

  get #names(): readonly string[] {
    return ['', ...this.#regions.map(({ label, color }) => `${label}\n${color ?? ''}`)];
  }

  #draw(): Drawing {
    const { width, height, kept: pixels } = this.#mask;
    const entries = new Uint16Array(this.#regions.length + 1);
    const palette = [0xffffff];
    for (const { number, region } of this.#present)
      entries[number] = palette.push(Number.parseInt(this.colorOfRegion(region).slice(1), 16)) - 1;
    return { width, height, pixels, entries, palette };
  }

  /** Asked for on each update: nothing is written only for this. */
  protected override get formValue(): string | null {
    const { written } = this.#encoder;
    if (written === undefined) return null;
    if (this.#form?.written !== written) this.#form = { written, text: super.formValue };
    return this.#form.text;
  }

  // The beginning

  protected begin(initial: unknown): void {
    this.#reading = undefined;
    this.#initial = undefined;
    this.#regions = [];
    this.#mask = new Mask(this.image);
    this.#size.fit(this.image);
    this.#choose(undefined);
    this.#changed();
    this.#recolor();
    const given = isPlainObject(initial) ? this.given(initial) : undefined;
    const src = isPlainObject(initial) ? addressOf(initial) : undefined;
    if (given && src !== undefined) void this.#read(src, given);
    else if (initial !== undefined && initial !== null)
      this.report('initial-value', 'it is no object with an address of a mask, "src", and the colours in it');
  }

  async #read(src: string, given: readonly { label: string; color: unknown }[]): Promise<void> {
    const reading = Symbol();
    this.#reading = reading;
    this.tell(maskMessages.reading);
    const taken = new Set<string>();
    const regions = given.flatMap(({ label, color: text }) => {
      const color = parseColor(text);
      if (color === undefined || taken.has(color)) {
        this.report(
          'initial-value',
          `the colour of "${label}" cannot be read or is there twice`,
          maskMessages.badColor(label),
        );
        return [];
      }
      taken.add(color);
      return [{ label, color }];
    });
    try {
      const numbers = await readMask(
        src,
        this.image,
        regions.map(({ color }) => color),
      );
      if (this.#reading !== reading) return;
      this.#mask.begin(regions.length > 255 ? numbers : new Uint8Array(numbers));
      this.#regions = this.takeGiven(regions);
      this.#initial = new InitialMask(this.#mask.kept, this.#names);
    } catch (error) {
      if (this.#reading !== reading) return;
      if (!(error instanceof MaskError)) throw error;
      this.report('initial-value', error.message, error.sentence);
    } finally {
      if (this.#reading === reading) {
        this.#reading = undefined;
        this.say('');
        this.#changed();
        this.#recolor();
        this.requestUpdate();
      }
    }
  }

  /** The given regions as the tool keeps them. */
  protected takeGiven(regions: readonly { readonly label: string; readonly color: string }[]): readonly Region[] {
    return regions;
  }

  protected override labelsChanged(): void {
    if (this.#sketch.isActive && !this.hasLabel(this.#sketch.label)) this.cancel();
    if (this.#mask.width === 0) return;
    this.#changed();
    this.#recolor();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#encoder.stop();
  }

  // Changes

  /** The mask or what stands for its numbers is another one. */
  #changed(): void {
    this.#marks = undefined;
    this.#isModified = undefined;
    this.#encoder.change(() => this.#draw());
  }

  /** The regions, their colours or the selection have changed. */
  #recolor(isRedrawn = true): void {
    const { selected } = this;
    const colors = new Uint8Array(4 * (this.#regions.length + 1));
    for (const [index, region] of this.#regions.entries()) {
      if (!this.hasLabel(region.label)) continue;
      const color = Number.parseInt(this.colorOfRegion(region).slice(1), 16);
      const opacity = selected === undefined || selected === index + 1 ? 255 : dimmed;
      colors.set([color >> 16, (color >> 8) & 255, color & 255, opacity], 4 * (index + 1));
    }
    this.#canvas.show(this.#mask, colors, isRedrawn);
  }

  /** Makes one step of what was painted, and of what became of the regions. @returns whether there was anything */
  #keep(before: readonly Region[] = this.#regions): boolean {
    const difference = this.#mask.commit();
    if (difference === undefined && before.length !== this.#regions.length) this.#regions = before;
    const after = this.#regions;
    if (difference === undefined && before === after) return false;
    this.history.add({
      undo: () => this.#become(before, (mask) => difference && mask.undo(difference)),
      redo: () => this.#become(after, (mask) => difference && mask.redo(difference)),
    });
    this.#changed();
    this.#canvas.update();
    this.committed();
    return true;
  }

  #become(regions: readonly Region[], apply: (mask: Mask) => void): void {
    // One more or one less has no pixel but those that are drawn now.
    const isRelabelled = regions !== this.#regions && regions.length === this.#regions.length;
    this.#regions = regions;
    apply(this.#mask);
    this.#changed();
    this.#recolor(isRelabelled || this.#selected !== undefined);
    this.#canvas.update();
  }

  protected removeMark(mark: number): void {
    if (this.inactive) return;
    const { marks } = this;
    const at = marks.findIndex(({ id }) => id === mark);
    if (at < 0) return;
    const following = marks[at + 1] ?? marks[at - 1];
    const wasSelected = this.selected === mark;
    this.#endStroke();
    this.#mask.replace(mark, 0);
    this.#keep();
    this.say(maskMessages.removed(marks[at]!.label));
    if (wasSelected) this.#choose(following?.id);
  }

  /** Gives all pixels of a region to another one, and selects that. */
  protected moveInto(mark: number, region: number, before = this.#regions): void {
    this.#mask.replace(mark, region);
    this.#keep(before);
    this.#choose(region);
  }

  protected replaceRegion(number: number, region: Region): void {
    const before = this.#regions;
    this.#regions = before.with(number - 1, region);
    this.#keep(before);
    this.#recolor();
  }

  // Selecting

  protected select(mark: number | undefined): void {
    if (this.#sketch.isActive && !this.#complete()) this.#sketch.end();
    this.#choose(mark);
    const at = mark === undefined ? -1 : this.#mask.pixels.indexOf(mark);
    const { width } = this.#mask;
    if (at >= 0) this.stage.reveal({ x: at % width, y: Math.floor(at / width) });
  }

  #choose(mark: number | undefined): void {
    const before = this.#selected;
    this.#selected = mark;
    if (before !== mark) this.#recolor();
    const region = mark === undefined ? undefined : this.#regions[mark - 1];
    if (region && this.selectionIsPainted) this.label = region.label;
    this.chosen(mark);
    this.requestUpdate();
  }

  /** Something is selected now, or nothing any more. */
  protected chosen(_mark: number | undefined): void {}

  protected unselect(): void {
    this.#choose(undefined);
  }

  #pick(point: Point): void {
    const number = this.#pixelAt(point);
    this.#choose(this.marks.some(({ id }) => id === number) ? number : undefined);
  }

  #pixelAt({ x, y }: Point): number {
    const { width, height, pixels } = this.#mask;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    return column < 0 || row < 0 || column >= width || row >= height ? 0 : pixels[row * width + column]!;
  }

  // Painting

  get #isBrush(): boolean {
    return this.mode === 'brush' || this.mode === 'eraser' || this.mode === '';
  }

  protected press(point: Point, { isCoarse }: Press): void {
    this.#reach = this.reach(isCoarse);
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
    else if (this.mode === 'polygon') this.#placeVertex(clampPoint(point, this.image));
    else this.#flood(point);
  }

  protected place(point: Point): void {
    // The cursor stands on the corner of a pixel; at the right and the lower edge there is no pixel behind it.
    const { width, height } = this.image;
    const pixel = { x: Math.min(point.x, width - 1), y: Math.min(point.y, height - 1) };
    if (!this.#isBrush) this.#act(this.mode === 'polygon' ? point : pixel);
    else if (this.#stroke) this.#endStroke();
    else if (this.#beginStroke(pixel, true)) this.say(maskMessages.penDown);
  }

  protected nudge(by: Point): boolean {
    if (!this.#stroke?.isByKeys) return false;
    const { x, y } = this.stage.moveCursor(by);
    this.#paintTo({ x: Math.min(x, this.image.width - 1), y: Math.min(y, this.image.height - 1) });
    this.say(imageMessages.cursorAt(x, y));
    return true;
  }

  #beginStroke(point: Point, isByKeys: boolean): boolean {
    const regions = this.#regions;
    const region = this.mode === 'eraser' ? 0 : this.#target();
    if (region === undefined) return false;
    this.#stroke = { region, regions, isByKeys, at: brushMiddle(point, this.#size.pixels) };
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
    if (!this.selectionIsPainted) this.#choose(undefined);
    return this.regionToPaint();
  }

  #paintTo(point: Point): void {
    const stroke = this.#stroke;
    if (stroke === undefined) return;
    const to = brushMiddle(point, this.#size.pixels);
    brushSpans(stroke.at, to, this.#size.pixels, (y, from, end) => this.#mask.fill(y, from, end, stroke.region));
    stroke.at = to;
    this.#canvas.update();
    this.#ring.move(point, this.#size.pixels, this.stage.view);
  }

  #endStroke(): void {
    const stroke = this.#stroke;
    if (stroke === undefined) return;
    this.#stroke = undefined;
    this.requestUpdate();
    if (this.#keep(stroke.regions)) this.#sayPainted(stroke.region);
  }

  #sayPainted(region: number): void {
    const label = this.#regions[region - 1]?.label;
    this.say(label === undefined ? maskMessages.erased : maskMessages.painted(label));
  }

  #dropStroke(): void {
    const stroke = this.#stroke;
    if (stroke === undefined) return;
    this.#stroke = undefined;
    this.#mask.revert();
    this.#regions = stroke.regions;
    this.#recolor();
    this.requestUpdate();
  }

  #flood(point: Point): void {
    const regions = this.#regions;
    const region = this.#target();
    if (region === undefined) return;
    flood(this.#mask, Math.floor(point.x), Math.floor(point.y), region);
    if (this.#keep(regions)) this.#sayPainted(region);
  }

  // Polygons

  #follow(point: Point): void {
    if (this.mode !== 'polygon') return;
    this.#next = clampPoint(point, this.image);
    this.requestUpdate();
  }

  #placeVertex(at: Point): void {
    const { points } = this.#sketch;
    if (!this.#sketch.isActive) {
      if (this.label === '') {
        this.tell(this.noLabelSentence);
        return;
      }
      this.#sketch.begin(this.label, at);
    } else if (this.#endsAt(at)) {
      this.finish();
      return;
    } else if (!isSame(points.at(-1)!, at)) this.#sketch.add(at);
    this.say(maskMessages.placed(this.#sketch.points.length, at.x, at.y));
    this.requestUpdate();
  }

  #endsAt(at: Point): boolean {
    const { points } = this.#sketch;
    return points.length >= leastPoints && distance(points[0]!, at) <= this.#reach;
  }

  /** Fills the polygon. @returns whether it could */
  #complete(): boolean {
    if (this.#sketch.points.length < leastPoints) return false;
    // Its label was chosen when it was begun; another one may have been chosen since.
    this.label = this.#sketch.label;
    const points = this.#sketch.end();
    this.#next = undefined;
    const regions = this.#regions;
    const region = this.#target();
    if (region === undefined) return false;
    polygonSpans(points, (y, from, to) => this.#mask.fill(y, from, to, region));
    if (this.#keep(regions)) this.#sayPainted(region);
    this.requestUpdate();
    return true;
  }

  protected finish(): boolean {
    if (this.#stroke?.isByKeys) {
      this.#endStroke();
      return true;
    }
    if (!this.#sketch.isActive) return false;
    if (!this.#complete()) this.tell(maskMessages.tooFew);
    return true;
  }

  protected cancel(): boolean {
    // What is painted in stays selected when the worker takes another tool to it; Escape gives it up.
    const isKept = this.selectionIsPainted;
    const had = this.#sketch.isActive || this.#stroke !== undefined || (!isKept && this.selected !== undefined);
    if (this.#stroke?.isByKeys) this.#endStroke();
    else this.#dropStroke();
    this.#sketch.end();
    this.#next = undefined;
    if (!isKept) this.#choose(undefined);
    this.requestUpdate();
    return had;
  }

  protected override abort(): void {
    // Long work by keys is no slip: to undo takes it back as one step.
    if (this.#stroke?.isByKeys) this.#endStroke();
    else this.#dropStroke();
    this.#next = undefined;
    this.requestUpdate();
  }

  protected override pressedOwn(event: KeyboardEvent): boolean {
    const { key } = event;
    if (key === '[' || key === ']') {
      this.#size.grow(key === ']' ? 1 : -1);
      this.say(maskMessages.pixels(this.#size.pixels));
      this.requestUpdate();
    } else if (key === 'Escape' && this.#stroke) {
      this.#dropStroke();
      this.say(maskMessages.cancelled);
    } else if (key === 'Escape' && this.selectionIsPainted && this.selected !== undefined && !this.#sketch.isActive) {
      this.#choose(undefined);
    } else if ((key === 'Backspace' || key === 'Delete') && this.#sketch.isActive) {
      this.history.undo();
      this.requestUpdate();
    } else return false;
    return true;
  }

  // What is seen

  protected hover(point: Point | undefined, { isCoarse }: Press): void {
    this.#reach = this.reach(isCoarse);
    this.#ring.move(this.#isBrush && this.isDrawable ? point : undefined, this.#size.pixels, this.stage.view);
    if (this.#sketch.isActive && point) this.#follow(point);
  }

  protected override get pointerLook(): string | undefined {
    if (this.mode === 'select') return 'default';
    return this.#isBrush && this.isDrawable && this.#size.pixels * this.stage.view.scale >= leastRing
      ? 'none'
      : undefined;
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    super.updated(changed);
    if (!this.#isBrush) this.#ring.move(undefined, 0, this.stage.view);
    this.#ring.place(this.#size.pixels, this.stage.view);
  }

  readonly #presentCanvas = (element?: Element): void => this.#canvas.attach(element as HTMLCanvasElement | undefined);
  readonly #presentRing = (element?: Element): void => this.#ring.attach(element as HTMLElement | undefined);

  protected override renderTools(): unknown {
    return this.#size.render(!this.isDrawable, () => this.requestUpdate());
  }

  protected renderMarks({ width, height }: Size): unknown {
    const { points, label, isActive } = this.#sketch;
    const isEnding = isActive && this.#next !== undefined && this.#endsAt(this.#next);
    const ring = `ring ${this.mode === 'eraser' ? 'erasing' : ''} ${this.#stroke ? 'down' : ''}`;
    return html`${keyed(
      this.#mask,
      html`<canvas
        class="mask" width=${width} height=${height} style=${this.stage.place} ${ref(this.#presentCanvas)}
      ></canvas>`,
    )}
    ${isActive ? renderSketch(this.stage.view, { points, next: this.#next, isEnding, color: this.colorOf(label) }) : ''}
    <div class=${ring} ${ref(this.#presentRing)}></div>`;
  }
}

/** Of a given mask: where it is. An answer of this tool has it in itself. */
function addressOf({ src, labeledImage }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof src === 'string' && src.trim() !== '') return src.trim();
  const data = isPlainObject(labeledImage) ? labeledImage.pngImageData : undefined;
  return typeof data === 'string' && data !== '' ? `data:image/png;base64,${data}` : undefined;
}

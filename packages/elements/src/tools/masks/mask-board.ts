// The mask of an image as the two tools for masks keep it: its regions, what is seen of it, the answer, the mask to begin with,
// and the steps that can be taken back. How something is painted is the matter of `mask-tool.ts`.
import { draftReadyEvent, isPlainObject, pageLanguage } from '../../base.ts';
import { ImageWidget } from '../image/image-widget.ts';
import type { Mark } from '../mark-list.ts';
import { addressOf, type ColoredRegion, coloredRegions, type GivenRegion } from './given-mask.ts';
import { InitialMask } from './initial-mask.ts';
import { Mask } from './mask.ts';
import { drawingOf, namesOf, type PresentRegion, presentRegions } from './mask-answer.ts';
import { MaskCanvas } from './mask-canvas.ts';
import { MaskEncoder } from './mask-encoder.ts';
import { maskMessages } from './messages.ts';
import type { Drawing } from './png-encode.ts';
import { MaskError, readMask } from './read-mask.ts';
import type { Region } from './region.ts';

/** Of 255: how opaque regions are while another one is selected. */
const dimmed = 80;

export abstract class MaskBoard extends ImageWidget {
  protected readonly canvas = new MaskCanvas(this);
  readonly #encoder = new MaskEncoder(() => {
    this.requestUpdate();
    if (this.#isDraftPutOff) this.dispatchEvent(new Event(draftReadyEvent, { bubbles: true, composed: true }));
  });
  #mask = new Mask({ width: 0, height: 0 });
  #regions: readonly Region[] = [];
  #selected: number | undefined;
  #marks: readonly Mark[] | undefined;
  #initial: InitialMask | undefined;
  #isModified: boolean | undefined;
  /** The reading of a given mask that is under way. */
  #reading: symbol | undefined;
  /** The marks of the last draft. */
  #kept: unknown;
  #isDraftPutOff = false;
  #form: { readonly written: string; readonly text: string | null } | undefined;

  /** What the answer says of the regions in the mask. */
  protected abstract describe(regions: readonly Region[]): Record<string, unknown>;
  /** The regions of a given mask; undefined where there is no such thing. */
  protected abstract given(initial: Readonly<Record<string, unknown>>): readonly GivenRegion[] | undefined;
  protected abstract textOf(number: number, share: string): string;
  /** Whether what is selected is what is painted in. */
  protected abstract readonly selectionIsPainted: boolean;

  protected get mask(): Mask {
    return this.#mask;
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

  get #present(): readonly PresentRegion[] {
    return presentRegions(this.#mask, this.#regions, (label) => this.hasLabel(label));
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

  protected choose(mark: number | undefined): void {
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
    this.#isModified ??= this.#initial?.isSame(this.#mask.kept, namesOf(this.#regions)) === false;
    return this.#isModified;
  }

  #draw(): Drawing {
    return drawingOf(this.#mask, this.#regions, this.#present, (region) => this.colorOfRegion(region));
  }

  /** Asked for on each update: nothing is written only for this. */
  protected override get formValue(): string | null {
    const { written } = this.#encoder;
    if (written === undefined) return null;
    if (this.#form?.written !== written) this.#form = { written, text: super.formValue };
    return this.#form.text;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#encoder.stop();
  }

  // Drafts

  /** While somebody draws nothing is written only for this: then it is that of the last time. */
  protected draftMarks(isLast: boolean): unknown {
    this.#isDraftPutOff = this.#encoder.written === undefined && !isLast;
    if (!this.#isDraftPutOff)
      this.#kept = {
        png: this.#encoder.write(),
        regions: this.#present.map(({ region }) => ({ label: region.label, color: this.colorOfRegion(region) })),
      };
    return this.#kept;
  }

  protected override resume(state: unknown): boolean {
    // Whether the mask to begin with was changed can be told only when it is there.
    return this.#reading === undefined && super.resume(state);
  }

  protected resumeMarks(marks: unknown): boolean {
    const { png, regions } = isPlainObject(marks) ? marks : {};
    if (typeof png !== 'string' || !Array.isArray(regions)) return false;
    const given = regions.filter(isPlainObject).map(({ label, color }) => ({ label: String(label), color }));
    const colored = coloredRegions(given, () => undefined);
    this.#kept = marks;
    void this.#read('draft', `data:image/png;base64,${png}`, colored, () => {
      this.#regions = this.keptRegions(colored);
    }).then((isRead) => {
      if (isRead) this.drafts.resumed();
    });
    return false;
  }

  /** The regions of a draft as the tool keeps them. */
  protected keptRegions(regions: readonly ColoredRegion[]): readonly Region[] {
    return regions;
  }

  // The beginning

  protected begin(initial: unknown): void {
    this.#reading = undefined;
    this.#kept = undefined;
    this.#initial = undefined;
    this.#regions = [];
    this.#mask = new Mask(this.image);
    this.choose(undefined);
    this.#changed();
    this.#recolor();
    const given = isPlainObject(initial) ? this.given(initial) : undefined;
    const src = isPlainObject(initial) ? addressOf(initial) : undefined;
    if (given && src !== undefined) this.#readInitial(src, given);
    else if (initial !== undefined && initial !== null)
      this.report('initial-value', 'it is no object with an address of a mask, "src", and the colours in it');
  }

  #readInitial(src: string, given: readonly GivenRegion[]): void {
    const regions = coloredRegions(given, (label) =>
      this.report(
        'initial-value',
        `the colour of "${label}" cannot be read or is there twice`,
        maskMessages.badColor(label),
      ),
    );
    void this.#read('initial-value', src, regions, (runs) => {
      this.#regions = this.takeGiven(regions);
      this.#initial = new InitialMask(runs, namesOf(this.#regions));
    }).then(() => this.drafts.resume());
  }

  /** @returns whether it was taken */
  async #read(
    from: string,
    src: string,
    regions: readonly ColoredRegion[],
    take: (runs: Uint32Array) => void,
  ): Promise<boolean> {
    const reading = Symbol();
    this.#reading = reading;
    this.tell(maskMessages.reading);
    const colors = regions.map(({ color }) => color);
    try {
      const { pixels, counts, runs } = await readMask(src, this.image, colors);
      if (this.#reading !== reading) return false;
      this.#mask.begin(pixels, counts);
      take(runs);
      return true;
    } catch (error) {
      if (this.#reading !== reading) return false;
      if (!(error instanceof MaskError)) throw error;
      this.report(from, error.message, error.sentence);
      return false;
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
  protected takeGiven(regions: readonly ColoredRegion[]): readonly Region[] {
    return regions;
  }

  protected override labelsChanged(): void {
    if (this.#mask.width === 0) return;
    this.#changed();
    this.#recolor();
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
    this.canvas.show(this.#mask, colors, isRedrawn);
  }

  /** Makes one step of what was painted, and of what became of the regions. @returns whether there was anything */
  protected keep(before: readonly Region[] = this.#regions): boolean {
    const difference = this.#mask.commit();
    if (difference === undefined && before.length !== this.#regions.length) this.#regions = before;
    const after = this.#regions;
    if (difference === undefined && before === after) return false;
    this.history.add({
      undo: () => this.#become(before, (mask) => difference && mask.undo(difference)),
      redo: () => this.#become(after, (mask) => difference && mask.redo(difference)),
    });
    this.#changed();
    this.canvas.update();
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
    this.canvas.update();
  }

  /** Takes back what was painted since the last step. @param regions what was there before it */
  protected revert(regions: readonly Region[]): void {
    this.#mask.revert();
    this.#regions = regions;
    this.#recolor();
  }

  protected removeMark(mark: number): void {
    if (this.inactive) return;
    const { marks } = this;
    const at = marks.findIndex(({ id }) => id === mark);
    if (at < 0) return;
    const following = marks[at + 1] ?? marks[at - 1];
    const wasSelected = this.selected === mark;
    this.#mask.replace(mark, 0);
    this.keep();
    this.say(maskMessages.removed(marks[at]!.label));
    if (wasSelected) this.choose(following?.id);
  }

  /** Gives all pixels of a region to another one, and selects that. */
  protected moveInto(mark: number, region: number, before = this.#regions): void {
    this.#mask.replace(mark, region);
    this.keep(before);
    this.choose(region);
  }

  protected replaceRegion(number: number, region: Region): void {
    const before = this.#regions;
    this.#regions = before.with(number - 1, region);
    this.keep(before);
    this.#recolor();
  }
}

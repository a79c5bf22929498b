// What each image tool does itself: ImageWidget has the image, the keys, the history and the panes, and asks for the rest.
import { LabelledWidget } from '../labelled-widget.ts';
import type { Label } from '../labels.ts';
import type { Mark } from '../mark-list.ts';
import type { Shortcut } from '../shell.ts';
import type { Mode } from './image-bar.ts';
import type { Point, Size } from './viewport.ts';

/** How a press was made. */
export interface Press {
  readonly shift: boolean;
  /** Fingers and pens hide what they touch: what is near counts as hit. */
  readonly isCoarse: boolean;
  /** The cursor of the keys stands on a pixel: what is near is not meant. */
  readonly isExact?: boolean;
}

export abstract class ImageContract extends LabelledWidget {
  /** What can be done on the stage besides moving the view; the first one is chosen at first. */
  protected abstract readonly modes: readonly Mode[];
  /** The same list until it changes. */
  protected abstract readonly marks: readonly Mark[];
  protected abstract readonly selected: number | undefined;
  protected abstract readonly ownShortcuts: readonly Shortcut[];
  protected abstract select(mark: number | undefined): void;
  protected abstract removeMark(mark: number): void;
  protected abstract relabel(mark: number, label: string): void;
  /** Points are pixels of the image, not rounded, and may lie outside of it. */
  protected abstract press(point: Point, press: Press): void;
  protected abstract drag(point: Point): void;
  protected abstract release(point: Point): void;
  protected abstract hover(point: Point | undefined, press: Press): void;
  /** Space was pressed with the cursor there: for what a mouse does by pressing, by releasing, or by a click. */
  protected abstract place(point: Point): void;
  /** Moves what is selected by whole pixels. @returns false when nothing is selected, so that the cursor moves instead */
  protected abstract nudge(by: Point): boolean;
  /** Ends what is being drawn and keeps it. @returns false when nothing is being drawn */
  protected abstract finish(): boolean;
  /** Ends what is being drawn, or gives up the selection. @returns false when there is neither */
  protected abstract cancel(): boolean;
  /** Another finger came or the system took the pointer away: what this press has begun is not to count. */
  protected abort(): void {
    this.cancel();
  }
  /** Takes the marks of `initialValue` and forgets all others. The image is there. */
  protected abstract begin(initial: unknown): void;
  /** The marks as JSON, in whatever form; undefined when there is nothing to say of them yet. @param isLast as of `draft` */
  protected abstract draftMarks(isLast: boolean): unknown;
  /** Takes marks of `draftMarks` and forgets all others. @returns whether they are there now: else `drafts.resumed()` is called then */
  protected abstract resumeMarks(marks: unknown): boolean;
  /** What lies over the image, on the whole stage. */
  protected abstract renderMarks(image: Size): unknown;
  /** The bar's further parts, if any. */
  protected renderTools(): unknown {
    return undefined;
  }
  /** What else stands below a label in the list. */
  protected renderBelowLabel?(label: Label): unknown;
  /** In percent: how the marks look before a worker changes it. */
  protected get usualOpacity(): number {
    return 100;
  }
  /** A key of the tool's own was pressed. @returns whether it was of use */
  protected pressedOwn(_event: KeyboardEvent): boolean {
    return false;
  }
  /** Makes a second one of what is selected. @returns whether there was anything */
  protected duplicate?(): boolean;
  /** What the mouse looks like; undefined for the usual cross. */
  protected get pointerLook(): string | undefined {
    return undefined;
  }
}

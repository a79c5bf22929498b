// What is selected in a text, and the caret. Kept as positions, so that it outlives the drawing of chunks and clicks elsewhere.
import { borderAfter, borderBefore, type Extent } from './segments.ts';
import type { TextView } from './text-view.ts';

/** Also without it everything works; then only the browser's own selection is seen. */
const painted = typeof Highlight === 'function' ? new Highlight() : undefined;
if (painted) CSS.highlights.set('crowd-text-selection', painted);

interface ShadowSelections {
  getSelection?: () => Selection | null;
}

export class TextSelection {
  readonly caret = document.createElement('div');
  readonly #view: TextView;
  #anchor = 0;
  #focus = 0;
  #range: Range | undefined;
  #isCaretShown = false;

  constructor(view: TextView) {
    this.#view = view;
    this.caret.className = 'caret';
    this.caret.hidden = true;
  }

  /** Where it began, and where it is being moved. */
  get anchor(): number {
    return this.#anchor;
  }

  get focus(): number {
    return this.#focus;
  }

  /** What is selected, in whole characters; undefined when nothing is. */
  get extent(): Extent | undefined {
    const start = Math.min(this.#anchor, this.#focus);
    const end = Math.max(this.#anchor, this.#focus);
    if (start === end) return undefined;
    return { start: borderBefore(this.#view.chunkAt(start), start), end: borderAfter(this.#view.chunkAt(end), end) };
  }

  /** @param isCaretShown whether it is moved by keys, or was put somewhere by a press */
  set(anchor: number, focus: number, isCaretShown = this.#isCaretShown): void {
    this.#anchor = anchor;
    this.#focus = focus;
    this.#isCaretShown = isCaretShown;
    this.draw();
  }

  /** Nothing is selected; the caret stays. */
  collapse(): void {
    this.set(this.#focus, this.#focus);
  }

  reset(): void {
    this.set(0, 0, false);
  }

  /** To be called when the text under it was drawn anew or has another size. */
  draw(): void {
    const { extent } = this;
    if (this.#range) painted?.delete(this.#range);
    this.#range = extent && this.#view.range(extent);
    if (this.#range) painted?.add(this.#range);
    this.#drawNative();
    this.#drawCaret();
  }

  /** Scrolls the stage, and the page where the stage is not seen, to where the caret is. */
  reveal(stage: HTMLElement | undefined): void {
    if (!stage) return;
    // Twice, since what has not been seen yet has only a presumed height.
    for (let pass = 0; pass < 2; pass++) {
      const rect = this.#view.caretRect(this.#focus);
      if (!rect) return;
      const { top, bottom } = stage.getBoundingClientRect();
      const room = rect.height * 1.5;
      const above = rect.top - room - Math.max(0, top);
      const below = rect.bottom + room - Math.min(innerHeight, bottom);
      if (above >= 0 && below <= 0) break;
      const isFar = above < -stage.clientHeight || below > stage.clientHeight;
      stage.scrollTop += isFar ? rect.top - top - stage.clientHeight / 3 : above < 0 ? above : below;
      const rest = this.#view.caretRect(this.#focus) ?? rect;
      if (rest.top - room < 0) scrollBy(0, rest.top - room);
      else if (rest.bottom + room > innerHeight) scrollBy(0, rest.bottom + room - innerHeight);
    }
    this.#drawCaret();
  }

  forget(): void {
    if (this.#range) painted?.delete(this.#range);
  }

  /** The browser's own selection, so that it can be copied, and that touch has its handles. */
  #drawNative(): void {
    const selection = document.getSelection();
    if (!selection) return;
    if (this.#range) {
      const { startContainer, startOffset, endContainer, endOffset } = this.#range;
      const isForward = this.#anchor <= this.#focus;
      if (isForward) selection.setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
      else selection.setBaseAndExtent(endContainer, endOffset, startContainer, startOffset);
    } else if (this.#native()) selection.removeAllRanges();
  }

  #drawCaret(): void {
    this.caret.hidden = true;
    const page = this.caret.parentElement?.getBoundingClientRect();
    const rect = this.#isCaretShown && page ? this.#view.caretRect(this.#focus) : undefined;
    if (!rect || !page) return;
    this.caret.hidden = false;
    this.caret.style.transform = `translate(${rect.left - page.left}px, ${rect.top - page.top}px)`;
    this.caret.style.height = `${rect.height}px`;
  }

  /**
   * Takes over what the browser has selected in the text, as fingers and assistive technology do it. A collapsed selection is
   * none: browsers collapse it when buttons are pressed. @returns whether it is another one than before
   */
  takeNative(): boolean {
    const native = this.#native();
    if (!native || native.start === native.end) return false;
    const { extent } = this;
    if (extent?.start === native.start && extent.end === native.end) return false;
    this.#anchor = native.start;
    this.#focus = native.end;
    // The native one is left as it is: a finger may be on its handles.
    if (this.#range) painted?.delete(this.#range);
    this.#range = this.#view.range(native);
    if (this.#range) painted?.add(this.#range);
    return true;
  }

  #native(): Extent | undefined {
    const root = this.#view.element.getRootNode();
    const selection = document.getSelection();
    if (!(root instanceof ShadowRoot) || !selection || selection.rangeCount === 0) return undefined;
    const old = (root as ShadowSelections).getSelection?.();
    const range =
      selection.getComposedRanges?.({ shadowRoots: [root] })[0] ?? (old?.rangeCount ? old.getRangeAt(0) : undefined);
    if (!range) return undefined;
    const { startContainer, startOffset, endContainer, endOffset } = range;
    const { element } = this.#view;
    if (!element.contains(startContainer) && !element.contains(endContainer)) return undefined;
    const start = this.#view.positionOf(startContainer, startOffset);
    return { start, end: Math.max(start, this.#view.positionOf(endContainer, endOffset)) };
  }
}

// Selecting by mouse and by tapping. Mouse events tell how often was clicked; the browser's own selecting would run on into
// whatever stands beside the text. Fingers select by the browser's own handles.
import { type Extent, trimmed, wordAt } from './segments.ts';
import type { TextView } from './text-view.ts';

export interface TextPointerActions {
  readonly isDisabled: () => boolean;
  /** Where a selection that is extended with Shift began. */
  readonly anchor: () => number;
  readonly select: (anchor: number, focus: number) => void;
  /** A selection is done. */
  readonly selected: () => void;
  /** Something was clicked without selecting; `isOnSpan` when that is not beside the marked text. */
  readonly clicked: (position: number, isOnSpan: boolean) => void;
  readonly tagClicked: (span: number, isCross: boolean) => void;
}

type Unit = 'character' | 'word' | 'paragraph';

interface Drag {
  readonly from: number;
  readonly unit: Unit;
  readonly isOnSpan: boolean;
  at: MouseEvent;
  to: number;
}

/** Two taps within so many milliseconds and pixels select a word. */
const secondTap = { within: 400, near: 30 };

export class TextPointer {
  readonly #view: TextView;
  readonly #actions: TextPointerActions;
  #stage: HTMLElement | undefined;
  #drag: Drag | undefined;
  #isTouch = false;
  #lastTap: MouseEvent | undefined;

  constructor(view: TextView, actions: TextPointerActions) {
    this.#view = view;
    this.#actions = actions;
  }

  attach(stage: HTMLElement | undefined): void {
    if (!stage || stage === this.#stage) return;
    this.#stage = stage;
    stage.addEventListener('pointerdown', ({ pointerType }) => {
      this.#isTouch = pointerType === 'touch';
    });
    stage.addEventListener('mousedown', this.#onDown);
    stage.addEventListener('click', this.#onClick);
  }

  detach(): void {
    this.#end();
  }

  readonly #onDown = (event: MouseEvent): void => {
    const stage = this.#stage!;
    const target = event.composedPath()[0] as Element;
    if (this.#isTouch || event.button !== 0 || this.#actions.isDisabled() || target.closest('.tags')) return;
    // On the bar by which it is scrolled, which is at the left from right to left.
    if (target === stage && (event.offsetX < 0 || event.offsetX >= stage.clientWidth)) return;
    event.preventDefault();
    stage.focus({ preventScroll: true });
    const position = this.#positionAt(event);
    if (position === undefined) return;
    const unit: Unit = event.detail >= 3 ? 'paragraph' : event.detail === 2 ? 'word' : 'character';
    const from = event.shiftKey && unit === 'character' ? this.#actions.anchor() : position;
    this.#drag = { from, unit, isOnSpan: target.closest('.span') !== null, at: event, to: position };
    document.addEventListener('mousemove', this.#onMove);
    document.addEventListener('mouseup', this.#onUp);
    this.#extend();
  };

  readonly #onMove = (event: MouseEvent): void => {
    // The button was released where nobody saw it.
    if (event.buttons === 0) {
      this.#onUp(event);
      return;
    }
    const wasScrolling = this.#overshoot !== 0;
    this.#drag!.at = event;
    this.#extend();
    if (!wasScrolling && this.#overshoot !== 0) this.#scrollOn();
  };

  readonly #onUp = (event: MouseEvent): void => {
    const drag = this.#drag;
    if (!drag) return;
    drag.at = event;
    const [anchor, focus] = this.#extend();
    this.#end();
    if (anchor !== focus) this.#actions.selected();
    else this.#actions.clicked(focus, drag.isOnSpan);
  };

  #end(): void {
    this.#drag = undefined;
    document.removeEventListener('mousemove', this.#onMove);
    document.removeEventListener('mouseup', this.#onUp);
  }

  #extend(): [anchor: number, focus: number] {
    const drag = this.#drag!;
    const { from, unit } = drag;
    const to = this.#positionAt(drag.at) ?? drag.to;
    drag.to = to;
    const first = this.#unitAt(from, unit);
    const last = this.#unitAt(to, unit);
    const anchor = to < from ? first.end : first.start;
    const focus = to < from ? last.start : last.end;
    this.#actions.select(anchor, focus);
    return [anchor, focus];
  }

  #unitAt(position: number, unit: Unit): Extent {
    const { text } = this.#view;
    if (unit === 'character') return { start: position, end: position };
    if (unit === 'word') return wordAt(this.#view.chunkAt(position), position) ?? { start: position, end: position };
    const start = text.lastIndexOf('\n', position - 1) + 1;
    const end = text.indexOf('\n', position);
    return trimmed(text, { start, end: end < 0 ? text.length : end });
  }

  /** A pointer beside the text means the line beside it; above and below, the nearest line that is seen. */
  #positionAt({ clientX, clientY }: MouseEvent): number | undefined {
    const { left, top } = this.#stage!.getBoundingClientRect();
    const { clientWidth, clientHeight, clientLeft, clientTop } = this.#stage!;
    const x = Math.max(left + clientLeft + 2, Math.min(clientX, left + clientLeft + clientWidth - 2));
    const y = Math.max(top + clientTop + 2, Math.min(clientY, top + clientTop + clientHeight - 2));
    return this.#view.positionAt(x, Math.max(1, Math.min(y, innerHeight - 1)));
  }

  /** How far the pointer is above (negative) or below what is seen of the text. */
  get #overshoot(): number {
    const { top, bottom } = this.#stage!.getBoundingClientRect();
    const y = this.#drag?.at.clientY ?? top;
    return Math.min(0, y - Math.max(0, top)) + Math.max(0, y - Math.min(innerHeight, bottom));
  }

  #scrollOn(): void {
    requestAnimationFrame(() => {
      const by = this.#overshoot;
      if (!this.#drag || by === 0) return;
      this.#stage!.scrollTop += Math.sign(by) * Math.min(40, 4 + Math.abs(by) / 4);
      this.#extend();
      this.#scrollOn();
    });
  }

  readonly #onClick = (event: MouseEvent): void => {
    if (this.#actions.isDisabled()) return;
    const target = event.composedPath()[0] as Element;
    const tag = target.closest<HTMLElement>('.tag');
    if (tag) this.#actions.tagClicked(Number(tag.dataset.span), target.closest('.cross') !== null);
    else if (this.#isTouch) this.#tap(event, target.closest('.span') !== null);
  };

  #tap(event: MouseEvent, isOnSpan: boolean): void {
    const position = this.#positionAt(event);
    const last = this.#lastTap;
    if (position === undefined) return;
    const isSecond =
      last !== undefined &&
      event.timeStamp - last.timeStamp < secondTap.within &&
      Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY) < secondTap.near;
    this.#lastTap = isSecond ? undefined : event;
    if (!isSecond) {
      this.#actions.clicked(position, isOnSpan);
      return;
    }
    const { start, end } = this.#unitAt(position, 'word');
    this.#actions.select(start, end);
    if (start !== end) this.#actions.selected();
  }
}

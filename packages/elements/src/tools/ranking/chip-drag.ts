// Dragging a response to its rank, by mouse, pen or finger. Where it would go is decided by what lies under the pointer.

/** Where a response is dropped: on a level by itself, with what is there, between two levels, or out of the ranking. */
export type Target =
  | { readonly kind: 'level' | 'tie' | 'gap'; readonly at: number }
  | { readonly kind: 'pool' }
  | undefined;

export interface Dragged {
  readonly dimension: number;
  readonly response: number;
}

export interface ChipDragActions {
  readonly mayDrag: () => boolean;
  readonly allowsTie: (dimension: number) => boolean;
  /** It is over something, or over nothing of use; `x` and `y` are in the window. */
  readonly moved: (dragged: Dragged, target: Target, x: number, y: number) => void;
  /** It was dropped there, or the drag was given up. */
  readonly ended: (dragged: Dragged, target: Target) => void;
}

interface Drag extends Dragged {
  readonly chip: HTMLElement;
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  at: PointerEvent;
  isMoving: boolean;
}

/** In pixels: so far a press is no drag; so near to an edge what scrolls is scrolled. */
const slack = 5;
const edge = 48;
/** Beside a board, so far is still meant for it. */
const beside = 60;

export class ChipDrag {
  readonly #actions: ChipDragActions;
  #drag: Drag | undefined;

  constructor(actions: ChipDragActions) {
    this.#actions = actions;
  }

  /** To be called for `pointerdown` on a chip. A finger drags by the grip only, since it scrolls by all the rest. */
  start(event: PointerEvent, dragged: Dragged): void {
    const isOnGrip = event.composedPath().some((node) => (node as Element).classList?.contains('grip'));
    if (event.button !== 0 || this.#drag || !this.#actions.mayDrag()) return;
    if (event.pointerType === 'touch' && !isOnGrip) return;
    const chip = event.currentTarget as HTMLElement;
    const { clientX: x, clientY: y, pointerId: pointer } = event;
    this.#drag = { ...dragged, chip, pointer, x, y, at: event, isMoving: false };
    document.addEventListener('pointermove', this.#onMove);
    document.addEventListener('pointerup', this.#onUp);
    document.addEventListener('pointercancel', this.#onCancel);
    document.addEventListener('keydown', this.#onKey, { capture: true });
  }

  cancel(): void {
    this.#end(undefined);
  }

  readonly #onMove = (event: PointerEvent): void => {
    const drag = this.#drag;
    if (!drag || event.pointerId !== drag.pointer) return;
    drag.at = event;
    if (!drag.isMoving) {
      if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < slack) return;
      drag.isMoving = true;
      this.#scrollOn();
    }
    event.preventDefault();
    this.#show();
  };

  #show(): void {
    const drag = this.#drag!;
    this.#actions.moved(drag, this.#targetAt(drag.at), drag.at.clientX, drag.at.clientY);
  }

  readonly #onUp = (event: PointerEvent): void => {
    if (event.pointerId !== this.#drag?.pointer) return;
    const { isMoving } = this.#drag;
    // The click that follows is no choice of the response.
    if (isMoving) swallowClick();
    this.#end(isMoving ? this.#targetAt(event) : undefined);
  };

  readonly #onCancel = (event: PointerEvent): void => {
    if (event.pointerId === this.#drag?.pointer) this.cancel();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#drag?.isMoving) return;
    event.preventDefault();
    event.stopPropagation();
    document.addEventListener('pointerup', swallowClick, { capture: true, once: true });
    this.cancel();
  };

  #end(target: Target): void {
    const drag = this.#drag;
    this.#drag = undefined;
    document.removeEventListener('pointermove', this.#onMove);
    document.removeEventListener('pointerup', this.#onUp);
    document.removeEventListener('pointercancel', this.#onCancel);
    document.removeEventListener('keydown', this.#onKey, { capture: true });
    if (drag?.isMoving) this.#actions.ended(drag, target);
  }

  #targetAt({ clientX: x, clientY: y }: PointerEvent): Target {
    const { chip, dimension } = this.#drag!;
    const board = chip.closest('.board');
    if (!board) return undefined;
    const area = board.getBoundingClientRect();
    if (x < area.left - beside || x > area.right + beside || y < area.top - beside || y > area.bottom + beside)
      return undefined;
    const pool = board.querySelector('.pool')?.getBoundingClientRect();
    if (pool && y >= pool.top && y <= pool.bottom) return { kind: 'pool' };
    const rows = [...board.querySelectorAll('.level')].map((row) => row.getBoundingClientRect());
    const at = rows.findIndex(({ bottom }) => y <= bottom);
    const level = at < 0 ? rows.length - 1 : at;
    const row = rows[level];
    if (!row) return undefined;
    const isTaken = board.querySelectorAll('.level')[level]?.querySelector('.chip') !== null;
    if (!this.#actions.allowsTie(dimension) || !isTaken) return { kind: 'level', at: level };
    const part = (y - row.top) / row.height;
    if (part < 0.25) return { kind: 'gap', at: level };
    return part > 0.75 ? { kind: 'gap', at: level + 1 } : { kind: 'tie', at: level };
  }

  /** Scrolls the pane of the boards, and the page, while the pointer is held at their edges. */
  #scrollOn(): void {
    requestAnimationFrame(() => {
      const drag = this.#drag;
      if (!drag?.isMoving) return;
      const { clientY } = drag.at;
      const pane = drag.chip.closest('.side');
      const { top, bottom } = pane?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
      const before = [pane?.scrollTop, scrollY];
      pane?.scrollBy(0, speedAt(clientY, Math.max(0, top), Math.min(innerHeight, bottom)));
      scrollBy(0, speedAt(clientY, 0, innerHeight));
      if (pane?.scrollTop !== before[0] || scrollY !== before[1]) this.#show();
      this.#scrollOn();
    });
  }
}

const speedAt = (y: number, top: number, bottom: number): number =>
  y < top + edge ? Math.max(-16, (y - top - edge) / 4) : y > bottom - edge ? Math.min(16, (y - bottom + edge) / 4) : 0;

function swallowClick(): void {
  const swallow = (event: Event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  document.addEventListener('click', swallow, { capture: true, once: true });
  // Where the pointer was released over something else, there is none.
  setTimeout(() => document.removeEventListener('click', swallow, { capture: true }));
}

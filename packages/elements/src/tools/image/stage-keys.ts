// What keys do in every image tool. Nobody has published the keys of the original: ours are the usual ones of drawing programs,
// and besides them those of the public sample with a skeleton (`z`, `c`, `x`, `,` and `.`). The pane of shortcuts, which `?`
// shows, is the tool guide: no page is linked to.
import { numberKeys } from '../../base.ts';
import type { Mode } from './image-bar.ts';
import { arrowOf, isPlain, keyOf } from './image-keys.ts';
import type { Point } from './viewport.ts';

/** The same as in the tool; what returns a boolean says whether the key was of use. */
export interface KeyActions {
  hasImage(): boolean;
  isDrawable(): boolean;
  modes(): readonly Mode[];
  mode(): string;
  toggleShortcuts(): void;
  /** Chooses the label of a number, if there is one. */
  chooseLabel(index: number): boolean;
  pressedOwn(event: KeyboardEvent): boolean;
  chooseMode(mode: string): void;
  undo(): void;
  redo(): void;
  duplicate(): boolean;
  removeSelected(): boolean;
  cancel(): boolean;
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  nudge(by: Point): boolean;
  moveCursor(by: Point): void;
  selectNext(step: 1 | -1): boolean;
  finish(): boolean;
  placeAtCursor(): boolean;
  changed(): void;
}

export class StageKeys {
  readonly #actions: KeyActions;
  /** Escape was pressed with nothing to cancel: the next Tab leaves the stage. */
  #isLeaving = false;
  #space: 'up' | 'down' | 'dragged' = 'up';

  constructor(actions: KeyActions) {
    this.#actions = actions;
  }

  /** Whether a press moves the view, whatever it would do else. */
  get isMoving(): boolean {
    return this.#actions.mode() === 'move' || this.#space !== 'up';
  }

  /** The view was moved: if Space is held down, it places no point any more. */
  panned(): void {
    if (this.#space === 'down') this.#space = 'dragged';
  }

  pressed(event: KeyboardEvent): boolean {
    const actions = this.#actions;
    const key = keyOf(event);
    if (key === '?') return done(() => actions.toggleShortcuts());
    if (!actions.hasImage()) return false;
    if (isPlain(event) && numberKeys.includes(event.key)) return actions.chooseLabel(numberKeys.indexOf(event.key));
    if (actions.isDrawable() && actions.pressedOwn(event)) return true;
    const mode = actions.modes().find((each) => each.key === key);
    if (mode) return done(() => actions.chooseMode(mode.id));
    this.#isLeaving = key === 'Escape' || (this.#isLeaving && key.endsWith('Tab'));
    const action = {
      'Ctrl+z': () => actions.undo(),
      ',': () => actions.undo(),
      'Ctrl+Shift+z': () => actions.redo(),
      'Ctrl+y': () => actions.redo(),
      '.': () => actions.redo(),
      'Ctrl+d': () => actions.isDrawable() && actions.duplicate(),
      Delete: () => actions.removeSelected(),
      Backspace: () => actions.removeSelected(),
      Escape: () => this.#escape(),
      '+': () => actions.zoomIn(),
      '=': () => actions.zoomIn(),
      c: () => actions.zoomIn(),
      '-': () => actions.zoomOut(),
      x: () => actions.zoomOut(),
      f: () => actions.fit(),
      z: () => actions.fit(),
      m: () => actions.chooseMode('move'),
    }[key];
    if (action) return action() !== false;
    const isOnStage = event.composedPath().some((node) => (node as Element).classList?.contains('stage'));
    return isOnStage && this.#pressedOnStage(event, key);
  }

  #escape(): boolean {
    if (!this.#actions.cancel()) return false;
    this.#isLeaving = false;
    return true;
  }

  #pressedOnStage(event: KeyboardEvent, key: string): boolean {
    const actions = this.#actions;
    const by = arrowOf(event);
    if (by !== undefined) {
      if (!actions.isDrawable() || !actions.nudge(by)) actions.moveCursor(by);
      return true;
    }
    if (key === 'Tab' || key === 'Shift+Tab') return !this.#isLeaving && actions.selectNext(key === 'Tab' ? 1 : -1);
    if (key === 'Enter') return actions.finish() || actions.placeAtCursor();
    if (key !== ' ') return false;
    // Held down it drags the view; pressed and released it places a point.
    if (!event.repeat) {
      this.#space = 'down';
      actions.changed();
      document.addEventListener('keyup', this.#keyUp);
    }
    return true;
  }

  readonly #keyUp = ({ key }: KeyboardEvent): void => {
    if (key !== ' ') return;
    document.removeEventListener('keyup', this.#keyUp);
    if (this.#space === 'down') this.#actions.placeAtCursor();
    this.#space = 'up';
    this.#actions.changed();
  };
}

function done(action: () => void): true {
  action();
  return true;
}

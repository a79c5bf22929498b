import type { Shortcut } from '../shell.ts';
import { imageMessages } from './messages.ts';
import type { Point } from './viewport.ts';

const farStep = 10;

/** A key with what is held down with it, such as `Ctrl+Shift+z`; the command key of a Mac counts as Ctrl. */
export function keyOf({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): string {
  const isLetter = /^[a-z]$/i.test(key);
  const isSign = key.length === 1 && !isLetter && key !== ' ';
  const held = [
    (ctrlKey || metaKey) && 'Ctrl+',
    altKey && 'Alt+',
    // With a sign it has been used up.
    shiftKey && !isSign && 'Shift+',
  ];
  return held.filter(Boolean).join('') + (isLetter ? key.toLowerCase() : key);
}

export const isPlain = ({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => !ctrlKey && !metaKey && !altKey;

/** How far an arrow key moves things, in pixels of the image; undefined for all other keys. */
export function arrowOf(event: KeyboardEvent): Point | undefined {
  if (!isPlain(event)) return undefined;
  const step = event.shiftKey ? farStep : 1;
  return {
    ArrowLeft: { x: -step, y: 0 },
    ArrowRight: { x: step, y: 0 },
    ArrowUp: { x: 0, y: -step },
    ArrowDown: { x: 0, y: step },
  }[event.key];
}

/** What the keys do in every image tool. */
export const commonShortcuts = (): readonly Shortcut[] => [
  { keys: ['1', '…', '0'], text: imageMessages.keyLabels },
  { keys: [imageMessages.keyArrows], text: imageMessages.keyCursor },
  { keys: ['Space'], text: imageMessages.keyPlace },
  { keys: ['Enter'], text: imageMessages.keyFinish },
  { keys: ['Esc'], text: imageMessages.keyCancel },
  { keys: ['Tab', 'Shift+Tab'], text: imageMessages.keyNext },
  { keys: ['Esc, Tab'], text: imageMessages.keyLeave },
  { keys: ['Delete', 'Backspace'], text: imageMessages.remove },
  { keys: ['Ctrl+Z', ','], text: imageMessages.undo },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y', '.'], text: imageMessages.redo },
  { keys: ['+', 'C', imageMessages.keyWheel], text: imageMessages.zoomIn },
  { keys: ['-', 'X'], text: imageMessages.zoomOut },
  { keys: ['F', 'Z'], text: imageMessages.fit },
  { keys: ['M', imageMessages.keyDrag], text: imageMessages.keyPan },
  { keys: ['?'], text: imageMessages.keyShortcuts },
];

import { imageMessages } from '../image/messages.ts';
import type { Shortcut } from '../shell.ts';
import { textMessages } from './messages.ts';

/** What keys and presses do in a text. */
export const textShortcuts = (): readonly Shortcut[] => [
  { keys: ['1', '…', '0'], text: textMessages.keyLabels },
  { keys: [imageMessages.keyArrows, 'Home', 'End'], text: textMessages.keyMove },
  { keys: [`Ctrl+${imageMessages.keyArrows}`], text: textMessages.keyWords },
  { keys: [`Shift+${imageMessages.keyArrows}`], text: textMessages.keySelect },
  { keys: [textMessages.doubleClick], text: textMessages.keyDoubleClick },
  { keys: [textMessages.click], text: textMessages.keyClick },
  { keys: ['Enter'], text: textMessages.keyEnter },
  { keys: ['N', 'P'], text: textMessages.keyNext },
  { keys: ['Esc'], text: imageMessages.keyCancel },
  { keys: ['Delete', 'Backspace'], text: imageMessages.remove },
  { keys: ['Ctrl+Z', ','], text: imageMessages.undo },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y', '.'], text: imageMessages.redo },
  { keys: ['?'], text: imageMessages.keyShortcuts },
];

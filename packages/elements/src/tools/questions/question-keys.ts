import { imageMessages } from '../image/messages.ts';
import type { Shortcut } from '../shell.ts';
import { textMessages } from '../text/messages.ts';
import { questionMessages } from './messages.ts';

/** What keys and presses do in the text and among the questions. */
export const questionShortcuts = (): readonly Shortcut[] => [
  { keys: [imageMessages.keyArrows, 'Home', 'End'], text: textMessages.keyMove },
  { keys: [`Ctrl+${imageMessages.keyArrows}`], text: textMessages.keyWords },
  { keys: [`Shift+${imageMessages.keyArrows}`], text: textMessages.keySelect },
  { keys: [textMessages.doubleClick], text: textMessages.keyDoubleClick },
  { keys: ['Enter'], text: questionMessages.keyEnter },
  { keys: [textMessages.click], text: questionMessages.keyClick },
  { keys: ['N', 'P'], text: questionMessages.keyNext },
  { keys: ['A'], text: questionMessages.keyNew },
  { keys: ['Esc'], text: questionMessages.keyField },
  { keys: ['Ctrl+Z', ','], text: imageMessages.undo },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y', '.'], text: imageMessages.redo },
  { keys: ['?'], text: imageMessages.keyShortcuts },
];

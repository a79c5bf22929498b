import { imageMessages } from '../image/messages.ts';
import type { Shortcut } from '../shell.ts';
import { rankingMessages } from './messages.ts';

/** What keys and presses do in a ranking. */
export const rankingShortcuts = (someTies: boolean): readonly Shortcut[] => [
  { keys: ['Enter', 'Space'], text: rankingMessages.keyPlace },
  { keys: ['1', '…', '0'], text: rankingMessages.keyRank },
  { keys: ['↑', '↓'], text: rankingMessages.keyMove },
  ...(someTies ? [{ keys: ['='], text: rankingMessages.keyTie }] : []),
  { keys: ['Delete', 'Backspace'], text: rankingMessages.takeAway },
  { keys: [rankingMessages.drag], text: rankingMessages.keyPointer },
  { keys: ['Esc'], text: imageMessages.keyCancel },
  { keys: ['Ctrl+Z', ','], text: imageMessages.undo },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y', '.'], text: imageMessages.redo },
  { keys: ['?'], text: imageMessages.keyShortcuts },
];

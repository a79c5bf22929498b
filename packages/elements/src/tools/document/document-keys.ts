import { imageMessages } from '../image/messages.ts';
import type { Shortcut } from '../shell.ts';
import { documentMessages } from './messages.ts';

/** What the keys do in the document tool, in the order in which a worker needs them. */
export const documentShortcuts = (areBoxesFixed: boolean): readonly Shortcut[] => [
  { keys: ['Enter'], text: documentMessages.keyAccept },
  { keys: ['Ctrl+Enter'], text: documentMessages.keySubmit },
  { keys: ['↓', '↑'], text: documentMessages.keyNext },
  { keys: ['E'], text: documentMessages.keyEdit },
  { keys: ['Esc'], text: documentMessages.keyLeave },
  { keys: ['Y'], text: documentMessages.keyYes },
  { keys: ['N'], text: documentMessages.keyNo },
  { keys: ['B'], text: documentMessages.blank },
  { keys: ['A'], text: documentMessages.add },
  ...(areBoxesFixed
    ? []
    : [
        { keys: ['K', 'V'], text: documentMessages.keyBoxes },
        { keys: [imageMessages.keyArrows], text: documentMessages.keyMove },
        { keys: ['[', ']'], text: documentMessages.keyHandles },
      ]),
  { keys: ['Ctrl+Z'], text: imageMessages.undo },
  { keys: ['Ctrl+Shift+Z', 'Ctrl+Y'], text: imageMessages.redo },
  { keys: ['Z'], text: documentMessages.keyZoom },
  { keys: ['+', imageMessages.keyWheel], text: imageMessages.zoomIn },
  { keys: ['-'], text: imageMessages.zoomOut },
  { keys: ['F'], text: imageMessages.fit },
  { keys: ['?'], text: imageMessages.keyShortcuts },
];

import type { Shortcut } from '../shell.ts';
import { maskMessages } from './messages.ts';

/** The keys that tools for masks have besides those of all image tools. */
export const maskShortcuts = (): readonly Shortcut[] => [
  { keys: ['B'], text: maskMessages.brush },
  { keys: ['E'], text: maskMessages.eraser },
  { keys: ['P'], text: maskMessages.polygon },
  { keys: ['G'], text: maskMessages.fill },
  { keys: ['V'], text: maskMessages.select },
  { keys: ['[', ']'], text: maskMessages.keySmaller },
  { keys: ['Space'], text: maskMessages.keyPen },
  { keys: ['Enter'], text: maskMessages.keyClose },
  { keys: ['Backspace'], text: maskMessages.keyTakeBack },
];

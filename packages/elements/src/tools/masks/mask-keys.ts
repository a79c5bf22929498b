import type { Mode } from '../image/image-bar.ts';
import type { Shortcut } from '../shell.ts';
import { maskMessages } from './messages.ts';

/** What tools for masks do on the stage. @param canAsk whether the page brings a segmentation of its own */
export const maskModes = (canAsk: boolean): readonly Mode[] => [
  { id: 'brush', text: maskMessages.brush, icon: 'brush', key: 'b' },
  { id: 'eraser', text: maskMessages.eraser, icon: 'eraser', key: 'e' },
  { id: 'polygon', text: maskMessages.polygon, icon: 'polygon', key: 'p' },
  { id: 'fill', text: maskMessages.fill, icon: 'fill', key: 'g' },
  ...(canAsk ? [{ id: 'auto', text: maskMessages.auto, icon: 'auto', key: 'a' }] : []),
  { id: 'select', text: maskMessages.select, icon: 'select', key: 'v' },
];

/** The keys that tools for masks have besides those of all image tools. */
export const maskShortcuts = (canAsk: boolean): readonly Shortcut[] => [
  { keys: ['B'], text: maskMessages.brush },
  { keys: ['E'], text: maskMessages.eraser },
  { keys: ['P'], text: maskMessages.polygon },
  { keys: ['G'], text: maskMessages.fill },
  ...(canAsk ? [{ keys: ['A'], text: maskMessages.auto }] : []),
  { keys: ['V'], text: maskMessages.select },
  { keys: ['[', ']'], text: maskMessages.keySmaller },
  { keys: ['Space'], text: maskMessages.keyPen },
  { keys: ['Enter'], text: maskMessages.keyClose },
  { keys: ['Backspace'], text: maskMessages.keyTakeBack },
];

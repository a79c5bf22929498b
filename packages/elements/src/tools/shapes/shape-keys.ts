import { imageMessages } from '../image/messages.ts';
import type { Shortcut } from '../shell.ts';
import { isFlexible } from './handles.ts';
import { shapeMessages } from './messages.ts';
import type { ShapeKind } from './shape-kind.ts';

/** The keys that tools for shapes have besides those of all image tools. */
export function shapeShortcuts(kind: ShapeKind): readonly Shortcut[] {
  const own: Shortcut[] = [
    { keys: [kind.shortcut.toUpperCase()], text: shapeMessages[kind.tool] },
    { keys: ['V'], text: shapeMessages.select },
    { keys: ['Ctrl+D'], text: imageMessages.duplicate },
  ];
  if (kind.most > 1) own.push({ keys: ['[', ']'], text: shapeMessages.keyHandles });
  if (!isFlexible(kind)) return own;
  return [
    { keys: ['Enter'], text: kind.isClosed ? shapeMessages.keyClose : shapeMessages.keyEnd },
    ...own,
    { keys: ['I', 'Insert'], text: shapeMessages.keyInsert },
    { keys: ['Delete', 'Backspace'], text: shapeMessages.keyDeletePoint },
    { keys: ['Backspace'], text: shapeMessages.keyTakeBack },
  ];
}

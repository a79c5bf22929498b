// The key of a shortcut on the control that does the same.
import { html, nothing } from 'lit';
import { keyOf, type ShortcutName } from '../keys.ts';

/** How a key is written. */
export const keyText = (key: string): string => key.toUpperCase();

/** For the attribute aria-keyshortcuts. */
export const keyShortcut = (name: ShortcutName) => keyOf(name) ?? nothing;

/** Beside the words of the control; screen readers have it by the attribute. */
export const keyHint = (name: ShortcutName) => {
  const key = keyOf(name);
  return key === undefined ? nothing : html` <kbd aria-hidden="true">${keyText(key)}</kbd>`;
};

// What a screen reader would read itself, were the text a text field.
import type { Reach } from './caret-keys.ts';
import { textMessages } from './messages.ts';
import { characterAt, type Extent, trimmed } from './segments.ts';
import type { TextView } from './text-view.ts';

const mostOfLine = 200;
/** Longer parts are told by their beginning and end. */
const mostOfPart = { whole: 48, begin: 28, end: 14 };

/** A part of the text in one line. */
export function excerptOf(view: TextView, { start, end }: Extent): string {
  const words = (from: number, to: number) => view.text.slice(from, to).replace(/\s+/g, ' ').trim();
  if (end - start <= mostOfPart.whole) return words(start, end);
  const border = (position: number) => characterAt(view.chunkAt(position), position)?.start ?? position;
  return `${words(start, border(start + mostOfPart.begin))} … ${words(border(end - mostOfPart.end), end)}`;
}

/** What the caret has come to. */
export function readMove(view: TextView, from: number, to: number, reach: Reach): string {
  const { text } = view;
  if (reach === 'word') return excerptOf(view, { start: Math.min(from, to), end: Math.max(from, to) });
  if (to >= text.length) return textMessages.end;
  if (reach !== 'character') {
    const end = text.indexOf('\n', to);
    const line = trimmed(text, { start: to, end: Math.min(end < 0 ? text.length : end, to + mostOfLine) });
    return text.slice(line.start, line.end) || textMessages.lineBreak;
  }
  const character = characterAt(view.chunkAt(to), to);
  const sign = character ? text.slice(character.start, character.end) : '';
  return /[\r\n]/.test(sign) ? textMessages.lineBreak : /^\s+$/.test(sign) ? textMessages.space : sign;
}

import { sentenceOf } from '../failure.ts';
import { printable } from '../table.ts';

/** What an error says, on one line and with a full stop. */
export function oneSentence(error: unknown): string {
  const { code } = error as { code?: unknown };
  const named = error instanceof Error && error.message === '' && typeof code === 'string' ? code : sentenceOf(error);
  const text = printable(named.trim().replace(/\s*\n\s*/g, ' '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** `1 flow definition`, `2 flow definitions`. */
export const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;

/** `a, b and c` */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

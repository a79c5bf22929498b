// How a worker's turn at a task ends without an answer from this page, in words.
import type { AssignmentView } from '@holdpoint/protocol';
import { type FailureCode, sentenceOf } from '../portal-error.ts';
import type { Words } from '../words/en.ts';
import { words } from '../words/words.ts';

export interface Ending {
  title: string;
  text: string;
  /** What was entered stays visible, so that it can be copied. */
  keepsFrame?: boolean;
}

/** Said in the language that the page has at that moment. */
const ending = (
  title: keyof Words['ended'] & string,
  text: keyof Words['ended'] & string,
  keepsFrame = false,
): Ending => ({
  get title() {
    return String(words.ended[title]);
  },
  get text() {
    return String(words.ended[text]);
  },
  keepsFrame,
});

export const timeOver = ending('timeOver', 'timeOverText', true);

const endings: { readonly [Status in AssignmentView['status']]?: Ending } = {
  expired: timeOver,
  // In another window, where perhaps something else was entered.
  submitted: ending('submitted', 'submittedText', true),
  released: ending('released', 'releasedText'),
  declined: ending('declined', 'declinedText'),
  ended: ending('gone', 'goneText', true),
};

/** The ending that a status means; undefined while there is something to do. */
export const endingOf = (status: AssignmentView['status']): Ending | undefined => endings[status];

const codes = { 'task-gone': 'gone', 'not-found': 'notFound', 'not-yours': 'notYours' } as const;

/** The ending that a refusal of the server means; undefined when trying again may help. */
export function endingOfError(code: FailureCode, error: unknown): Ending | undefined {
  if (code === 'time-over') return timeOver;
  const title = Object.hasOwn(codes, code) ? words.ended[codes[code as keyof typeof codes]] : undefined;
  return title === undefined ? undefined : { title, text: sentenceOf(error), keepsFrame: code === 'task-gone' };
}

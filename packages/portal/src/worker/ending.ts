// How a worker's turn at a task ends without an answer from this page, in words.
import type { AssignmentView } from '@holdpoint/protocol';
import { type FailureCode, sentenceOf } from '../portal-error.ts';

export interface Ending {
  title: string;
  text: string;
  /** What was entered stays visible, so that it can be copied. */
  keepsFrame?: boolean;
}

export const timeOver: Ending = {
  title: 'Time is over',
  text: 'The time for this task has passed and it went back to the list. It can no longer be submitted here.',
  keepsFrame: true,
};

const endings: { readonly [Status in AssignmentView['status']]?: Ending } = {
  expired: timeOver,
  // In another window, where perhaps something else was entered.
  submitted: {
    title: 'Already submitted',
    text: 'Your answer to this task has been submitted. Thank you.',
    keepsFrame: true,
  },
  released: { title: 'Task released', text: 'You gave this task back to the list. Others may take it.' },
  declined: { title: 'Task declined', text: 'You declined this task. It goes to somebody else.' },
};

/** The ending that a status means; undefined while there is something to do. */
export const endingOf = (status: AssignmentView['status']): Ending | undefined => endings[status];

const codes: { readonly [Code in FailureCode]?: string } = {
  'task-gone': 'This task has ended',
  'not-found': 'This task does not exist',
  'not-yours': 'This task is not yours',
};

/** The ending that a refusal of the server means; undefined when trying again may help. */
export function endingOfError(code: FailureCode, error: unknown): Ending | undefined {
  if (code === 'time-over') return timeOver;
  const title = codes[code];
  return title === undefined ? undefined : { title, text: sentenceOf(error), keepsFrame: code === 'task-gone' };
}

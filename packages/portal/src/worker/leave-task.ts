// The three ways to leave a task without an answer: what is asked before, what is sent, what is said after.
import type { AssignmentView } from '@holdpoint/protocol';
import { api } from '../api.ts';
import type { Question } from '../components/confirm.ts';
import { deadlineTime } from '../time.ts';

export interface Leaving {
  button: string;
  question: (view: AssignmentView) => Question;
  send: (assignmentId: string) => Promise<object>;
  done: (view: AssignmentView) => string;
}

const until = (view: AssignmentView) => deadlineTime(view.deadline, Date.now());

export const decline: Leaving = {
  button: 'Decline task',
  question: () => ({
    title: 'Decline this task?',
    text: 'It goes to somebody else and you will not see it again. What you have entered here is lost.',
  }),
  send: api.decline,
  done: (view) => `You declined “${view.title}”.`,
};

export const release: Leaving = {
  button: 'Release task',
  question: () => ({
    title: 'Release this task?',
    text: 'It goes back to the list as available, for you and for others. What you have entered here is lost.',
  }),
  send: api.release,
  done: (view) => `You released “${view.title}”. It is back in the list.`,
};

export const stop: Leaving = {
  button: 'Stop and resume later',
  question: (view) => ({
    title: 'Stop now and resume later?',
    text: `The task stays yours, but its time runs on: resume and submit it before ${until(view)}, or it goes back to the list. What you have entered here is not kept.`,
  }),
  send: api.stop,
  done: (view) => `You stopped “${view.title}”. Resume it before ${until(view)}.`,
};

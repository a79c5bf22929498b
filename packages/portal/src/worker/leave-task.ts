// The ways to leave a task without an answer: what is asked before, what is sent, what is said after.
import type { AssignmentView } from '@holdpoint/protocol';
import { api } from '../api.ts';
import { confirm } from '../components/confirm.ts';
import { askWhyNot } from '../components/decline-dialog.ts';
import { deadlineTime } from '../time.ts';

export interface Leaving {
  button: string;
  shortcut: 'decline' | 'release' | 'stop';
  /** Asks first; resolves to what is to be done then, or undefined when the worker stays. */
  ask: (view: AssignmentView) => Promise<Departure | undefined>;
}

export interface Departure {
  send: () => Promise<object>;
  /** Said on the page that follows. */
  done: string;
}

const until = (view: AssignmentView) => deadlineTime(view.deadline, Date.now());

const toRelease = (view: AssignmentView): Departure => ({
  send: () => api.release(view.assignmentId),
  done: `You released “${view.title}”. It is back in the list.`,
});

export const decline: Leaving = {
  button: 'Decline task',
  shortcut: 'decline',
  async ask(view) {
    const said = await askWhyNot();
    if (said === undefined) return undefined;
    const { reason, note } = said;
    if (reason === 'not-now') return toRelease(view);
    return {
      send: () => api.decline(view.assignmentId, { reason, ...(note !== undefined && { note }) }),
      done: `You declined “${view.title}”.`,
    };
  },
};

export const release: Leaving = {
  button: 'Release task',
  shortcut: 'release',
  async ask(view) {
    const text =
      'It goes back to the list as available, for you and for others. What you have entered is kept, should you take it again.';
    return (await confirm({ title: 'Release this task?', text })) ? toRelease(view) : undefined;
  },
};

export const stop: Leaving = {
  button: 'Stop and resume later',
  shortcut: 'stop',
  async ask(view) {
    const text = `The task stays yours, but its time runs on: resume and submit it before ${until(view)}, or it goes back to the list. What you have entered is kept.`;
    if (!(await confirm({ title: 'Stop now and resume later?', text }))) return undefined;
    return {
      send: () => api.stop(view.assignmentId),
      done: `You stopped “${view.title}”. Resume it before ${until(view)}.`,
    };
  },
};

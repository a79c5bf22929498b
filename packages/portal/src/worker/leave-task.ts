// The ways to leave a task without an answer: what is asked before, what is sent, what is said after.
import type { AssignmentView } from '@holdpoint/protocol';
import { api } from '../api.ts';
import { confirm } from '../components/confirm.ts';
import { askWhyNot } from '../components/decline-dialog.ts';
import { deadlineTime } from '../time.ts';
import { words } from '../words/words.ts';

export interface Leaving {
  readonly button: string;
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
  done: words.leave.released(view.title),
});

const decline: Leaving = {
  get button() {
    return words.leave.decline;
  },
  shortcut: 'decline',
  async ask(view) {
    const said = await askWhyNot();
    if (said === undefined) return undefined;
    const { reason, note } = said;
    if (reason === 'not-now') return toRelease(view);
    return {
      send: () => api.decline(view.assignmentId, { reason, ...(note !== undefined && { note }) }),
      done: words.leave.declined(view.title),
    };
  },
};

const release: Leaving = {
  get button() {
    return words.leave.release;
  },
  shortcut: 'release',
  async ask(view) {
    const { releaseHeading: title, releaseText: text } = words.leave;
    return (await confirm({ title, text })) ? toRelease(view) : undefined;
  },
};

const stop: Leaving = {
  get button() {
    return words.leave.stop;
  },
  shortcut: 'stop',
  async ask(view) {
    const { stopHeading: title, stopText } = words.leave;
    if (!(await confirm({ title, text: stopText(until(view)) }))) return undefined;
    return {
      send: () => api.stop(view.assignmentId),
      done: words.leave.stopped(view.title, until(view)),
    };
  },
};

export const leavings: readonly Leaving[] = [decline, release, stop];

/** Those that a task can be left by now. */
export const leavingsOf = ({ canStop }: AssignmentView): readonly Leaving[] =>
  canStop ? leavings : [decline, release];

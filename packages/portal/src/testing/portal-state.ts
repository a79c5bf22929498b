// The server's side of the portal's API in memory, by the contract, for one worker.
import type {
  AssignmentView,
  NoticesResponse,
  OwnPasskey,
  OwnSession,
  PortalErrorCode,
  QueueResponse,
  SecondFactorStep,
  TaskSummary,
} from '@holdpoint/protocol';
import { formPage, type TaskPage } from './task-page.ts';

export type Reply = { status: number; body: object };
export const refuse = (status: number, code: PortalErrorCode, message: string): Reply => ({
  status,
  body: { error: { code, message } },
});

export interface PortalState {
  notices: NoticesResponse;
  /** What browsers said with subscribe and unsubscribe. */
  subscribed: string[];
  tasks: TaskSummary[];
  assignments: Map<string, AssignmentView>;
  answers: { assignmentId: string; answerContent: unknown }[];
  links: Map<string, 'sign-in' | 'set-password'>;
  password: string;
  page: TaskPage;
  /** Of single tasks, by their ids. */
  pages: Map<string, TaskPage>;
  canStop: boolean;
  extendSeconds: number;
  /** How long answers can be taken back. */
  undoMs: number;
  drafts: Map<string, unknown>;
  /** What was said with each decline. */
  declined: object[];
  signedIn: boolean;
  workteams: QueueResponse['workteams'];
  keywords: string[];
  today: QueueResponse['today'];
  /** Where looking for the tasks of a filter stops at first, and how many are found until there. */
  searchStops: { searched: number; found: number } | undefined;
  /** The host at which people sign in, when it is not the portal. */
  identityProvider?: string;
  sessions: OwnSession[];
  passkeys: OwnPasskey[];
  /** What is asked for after the password. */
  secondFactor?: SecondFactorStep;
  /** Where passkeys work. */
  origin?: string;
  organisation?: string;
}

export const worker = { email: 'ada@example.com', name: 'Ada Moreau' };

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

const session = (sessionId: string, isCurrent: boolean): OwnSession => ({
  sessionId,
  signedInAt: inSeconds(-7200),
  lastSeenAt: inSeconds(-600),
  endsAt: inSeconds(36_000),
  isCurrent,
});

/** Signs the worker in at one more browser. */
export const addSession = (state: PortalState, sessionId: string): unknown =>
  state.sessions.push(session(sessionId, false));

export const newState = (): PortalState => ({
  tasks: [],
  assignments: new Map(),
  notices: {
    choices: null,
    defaults: {
      inPage: true,
      sound: false,
      push: false,
      mail: false,
      mailAfterMinutes: 30,
      mailEveryMinutes: 240,
      quietFrom: null,
      quietUntil: null,
      timeZone: 'UTC',
    },
    email: worker.email,
    mailProblem: null,
    publicKey: 'BPublicKey',
    browsers: 0,
  },
  subscribed: [],
  answers: [],
  links: new Map(),
  password: 'correct horse battery',
  page: formPage,
  pages: new Map(),
  canStop: true,
  extendSeconds: 0,
  undoMs: 0,
  drafts: new Map(),
  declined: [],
  signedIn: true,
  workteams: [{ name: 'reviewers', flowDefinitions: [{ name: 'reviews', title: 'Is this review fair?' }] }],
  keywords: [],
  today: { answers: 0, seconds: 0 },
  searchStops: undefined,
  sessions: [session('here', true)],
  passkeys: [],
});

/** Adds a waiting task; the defaults are an ordinary one. */
export function addTask(state: PortalState, taskId: string, more: Partial<TaskSummary> = {}): TaskSummary {
  const task: TaskSummary = {
    taskId,
    title: `Task ${taskId}`,
    description: 'Read the text and say what you think.',
    keywords: [],
    flowDefinitionName: 'reviews',
    humanLoopName: `loop-${taskId}`,
    // One after the other, as the list has them.
    createdAt: new Date(Date.now() - 120_000 + state.tasks.length).toISOString(),
    expiresAt: inSeconds(3 * 86_400),
    timeLimitSeconds: 3600,
    answersDone: 0,
    answersNeeded: 1,
    status: 'available',
    ...more,
  };
  state.tasks.push(task);
  return task;
}

/** Gives a waiting task to the worker. */
export function acceptTask(state: PortalState, taskId: string, secondsLeft?: number): AssignmentView {
  const index = state.tasks.findIndex((task) => task.taskId === taskId);
  const task = state.tasks[index];
  if (task === undefined) throw new Error(`no task ${taskId}`);
  const assignmentId = `a-${taskId}`;
  const deadline = inSeconds(secondsLeft ?? task.timeLimitSeconds);
  const view: AssignmentView = {
    assignmentId,
    taskId,
    title: task.title,
    description: task.description,
    flowDefinitionName: task.flowDefinitionName,
    humanLoopName: task.humanLoopName,
    status: 'open',
    acceptedAt: inSeconds(0),
    deadline,
    serverTime: inSeconds(0),
    frameUrl: `/portal/frame/${assignmentId}`,
    canStop: state.canStop,
    extendSeconds: state.extendSeconds,
  };
  state.assignments.set(assignmentId, view);
  state.tasks[index] = { ...task, status: 'working', assignmentId, deadline };
  return view;
}

/** Moves an assignment on and the task list with it. */
export function endAssignment(state: PortalState, assignmentId: string, status: AssignmentView['status']): void {
  const view = state.assignments.get(assignmentId);
  if (view === undefined) return;
  state.assignments.set(assignmentId, { ...view, status });
  state.tasks = state.tasks.flatMap((task) => {
    if (task.assignmentId !== assignmentId) return [task];
    if (status === 'stopped' || status === 'open')
      return [{ ...task, status: status === 'open' ? ('working' as const) : status }];
    const { assignmentId: _ended, deadline: _passed, ...free } = task;
    return status === 'released' || status === 'expired' ? [{ ...free, status: 'available' as const }] : [];
  });
}

// What the reviewers' portal and the server exchange: JSON over same-origin fetch, and messages between page and task frame.

import type { Draft } from './draft.ts';
import type { JsonObject } from './output.ts';

/** Paths start with this. */
export const portalApiBase = '/portal/api';

/** Every request that is not a GET carries this header with this value: another site's page cannot send it. */
export const portalRequestHeader = { name: 'X-Holdpoint-Request', value: 'portal' } as const;

/** Why the portal's API refused a request. */
export const portalErrorCodes = [
  'signed-out',
  'wrong-credentials',
  'too-many-attempts',
  'link-invalid',
  'weak-password',
  'wrong-code',
  'passkey-refused',
  'sign-in-again',
  'task-taken',
  'task-gone',
  'not-yours',
  'time-over',
  'answer-final',
  'answer-invalid',
  'answer-too-large',
  'try-again',
  'not-found',
  'bad-request',
  'forbidden',
  'internal',
] as const;
export type PortalErrorCode = (typeof portalErrorCodes)[number];

/** The body of every 4xx and 5xx answer; `message` is a sentence for the worker. */
export interface PortalErrorBody {
  readonly error: { readonly code: PortalErrorCode; readonly message: string };
}

export interface PortalWorker {
  readonly email: string;
  readonly name: string;
}

/** GET session; the end of every way to sign in. */
export interface PortalSession {
  readonly worker: PortalWorker;
  readonly organisation?: string;
  /** Whether the console is open to the worker. */
  readonly isOperator: boolean;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}

/** POST sign-out */
export interface SignOutResponse {
  /** Where the browser goes then, to sign out of the identity provider too; absent when it stays in the portal. */
  readonly goOn?: string;
}

/** One of the worker's own sessions. */
export interface OwnSession {
  readonly sessionId: string;
  readonly signedInAt: string;
  /** Exact to a minute. */
  readonly lastSeenAt: string;
  /** When it ends unless it is used before. */
  readonly endsAt: string;
  /** The one that asks. */
  readonly isCurrent: boolean;
}

/** GET sessions; POST sessions/{sessionId}/end and POST sessions/end-others end them. */
export interface SessionListResponse {
  readonly sessions: readonly OwnSession[];
}

export interface UseLinkRequest {
  readonly token: string;
}

/** A sign-in link signs in at once and is used up; a set-password link only shows whose it is. */
export interface UseLinkResponse {
  readonly purpose: 'sign-in' | 'set-password';
  readonly email: string;
  readonly name: string;
  /** After a sign-in link: asked for before anything else. */
  readonly secondFactor?: 'give' | 'set-up';
}

export interface SetPasswordRequest {
  readonly token: string;
  readonly password: string;
}

export interface TaskSummary {
  readonly taskId: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  readonly flowDefinitionName: string;
  readonly humanLoopName: string;
  /** RFC 3339, as all times here. */
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly timeLimitSeconds: number;
  readonly answersDone: number;
  readonly answersNeeded: number;
  readonly status: 'available' | 'working' | 'stopped';
  /** The signed-in worker's own assignment on this task. */
  readonly assignmentId?: string;
  readonly deadline?: string;
}

/** `oldest` and `newest` by creation, `due` by the end of availability. */
export const taskSorts = ['oldest', 'newest', 'due'] as const;
export type TaskSort = (typeof taskSorts)[number];

/** Which waiting tasks a worker wants, and in which order. */
export interface TaskWish {
  /** Words that all stand in title, description, keywords, name of the flow or name of the loop; letters of any size. */
  readonly text?: string;
  readonly flowDefinitionName?: string;
  readonly keyword?: string;
  /** `oldest` unless given. */
  readonly sort?: TaskSort;
}

/** GET tasks?cursor=&limit=&text=&flowDefinitionName=&keyword=&sort= */
export interface TaskListResponse {
  /** On the first page the worker's own tasks come first, whatever is wished. */
  readonly tasks: readonly TaskSummary[];
  /** The cursor of the next page. */
  readonly next?: string;
  /** On the first page: how many tasks there are on all pages. */
  readonly total?: number;
  /** There are more than `total`: counting ended there. */
  readonly isMore?: boolean;
  /**
   * Given when not all waiting tasks were looked at, but so many, those that are first by creation. `next` then leads to
   * those behind them, except in the order `due`.
   */
  readonly searched?: number;
  /** On the first page: tasks of the wish that can be accepted for a day at most, those first that end first. */
  readonly dueSoon?: readonly TaskSummary[];
}

/** GET queue?today=SECONDS, the seconds since midnight where the worker is */
export interface QueueResponse {
  /** The worker's teams and what they are asked. */
  readonly workteams: readonly {
    readonly name: string;
    readonly flowDefinitions: readonly { readonly name: string; readonly title: string }[];
  }[];
  /** Of all these flows, those first that most of them have. */
  readonly keywords: readonly string[];
  /** What the worker has done since midnight. */
  readonly today: { readonly answers: number; readonly seconds: number };
}

/** POST tasks/{taskId}/accept */
export interface AcceptTaskResponse {
  readonly assignmentId: string;
}

/** POST tasks/next: takes the first task of the wish. */
export type NextTaskRequest = TaskWish;
export interface NextTaskResponse {
  /** Null when no task of the wish is waiting. */
  readonly assignmentId: string | null;
}

/**
 * GET tasks/next?text=&flowDefinitionName=&keyword=&sort=&seen=: which task would be taken now. It is taken by nobody, and
 * whoever accepts it first has it. Workers who ask at the same time are told different ones, as far as there are.
 */
export interface NextTaskPreview {
  /** Null when no task of the wish is waiting. `seen`, the id that was told before, is told again while it can be taken. */
  readonly taskId: string | null;
  /** The page that the task will have, for whoever may take it. */
  readonly frameUrl?: string;
}

/** GET assignments/{id}, POST assignments/{id}/resume */
export interface AssignmentView {
  readonly assignmentId: string;
  readonly taskId: string;
  readonly title: string;
  readonly description: string;
  readonly flowDefinitionName: string;
  readonly humanLoopName: string;
  /** `ended` when the task was over before the worker was done. */
  readonly status: 'open' | 'stopped' | 'submitted' | 'released' | 'declined' | 'expired' | 'ended';
  readonly acceptedAt: string;
  readonly deadline: string;
  /** The server's clock, so that a countdown does not depend on the browser's. */
  readonly serverTime: string;
  readonly frameUrl: string;
  /** False while the loop is Stopping. */
  readonly canStop: boolean;
  /** Seconds from now on that `extend` gives at least; 0 when the flow gives none. */
  readonly extendSeconds: number;
  /** Of an adjudicator: what others have answered, in order of submission, without who it was. */
  readonly earlierAnswers?: readonly JsonObject[];
}

/** POST assignments/{id}/draft */
export interface SaveDraftRequest {
  readonly draft: { readonly [name: string]: unknown };
}
export interface SaveDraftResponse {
  readonly savedAt: string;
}

/** GET assignments/{id}/draft */
export interface DraftResponse {
  readonly draft: { readonly [name: string]: unknown } | null;
}

/** POST assignments/{id}/decline: nobody else is asked why. */
export interface DeclineRequest {
  /** `not-for-me`: somebody else should do it; `cannot-answer`: nobody can. */
  readonly reason?: 'not-for-me' | 'cannot-answer';
  /** For operators; at most 1000 characters. */
  readonly note?: string;
}

export interface AnswerSummary {
  readonly assignmentId: string;
  readonly title: string;
  readonly flowDefinitionName: string;
  readonly humanLoopName: string;
  readonly submittedAt: string;
  readonly timeSpentInSeconds: number;
  /** Until when it can be taken back; missing when it is final. */
  readonly finalAt?: string;
}

/** GET answers?cursor=&limit=: the worker's own, newest first, as long as they are kept. */
export interface AnswerListResponse {
  readonly answers: readonly AnswerSummary[];
  readonly next?: string;
  /** The server's clock. */
  readonly serverTime: string;
}

/** GET answers/{assignmentId} */
export interface AnswerResponse extends AnswerSummary {
  readonly answerContent: { readonly [name: string]: unknown };
  readonly serverTime: string;
}

/** POST assignments/{id}/submit */
export interface SubmitAnswerRequest {
  readonly answerContent: { readonly [name: string]: unknown };
}
export interface SubmitAnswerResponse {
  /** Milliseconds for which the answer can be taken back. */
  readonly undoMs: number;
}

/** Server-sent events of GET /portal/events: the name of the event → its data. */
export interface PortalEvents {
  /** The task list changed. */
  readonly tasks: Record<string, never>;
  readonly assignment: { readonly assignmentId: string; readonly status: AssignmentView['status'] };
}

/** Messages from the task frame to the portal's page. */
export type FrameMessage =
  | { readonly holdpoint: 'answer'; readonly answerContent: { readonly [name: string]: unknown } }
  | { readonly holdpoint: 'ready' }
  /** From a page that was loaded ahead: it wants to ask the worker something, so it must be loaded when its task is taken. */
  | { readonly holdpoint: 'unready' }
  /** After `restore`, whenever what was entered has changed. It has the key of that, since a page that goes away has no name any more. */
  | { readonly holdpoint: 'draft'; readonly draft: Draft; readonly key: string }
  /** The answer to `keys`. */
  | { readonly holdpoint: 'keys'; readonly keys: readonly TaskKey[] }
  | { readonly holdpoint: 'error'; readonly message: string };

/** How the worker wants to see things, as far as the page of a task can follow: the name of its frame is this as JSON. */
export interface FrameDisplay {
  /** Of what we add to the page, and of elements on a page that declares no language. */
  readonly language: string;
  /** Pages that say nothing of a colour scheme are dark. */
  readonly isDark: boolean;
  readonly hasLessMotion: boolean;
  /** The page is loaded before its task is taken: it asks nobody anything until it is. */
  readonly isAhead?: boolean;
}

/** A key that a control of a task's page has, and the words of that control. */
export interface TaskKey {
  readonly keys: string;
  readonly does: string;
}

/** Messages from the portal's page to the task frame. */
export type PageMessage =
  | { readonly holdpoint: 'accepted' }
  /** Asks for the keys that work inside the task. */
  | { readonly holdpoint: 'keys' }
  | { readonly holdpoint: 'rejected'; readonly message: string }
  /** Another choice while the page is shown; its language stays. */
  | { readonly holdpoint: 'display'; readonly display: FrameDisplay }
  /** The reply to every `ready`: null where there is nothing to put back. No draft is sent before it. */
  | { readonly holdpoint: 'restore'; readonly draft: Draft | null; readonly key: string; readonly readOnly?: boolean };

/** How a worker wants to hear of tasks that wait. */
export interface NoticeChoices {
  /** In the pages of the portal. */
  readonly inPage: boolean;
  /** A sound with what the pages say. */
  readonly sound: boolean;
  /** To the browsers that were allowed to show messages. */
  readonly push: boolean;
  readonly mail: boolean;
  /** How long a task waits unseen before a mail says so, 1–1440. */
  readonly mailAfterMinutes: number;
  /** How long there is no further mail after one, 15–10080. */
  readonly mailEveryMinutes: number;
  /** `HH:MM` from and until which nothing is pushed or mailed, in `timeZone`; both or none. */
  readonly quietFrom: string | null;
  readonly quietUntil: string | null;
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
}

/** GET notices; POST notices takes `NoticeChoices` and answers the same. */
export interface NoticesResponse {
  /** Null for a worker who has never chosen. */
  readonly choices: NoticeChoices | null;
  readonly defaults: NoticeChoices;
  /** Where mail goes. */
  readonly email: string;
  /** Why no mail can be sent, in one sentence; null where it can. */
  readonly mailProblem: string | null;
  /** What browsers subscribe with (`applicationServerKey`), base64url. */
  readonly publicKey: string;
  /** How many browsers take push messages for the worker. */
  readonly browsers: number;
}

/** POST notices/subscribe: as `PushSubscription.toJSON()` gives it. */
export interface SubscribeRequest {
  readonly endpoint: string;
  readonly keys: { readonly p256dh: string; readonly auth: string };
}

/** POST notices/unsubscribe */
export interface UnsubscribeRequest {
  readonly endpoint: string;
}

/** POST notices/test: what came of "Send me one now". */
export interface TestNoticeResponse {
  /** Of each way that is on. */
  readonly results: readonly { readonly way: 'push' | 'mail'; readonly sent: boolean; readonly sentence: string }[];
}

/** GET waiting */
export interface WaitingResponse {
  /** How many tasks the worker may take, counted up to 100. */
  readonly waiting: number;
  /** The held task whose time is over first; null when none is held, stopped ones left out. */
  readonly held: { readonly assignmentId: string; readonly title: string; readonly deadline: string } | null;
  readonly serverTime: string;
}

/** What a push message says. */
export interface PushMessage {
  /** Counted up to 100. */
  readonly waiting: number;
  /** Sent by "Send me one now". */
  readonly test?: true;
  /** In so many minutes the time for a task is over that the worker holds. */
  readonly endsInMinutes?: number;
}

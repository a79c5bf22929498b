// What the reviewers' portal and the server exchange: JSON over same-origin fetch, and messages between page and task frame.
import type { Draft } from './draft.ts';

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
  'task-taken',
  'task-gone',
  'not-yours',
  'time-over',
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

/** GET session, POST sign-in, POST set-password. */
export interface PortalSession {
  readonly worker: PortalWorker;
  readonly organisation?: string;
}

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
}

export interface UseLinkRequest {
  readonly token: string;
}

/** A sign-in link signs in at once and is used up; a set-password link only shows whose it is. */
export interface UseLinkResponse {
  readonly purpose: 'sign-in' | 'set-password';
  readonly email: string;
  readonly name: string;
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

/** GET tasks?cursor=&limit= */
export interface TaskListResponse {
  readonly tasks: readonly TaskSummary[];
  /** The cursor of the next page. */
  readonly next?: string;
  readonly total: number;
}

/** POST tasks/{taskId}/accept */
export interface AcceptTaskResponse {
  readonly assignmentId: string;
}

/** POST tasks/next */
export interface NextTaskRequest {
  readonly flowDefinitionName?: string;
}
export interface NextTaskResponse {
  /** Null when no task is waiting. */
  readonly assignmentId: string | null;
}

/** GET assignments/{id}, POST assignments/{id}/resume */
export interface AssignmentView {
  readonly assignmentId: string;
  readonly taskId: string;
  readonly title: string;
  readonly description: string;
  readonly flowDefinitionName: string;
  readonly humanLoopName: string;
  readonly status: 'open' | 'stopped' | 'submitted' | 'released' | 'declined' | 'expired';
  readonly acceptedAt: string;
  readonly deadline: string;
  /** The server's clock, so that a countdown does not depend on the browser's. */
  readonly serverTime: string;
  readonly frameUrl: string;
  /** False while the loop is Stopping. */
  readonly canStop: boolean;
}

/** POST assignments/{id}/submit */
export interface SubmitAnswerRequest {
  readonly answerContent: { readonly [name: string]: unknown };
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
  /** After `restore`, whenever what was entered has changed. It has the key of that, since a page that goes away has no name any more. */
  | { readonly holdpoint: 'draft'; readonly draft: Draft; readonly key: string }
  | { readonly holdpoint: 'error'; readonly message: string };

/** Messages from the portal's page to the task frame. */
export type PageMessage =
  | { readonly holdpoint: 'accepted' }
  | { readonly holdpoint: 'rejected'; readonly message: string }
  /** The reply to every `ready`: null where there is nothing to put back. No draft is sent before it. */
  | { readonly holdpoint: 'restore'; readonly draft: Draft | null; readonly key: string; readonly readOnly?: boolean };

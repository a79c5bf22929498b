// The portal's requests to its server: JSON over same-origin fetch with the session's cookie.
import type {
  AcceptTaskResponse,
  AnswerListResponse,
  AnswerResponse,
  AssignmentView,
  DeclineRequest,
  DraftResponse,
  NextTaskPreview,
  NextTaskResponse,
  NoticeChoices,
  NoticesResponse,
  PortalSession,
  QueueResponse,
  SaveDraftResponse,
  SessionListResponse,
  SignInResponse,
  SignOutResponse,
  SubmitAnswerResponse,
  SubscribeRequest,
  TaskListResponse,
  TaskWish,
  TestNoticeResponse,
  UseLinkResponse,
  WaitingResponse,
} from '@holdpoint/protocol';
import { isUnreachable, PortalError, unreachable } from './portal-error.ts';
import { english } from './words/en.ts';

const attempts = 3;
const readTimeout = 20_000;
const writeTimeout = 120_000;

/**
 * One request.
 * @throws PortalError with the server's code and sentence, or `unreachable`.
 */
export async function send<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`/portal/api/${path}`, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: method === 'GET' ? {} : { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' },
      body: method === 'GET' ? null : JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(method === 'GET' ? readTimeout : writeTimeout),
    });
    text = await response.text();
  } catch {
    throw unreachable();
  }
  const json = parse(text);
  if (response.ok && json !== undefined) return json as Reply;
  throw refusal(response.status, json);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refusal(status: number, json: unknown): PortalError {
  const error = (json as { error?: { code?: unknown; message?: unknown } } | undefined)?.error;
  if (typeof error?.code === 'string' && typeof error.message === 'string') {
    return new PortalError(error.code as PortalError['code'], error.message);
  }
  if (status === 401) return new PortalError('signed-out', english.refusals.signedOut);
  if (status === 413) return new PortalError('answer-too-large', english.refusals.answerTooLarge);
  if (status === 502 || status === 503 || status === 504) return unreachable();
  return new PortalError('internal', english.refusals.couldNotAnswer);
}

/** Reads change nothing, so a lost one is simply asked again. */
export const read = <Reply>(path: string): Promise<Reply> => askedAgain(() => send<Reply>('GET', path));

/** Asks again when no answer came, as may be done with what changes nothing or does it once. */
export async function askedAgain<Reply>(ask: () => Promise<Reply>): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!isUnreachable(error) || attempt === attempts) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250 * 2 ** attempt));
    }
  }
}

const assignment = (id: string, verb?: string) =>
  `assignments/${encodeURIComponent(id)}${verb === undefined ? '' : `/${verb}`}`;

/** Every route of the portal's API; all reject with PortalError. */
export const api = {
  session: () => read<PortalSession>('session'),
  signIn: (email: string, password: string) => send<SignInResponse>('POST', 'sign-in', { email, password }),
  sessions: () => read<SessionListResponse>('sessions'),
  endSession: (id: string) => send<object>('POST', `sessions/${encodeURIComponent(id)}/end`),
  endOtherSessions: () => send<object>('POST', 'sessions/end-others'),
  signOut: () => send<SignOutResponse>('POST', 'sign-out'),
  openLink: (token: string) => send<UseLinkResponse>('POST', 'use-link', { token }),
  setPassword: (token: string, password: string) => send<SignInResponse>('POST', 'set-password', { token, password }),
  /** What sends the worker tasks, and what the worker has done in the seconds since midnight. */
  queue: (secondsOfToday: number) => read<QueueResponse>(`queue?today=${secondsOfToday}`),
  tasks: (wish: TaskWish = {}, cursor?: string, limit = 50) => {
    const query = new URLSearchParams({ limit: String(limit), ...wish });
    if (cursor !== undefined) query.set('cursor', cursor);
    return read<TaskListResponse>(`tasks?${query}`);
  },
  /** Whoever has the task already is answered with the same assignment. */
  accept: (taskId: string) =>
    askedAgain(() => send<AcceptTaskResponse>('POST', `tasks/${encodeURIComponent(taskId)}/accept`)),
  nextTask: (wish: TaskWish = {}) => send<NextTaskResponse>('POST', 'tasks/next', wish),
  /** What would be taken, and is not; `seen` is what was told before. */
  previewNext: (wish: TaskWish, seen: string | undefined) =>
    read<NextTaskPreview>(`tasks/next?${new URLSearchParams({ ...wish, ...(seen !== undefined && { seen }) })}`),
  assignment: (id: string) => read<AssignmentView>(assignment(id)),
  submit: (id: string, answerContent: unknown) =>
    send<SubmitAnswerResponse>('POST', assignment(id, 'submit'), { answerContent }),
  /** What is taken back already is no error. */
  undo: (id: string) => askedAgain(() => send<AssignmentView>('POST', assignment(id, 'undo'))),
  draft: (id: string) => read<DraftResponse>(assignment(id, 'draft')),
  saveDraft: (id: string, draft: unknown) => send<SaveDraftResponse>('POST', assignment(id, 'draft'), { draft }),
  extend: (id: string) => send<AssignmentView>('POST', assignment(id, 'extend')),
  answers: (cursor?: string) =>
    read<AnswerListResponse>(`answers${cursor === undefined ? '' : `?${new URLSearchParams({ cursor })}`}`),
  answer: (id: string) => read<AnswerResponse>(`answers/${encodeURIComponent(id)}`),
  release: (id: string) => send<object>('POST', assignment(id, 'release')),
  decline: (id: string, said: DeclineRequest = {}) => send<object>('POST', assignment(id, 'decline'), said),
  stop: (id: string) => send<object>('POST', assignment(id, 'stop')),
  notices: () => read<NoticesResponse>('notices'),
  saveNotices: (choices: NoticeChoices) => send<NoticesResponse>('POST', 'notices', choices),
  subscribe: (browser: SubscribeRequest) => send<object>('POST', 'notices/subscribe', browser),
  unsubscribe: (endpoint: string) => send<object>('POST', 'notices/unsubscribe', { endpoint }),
  testNotice: () => send<TestNoticeResponse>('POST', 'notices/test'),
  waiting: () => send<WaitingResponse>('GET', 'waiting'),
  resume: (id: string) => send<AssignmentView>('POST', assignment(id, 'resume')),
};

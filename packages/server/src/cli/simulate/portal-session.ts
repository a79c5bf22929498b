/** A worker's session with the reviewers' portal, over the API that its pages use. */
import type { Client } from '@holdpoint/client';
import {
  type AcceptTaskResponse,
  type AssignmentView,
  type JsonObject,
  type NextTaskRequest,
  type NextTaskResponse,
  type PortalErrorBody,
  type PortalErrorCode,
  portalApiBase,
  portalRequestHeader,
  type TaskListResponse,
  type UseLinkResponse,
} from '@holdpoint/protocol';

/** What the portal's API refused, with a sentence for the worker. */
export class PortalRefusal extends Error {
  readonly code: PortalErrorCode;
  constructor({ code, message }: PortalErrorBody['error']) {
    super(message);
    this.code = code;
  }
}

export const isRefusal = (error: unknown, ...codes: readonly PortalErrorCode[]): error is PortalRefusal =>
  error instanceof PortalRefusal && (codes.length === 0 || codes.includes(error.code));

/** One worker's session; one call at a time. */
export interface PortalSession {
  /** Takes the oldest task that may be taken; null when there is none. */
  next(flowDefinitionName: string | undefined): Promise<string | null>;
  tasks(cursor: string | undefined): Promise<TaskListResponse>;
  accept(taskId: string): Promise<string>;
  assignment(assignmentId: string): Promise<AssignmentView>;
  submit(assignmentId: string, answerContent: JsonObject): Promise<void>;
  decline(assignmentId: string): Promise<void>;
  release(assignmentId: string): Promise<void>;
  signOut(): Promise<void>;
}

/** Milliseconds for one request, and before it is tried again. */
const timeLimit = 30_000;
const pauses = [250, 1000, 2000, 4000, 8000];

/**
 * A session of a worker, opened with a sign-in link when it is first needed, and again when it has ended.
 *
 * @throws PortalRefusal from each call; Error with a sentence when the server does not answer.
 */
export function openPortalSession(client: Client, email: string): PortalSession {
  const origin = new URL(client.meta.endpointUrl).origin;
  let cookie: string | undefined;

  async function signIn(isAgain = false): Promise<string> {
    const { Url } = await client.call('CreateSignInLink', { Email: email, Purpose: 'SignIn' });
    try {
      const reply = await send(origin, 'POST', 'use-link', { token: new URL(Url).hash.slice(1) });
      const { secondFactor } = (await reply.clone().json()) as UseLinkResponse;
      if (secondFactor !== undefined)
        throw new Error(`The worker ${email} signs in with a second factor, which cannot be simulated.`);
      return reply.headers
        .getSetCookie()
        .map((one) => one.split(';', 1)[0])
        .join('; ');
    } catch (error) {
      // The link was used and the reply lost: another one does.
      if (isAgain || !isRefusal(error, 'link-invalid')) throw error;
      return signIn(true);
    }
  }

  async function call<Reply>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<Reply> {
    for (let isAgain = false; ; isAgain = true) {
      cookie ??= await signIn();
      try {
        return (await (await send(origin, method, path, body, cookie)).json()) as Reply;
      } catch (error) {
        if (isAgain || !isRefusal(error, 'signed-out')) throw error;
        cookie = undefined;
      }
    }
  }

  const assignment = (id: string, what = ''): string => `assignments/${encodeURIComponent(id)}${what}`;
  return {
    async next(flowDefinitionName) {
      const request: NextTaskRequest = flowDefinitionName === undefined ? {} : { flowDefinitionName };
      return (await call<NextTaskResponse>('POST', 'tasks/next', request)).assignmentId;
    },
    tasks: (cursor) =>
      call('GET', `tasks?limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`),
    accept: async (id) =>
      (await call<AcceptTaskResponse>('POST', `tasks/${encodeURIComponent(id)}/accept`, {})).assignmentId,
    assignment: (id) => call('GET', assignment(id)),
    submit: (id, answerContent) => call('POST', assignment(id, '/submit'), { answerContent }),
    decline: (id) => call('POST', assignment(id, '/decline'), {}),
    release: (id) => call('POST', assignment(id, '/release'), {}),
    async signOut() {
      if (cookie !== undefined) await send(origin, 'POST', 'sign-out', {}, cookie);
      cookie = undefined;
    },
  };
}

/** Every request can be repeated: what was done already is no error, and what was lost was not done. */
async function send(origin: string, method: string, path: string, body?: unknown, cookie?: string): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const failure = await trySend(`${origin}${portalApiBase}/${path}`, method, body, cookie);
    if (failure instanceof Response) return failure;
    const wait = pauses[attempt];
    if (wait === undefined || (failure instanceof PortalRefusal && failure.code !== 'try-again')) throw failure;
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

async function trySend(
  url: string,
  method: string,
  body: unknown,
  cookie: string | undefined,
): Promise<Response | Error> {
  try {
    const reply = await fetch(url, {
      method,
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        [portalRequestHeader.name]: portalRequestHeader.value,
      },
      body: body === undefined ? null : JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(timeLimit),
    });
    if (reply.ok) return reply;
    const refusal = (await reply.json().catch(() => undefined)) as PortalErrorBody | undefined;
    if (refusal?.error?.code !== undefined) return new PortalRefusal(refusal.error);
    return new Error(`The portal at ${new URL(url).origin} answered with status ${reply.status}.`);
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = cause instanceof Error ? (cause as { code?: string }).code || cause.message : message;
    return new Error(`The portal at ${new URL(url).origin} does not answer (${reason}).`, { cause: error });
  }
}

// A worker of the portal without a browser: its API as the page uses it.
import {
  type AcceptTaskResponse,
  portalRequestHeader,
  type TaskListResponse,
  type TaskSummary,
} from '@holdpoint/protocol';
import { password, type TestServer } from './test-server.ts';

export interface HttpWorker {
  tasks(): Promise<readonly TaskSummary[]>;
  /** Takes the task and submits. */
  answer(taskId: string, answerContent: object): Promise<void>;
  /** The stream of what changes; `next` waits for the next piece of text. */
  events(): Promise<{ next(): Promise<string>; close(): void }>;
}

export async function signInByHttp(server: Pick<TestServer, 'endpointUrl'>, email: string): Promise<HttpWorker> {
  const portal = `${server.endpointUrl}/portal`;
  const own = { [portalRequestHeader.name]: portalRequestHeader.value, 'content-type': 'application/json' };

  async function send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: object) {
    const response = await fetch(`${portal}/${path}`, {
      method,
      headers,
      ...(method === 'POST' && { body: JSON.stringify(body ?? {}) }),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
    return response;
  }

  const signedIn = await send('POST', 'api/sign-in', own, { email, password });
  const headers = { ...own, cookie: signedIn.headers.getSetCookie()[0]!.split(';')[0]! };
  return {
    tasks: async () => ((await (await send('GET', 'api/tasks', headers)).json()) as TaskListResponse).tasks,
    async answer(taskId, answerContent) {
      const accepted = await send('POST', `api/tasks/${taskId}/accept`, headers);
      const { assignmentId } = (await accepted.json()) as AcceptTaskResponse;
      await send('POST', `api/assignments/${assignmentId}/submit`, headers, { answerContent });
    },
    async events() {
      const reader = (await send('GET', 'events', headers)).body!.getReader();
      const decoder = new TextDecoder();
      return {
        next: async () => decoder.decode((await reader.read()).value),
        close: () => void reader.cancel(),
      };
    },
  };
}

// A server on which the smoke program finds what it needs, and somebody who answers the loop that it starts.
import { createServer } from 'node:net';
import { type NextTaskResponse, portalRequestHeader, type TaskListResponse } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect } from 'vitest';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';

const email = 'ada@example.com';
const text = 'Größe — 漢字 🙂';
const listed = ['listed-1', 'listed-2', 'listed-3', 'listed-4', 'listed-5'];

/** What the smoke program is told. */
export interface Facts {
  readonly flowDefinitionArn: string;
  /** A flow with five loops. */
  readonly listedFlowArn: string;
  /** Where nothing listens. */
  readonly closedUrl: string;
  readonly loopName: string;
  readonly text: string;
}

export interface Stage {
  readonly server: TestServer;
  /** For one run of the program; names its loop. */
  facts(loopName: string): Facts;
  /** Waits for the loop's task and answers it. */
  answer(loopName: string): Promise<void>;
}

/** Sets up before all tests of the file; read its members inside tests only. */
export function useStage(): Stage {
  const stage = {} as { server: TestServer; arns: string[]; closedUrl: string; cookie: string };
  beforeAll(async () => {
    const server = await startTestServer();
    stage.server = server;
    await server.hire(email);
    const flows = [await createFlow(server, 'smoke'), await createFlow(server, 'listed')];
    stage.arns = flows.map(({ arn }) => arn);
    for (const name of listed) await startLoop(server, flows[1]!, name);
    stage.closedUrl = `http://127.0.0.1:${await closedPort()}`;
    stage.cookie = await signIn(server);
  });
  afterAll(() => stage.server?.close());

  return Object.assign(stage, {
    facts: (loopName: string): Facts => {
      const [flowDefinitionArn = '', listedFlowArn = ''] = stage.arns;
      return { flowDefinitionArn, listedFlowArn, closedUrl: stage.closedUrl, loopName, text };
    },
    async answer(loopName: string) {
      const ask = <Answer>(path: string, body?: object) => portal<Answer>(stage.server, stage.cookie, path, body);
      const taskOf = async () => {
        const { tasks } = await ask<TaskListResponse>('tasks?limit=50');
        return tasks.find(({ humanLoopName }) => humanLoopName === loopName)?.taskId;
      };
      // A runtime may take long to start on a busy machine.
      await expect.poll(taskOf, { timeout: 45_000, interval: 100 }).toBeDefined();
      const { assignmentId } = await ask<NextTaskResponse>(`tasks/${await taskOf()}/accept`, {});
      await ask(`assignments/${assignmentId}/submit`, { answerContent: { note: loopName } });
    },
  });
}

async function signIn(server: TestServer): Promise<string> {
  const response = await request(server, '', 'sign-in', { email, password });
  return response.headers.getSetCookie()[0]!.split(';')[0]!;
}

async function portal<Answer>(server: TestServer, cookie: string, path: string, body?: object): Promise<Answer> {
  return (await (await request(server, cookie, path, body)).json()) as Answer;
}

/** A call of the portal's API, as its page makes it. */
async function request({ url }: TestServer, cookie: string, path: string, body?: object): Promise<Response> {
  const headers = { cookie, 'content-type': 'application/json', [portalRequestHeader.name]: portalRequestHeader.value };
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${url}/portal/api/${path}`, { headers, ...sent });
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${await response.text()}`);
  return response;
}

/** A port of this machine that was free a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address!.port : 0));
    });
  });
}

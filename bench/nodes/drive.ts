/** Whole loops on one node from a process of its own: starts them, and takes and answers as many tasks as it started. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Credentials, NextTaskResponse } from '@holdpoint/protocol';
import { createRequests } from '../../test/crash/requests.ts';

export interface Drive {
  readonly port: number;
  readonly credentials: Credentials;
  readonly email: string;
  readonly password: string;
  readonly flowDefinitionArn: string;
  readonly inputContent: string;
  readonly prefix: string;
  readonly count: number;
  readonly concurrency: number;
}

const { port, credentials, email, password, flowDefinitionArn, inputContent, prefix, count, concurrency } = JSON.parse(
  process.argv[2]!,
) as Drive;
const requests = createRequests(port, credentials);
const { headers } = await requests.portal('POST', 'sign-in', '', { email, password });
const cookie = (headers['set-cookie'] as string[])[0]!.split(';')[0]!;

let started = 0;
let submitted = 0;
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (started < count) {
      await requests.call('StartHumanLoop', {
        HumanLoopName: `${prefix}${started++}`,
        FlowDefinitionArn: flowDefinitionArn,
        HumanLoopInput: { InputContent: inputContent },
      });
      await answerOne();
    }
  }),
);
requests.close();

/** Any task: those of other nodes' loops are as good, and there is one for each that was started. */
async function answerOne(): Promise<void> {
  for (;;) {
    const next = JSON.parse(await post('tasks/next', {})) as NextTaskResponse;
    if (next.assignmentId === null) {
      // Its page is being rendered.
      await pause(10);
      continue;
    }
    await post(`assignments/${next.assignmentId}/submit`, { answerContent: { a: 'an answer' } });
    submitted += 1;
    return;
  }
}

async function post(path: string, body: object): Promise<string> {
  const answer = await requests.portal('POST', path, cookie, body);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status} ${answer.body}, after ${submitted}`);
  return answer.body;
}

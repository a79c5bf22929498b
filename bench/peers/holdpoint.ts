/**
 * Holdpoint: a wait is a human loop, started by a signed request over HTTP. Humans take and answer it as the portal does. The
 * program is told by a signed webhook, or waits in DescribeHumanLoop (`Prefer: wait`), after output.json is written.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { createA2IRuntimeClient, createClient } from '@holdpoint/client';
import { createRequests, Unanswered } from '../../test/crash/requests.ts';
import { makeFlow } from '../flow.ts';
import { credentialsOf, startHoldpoint } from '../processes.ts';
import type { PeerModule } from './peer.ts';

/** As many people, in turn: nobody works on dozens of tasks at once. */
const reviewers = 8;
const password = 'a long enough password';

export const open: PeerModule['open'] = async ({ folder, databaseUrl, form, knows }) => {
  const [engine, told] = form!.split(' ') as ['SQLite' | 'PostgreSQL', 'webhook' | 'wait'];
  const flags = engine === 'PostgreSQL' ? ['--database-url', databaseUrl] : [];
  const server = await startHoldpoint(folder, '--allow-private-targets', ...flags);
  const credentials = credentialsOf(folder);
  const settings = { region: 'us-east-1', credentials };
  const endpointUrl = `http://127.0.0.1:${server.port}`;
  const client = createClient({ ...settings, endpointUrl });
  const runtime = createA2IRuntimeClient({ ...settings, endpointUrl, ignoreConfiguration: true, maxConnections: 4096 });
  const flowDefinitionArn = await makeFlow(client);
  const emails = Array.from({ length: reviewers }, (_, index) => `reviewer-${index}@example.com`);
  for (const Email of emails)
    await client.call('CreateWorker', { Email, Workteams: ['reviewers'], Password: password });
  const receiver = createServer((incoming, reply) => {
    let text = '';
    incoming.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    incoming.on('end', () => {
      reply.end();
      knows((JSON.parse(text) as { detail: { humanLoopName: string } }).detail.humanLoopName);
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  if (told === 'webhook')
    await client.call('CreateEventTarget', {
      Url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
    });
  const requests = createRequests(server.port, credentials);
  const cookies: string[] = [];
  for (const email of emails) {
    const { headers } = await requests.portal('POST', 'sign-in', '', { email, password });
    cookies.push((headers['set-cookie'] as string[])[0]!.split(';')[0]!);
  }
  let turns = 0;
  const waiter = runtime.getWaiter('human_loop_completed');
  const ending = new AbortController();

  async function post(path: string, cookie: string, body: object): Promise<Record<string, unknown>> {
    const ask = () => requests.portal('POST', path, cookie, body);
    // A kept connection that was idle while the others had their turn may be closed at the moment of use: browsers try again.
    const answer = await ask().catch((error: unknown) => {
      if (error instanceof Unanswered) return ask();
      throw error;
    });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`);
    return JSON.parse(answer.body) as Record<string, unknown>;
  }

  return {
    facts: {
      name: `Holdpoint, ${engine}, ${told === 'wait' ? 'Prefer: wait' : told}`,
      version: 'this version',
      licence: 'Apache-2.0',
      durability:
        engine === 'SQLite'
          ? 'SQLite, write-ahead log, synchronous FULL'
          : 'PostgreSQL, fsync and synchronous_commit on',
      how: `signed StartHumanLoop; portal: next task, submit; output.json, then ${told === 'wait' ? 'the answer to a waiting DescribeHumanLoop' : 'a signed webhook'}`,
    },
    async create(id, payload) {
      await runtime.startHumanLoop({
        HumanLoopName: id,
        FlowDefinitionArn: flowDefinitionArn,
        HumanLoopInput: { InputContent: JSON.stringify(payload) },
      });
      if (told === 'wait')
        void waiter.wait({ HumanLoopName: id }, { signal: ending.signal }).then(
          () => knows(id),
          () => {},
        );
    },
    async take(id) {
      const cookie = cookies[turns++ % reviewers]!;
      for (;;) {
        const { assignmentId } = await post('tasks/next', cookie, {});
        if (assignmentId !== null) return { id, handle: { assignmentId, cookie } };
        // Its page is not rendered yet; the portal would be told when it is.
        await pause(50);
      }
    },
    async complete({ handle }, answer) {
      const { assignmentId, cookie } = handle as { assignmentId: string; cookie: string };
      await post(`assignments/${assignmentId}/submit`, cookie, { answerContent: answer });
    },
    async close() {
      ending.abort();
      client.close();
      runtime.close();
      requests.close();
      await server.stop();
      receiver.close();
      receiver.closeAllConnections();
    },
  };
};

/** Restate: a wait is a workflow that awaits a promise; the program is what stands after it in the workflow. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http2';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as restate from '@restatedev/restate-sdk';
import * as clients from '@restatedev/restate-sdk-clients';
import { type PeerModule, versionOf } from './peer.ts';

const require = createRequire(import.meta.url);

export const open: PeerModule['open'] = async ({ folder, knows }) => {
  const review = restate.workflow({
    name: 'review',
    handlers: {
      run: async (ctx: restate.WorkflowContext, _payload: object) => {
        const answer: Promise<object> = ctx.promise<object>('answer').get();
        await answer;
        knows(ctx.key);
      },
      complete: async (ctx: restate.WorkflowSharedContext, answer: object) => {
        const promise = ctx.promise<object>('answer');
        await promise.resolve(answer);
      },
    },
  });
  const service = createServer(restate.createEndpointHandler({ services: [review] }));
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const [ingress, admin, node] = (await Promise.all([freePort(), freePort(), freePort()])) as [number, number, number];
  const server = startServer(folder, { ingress, admin, node });
  await until(server, async () => (await fetch(`http://127.0.0.1:${admin}/health`)).ok);
  await until(server, async () => {
    const uri = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    const answer = await fetch(`http://127.0.0.1:${admin}/deployments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri }),
    });
    return answer.ok;
  });
  const client = clients.connect({ url: `http://127.0.0.1:${ingress}` });
  const of = (id: string) => client.workflowClient<typeof review>({ name: 'review' }, id);
  return {
    facts: {
      name: 'Restate',
      version: versionOf('@restatedev/restate-server'),
      licence: 'server BSL 1.1, SDK MIT',
      durability: 'its own log, one node, default settings (its write-ahead log is synced)',
      how: 'workflowSubmit of a workflow that awaits a promise; a handler resolves it; the workflow goes on',
    },
    async create(id, payload) {
      await of(id).workflowSubmit(payload);
    },
    take: async (id) => ({ id }),
    async complete({ id }, answer) {
      await of(id).complete(answer);
    },
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGTERM');
      await Promise.race([ended, pause(5000)]);
      server.kill('SIGKILL');
      service.close();
    },
  };
};

function startServer(folder: string, ports: { ingress: number; admin: number; node: number }): ChildProcess {
  const package_ = `@restatedev/restate-server-${process.platform}-${process.arch}`;
  const program = join(dirname(require.resolve(`${package_}/package.json`)), 'bin/restate-server');
  const server = spawn(
    program,
    [
      '--base-dir',
      folder,
      '--node-name',
      'bench',
      '--listen-mode',
      'tcp',
      '--bind-ip',
      '127.0.0.1',
      '--no-logo',
      '--bind-port',
      String(ports.node),
    ],
    {
      env: {
        ...process.env,
        RUST_LOG: 'error',
        RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ports.ingress}`,
        RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${ports.admin}`,
        DO_NOT_TRACK: '1',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  process.on('exit', () => server.kill('SIGKILL'));
  return server;
}

async function until(server: ChildProcess, isSo: () => Promise<boolean>): Promise<void> {
  for (;;) {
    if (server.exitCode !== null) throw new Error(`restate-server ended with code ${server.exitCode}.`);
    if (await isSo().catch(() => false)) return;
    await pause(200);
  }
}

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

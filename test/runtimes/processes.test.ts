// The built client in Node, Deno and Bun: the same programs, the same results, settings from the files of the AWS tools.
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  answer,
  closedUrl,
  openMuteServer,
  openServer,
  type ScriptedServer,
  type Step,
} from '../../packages/client/src/testing/scripted-server.ts';
import { tlsCertificate } from '../../packages/server/src/testing/tls.ts';
import { expectedOf } from './expected.ts';
import { describeOn } from './fetched.ts';
import { type InstalledClient, installClient } from './installed-client.ts';
import { useStage } from './stage.ts';

const stage = useStage();
let client: InstalledClient;

beforeAll(async () => {
  client = await installClient();
}, 120_000);
afterAll(() => client?.remove());

/** Nothing may be downloaded, asked or read from elsewhere. */
const denoFlags = ['--no-remote', '--no-prompt', '--no-config', '--no-lock', '--node-modules-dir=manual'];
const denoRights = ['--allow-net=127.0.0.1', '--allow-env', '--allow-read', '--allow-sys'];

const runtimes = [
  { name: 'node20', flags: [] },
  { name: 'node24', flags: [] },
  { name: 'deno', flags: ['run', ...denoFlags, ...denoRights] },
  { name: 'bun', flags: ['--no-install'] },
] as const;

for (const { name, flags } of runtimes) {
  await describeOn(name, (binary) => {
    const run = (program: string, environment: NodeJS.ProcessEnv) =>
      runProgram(binary, [...flags, program], environment);

    it('runs the smoke program, which ends by itself', async () => {
      const facts = stage.facts(`smoke-${name}`);
      const environment = { ...stage.server.environment, SMOKE_FACTS: JSON.stringify(facts) };
      const [printed] = await Promise.all([run('main.mjs', environment), stage.answer(facts.loopName)]);
      expect(JSON.parse(printed)).toEqual(expectedOf(facts));
    });

    it('connects, waits, gives up and ends as everywhere', async () => {
      const [plain, secure, mute] = await Promise.all([openServer(), openServer({ tls: true }), openMuteServer()]);
      try {
        for (const { script } of [plain, secure]) script.push(...Array<Step>(30).fill(byName));
        const facts = {
          plain: plain.endpointUrl,
          secure: secure.endpointUrl,
          mute: `https://127.0.0.1:${mute.port}`,
          closed: await closedUrl(),
        };
        const bundle = join(client.folder, 'ca.pem');
        await writeFile(bundle, tlsCertificate);
        const environment = { ...stage.server.environment, AWS_CA_BUNDLE: bundle, SMOKE_FACTS: JSON.stringify(facts) };
        expect(JSON.parse(await run('transport.mjs', environment))).toEqual({
          plain: 'a, b, c',
          secure: 'a, b, c',
          untrusted: expect.stringMatching(/^SSLError /),
          refused: 'EndpointConnectionError ECONNREFUSED',
          unnamed: 'ConnectTimeoutError',
          silent: 'ReadTimeoutError',
          stalled: 'ReadTimeoutError',
          ended: expect.stringMatching(/^ConnectionClosedError/),
          cut: expect.stringMatching(/^ConnectionClosedError/),
          aborted: 'stop',
        });
        expectFewConnections(plain);
        // One that was kept for three calls, and one whose certificate was refused.
        expect(secure.connections.all).toBe(2);
      } finally {
        await Promise.all([plain.close(), secure.close(), mute.close()]);
      }
    });

    it('says what has to be installed', async () => {
      const { AWS_SHARED_CREDENTIALS_FILE: _, ...environment } = stage.server.environment;
      const printed = await run('without-package.mjs', {
        ...environment,
        AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
        AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent',
        AWS_ROLE_ARN: 'arn:aws:iam::000000000000:role/any',
      });
      expect(printed).toBe(
        'NoCredentialsError: Unable to locate credentials. They come from a web identity (AWS_WEB_IDENTITY_TOKEN_FILE), ' +
          'for which the package @aws-sdk/credential-providers has to be installed.\n',
      );
    });
  });
}

/** Answers by the name of the loop that is asked for. */
const byName: Step = (response, received) => {
  const HumanLoopName = received.path.slice('/human-loops/'.length);
  const begin = () => response.writeHead(200, { 'content-length': '99' });
  if (HumanLoopName === 'silent') return;
  if (HumanLoopName === 'stalled') return void begin().write('{');
  if (HumanLoopName === 'ended') return void response.destroy();
  if (HumanLoopName === 'cut') return void begin().write('{', () => response.destroy());
  answer(200, { HumanLoopName, CreationTime: 0 })(response, received);
};

function expectFewConnections({ connections, received }: ScriptedServer): void {
  const few = received.filter(({ path }) => path.endsWith('/few')).length;
  expect(few).toBe(10);
  // Three calls share one, five calls break theirs, ten calls share two.
  expect(connections.all).toBe(8);
}

/** Runs a program to its end, which must be a good one, and resolves to what it printed. */
async function runProgram(binary: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(binary, args, { cwd: client.folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [printed, complaints, code] = await Promise.all([textOf(child.stdout), textOf(child.stderr), ended]);
  expect({ complaints, code }).toEqual({ complaints: '', code: 0 });
  return printed;
}

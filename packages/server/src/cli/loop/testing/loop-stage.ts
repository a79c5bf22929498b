/** A server with a flow, and the command line in front of it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Client, createClient } from '@holdpoint/client';
import { workteamArn } from '@holdpoint/protocol';
import { readConfig } from '../../../config.ts';
import { createLog } from '../../../log.ts';
import { type Server, startServer } from '../../../main.ts';
import { rootCredentials } from '../../connect.ts';
import { run } from '../../program.ts';

const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));

export interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

export interface Running {
  readonly ran: Promise<Ran>;
  kill(signal: NodeJS.Signals): void;
  /** Takes no more of its output after the first of it has come. */
  closeOutput(): Promise<void>;
  /** Resolves when it has written a text. */
  said(text: string): Promise<void>;
}

export interface LoopStage {
  readonly folder: string;
  readonly data: string;
  readonly server: Server;
  readonly client: Client;
  /** Stops the server, and starts it again on the same port. @param between is done while it is stopped */
  restart(between: () => Promise<unknown>): Promise<void>;
  /** Writes a file into the folder. @returns its path */
  write(name: string, text: string | Uint8Array): Promise<string>;
  makeFlow(name: string, taskCount?: number, kmsKeyId?: string): Promise<string>;
  /** Starts loops named `NAME-1` and so on, with these inputs. */
  startLoops(flow: string, ...inputs: readonly unknown[]): Promise<void>;
  /** Runs a command in this process, against the server. */
  holdpoint(...args: readonly string[]): Promise<Ran>;
  /** Runs a command as a process of its own; at another address where one is given. */
  process(args: readonly string[], endpointUrl?: string): Running;
  close(): Promise<void>;
}

export async function openLoopStage(settings: Record<string, unknown> = {}): Promise<LoopStage> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-loops-'));
  const data = join(folder, 'data');
  const startOn = (port: number): Promise<Server> =>
    startServer(readConfig({ data, port, undoSeconds: 0, ...settings }, {}), { log: createLog('silent') });
  let server = await startOn(0);
  const credentials = rootCredentials(server.files.credentialsFile);
  const { endpointUrl, region, accountId } = server;
  const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
  const arnOf = (flow: string): string => `arn:aws:sagemaker:${region}:${accountId}:flow-definition/${flow}`;

  return {
    folder,
    data,
    get server() {
      return server;
    },
    client,
    async restart(between) {
      await server.close();
      await between();
      server = await startOn(Number(new URL(endpointUrl).port));
    },
    async write(name, text) {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    async makeFlow(name, TaskCount = 1, KmsKeyId = undefined) {
      const Content = '<crowd-form><crowd-input name="a" value="{{ task.input.text }}"></crowd-input></crowd-form>';
      const ui = await client.call('CreateHumanTaskUi', { HumanTaskUiName: name, UiTemplate: { Content } });
      const flow = await client.call('CreateFlowDefinition', {
        FlowDefinitionName: name,
        HumanLoopConfig: {
          WorkteamArn: workteamArn({ region, accountId }, 'reviewers'),
          HumanTaskUiArn: ui.HumanTaskUiArn,
          TaskTitle: 'Title',
          TaskDescription: 'Description',
          TaskCount,
        },
        OutputConfig: { S3OutputPath: 's3://holdpoint/outputs', ...(KmsKeyId !== undefined && { KmsKeyId }) },
        RoleArn: `arn:aws:iam::${accountId}:role/any`,
      });
      return flow.FlowDefinitionArn;
    },
    async startLoops(flow, ...inputs) {
      for (const [index, input] of inputs.entries())
        await client.call('StartHumanLoop', {
          HumanLoopName: `${flow}-${index + 1}`,
          FlowDefinitionArn: arnOf(flow),
          HumanLoopInput: { InputContent: JSON.stringify(input) },
        });
    },
    async holdpoint(...args) {
      const written = { stdout: '', stderr: '' };
      const code = await run([...args, '--data', data], {
        input: Readable.from([]),
        output: { write: (part) => (written.stdout += part) },
        errors: { write: (part) => (written.stderr += part) },
        environment: {},
      });
      return { ...written, code };
    },
    process(args, otherUrl) {
      const where = otherUrl === undefined ? ['--data', data] : ['--endpoint-url', otherUrl, '--region', region];
      const keys = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey };
      const child = spawn(process.execPath, [...process.execArgv, entry, ...args, ...where], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...(otherUrl !== undefined && keys) },
      });
      const written = { stdout: '', stderr: '' };
      const listeners = new Set<() => void>();
      for (const stream of ['stdout', 'stderr'] as const)
        child[stream].setEncoding('utf8').on('data', (part: string) => {
          written[stream] += part;
          for (const listener of listeners) listener();
        });
      child.stdin.end();
      const ran = new Promise<Ran>((resolve) => child.once('close', (code) => resolve({ ...written, code })));
      return {
        ran,
        kill: (signal) => void child.kill(signal),
        async closeOutput() {
          await once(child.stdout, 'data');
          child.stdout.destroy();
        },
        said: (text) =>
          new Promise((resolve) => {
            const look = (): void => {
              if (`${written.stdout}${written.stderr}`.includes(text)) resolve();
            };
            listeners.add(look);
            look();
          }),
      };
    },
    async close() {
      client.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A server on a folder of its own, and commands that work on it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@holdpoint/client';
import { expect } from 'vitest';
import { rootCredentials } from '../cli/connect.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { type Server, startServer } from '../main.ts';
import { type CommandResult, type CommandSettings, runCommand } from './run-command.ts';

export interface CommandServer {
  readonly server: Server;
  /** Signs with the root key. */
  readonly client: Client;
  readonly data: string;
  /** The path of a file in a folder that goes with the server. */
  path(name: string): string;
  write(name: string, text: string): Promise<void>;
  /** Runs a command with `--data`; words are split at spaces, `_` in them is a space, names of files become paths. */
  run(words: string, settings?: CommandSettings): Promise<CommandResult>;
  /** What a command that has to succeed prints with `--json`. */
  json(words: string, settings?: CommandSettings): ReturnType<typeof JSON.parse>;
  /** Runs a command through another address of the server; each call is tried once unless more attempts are given. */
  runAt(endpointUrl: string, words: string, attempts?: number): Promise<CommandResult>;
  close(): Promise<void>;
}

export async function startCommandServer(config: Record<string, unknown> = {}): Promise<CommandServer> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-command-'));
  const data = join(folder, 'data');
  const server = await startServer(readConfig({ data, port: 0, undoSeconds: 0, ...config }, {}), {
    log: createLog('silent'),
  });
  const { endpointUrl, region } = server;
  const credentials = rootCredentials(server.files.credentialsFile);
  const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
  const path = (name: string): string => join(folder, name);
  const split = (words: string): readonly string[] =>
    words.split(' ').map((word) => (/\.(html|jsonl?)$/.test(word) ? path(word) : word.replaceAll(/(?<=[^_])_/g, ' ')));
  const run = (words: string, settings?: CommandSettings): Promise<CommandResult> =>
    runCommand([...split(words), '--data', data], settings);
  return {
    server,
    client,
    data,
    path,
    run,
    write: (name, text) => writeFile(path(name), text),
    async json(words, settings) {
      const { stdout, stderr, code } = await run(`${words} --json`, settings);
      expect([code, stderr]).toEqual([0, '']);
      return JSON.parse(stdout);
    },
    runAt: (url, words, attempts = 1) =>
      runCommand([...split(words), '--endpoint-url', url], {
        environment: {
          AWS_SHARED_CREDENTIALS_FILE: server.files.credentialsFile,
          AWS_CONFIG_FILE: server.files.configFile,
          AWS_MAX_ATTEMPTS: `${attempts}`,
        },
      }),
    async close() {
      client.close();
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A node as a child process that can be killed, paused and started again at any moment. */
import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Credentials } from '@holdpoint/protocol';

export const builtServer = fileURLToPath(new URL('../../packages/server/bin/holdpoint.mjs', import.meta.url));
const compiledServer = fileURLToPath(new URL('../../packages/server/dist/cli/main.js', import.meta.url));

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly port: number;
  readonly credentials: Credentials;
  /** Set when the process has ended. */
  ended(): Ending | undefined;
  signal(name: 'SIGSTOP' | 'SIGCONT'): void;
  /** Ends the process, which may have ended already. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ending>;
}

export interface Place {
  /** The data directory. */
  readonly data: string;
  /** The server's entry file. */
  readonly entry: string;
  /** The file that gets what the server logs. */
  readonly logFile: string;
  /** What `serve` is given besides the data directory and the port. */
  readonly flags: readonly string[];
  /** Modules that are loaded before the program. */
  readonly preloaded: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A node that ended before it served. */
export class NotServing extends Error {}

/** @throws Error when the server was never built. */
export function requireBuilt(entry: string): void {
  if (!existsSync(entry) || (entry === builtServer && !existsSync(compiledServer)))
    throw new Error(`The server is not built (${entry} or its dist is missing). Run: npm run build`);
}

/** Starts the server and waits until it serves. @throws NotServing with what it said */
export async function startServerProcess(place: Place): Promise<ServerProcess> {
  const child = spawnServer(place);
  const exited = exitOf(child);
  const port = await portOf(child);
  let ending: Ending | undefined;
  void exited.then((result) => {
    ending = result;
  });
  return {
    port,
    credentials: credentialsOf(place.data),
    ended: () => ending,
    signal: (name) => void child.kill(name),
    end(signal) {
      child.kill(signal);
      // A stopped process hears of SIGTERM when it goes on.
      child.kill('SIGCONT');
      return exited;
    },
  };
}

/** Starts the server and kills it after so many milliseconds, most likely before it serves. */
export async function killWhileStarting(place: Place, milliseconds: number): Promise<void> {
  const child = spawnServer(place);
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  await exitOf(child);
  clearTimeout(timer);
}

function spawnServer({ data, entry, logFile, flags, preloaded, environment }: Place): ChildProcess {
  const imports = preloaded.flatMap((module) => ['--import', module]);
  const given = [
    'serve',
    '--data',
    data,
    '--port',
    '0',
    '--allow-private-targets',
    '--undo-seconds',
    '0',
    '--log-level',
    'warn',
    ...flags,
  ];
  const child = spawn(process.execPath, [...imports, entry, ...given], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  });
  // A run that is ended takes its nodes along, paused ones too.
  const abandon = (): void => void child.kill('SIGKILL');
  process.on('exit', abandon);
  child.once('exit', () => process.off('exit', abandon));
  const keep = (chunk: Buffer): void => appendFileSync(logFile, chunk);
  child.stdout!.on('data', keep);
  child.stderr!.on('data', keep);
  return child;
}

const exitOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (chunk: Buffer): void => {
      text += chunk.toString('utf8');
      const port = /Endpoint\s+http:\/\/127\.0\.0\.1:(\d+)\b.*\n/.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('exit', (code, signal) =>
      reject(new NotServing(`The server did not start (code ${code}, signal ${signal}).\n${text}`)),
    );
  });
}

function credentialsOf(data: string): Credentials {
  const text = readFileSync(join(data, 'aws', 'credentials'), 'utf8');
  const value = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(text)![1]!;
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}

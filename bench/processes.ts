/** Processes of a benchmark: servers that are waited for and stopped by pid, generators whose one line is read. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Load, Measured } from './generator.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const bin = here('../packages/server/bin/holdpoint.mjs');

export interface Running {
  readonly child: ChildProcess;
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts the built server on a data directory, and waits until it serves. */
export async function startHoldpoint(data: string, ...flags: string[]): Promise<Running & { startedInMs: number }> {
  const begun = performance.now();
  const child = spawn(
    process.execPath,
    [bin, 'serve', '--data', data, '--port', '0', '--undo-seconds', '0', '--log-level', 'warn', ...flags],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const port = await portOf(child, /Endpoint\s+http:\/\/127\.0\.0\.1:(\d+)/);
  return { child, port, stop: () => stop(child), startedInMs: performance.now() - begun };
}

/** Starts `bare-server.ts`. */
export async function startBare(): Promise<Running> {
  const child = spawn(process.execPath, [here('./bare-server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, port: await portOf(child, /listening on (\d+)/), stop: () => stop(child) };
}

export async function generateIn(load: Load): Promise<Measured> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=holdpoint-source', here('./generator.ts'), JSON.stringify(load)],
    { maxBuffer: 1 << 20 },
  );
  const measured = JSON.parse(stdout) as Measured;
  if (measured.failures > 0) throw new Error(`${measured.failures} requests failed, first: ${measured.firstFailure}`);
  return measured;
}

/** Key pair of a data directory. */
export function credentialsOf(data: string): { accessKeyId: string; secretAccessKey: string } {
  const text = readFileSync(join(data, 'aws', 'credentials'), 'utf8');
  const value = (name: string): string => new RegExp(`${name} = (\\S+)`).exec(text)![1]!;
  return { accessKeyId: value('aws_access_key_id'), secretAccessKey: value('aws_secret_access_key') };
}

/** Resident memory in MB, where /proc has it. */
export function residentMb(pid: number): number | undefined {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024);
  } catch {
    return undefined;
  }
}

function portOf(child: ChildProcess, pattern: RegExp): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      const port = pattern.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}.\n${text}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

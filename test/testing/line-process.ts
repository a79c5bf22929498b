// A child process that speaks in lines.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface LineProcess {
  /** The next line of standard output; rejects when the process ends before it. */
  next(): Promise<string>;
  send(line: string): void;
  /** Closes standard input and waits for the end; rejects unless the exit code is 0. */
  end(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export function startLineProcess(
  command: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder?: string,
): LineProcess {
  const child = spawn(command, args, { env: environment, cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting: { resolve: (line: string) => void; reject: (reason: Error) => void }[] = [];
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    const first = waiting.shift();
    if (first) first.resolve(line);
    else lines.push(line);
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      complaint += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  const failure = (code: number | null): Error =>
    new Error(`${[command, ...args].join(' ')} ended with ${code}:\n${complaint}`);
  void ended.then((code) => {
    for (const { reject } of waiting.splice(0)) reject(failure(code));
  });
  return {
    next() {
      const line = lines.shift();
      if (line !== undefined) return Promise.resolve(line);
      if (child.exitCode !== null) return Promise.reject(failure(child.exitCode));
      return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
    },
    send: (line) => void child.stdin.write(`${line}\n`),
    async end() {
      child.stdin.end();
      const code = await ended;
      if (code !== 0) throw failure(code);
    },
    kill: (signal) => void child.kill(signal),
  };
}

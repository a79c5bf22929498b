// A line of progress for every long step, and commands whose output is shown only when they fail.
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

let stream = process.stderr;

/** Sends progress to another stream than standard error. */
export function progressTo(other) {
  stream = other;
}

/**
 * Runs `work` under a line that says what is being done and for how long: a spinner on a terminal, else one plain line
 * at the start, one at the end and one every 15 seconds between, so that a log shows life.
 */
export async function step(title, work) {
  const started = performance.now();
  const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  const stop = stream.isTTY ? spin(title, elapsed) : plainLines(title, elapsed);
  try {
    const result = await work();
    stop(`✓ ${title} (${elapsed()})`);
    return result;
  } catch (error) {
    stop(`✗ ${title} failed after ${elapsed()}`);
    throw error;
  }
}

function spin(title, elapsed) {
  const frames = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
  let turn = 0;
  const draw = () => {
    stream.write(`\r\u001b[2K${frames[turn % frames.length]} ${title} … ${elapsed()}`);
    turn += 1;
  };
  draw();
  const timer = setInterval(draw, 100);
  return (line) => {
    clearInterval(timer);
    stream.write(`\r\u001b[2K${line}\n`);
  };
}

function plainLines(title, elapsed) {
  stream.write(`  ${title} …\n`);
  const timer = setInterval(() => stream.write(`  ${title} … ${elapsed()}\n`), 15_000);
  return (line) => {
    clearInterval(timer);
    stream.write(`${line}\n`);
  };
}

/** A command that did not end with 0; `output` is all that it printed. */
export class CommandFailed extends Error {
  constructor(title, output) {
    super(title);
    this.name = 'CommandFailed';
    this.output = output;
  }
}

/** Runs a command and resolves to its standard output; throws CommandFailed when its exit code is not 0. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let standard = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      standard += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => reject(new CommandFailed(`${command}: ${error.message}`, output)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(standard);
      else reject(new CommandFailed(`${basename(command)} ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/** Runs a command that writes to our own terminal and resolves to its exit code (128 + n for a signal). */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: 'inherit' });
    const forward = (signal) => {
      // On a terminal Ctrl-C reaches the whole process group by itself; a second signal would say "hurry up".
      if (signal === 'SIGINT' && process.stdin.isTTY) return;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const each of signals) process.off(each, forward);
      resolve(code ?? 128 + (signalNumbers[signal] ?? 0));
    });
  });
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** How to start npm with the running Node: through the npm that started us where there is one. */
export function npmCommand() {
  const started = process.env.npm_execpath;
  if (started && basename(started) === 'npm-cli.js')
    return { command: process.execPath, args: [started], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** Prints an error as one would want to read it: the failed command's output first, then one sentence. */
export function reportError(error) {
  if (error instanceof CommandFailed) process.stderr.write(`\n${error.output.trimEnd()}\n`);
  process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
}

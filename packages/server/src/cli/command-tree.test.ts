import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

let written = '';
const terminal = {
  input: Readable.from([]),
  output: { write: (text: string) => (written += text) },
  errors: { write: (text: string) => (written += text) },
  environment: {},
};

interface Leaf {
  readonly path: readonly string[];
  readonly command: Command;
}

function* leavesOf(command: Command, path: readonly string[] = []): Generator<Leaf> {
  if (command.commands.length === 0) yield { path, command };
  for (const child of command.commands)
    if (!child.name().startsWith('__')) yield* leavesOf(child, [...path, child.name()]);
}

const leaves = [...leavesOf(createProgram(terminal))].map((leaf) => [leaf.path.join(' '), leaf] as const);

function helpOf(command: Command): string {
  written = '';
  command.outputHelp();
  return written;
}

it('has commands', () => {
  expect(leaves.length).toBeGreaterThan(30);
});

describe.each(leaves)('%s', (path, { command }) => {
  it('says what it does, what its options mean, and shows an example', () => {
    expect(command.description()).toMatch(/^[a-z][^\n]*[^.\n]$/);
    for (const { flags, description } of command.options) expect(description, flags).toMatch(/^\S(?:.*\S)?$/);
    const help = helpOf(command);
    const [, examples = ''] = /\nExamples?:\n((?: .*\n|\n)+)/.exec(help) ?? [];
    expect(examples).toContain(`holdpoint ${path}`.replace('holdpoint completion', 'holdpoint completion'));
  });

  it('has an example that it would take', () => {
    const [, examples = ''] = /\nExamples?:\n((?: .*\n|\n)+)/.exec(helpOf(command)) ?? [];
    const known = new Set(command.options.flatMap(({ short, long }) => [short, long]));
    const lines = examples.split('\n').filter((line) => line.includes(`holdpoint ${path}`));
    for (const line of lines)
      for (const [, flag] of line.slice(line.indexOf(`holdpoint ${path}`)).matchAll(/\s(--?[a-z][a-z-]*)/g))
        expect([...known], line).toContain(flag);
  });
});

describe('groups', () => {
  it.each(
    createProgram(terminal)
      .commands.filter((command) => command.commands.length > 0)
      .map((command) => [command.name(), command] as const),
  )('%s says what it is about', (_, command) => {
    expect(command.description()).toMatch(/^[a-z][^\n]*[^.\n]$/);
  });
});

/**
 * Runs `--help` of every command in a process of its own, in an empty folder, and tells which modules were loaded.
 * Loading is what a server, a client or a database would begin with.
 */
it('help needs no server, and loads neither it nor the client', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-help-'));
  try {
    const main = pathToFileURL(join(import.meta.dirname, 'program.ts')).href;
    const program = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
      const { run } = await import(${JSON.stringify(main)});
      const codes = [];
      for (const path of ${JSON.stringify(leaves.map(([, { path }]) => path))}) codes.push(await run([...path, '--help']));
      process.stdout.write('\\u0000' + JSON.stringify({ loaded, codes }));
    `;
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [...process.execArgv, '--input-type=module', '--eval', program],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH }, maxBuffer: 32 * 1024 ** 2 },
    );
    expect(stderr).toBe('');
    const { loaded, codes } = JSON.parse(stdout.slice(stdout.indexOf('\u0000') + 1)) as Record<string, unknown[]>;
    expect(codes).toEqual(leaves.map(() => 0));
    expect(loaded!.filter((url) => /cli\/program\.ts$/.test(String(url)))).toHaveLength(1);
    expect(
      loaded!.filter((url) => /server\/src\/main\.ts$|packages\/(client|protocol)\/|node:sqlite/.test(String(url))),
    ).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Commands that call operations: options that all have, and how their answers are shown. */
import type { Client } from '@holdpoint/client';
import type { Command } from 'commander';
import { connect } from './connect.ts';
import type { Terminal } from './terminal.ts';

/** What a command shows: `output` with `--json`, else `text`. A `failure` makes the exit code 2. */
export interface Shown {
  readonly output: unknown;
  readonly text: string;
  readonly failure?: string | undefined;
}

/** A command with `--data` and `--json`. `usage` is its name and arguments. */
export const apiCommand = (parent: Command, usage: string, sentence: string): Command =>
  parent
    .command(usage)
    .description(sentence)
    .option('--data <DIR>', 'the data directory of the server (default ./data, or HOLDPOINT_DATA)')
    .option('--json', 'print the answer as JSON');

/** What a command is called with, besides its arguments. */
export interface Calling<Options> {
  readonly client: Client;
  readonly options: Options;
  readonly terminal: Terminal;
}

export type Call<Options> = (calling: Calling<Options>, ...args: string[]) => Promise<Shown>;

/** Runs `call` with a client of the server on the data directory, and prints what it shows. */
export function withClient<Options>(terminal: Terminal, call: Call<Options>): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.opts<Options & { data?: string; json?: boolean }>();
    const connection = await connect(options.data, terminal.environment);
    try {
      const shown = await call(
        { client: connection.client, options, terminal },
        ...(command.processedArgs as string[]),
      );
      terminal.output.write(`${options.json ? JSON.stringify(shown.output, null, 2) : shown.text}\n`);
      if (shown.failure !== undefined) throw new Error(shown.failure);
    } finally {
      await connection.close();
    }
  };
}

/** For options that can be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

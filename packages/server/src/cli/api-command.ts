/** Commands that call operations: options that all have, and how their answers are shown. */
import type { Client } from '@holdpoint/client';
import type { Command } from 'commander';
import type { Connection } from './connect.ts';
import { interruptionOf } from './interruption.ts';
import type { ServerOptions } from './server-options.ts';
import type { Terminal } from './terminal.ts';

/** What a command shows: `output` with `--json`, else `text`. A `failure` makes the exit code 2. */
export interface Shown {
  readonly output: unknown;
  readonly text: string;
  readonly failure?: string | undefined;
}

/** A command with the options that say which server, and `--json`. `usage` is its name and arguments. */
export const apiCommand = (parent: Command, usage: string, sentence: string, example: string): Command =>
  serverOptions(parent.command(usage).description(sentence))
    .option('--json', 'print the answer as JSON')
    .addHelpText('after', `\nExample:\n  ${example.replaceAll('\n', '\n  ')}\n`);

/** The options that say which server is meant. */
export const serverOptions = (command: Command): Command =>
  command
    .option('--data <DIR>', 'the data directory of a server on this machine (default ./data, or HOLDPOINT_DATA)')
    .option('--endpoint-url <URL>', "a server's address; credentials come from the usual AWS settings")
    .option('--profile <NAME>', 'a profile of the shared AWS files, which names endpoint and credentials')
    .option('--region <NAME>', 'the region of the server, with --endpoint-url or --profile');

/** What a command is called with, besides its arguments. */
export interface Calling<Options> {
  readonly client: Client;
  readonly connection: Connection;
  readonly options: Options;
  readonly terminal: Terminal;
  /** Aborted by Ctrl-C, where the command says that it is interruptible. */
  readonly signal: AbortSignal;
}

export type Call<Options> = (calling: Calling<Options>, ...args: string[]) => Promise<Shown | undefined>;

export interface CallSettings {
  /** Ctrl-C lets the command end in order. */
  readonly interruptible?: boolean;
  /** The command needs a server, but none in particular: one of its own will do. */
  readonly anyServer?: boolean;
}

/** Runs `call` with a client of the server that the options mean, and prints what it shows. */
export function withClient<Options>(
  terminal: Terminal,
  call: Call<Options>,
  { interruptible = false, anyServer = false }: CallSettings = {},
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command;
    const options = command.opts<Options & ServerOptions & { json?: boolean }>();
    // Loaded now, so that help and completion do without a server and its modules.
    const { connect } = await import('./connect.ts');
    // A server of its own has to be ended in any case, its directory removed.
    const interruption = interruptionOf(interruptible || anyServer);
    let connection: Connection | undefined;
    try {
      connection = await connect(options, terminal.environment, { anyServer });
      interruption.signal.throwIfAborted();
      if (connection.isPassing)
        terminal.errors.write(
          `No server runs on ${connection.data}: the command works on the directory itself, and a server can start there when it has ended.\n`,
        );
      const calling = { client: connection.client, connection, options, terminal, signal: interruption.signal };
      const shown = await call(calling, ...(command.processedArgs as string[]));
      if (shown === undefined) return;
      terminal.output.write(`${options.json ? JSON.stringify(shown.output, null, 2) : shown.text}\n`);
      if (shown.failure !== undefined) throw new Error(shown.failure);
    } finally {
      interruption.end();
      await connection?.close();
    }
  };
}

/** For options that can be given several times. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];

import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { addEventTargetCommands } from './event-target.ts';
import { addKeyCommands } from './key.ts';
import { addServeCommand } from './serve.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';
import { addWorkerCommands } from './worker.ts';

/**
 * Runs one command.
 *
 * @returns the exit code: 0, 1 for wrong use, 2 for a failure. Each error is one line on standard error.
 */
export async function run(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already written what it found.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    terminal.errors.write(oneLine(error instanceof Error ? error.message : String(error)));
    return error instanceof UsageError || error instanceof ConfigError ? 1 : 2;
  }
}

function createProgram(terminal: Terminal): Command {
  const program = new Command('holdpoint')
    .description('The self-hosted server for human review; a drop-in for Amazon Augmented AI.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
      outputError: (text, write) => write(oneLine(text.replace(/^error: /, ''))),
    });
  addServeCommand(program);
  addKeyCommands(program, terminal);
  addWorkerCommands(program, terminal);
  addEventTargetCommands(program, terminal);
  return program.addHelpText('after', examples);
}

const examples = `
Examples:
  holdpoint serve --data ./data
  holdpoint worker add --email ada@example.com --name "Ada" --workteam reviewers
  holdpoint key create --description "document pipeline"
  holdpoint event-target add --url https://example.com/hook
  holdpoint help worker

Commands reach the server that is running on the same data directory; when none is, they work on the directory themselves.
`;

const oneLine = (text: string): string => `holdpoint: ${text.trim().replace(/\s*\n\s*/g, ' ')}\n`;

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

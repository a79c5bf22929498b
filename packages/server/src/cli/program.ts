import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addActivityCommand } from './activity/activity.ts';
import { addBackupCommands } from './backup.ts';
import { addCompletionCommands } from './completion/completion.ts';
import { addDoctorCommand } from './doctor/doctor.ts';
import { addEventTargetCommands } from './event-target/event-target.ts';
import { addExportCommand } from './export.ts';
import { exitCodeOf, sentenceOf } from './failure.ts';
import { addFlowCommands } from './flow/flow.ts';
import { addGoldCommands } from './gold/gold.ts';
import { addHelpCommands } from './help.ts';
import { addImportAwsCommand } from './import-aws.ts';
import { addKeyCommands } from './key.ts';
import { addLoopCommands } from './loop/loop.ts';
import { addMigrateCommand } from './migrate.ts';
import { addServeCommands } from './serve.ts';
import { addSimulateCommand } from './simulate.ts';
import { addStatisticsCommand } from './statistics.ts';
import { addTemplateCommands } from './template/template.ts';
import { processTerminal, type Terminal } from './terminal.ts';
import { addWorkerCommands } from './worker.ts';
import { addWorkteamCommands } from './workteam/workteam.ts';

/**
 * Runs one command.
 *
 * @returns the exit code: 0, 1 for wrong use, 2 for a failure, 130 for one that was interrupted. Each error is one line on
 *   standard error.
 */
export async function run(args: readonly string[], terminal: Terminal = processTerminal): Promise<number> {
  try {
    await createProgram(terminal).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has already written what it found.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    terminal.errors.write(oneLine(sentenceOf(error)));
    return exitCodeOf(error);
  }
}

/** All commands. They are described here and in the files beside; what they do is loaded when one is called. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('holdpoint')
    .description('The self-hosted server for human review; a drop-in for Amazon Augmented AI.')
    .version(packageVersion(), '-V, --version')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.output.write(text),
      writeErr: (text) => terminal.errors.write(text),
      outputError: (text, write) => write(oneLine(text.replace(/^error: /, ''))),
    });
  program.commandsGroup('The server:');
  addServeCommands(program);
  addDoctorCommand(program, terminal);
  addBackupCommands(program, terminal);
  addMigrateCommand(program, terminal);
  program.commandsGroup('Flows and templates:');
  addFlowCommands(program, terminal);
  addTemplateCommands(program, terminal);
  program.commandsGroup('Human loops:');
  addLoopCommands(program, terminal);
  addGoldCommands(program, terminal);
  addExportCommand(program, terminal);
  addStatisticsCommand(program, terminal);
  addSimulateCommand(program, terminal);
  program.commandsGroup('People and programs:');
  addWorkerCommands(program, terminal);
  addWorkteamCommands(program, terminal);
  addKeyCommands(program, terminal);
  addEventTargetCommands(program, terminal);
  addActivityCommand(program, terminal);
  program.commandsGroup('From AWS:');
  addImportAwsCommand(program, terminal);
  program.commandsGroup('The shell:');
  addCompletionCommands(program, terminal);
  program.commandsGroup('Help:');
  addHelpCommands(program);
  return program.addHelpText('after', examples);
}

const examples = `
Examples:
  holdpoint serve --data ./data
  holdpoint doctor
  holdpoint flow create invoice-check --template invoice.liquid.html
  holdpoint worker add --email ada@example.com --name "Ada" --workteam reviewers
  holdpoint loop start invoice-check --file items.jsonl
  holdpoint export invoice-check --format csv --output answers.csv
  holdpoint import-aws --help
  holdpoint help loop start

Commands reach the server that --endpoint-url, --profile or the AWS settings of the environment name, or the one that is
running on the data directory; when none is running there, they work on the directory themselves.
`;

const oneLine = (text: string): string => `holdpoint: ${text.trim().replace(/\s*\n\s*/g, ' ')}\n`;

function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

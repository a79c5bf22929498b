import type { Command } from 'commander';
import { nextCommand } from './next-command.ts';
import { printable } from './table.ts';
import { UsageError } from './usage-error.ts';

/** `holdpoint help loop start`, beneath the program and each group: commander's own follows one word only. */
export function addHelpCommands(program: Command): void {
  for (const command of [program, ...program.commands]) {
    if (command.commands.length === 0) continue;
    const example = command === program ? 'loop start' : command.commands[0]!.name();
    command
      .helpCommand(false)
      .command('help [command...]')
      .description('say what a command does and takes')
      .addHelpText('after', `\nExample:\n  ${pathOf(command)} help ${example}\n`)
      .action((words: readonly string[]) => find(command, words).help());
  }
}

function find(from: Command, words: readonly string[]): Command {
  let command = from;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) throw new UsageError(unknown(command, word));
    command = next;
  }
  return command;
}

function unknown(command: Command, word: string): string {
  const sentence = `There is no command "${pathOf(command)} ${printable(word)}"`;
  if (command.commands.length === 0) return `${sentence}: nothing comes below "${pathOf(command)}".`;
  const groups = pathOf(command).split(' ').slice(1);
  return `${sentence}; "${nextCommand(['help', ...groups].join(' '), {})}" lists those that there are.`;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

import type { Command } from 'commander';
import { apiCommand, type Call, collect, withClient } from '../api-command.ts';
import { yesOption } from '../confirm.ts';
import type { Terminal } from '../terminal.ts';
import type { WorkteamOptions } from './change-workteam.ts';

const group = [
  '--group <NAME>',
  'a group of the user pool whose workers belong to the team, may be repeated',
  collect,
] as const;
const topic = ['--notification-topic <ARN>', 'an SNS topic; it is kept and returned'] as const;

/** `holdpoint workteam` and `holdpoint workforce`: who can be asked. */
export function addWorkteamCommands(program: Command, terminal: Terminal): void {
  const workteam = program.command('workteam').description('workteams, the groups of workers that flows ask');
  apiCommand(
    workteam,
    'create <name>',
    'make a workteam; workers join it with "holdpoint worker workteams"',
    'holdpoint workteam create invoices --description "Checks invoices"',
  )
    .option('--description <TEXT>', 'what the team is for (default made of the name)')
    .option(group[0], `${group[1]} (default one named like the team)`, group[2])
    .option(...topic)
    .option('--tag <KEY=VALUE>', 'a tag of the team, may be repeated', collect)
    .action(withClient(terminal, create));
  apiCommand(workteam, 'list', 'list the workteams and how many workers they have', 'holdpoint workteam list').action(
    withClient(terminal, list),
  );
  apiCommand(workteam, 'show <name>', 'show a workteam and its workers', 'holdpoint workteam show reviewers').action(
    withClient(terminal, show),
  );
  apiCommand(
    workteam,
    'update <name>',
    'change a workteam; what is not named stays',
    'holdpoint workteam update invoices --description "Checks invoices and receipts"',
  )
    .option('--description <TEXT>', 'what the team is for')
    .option(group[0], `${group[1]}; the groups that it had are replaced`, group[2])
    .option(...topic)
    .action(withClient(terminal, update));
  apiCommand(
    workteam,
    'delete <name>',
    'delete a workteam that no flow asks; its workers stay',
    'holdpoint workteam delete invoices --yes',
  )
    .option(...yesOption)
    .action(withClient(terminal, remove, { interruptible: true }));

  const workforce = program.command('workforce').description('the workforce, everyone who can be asked');
  apiCommand(workforce, 'list', 'list the workforces; a server has one', 'holdpoint workforce list').action(
    withClient(terminal, listWorkforces),
  );
  apiCommand(workforce, 'show <name>', 'show everything about a workforce', 'holdpoint workforce show default').action(
    withClient(terminal, showWorkforce),
  );
}

const create: Call<WorkteamOptions> = async (...given) =>
  (await import('./change-workteam.ts')).createWorkteam(...given);
const update: Call<WorkteamOptions> = async (...given) =>
  (await import('./change-workteam.ts')).updateWorkteam(...given);
const remove: Call<{ yes?: boolean }> = async (...given) =>
  (await import('./change-workteam.ts')).deleteWorkteam(...given);
const list: Call<unknown> = async (...given) => (await import('./show-workteam.ts')).listWorkteams(...given);
const show: Call<unknown> = async (...given) => (await import('./show-workteam.ts')).showWorkteam(...given);
const listWorkforces: Call<unknown> = async (...given) =>
  (await import('./show-workforce.ts')).listWorkforces(...given);
const showWorkforce: Call<unknown> = async (...given) => (await import('./show-workforce.ts')).showWorkforce(...given);

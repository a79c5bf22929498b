import type { Command } from 'commander';
import { apiCommand, type Call, collect, withClient } from '../api-command.ts';
import { yesOption } from '../confirm.ts';
import type { Terminal } from '../terminal.ts';
import type { CheckOptions } from './check-templates.ts';
import type { PreviewOptions } from './preview-template.ts';
import type { PushOptions } from './push-template.ts';
import type { ShowOptions } from './stored-templates.ts';

const inputOption = [
  '--input <FILE>',
  'a sample input: a JSON file, a JSON list or a .jsonl file with several of them; may be repeated',
  collect,
] as const;

/** `holdpoint template`: what workers are shown, as files and as human task UIs. */
export function addTemplateCommands(program: Command, terminal: Terminal): void {
  const template = program.command('template').description('templates, the pages that workers are shown');
  addFileCommands(template, terminal);
  apiCommand(
    template,
    'push <file>',
    'check a template, and make a human task UI of it',
    'holdpoint template push invoice.liquid.html --name invoices',
  )
    .option('--name <NAME>', "of the human task UI (default made of the file's name)")
    .option('--tag <KEY=VALUE>', 'a tag of the human task UI, may be repeated', collect)
    .option('--no-check', 'do without the check of the template, which refuses errors')
    .option('--as <NAME>', 'the name for yours, where --name has another template')
    .option('--replace', 'where --name has another template that no flow uses, delete that one')
    .action(withClient(terminal, push));
  apiCommand(template, 'list', 'list the human task UIs, the newest first', 'holdpoint template list').action(
    withClient(terminal, list),
  );
  apiCommand(
    template,
    'show <name>',
    'print the template of a human task UI',
    'holdpoint template show invoices > invoice.liquid.html',
  ).action(withClient(terminal, show));
  apiCommand(
    template,
    'delete <name>',
    'delete a human task UI; loops that were started keep its template',
    'holdpoint template delete invoices-2 --yes',
  )
    .option(...yesOption)
    .action(withClient(terminal, remove, { interruptible: true }));
}

/** What works on files, with any server. */
function addFileCommands(template: Command, terminal: Terminal): void {
  apiCommand(
    template,
    'check <file...>',
    'look templates over, - for standard input; errors make the exit code 2',
    'holdpoint template check invoice.liquid.html --input sample.json',
  )
    .option(...inputOption)
    .option('--strict', 'warnings make the exit code 2 too')
    .action(withClient(terminal, check, { anyServer: true }));
  apiCommand(
    template,
    'preview <file>',
    'show a template in a browser as workers see it, anew whenever a file changes',
    'holdpoint template preview invoice.liquid.html --input sample.json',
  )
    .option(...inputOption)
    .option('--port <N>', 'the port of the preview on 127.0.0.1 (default a free one)')
    .option('--no-open', 'print the address only, and open no browser')
    .action(withClient(terminal, preview, { interruptible: true, anyServer: true }));
}

const check: Call<CheckOptions> = async (...given) => (await import('./check-templates.ts')).checkTemplates(...given);
const preview: Call<PreviewOptions> = async (...given) =>
  (await import('./preview-template.ts')).previewTemplate(...given);
const push: Call<PushOptions> = async (...given) => (await import('./push-template.ts')).pushTemplate(...given);
const list: Call<unknown> = async (...given) => (await import('./stored-templates.ts')).listTemplates(...given);
const show: Call<ShowOptions> = async (...given) => (await import('./stored-templates.ts')).showTemplate(...given);
const remove: Call<{ yes?: boolean }> = async (...given) =>
  (await import('./stored-templates.ts')).deleteTemplate(...given);

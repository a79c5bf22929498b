import { type Command, Option } from 'commander';
import { apiCommand, type Call, collect, withClient } from '../api-command.ts';
import { yesOption } from '../confirm.ts';
import type { Terminal } from '../terminal.ts';
import type { CreateFlowOptions } from './create-flow.ts';
import type { DeleteFlowOptions } from './delete-flow.ts';
import type { EvaluateOptions } from './evaluate-conditions.ts';

/** `holdpoint flow`: the standing rules that human loops follow. */
export function addFlowCommands(program: Command, terminal: Terminal): void {
  const flow = program.command('flow').description('flow definitions, the rules that human loops follow');
  apiCommand(
    flow,
    'create <name>',
    'make a flow of a template or a human task UI, and wait until it is active',
    'holdpoint flow create invoices --template invoice.liquid.html --time-limit 30m --keyword invoice',
  )
    .option('--template <FILE>', 'a Liquid template; a human task UI with the name of the flow is made of it')
    .option('--no-check', 'do without the check of the template, which refuses errors')
    .option('--human-task-ui <NAME|ARN>', 'a human task UI that is there already, instead of --template')
    .option('--replace-template', 'where the name has another template, make a human task UI with a number behind it')
    .option('--output <URI>', 'the folder in a bucket that outputs go to', 's3://holdpoint/outputs')
    .option('--workteam <NAME|ARN>', 'who is asked', 'reviewers')
    .option('--title <TEXT>', 'what workers see in their list; by default made of the name')
    .option('--description <TEXT>', 'what workers see beneath it (default the title)')
    .addOption(
      new Option('--task-count <N>', 'how many workers answer each loop').choices(['1', '2', '3']).default('1'),
    )
    .option('--time-limit <DURATION>', 'how long a worker has for one task, as in 90s, 30m or 6h (default 1h)')
    .option('--available-for <DURATION>', 'how long a task can be picked up, from the start of its loop (default 10d)')
    .option('--keyword <WORD>', 'a word that workers see and search by, may be repeated up to five times', collect)
    .option('--conditions <FILE>', 'activation conditions, a JSON file: which inputs people are asked about')
    .addOption(
      new Option(
        '--request-source <SOURCE>',
        'the service that starts loops by the conditions; without --template and --human-task-ui the page for it that comes with the server is shown',
      ).choices(['rekognition', 'textract']),
    )
    .option('--kms-key <ID>', 'a KMS key id, with which outputs are encrypted where objects are in S3')
    .option('--tag <KEY=VALUE>', 'a tag of the flow, may be repeated', collect)
    .option('--role <ARN>', 'a role; programs for AWS name one, here it grants nothing (default …:role/holdpoint)')
    .action(withClient(terminal, create, { interruptible: true }));
  apiCommand(flow, 'list', 'list the flows, the newest first', 'holdpoint flow list').action(
    withClient(terminal, list),
  );
  apiCommand(
    flow,
    'show <name>',
    'show everything about a flow, and how its loops stand',
    'holdpoint flow show invoices',
  ).action(withClient(terminal, show));
  apiCommand(
    flow,
    'evaluate <name>',
    'say which inputs the activation conditions of a flow send to people, and why',
    'holdpoint flow evaluate invoices --conditions new.json --last 5000',
  )
    .option('--conditions <FILE>', 'conditions to try, a JSON file, instead of those of the flow')
    .option('--input-file <FILE>', 'an input, a JSON file, or - for standard input')
    .option('--last <N>', 'the last inputs of the flow, up to 5,000 (100 unless an input is given)')
    .action(withClient(terminal, evaluate));
  apiCommand(
    flow,
    'delete <name>',
    'delete a flow and wait until it is gone; loops that wait are stopped',
    'holdpoint flow delete invoices --yes',
  )
    .option(...yesOption)
    .option('--no-wait', 'return when the deletion has begun')
    .action(withClient(terminal, remove, { interruptible: true }));
}

const create: Call<CreateFlowOptions> = async (...given) => (await import('./create-flow.ts')).createFlow(...given);
const list: Call<unknown> = async (...given) => (await import('./list-flows.ts')).listFlows(...given);
const show: Call<unknown> = async (...given) => (await import('./show-flow.ts')).showFlow(...given);
const evaluate: Call<EvaluateOptions> = async (...given) =>
  (await import('./evaluate-conditions.ts')).evaluateConditions(...given);
const remove: Call<DeleteFlowOptions> = async (...given) => (await import('./delete-flow.ts')).deleteFlow(...given);

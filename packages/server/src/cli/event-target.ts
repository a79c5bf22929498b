import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { apiCommand, type Call, withClient } from './api-command.ts';
import { parseWebUrl } from './parse-argument.ts';
import { formatTable, printable } from './table.ts';
import type { Terminal } from './terminal.ts';

type Input = OperationInput<'CreateEventTarget'>;
type Target = OperationOutput<'ListEventTargets'>['EventTargets'][number];
type Status = NonNullable<Input['Statuses']>[number];

const statuses: readonly Status[] = ['Completed', 'Failed', 'Stopped'];

/** `holdpoint event-target`: who is told when a human loop ends or an object is written. */
export function addEventTargetCommands(program: Command, terminal: Terminal): void {
  const target = program.command('event-target').description('event targets, which are told when human loops end');
  apiCommand(
    target,
    'add',
    'add a webhook; the secret that signs its events is shown once',
    'holdpoint event-target add --url https://example.com/hook --status Completed',
  )
    .requiredOption('--url <URL>', 'the http or https URL that events are posted to', parseWebUrl)
    .addOption(
      new Option('--kind <KIND>', 'what it hears of').choices(['human-loop', 'object-created']).default('human-loop'),
    )
    .option('--flow-definition <ARN>', 'only loops of this flow definition')
    .addOption(
      new Option('--status <STATUS>', 'only loops of this status, may be repeated')
        .choices(statuses)
        .argParser((word, before?: readonly Status[]) => [...(before ?? []), parseStatus(word)]),
    )
    .option('--bucket <NAME>', 'only objects of this bucket')
    .option('--prefix <TEXT>', 'only objects whose key begins so')
    .option('--suffix <TEXT>', 'only objects whose key ends so')
    .action(withClient(terminal, add));
  apiCommand(target, 'list', 'list the targets and how their deliveries stand', 'holdpoint event-target list').action(
    withClient(terminal, list),
  );
  apiCommand(target, 'test <id>', 'send a sample event now', 'holdpoint event-target test 01J...').action(
    withClient(terminal, test),
  );
  apiCommand(
    target,
    'remove <id>',
    'remove a target and what waits for it',
    'holdpoint event-target remove 01J...',
  ).action(withClient(terminal, remove));
  apiCommand(target, 'replay <id>', 'send again what was given up', 'holdpoint event-target replay 01J...').action(
    withClient(terminal, replay),
  );
}

function parseStatus(word: string): Status {
  const status = statuses.find((one) => one.toLowerCase() === word.toLowerCase());
  if (status === undefined) throw new InvalidArgumentError(`Allowed choices are ${statuses.join(', ')}.`);
  return status;
}

interface AddOptions {
  readonly url: string;
  readonly kind: NonNullable<Input['Kind']>;
  readonly flowDefinition?: string;
  readonly status?: readonly Status[];
  readonly bucket?: string;
  readonly prefix?: string;
  readonly suffix?: string;
}

const add: Call<AddOptions> = async ({ client, options }) => {
  const output = await client.call('CreateEventTarget', {
    Url: options.url,
    Kind: options.kind,
    ...(options.flowDefinition !== undefined && { FlowDefinitionArn: options.flowDefinition }),
    ...(options.status !== undefined && { Statuses: [...options.status] }),
    ...(options.bucket !== undefined && { Bucket: options.bucket }),
    ...(options.prefix !== undefined && { Prefix: options.prefix }),
    ...(options.suffix !== undefined && { Suffix: options.suffix }),
  });
  const lines = [
    `Event target  ${output.EventTargetId}`,
    `Secret        ${output.Secret}`,
    '',
    'The secret is shown only now. Events are signed with it as https://www.standardwebhooks.com describes.',
  ];
  return { output, text: lines.join('\n') };
};

const list: Call<unknown> = async ({ client }) => {
  const output = await client.call('ListEventTargets', {});
  const rows = output.EventTargets.map((target) => [
    target.EventTargetId,
    target.Kind,
    target.Url,
    filterOf(target),
    String(target.PendingDeliveries ?? 0),
    String(target.FailedDeliveries),
    target.LastError ?? '',
  ]);
  const headings = ['ID', 'KIND', 'URL', 'FILTER', 'WAITING', 'FAILED', 'LAST ERROR'];
  return { output, text: formatTable(headings, rows, 'There are no event targets.') };
};

function filterOf(target: Target): string {
  const parts = [
    target.FlowDefinitionArn?.split('/').at(-1),
    target.Statuses?.join(','),
    target.Bucket,
    target.Prefix && `${target.Prefix}*`,
    target.Suffix && `*${target.Suffix}`,
  ];
  return parts.filter(Boolean).join(' ') || 'all';
}

const test: Call<unknown> = async ({ client }, id = '') => {
  const output = await client.call('TestEventTarget', { EventTargetId: id });
  if (output.Error === undefined) return { output, text: `The sample event was taken (${output.StatusCode}).` };
  return { output, text: 'The sample event was not taken.', failure: output.Error };
};

const remove: Call<unknown> = async ({ client }, id = '') => {
  const output = await client.call('DeleteEventTarget', { EventTargetId: id });
  return { output, text: `Removed ${printable(id)}.` };
};

const replay: Call<unknown> = async ({ client }, id = '') => {
  const output = await client.call('ReplayEventTarget', { EventTargetId: id });
  return { output, text: `${output.Replayed} events are sent again.` };
};

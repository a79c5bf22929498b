import type { OperationOutput } from '@holdpoint/protocol';
import type { Command } from 'commander';
import { apiCommand, type Call, withClient } from '../api-command.ts';
import { formatTable, printable } from '../table.ts';
import type { Terminal } from '../terminal.ts';
import { addAddCommand } from './add-event-target.ts';
import { addDeadLetterCommands } from './dead-letters.ts';

type Target = OperationOutput<'ListEventTargets'>['EventTargets'][number];

/** `holdpoint event-target`: who is told when a human loop ends or an object is written. */
export function addEventTargetCommands(program: Command, terminal: Terminal): void {
  const target = program.command('event-target').description('event targets, which are told when human loops end');
  addAddCommand(target, terminal);
  apiCommand(target, 'list', 'list the targets and how their deliveries stand', 'holdpoint event-target list').action(
    withClient(terminal, list),
  );
  apiCommand(target, 'test <id>', 'send a sample event now', 'holdpoint event-target test 01J...').action(
    withClient(terminal, test),
  );
  apiCommand(target, 'remove <id>', 'remove a target and what waits for it', 'holdpoint event-target remove 01J...')
    .option('--force', 'also when events to it were given up, which go with it')
    .action(withClient(terminal, remove));
  addDeadLetterCommands(target, terminal);
}

/** What events are sent to, for people. */
const services: Readonly<Record<Target['Service'], string>> = {
  webhook: 'webhook',
  eventbridge: 'EventBridge',
  sns: 'SNS',
  sqs: 'SQS',
};

const list: Call<unknown> = async ({ client }) => {
  const output = await client.call('ListEventTargets', {});
  const rows = output.EventTargets.map((target) => [
    target.EventTargetId,
    target.Kind,
    services[target.Service],
    target.Url ?? target.EventBus ?? target.TopicArn ?? target.QueueUrl ?? '',
    filterOf(target),
    String(target.PendingDeliveries ?? 0),
    String(target.FailedDeliveries),
    target.LastError ?? '',
  ]);
  const headings = ['ID', 'KIND', 'SERVICE', 'ADDRESS', 'FILTER', 'WAITING', 'FAILED', 'LAST ERROR'];
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
  const by = output.Service === undefined ? '' : ` by the ${nouns[output.Service]}`;
  if (output.Error === undefined) return { output, text: `The sample event was taken${by} (${output.StatusCode}).` };
  return { output, text: `The sample event was not taken${by}.`, failure: output.Error };
};

const nouns: Readonly<Record<Target['Service'], string>> = {
  webhook: 'webhook',
  eventbridge: 'event bus',
  sns: 'SNS topic',
  sqs: 'SQS queue',
};

const remove: Call<{ readonly force?: boolean }> = async ({ client, options }, id = '') => {
  const output = await client.call('DeleteEventTarget', {
    EventTargetId: id,
    ...(options.force === true && { Force: true }),
  });
  return { output, text: `Removed ${printable(id)}.` };
};

import type { Client } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import type { Command } from 'commander';
import { apiCommand, type Call, withClient } from '../api-command.ts';
import { pages } from '../pages.ts';
import { formatTable, minuteOf } from '../table.ts';
import type { Terminal } from '../terminal.ts';

type DeadLetter = OperationOutput<'ListDeadLetters'>['DeadLetters'][number];

/** `holdpoint event-target dead-letters`, `replay` and `discard`: what becomes of events that were given up. */
export function addDeadLetterCommands(target: Command, terminal: Terminal): void {
  apiCommand(
    target,
    'dead-letters <id>',
    'list the events to a target that were given up',
    'holdpoint event-target dead-letters 01J...',
  ).action(withClient(terminal, list));
  apiCommand(
    target,
    'replay <id> [deliveries...]',
    'send again what was given up: all of it, or these deliveries',
    'holdpoint event-target replay 01J...',
  ).action(withClient(terminal, replay));
  apiCommand(
    target,
    'discard <id> [deliveries...]',
    'delete what was given up: all of it, or these deliveries',
    'holdpoint event-target discard 01J... 0199a1c2-...',
  ).action(withClient(terminal, discard));
}

const list: Call<unknown> = async ({ client }, id = '') => {
  const output = { DeadLetters: await allOf(client, id) };
  const rows = output.DeadLetters.map((letter) => [
    letter.DeliveryId,
    minuteOf(letter.CreationTime),
    minuteOf(letter.FailureTime),
    String(letter.Attempts),
    subjectOf(letter),
    letter.LastError ?? '',
  ]);
  const headings = ['DELIVERY', 'OF', 'GIVEN UP', 'ATTEMPTS', 'EVENT', 'LAST ERROR'];
  return { output, text: formatTable(headings, rows, 'No event to this target was given up.') };
};

async function allOf(client: Client, EventTargetId: string): Promise<DeadLetter[]> {
  const found: DeadLetter[] = [];
  const fetch = (NextToken: string | undefined) =>
    client.call('ListDeadLetters', { EventTargetId, MaxResults: 100, ...(NextToken !== undefined && { NextToken }) });
  for await (const { DeadLetters } of pages(fetch)) found.push(...DeadLetters);
  return found;
}

/** `invoice-17 Completed`, `s3://bucket/key` */
function subjectOf({ Event }: DeadLetter): string {
  try {
    const { detail, Records: [record] = [] } = JSON.parse(Event);
    return detail
      ? `${detail.humanLoopName} ${detail.humanLoopStatus}`
      : `s3://${record.s3.bucket.name}/${record.s3.object.key}`;
  } catch {
    return '';
  }
}

const deliveriesOf = (given: readonly string[]): { DeliveryIds?: readonly string[] } =>
  given.length > 0 ? { DeliveryIds: given } : {};

const replay: Call<unknown> = async ({ client }, id = '', ...given) => {
  const output = await client.call('ReplayEventTarget', { EventTargetId: id, ...deliveriesOf(given.flat()) });
  return { output, text: `${output.Replayed === 1 ? '1 event is' : `${output.Replayed} events are`} sent again.` };
};

const discard: Call<unknown> = async ({ client }, id = '', ...given) => {
  const output = await client.call('DeleteDeadLetters', { EventTargetId: id, ...deliveriesOf(given.flat()) });
  const deleted = output.Deleted === 1 ? '1 event was deleted and is' : `${output.Deleted} events were deleted and are`;
  return { output, text: `${deleted} not sent any more.` };
};

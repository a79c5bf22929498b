import type { Command } from 'commander';
import { apiCommand, type Call, withClient } from '../api-command.ts';
import { formatTable, minuteOf, printable } from '../table.ts';
import type { Terminal } from '../terminal.ts';

/** `holdpoint gold`: inputs whose answer is known, and how workers answer them. */
export function addGoldCommands(program: Command, terminal: Terminal): void {
  const gold = program.command('gold').description('gold items, whose answers are known, and how workers answer them');
  apiCommand(
    gold,
    'add <flow>',
    'add an input with its known answer to a flow definition',
    `holdpoint gold add moderation --input '{"text": "Buy now!"}' --answer '{"label": "spam"}'`,
  )
    .requiredOption('--input <JSON>', 'the input content')
    .requiredOption('--answer <JSON>', 'the fields that a right answer has')
    .action(withClient(terminal, add));
  apiCommand(
    gold,
    'list <flow>',
    'list gold items and how they were answered',
    'holdpoint gold list moderation',
  ).action(withClient(terminal, list));
  apiCommand(gold, 'remove <id>', 'delete a gold item', 'holdpoint gold remove ID').action(
    withClient(terminal, remove),
  );
  apiCommand(
    gold,
    'workers <flow>',
    'show how workers answer gold items, and who gets no more of the flow',
    'holdpoint gold workers moderation',
  ).action(withClient(terminal, workers));
  apiCommand(
    gold,
    'readmit <flow> <email>',
    'give a worker tasks of the flow again',
    'holdpoint gold readmit moderation ada@example.com',
  ).action(withClient(terminal, readmit));
}

const add: Call<{ input: string; answer: string }> = async ({ client, options }, FlowDefinitionName = '') => {
  const output = await client.call('CreateGoldItem', {
    FlowDefinitionName,
    InputContent: options.input,
    ExpectedAnswer: options.answer,
  });
  return { output, text: `Added the gold item ${output.GoldItemId}.` };
};

const list: Call<unknown> = async ({ client }, FlowDefinitionName = '') => {
  const output = await client.call('ListGoldItems', { FlowDefinitionName });
  const rows = output.GoldItems.map((item) => [
    item.GoldItemId,
    item.LastUsedTime ? minuteOf(item.LastUsedTime) : 'never',
    `${item.RightAnswers} of ${item.Answers}`,
    printable(shortened(item.InputContent)),
    printable(shortened(item.ExpectedAnswer)),
  ]);
  const heads = ['ID', 'LAST USED', 'RIGHT', 'INPUT', 'ANSWER'];
  return { output, text: formatTable(heads, rows, 'There are no gold items.') };
};

const shortened = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 39)}…`);

const remove: Call<unknown> = async ({ client }, GoldItemId = '') => ({
  output: await client.call('DeleteGoldItem', { GoldItemId }),
  text: `Deleted the gold item ${printable(GoldItemId)}.`,
});

const workers: Call<unknown> = async ({ client }, FlowDefinitionName = '') => {
  const output = await client.call('ListGoldWorkers', { FlowDefinitionName });
  const rows = output.Workers.map((worker) => [
    worker.Email,
    `${worker.RightAnswers} of ${worker.Answers}`,
    worker.Accuracy === undefined ? '' : `${Math.floor(worker.Accuracy * 100)} %`,
    worker.BarredTime ? `no more since ${minuteOf(worker.BarredTime)}` : '',
  ]);
  const heads = ['WORKER', 'RIGHT', 'LATELY', 'GETS'];
  return { output, text: formatTable(heads, rows, 'No gold item was answered yet.') };
};

const readmit: Call<unknown> = async ({ client }, FlowDefinitionName = '', Email = '') => ({
  output: await client.call('ReadmitWorker', { FlowDefinitionName, Email }),
  text: `${printable(Email)} gets tasks of ${printable(FlowDefinitionName)} again.`,
});

import type { Command } from 'commander';
import { apiCommand, type Shown, withClient } from './api-command.ts';
import { readSecret } from './read-stdin.ts';
import { formatTable, minuteOf, printable } from './table.ts';

/** `holdpoint key`: the access keys that sign requests. */
export function addKeyCommands(program: Command): void {
  const key = program.command('key').description('access keys, which sign requests');
  apiCommand(key, 'create', 'make a key pair; its secret is shown once')
    .option('--description <TEXT>', 'what the key is for')
    .action(create);
  apiCommand(key, 'list', 'list the keys, without secrets').action(list);
  apiCommand(key, 'import', 'take over a key pair that a program already signs with')
    .requiredOption('--access-key-id <ID>', 'its access key id')
    .requiredOption('--secret-stdin', 'read its secret access key from standard input')
    .option('--description <TEXT>', 'what the key is for')
    .action(importPair)
    .addHelpText(
      'after',
      '\nExample:\n  echo "$SECRET" | holdpoint key import --access-key-id AKIA... --secret-stdin\n',
    );
  apiCommand(key, 'revoke <access-key-id>', 'end a key at once').action(revoke);
}

const create = withClient<{ description?: string }>(async (client, { description }): Promise<Shown> => {
  const output = await client.call('CreateAccessKey', {
    ...(description !== undefined && { Description: description }),
  });
  const lines = [
    `Access key id      ${output.AccessKeyId}`,
    `Secret access key  ${output.SecretAccessKey}`,
    '',
    'The secret is shown only now.',
  ];
  return { output, text: lines.join('\n') };
});

const list = withClient(async (client): Promise<Shown> => {
  const output = await client.call('ListAccessKeys', {});
  const rows = output.AccessKeys.map((key) => [
    key.AccessKeyId,
    key.Kind ?? '',
    minuteOf(key.CreationTime),
    key.Description ?? '',
  ]);
  return { output, text: formatTable(['ACCESS KEY ID', 'KIND', 'CREATED', 'DESCRIPTION'], rows, 'There are no keys.') };
});

const importPair = withClient<{ accessKeyId: string; description?: string }>(
  async (client, { accessKeyId, description }): Promise<Shown> => {
    const output = await client.call('ImportAccessKey', {
      AccessKeyId: accessKeyId,
      SecretAccessKey: await readSecret('secret access key'),
      ...(description !== undefined && { Description: description }),
    });
    return { output, text: `Requests signed with ${output.AccessKeyId} are taken now.` };
  },
);

const revoke = withClient(async (client, _options, accessKeyId = ''): Promise<Shown> => {
  const output = await client.call('RevokeAccessKey', { AccessKeyId: accessKeyId });
  return { output, text: `Requests signed with ${printable(accessKeyId)} are refused now.` };
});

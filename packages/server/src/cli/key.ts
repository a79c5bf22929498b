import type { Command } from 'commander';
import { apiCommand, type Call, withClient } from './api-command.ts';
import { readSecret } from './read-stdin.ts';
import { formatTable, minuteOf, printable } from './table.ts';
import type { Terminal } from './terminal.ts';

/** `holdpoint key`: the access keys that sign requests. */
export function addKeyCommands(program: Command, terminal: Terminal): void {
  const key = program.command('key').description('access keys, which sign requests');
  apiCommand(
    key,
    'create',
    'make a key pair; its secret is shown once',
    'holdpoint key create --description "document pipeline"',
  )
    .option('--description <TEXT>', 'what the key is for')
    .option('--owner <EMAIL>', 'the worker to whom the key belongs')
    .action(withClient(terminal, create));
  apiCommand(key, 'list', 'list the keys, without secrets', 'holdpoint key list --json').action(
    withClient(terminal, list),
  );
  apiCommand(
    key,
    'import',
    'take over a key pair that a program already signs with',
    'echo "$SECRET" | holdpoint key import --access-key-id AKIA... --secret-stdin',
  )
    .requiredOption('--access-key-id <ID>', 'its access key id')
    .requiredOption('--secret-stdin', 'read its secret access key from standard input')
    .option('--description <TEXT>', 'what the key is for')
    .option('--owner <EMAIL>', 'the worker to whom the key belongs')
    .action(withClient(terminal, importPair));
  apiCommand(key, 'revoke <access-key-id>', 'end a key at once', 'holdpoint key revoke AKIAHP...').action(
    withClient(terminal, revoke),
  );
}

const create: Call<{ description?: string; owner?: string }> = async ({ client, options: { description, owner } }) => {
  const output = await client.call('CreateAccessKey', {
    ...(description !== undefined && { Description: description }),
    ...(owner !== undefined && { OwnerEmail: owner }),
  });
  const lines = [
    `Access key id      ${output.AccessKeyId}`,
    `Secret access key  ${output.SecretAccessKey}`,
    '',
    'The secret is shown only now.',
  ];
  return { output, text: lines.join('\n') };
};

const list: Call<unknown> = async ({ client }) => {
  const output = await client.call('ListAccessKeys', {});
  const rows = output.AccessKeys.map((key) => [
    key.AccessKeyId,
    key.Kind ?? '',
    minuteOf(key.CreationTime),
    key.OwnerEmail ?? '',
    key.Description ?? '',
  ]);
  return {
    output,
    text: formatTable(['ACCESS KEY ID', 'KIND', 'CREATED', 'OWNER', 'DESCRIPTION'], rows, 'There are no keys.'),
  };
};

const importPair: Call<{ accessKeyId: string; description?: string; owner?: string }> = async ({
  client,
  options: { accessKeyId, description, owner },
  terminal,
}) => {
  const output = await client.call('ImportAccessKey', {
    AccessKeyId: accessKeyId,
    SecretAccessKey: await readSecret(terminal, 'secret access key'),
    ...(description !== undefined && { Description: description }),
    ...(owner !== undefined && { OwnerEmail: owner }),
  });
  return { output, text: `Requests signed with ${output.AccessKeyId} are taken now.` };
};

const revoke: Call<unknown> = async ({ client }, accessKeyId = '') => {
  const output = await client.call('RevokeAccessKey', { AccessKeyId: accessKeyId });
  return { output, text: `Requests signed with ${printable(accessKeyId)} are refused now.` };
};

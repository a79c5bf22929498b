import type { OperationInput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { confirm } from '../confirm.ts';
import { nextCommand, quoted } from '../next-command.ts';
import { requireValid } from '../require-valid.ts';
import type { ServerOptions } from '../server-options.ts';
import { printable } from '../table.ts';
import { parseTags } from '../tags.ts';
import { UsageError } from '../usage-error.ts';
import { groupsOf } from './show-workteam.ts';

export interface WorkteamOptions extends ServerOptions {
  readonly description?: string;
  readonly group?: readonly string[];
  readonly notificationTopic?: string;
  readonly tag?: readonly string[];
}

type MemberDefinitions = OperationInput<'CreateWorkteam'>['MemberDefinitions'];

const sources = {
  workteamName: 'The name',
  description: '--description',
  memberDefinitions: '--group',
  notificationConfiguration: '--notification-topic',
  tags: '--tag',
};

export const createWorkteam: Call<WorkteamOptions> = async (calling, name = '') => {
  const { client, options } = calling;
  const { group = [name] } = options;
  const input = {
    WorkteamName: name,
    MemberDefinitions: await membersOf(calling, group),
    Description: options.description ?? `The workteam ${name}`,
    ...notified(options),
    Tags: parseTags(options.tag),
  };
  requireValid('CreateWorkteam', input, sources);
  const output = await client.call('CreateWorkteam', input);
  const add = nextCommand(`worker add --email ada@example.com --workteam ${quoted(name)}`, options);
  return {
    output,
    text: `The workteam ${printable(name)} is made.\n${output.WorkteamArn}\n\nAdd a worker with\n  ${add}`,
  };
};

export const updateWorkteam: Call<WorkteamOptions> = async (calling, name = '') => {
  const { client, options } = calling;
  const { description, group } = options;
  if (description === undefined && group === undefined && options.notificationTopic === undefined)
    throw new UsageError('Say what to change: --description, --group or --notification-topic.');
  const input = {
    WorkteamName: name,
    ...(description !== undefined && { Description: description }),
    ...(group && { MemberDefinitions: await membersOf(calling, group) }),
    ...notified(options),
  };
  requireValid('UpdateWorkteam', input, sources);
  const output = await client.call('UpdateWorkteam', input);
  const { Workteam } = output;
  const groups = groupsOf(Workteam).join(', ');
  return {
    output,
    text: `The workteam ${printable(name)} is changed: ${printable(Workteam.Description)}; groups: ${printable(groups)}.`,
  };
};

export const deleteWorkteam: Call<{ readonly yes?: boolean }> = async (calling, name = '') => {
  const { client, terminal, options, signal } = calling;
  await client.call('DescribeWorkteam', { WorkteamName: name }, { signal });
  const question = `Delete the workteam ${printable(name)}? Its workers stay.`;
  await confirm(terminal, question, { yes: options.yes, signal });
  const output = await client.call('DeleteWorkteam', { WorkteamName: name });
  return { output, text: `The workteam ${printable(name)} is deleted; its workers stay.` };
};

/** The groups in the form that the workforce asks for. */
async function membersOf({ client }: Calling<unknown>, groups: readonly string[]): Promise<MemberDefinitions> {
  const [workforce] = (await client.call('ListWorkforces', {})).Workforces;
  if (workforce === undefined) throw new Error('The server has no workforce, so nobody can be in a workteam.');
  if (workforce.CognitoConfig === undefined) return [{ OidcMemberDefinition: { Groups: [...groups] } }];
  const { UserPool, ClientId } = workforce.CognitoConfig;
  return groups.map((UserGroup) => ({ CognitoMemberDefinition: { UserPool, UserGroup, ClientId } }));
}

const notified = ({ notificationTopic }: WorkteamOptions) =>
  notificationTopic === undefined ? {} : { NotificationConfiguration: { NotificationTopicArn: notificationTopic } };

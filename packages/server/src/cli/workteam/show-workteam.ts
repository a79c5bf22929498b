import type { OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { formatFacts } from '../facts.ts';
import { pages } from '../pages.ts';
import { formatTable, minuteOf } from '../table.ts';

type Workteam = OperationOutput<'DescribeWorkteam'>['Workteam'];
type Worker = OperationOutput<'ListWorkers'>['Workers'][number];

export const listWorkteams: Call<unknown> = async (calling) => {
  const { client } = calling;
  const workteams: Workteam[] = [];
  const fetch = (NextToken: string | undefined) => client.call('ListWorkteams', { MaxResults: 100, NextToken });
  for await (const page of pages(fetch)) workteams.push(...page.Workteams);
  const { Workers } = await client.call('ListWorkers', {});
  const rows = workteams.map((workteam) => [
    workteam.WorkteamName,
    String(membersOf(workteam, Workers).length),
    groupsOf(workteam).join(', '),
    workteam.Description,
  ]);
  return {
    output: { Workteams: workteams },
    text: formatTable(['NAME', 'WORKERS', 'GROUPS', 'DESCRIPTION'], rows, 'There are no workteams.'),
  };
};

export const showWorkteam: Call<unknown> = async (calling, name = '') => {
  const { client } = calling;
  const [{ Workteam }, { Workers }] = await Promise.all([
    client.call('DescribeWorkteam', { WorkteamName: name }),
    client.call('ListWorkers', {}),
  ]);
  const tags = await tagsOf(calling, Workteam.WorkteamArn);
  const members = membersOf(Workteam, Workers);
  return { output: { Workteam, Tags: tags, Workers: members }, text: formatFacts(factsOf(Workteam, tags, members)) };
};

function factsOf(workteam: Workteam, tags: readonly { Key: string; Value: string }[], members: readonly Worker[]) {
  const { CreateDate, LastUpdatedDate, NotificationConfiguration } = workteam;
  const people = members.map(({ Name, Email, Status }) =>
    Status === 'Active' ? `${Name} <${Email}>` : `${Name} <${Email}>, ${Status.toLowerCase()}`,
  );
  return [
    ['Name', workteam.WorkteamName],
    ['ARN', workteam.WorkteamArn],
    ['Description', workteam.Description],
    ['Groups', groupsOf(workteam).join(', ')],
    ['Portal', workteam.SubDomain],
    ['Topic', NotificationConfiguration?.NotificationTopicArn],
    ['Created', CreateDate && minuteOf(CreateDate)],
    ['Changed', LastUpdatedDate && minuteOf(LastUpdatedDate)],
    ['Tags', tags.length === 0 ? undefined : tags.map(({ Key, Value }) => `${Key}=${Value}`).join('\n')],
    ['Workers', people.join('\n') || 'none'],
  ] as const;
}

async function tagsOf({ client }: Calling<unknown>, ResourceArn: string) {
  return (await client.call('ListTags', { ResourceArn })).Tags ?? [];
}

export const groupsOf = ({ MemberDefinitions }: Workteam): readonly string[] =>
  MemberDefinitions.flatMap(({ CognitoMemberDefinition: cognito, OidcMemberDefinition: oidc }) =>
    cognito ? [cognito.UserGroup] : (oidc?.Groups ?? []),
  );

const membersOf = ({ WorkteamName }: Workteam, workers: readonly Worker[]): readonly Worker[] =>
  workers.filter(({ Workteams }) => Workteams.includes(WorkteamName));

// What pages about people need to know of the workforce and its teams.
import type { OperationOutput } from '@holdpoint/protocol';
import { call } from './console-api.ts';

export type Workteam = OperationOutput<'DescribeWorkteam'>['Workteam'];
export type Workforce = OperationOutput<'DescribeWorkforce'>['Workforce'];

export async function allWorkteams(): Promise<readonly Workteam[]> {
  const found: Workteam[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await call('ListWorkteams', {
      MaxResults: 100,
      SortBy: 'Name',
      SortOrder: 'Ascending',
      ...(NextToken && { NextToken }),
    });
    found.push(...page.Workteams);
    NextToken = page.NextToken;
    if (NextToken === undefined) return found;
  }
}

export const namesOfWorkteams = async (): Promise<string[]> =>
  (await allWorkteams()).map(({ WorkteamName }) => WorkteamName);

/** The one workforce, or undefined when it was deleted. */
export const theWorkforce = async (): Promise<Workforce | undefined> =>
  (await call('ListWorkforces', {})).Workforces[0];

/** The identity provider that the people come from, where the built-in directory cannot do it. */
export const directoryProblem = async (): Promise<string | undefined> => (await theWorkforce())?.OidcConfig?.Issuer;

/** The groups whose workers belong to a team. */
export const groupsOf = ({ MemberDefinitions }: Workteam): string[] =>
  MemberDefinitions.flatMap(({ CognitoMemberDefinition, OidcMemberDefinition }) => [
    ...(CognitoMemberDefinition ? [CognitoMemberDefinition.UserGroup] : []),
    ...(OidcMemberDefinition?.Groups ?? []),
  ]);

// What pages about people need to know of the workforce and its teams.
import type { OperationOutput } from '@holdpoint/protocol';
import { html, type TemplateResult } from 'lit';
import { call } from './console-api.ts';
import { allWorkteams } from './list-all.ts';

export type Worker = OperationOutput<'ListWorkers'>['Workers'][number];
export type Workteam = OperationOutput<'DescribeWorkteam'>['Workteam'];
export type Workforce = OperationOutput<'DescribeWorkforce'>['Workforce'];

export const namesOfWorkteams = async (): Promise<string[]> =>
  (await allWorkteams()).map(({ WorkteamName }) => WorkteamName);

/** The one workforce, or undefined when it was deleted. */
export const theWorkforce = async (): Promise<Workforce | undefined> =>
  (await call('ListWorkforces', {})).Workforces[0];

/** The identity provider that the people come from, where the built-in directory cannot do it. */
export const directoryProblem = async (): Promise<string | undefined> => (await theWorkforce())?.OidcConfig?.Issuer;

export const stateBadge = (status: Worker['Status']): TemplateResult =>
  html`<span class="badge ${status === 'Active' ? 'badge-good' : 'badge-bad'}">${status}</span>`;

/** The groups whose workers belong to a team. */
export const groupsOf = ({ MemberDefinitions }: Workteam): string[] =>
  MemberDefinitions.flatMap(({ CognitoMemberDefinition, OidcMemberDefinition }) => [
    ...(CognitoMemberDefinition ? [CognitoMemberDefinition.UserGroup] : []),
    ...(OidcMemberDefinition?.Groups ?? []),
  ]);

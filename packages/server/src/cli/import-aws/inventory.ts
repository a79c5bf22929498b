/** What there is at AWS, as far as it could be read: from an account, or from files of the aws CLI. */
import { type OperationOutput, parseArn } from '@holdpoint/protocol';

export type FlowDescription = OperationOutput<'DescribeFlowDefinition'>;
export type WorkteamDescription = OperationOutput<'DescribeWorkteam'>['Workteam'];
export type WorkforceDescription = OperationOutput<'DescribeWorkforce'>['Workforce'];
export type TagList = readonly { readonly Key: string; readonly Value: string }[];

export interface SourceFlow {
  readonly description: FlowDescription;
  /** Undefined where they could not be read. */
  readonly tags: TagList | undefined;
  /** Loops that are InProgress or Stopping, as far as they were counted. */
  readonly inFlight?: { readonly count: number; readonly more: boolean };
}

export interface SourceTaskUi {
  readonly name: string;
  readonly arn: string;
  readonly status: string | undefined;
  /** Undefined where the text could not be had; the inventory's problems say why. */
  readonly template: string | undefined;
  readonly contentSha256: string | undefined;
  readonly tags: TagList | undefined;
}

export interface SourceWorkteam {
  readonly description: WorkteamDescription;
  readonly tags: TagList | undefined;
}

/** A person of a Cognito user pool. */
export interface SourcePerson {
  readonly email: string;
  readonly name: string | undefined;
  /** Groups that list this person. */
  readonly groups: readonly string[];
}

/** Something at AWS: by its ARN, or by its name where that is all that is known. */
export interface Thing {
  readonly kind: 'workteam' | 'human-task-ui' | 'flow-definition';
  readonly arn: string;
}

/** What is listed, but could not be described. */
export interface UnreadThing extends Thing {
  readonly kind: 'human-task-ui' | 'flow-definition';
  /** As its list tells it. */
  readonly status?: string | undefined;
}

/** What could not be read. */
export interface Problem {
  /** One sentence. */
  readonly text: string;
  /** What it costs; undefined where nobody can tell. */
  readonly about?: Thing | undefined;
}

export interface Inventory {
  /** In words, for example `profile production, eu-central-1`. */
  readonly origin: string;
  readonly flows: readonly SourceFlow[];
  readonly taskUis: readonly SourceTaskUi[];
  readonly workteams: readonly SourceWorkteam[];
  readonly workforces: readonly WorkforceDescription[];
  readonly people: readonly SourcePerson[];
  readonly unread: readonly UnreadThing[];
  readonly problems: readonly Problem[];
  /** What else somebody should know, one sentence each. */
  readonly notes: readonly string[];
}

/** Account and region in which the resources lie; several where files of several were put together. */
export function placesOf({
  flows,
  taskUis,
  workteams,
  workforces,
}: Inventory): { accountId: string; region: string }[] {
  const arns = [
    ...flows.map(({ description }) => description.FlowDefinitionArn),
    ...taskUis.map(({ arn }) => arn),
    ...workteams.filter((team) => crowdOf(team.description.WorkteamArn) === 'private').map(arnOfTeam),
    ...workforces.map(({ WorkforceArn }) => WorkforceArn),
  ];
  const places = new Map<string, { accountId: string; region: string }>();
  for (const arn of arns) {
    const { accountId, region } = parseArn(arn) ?? {};
    if (accountId && region) places.set(`${accountId} ${region}`, { accountId, region });
  }
  return [...places.values()];
}

const arnOfTeam = ({ description }: SourceWorkteam): string => description.WorkteamArn;

/** Whose people a workteam is made of. */
export function crowdOf(workteamArn: string): 'private' | 'vendor' | 'public' {
  const name = parseArn(workteamArn)?.resourceName ?? '';
  if (name.startsWith('public-crowd/')) return 'public';
  return name.startsWith('vendor-crowd/') ? 'vendor' : 'private';
}

/** The last part of an ARN: what its owner calls the resource. */
export const nameOf = (arn: string): string => arn.split('/').at(-1) ?? arn;

/** What a plan calls it: the last part of its ARN, with the crowd where it is not a private one. */
export const sourceNameOf = (arn: string): string =>
  crowdOf(arn) === 'private' ? nameOf(arn) : (arn.split(':workteam/')[1] ?? arn);

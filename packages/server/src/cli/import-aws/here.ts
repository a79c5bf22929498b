/** What the server that is written to has already, of what an import is about. */
import { createHash } from 'node:crypto';
import type { Client } from '@holdpoint/client';
import { type ArnSettings, parseArn } from '@holdpoint/protocol';
import type { Objects } from '../objects.ts';
import { inParallel } from './in-parallel.ts';
import type { FlowDescription, TagList, WorkforceDescription, WorkteamDescription } from './inventory.ts';

export interface Here extends ArnSettings {
  readonly endpointUrl: string;
  readonly workforce: WorkforceDescription | undefined;
  readonly workteams: ReadonlyMap<string, WorkteamDescription>;
  /** Checksums of the templates. */
  readonly taskUis: ReadonlyMap<string, string>;
  readonly flows: ReadonlyMap<string, FlowDescription>;
  readonly buckets: ReadonlySet<string>;
  /** By ARN, of what is above. */
  readonly tags: ReadonlyMap<string, TagList>;
  /** E-mail addresses of workers, in lower case. */
  readonly workers: ReadonlySet<string>;
  /** Whether event targets hear of every object that is written. */
  readonly announcesObjects: boolean;
}

/** Names here that an import would use. */
export interface Wanted {
  readonly taskUis: readonly string[];
  readonly flows: readonly string[];
  readonly buckets: readonly string[];
}

const calls = 8;

/** Account, region and workforce: what ARNs are made of. */
export async function readPlace(
  client: Client,
): Promise<ArnSettings & { workforce: WorkforceDescription | undefined }> {
  const { Workforces } = await client.call('ListWorkforces', {});
  const [workforce] = Workforces;
  const place = workforce && parseArn(workforce.WorkforceArn);
  if (place !== undefined) return { accountId: place.accountId, region: place.region, workforce };
  const { AccountId: accountId, Region: region } = await client.call('CheckInstallation', {});
  return { accountId, region, workforce: undefined };
}

export async function readHere(
  client: Client,
  objects: Objects,
  place: Awaited<ReturnType<typeof readPlace>>,
  wanted: Wanted,
): Promise<Here> {
  const { WorkteamsAll, workers, targets } = await readLists(client);
  const flows = await found(wanted.flows, (FlowDefinitionName) =>
    client.call('DescribeFlowDefinition', { FlowDefinitionName }),
  );
  const taskUis = await found(wanted.taskUis, (HumanTaskUiName) =>
    client.call('DescribeHumanTaskUi', { HumanTaskUiName }),
  );
  const arns = [
    ...[...flows.values()].map(({ FlowDefinitionArn }) => FlowDefinitionArn),
    ...[...taskUis.values()].map(({ HumanTaskUiArn }) => HumanTaskUiArn),
    ...WorkteamsAll.map(({ WorkteamArn }) => WorkteamArn),
  ];
  const tags = await inParallel(arns, calls, async (ResourceArn) => {
    const { Tags } = await client.call('ListTags', { ResourceArn });
    return [ResourceArn, Tags ?? []] as const;
  });
  const buckets = await inParallel(wanted.buckets, calls, async (bucket) => ({
    bucket,
    is: await objects.hasBucket(bucket),
  }));
  return {
    ...place,
    endpointUrl: client.meta.endpointUrl,
    workteams: new Map(WorkteamsAll.map((team) => [team.WorkteamName, team])),
    taskUis: new Map([...taskUis].map(([name, { UiTemplate }]) => [name, UiTemplate.ContentSha256 ?? ''])),
    flows,
    buckets: new Set(buckets.filter(({ is }) => is).map(({ bucket }) => bucket)),
    tags: new Map(tags),
    workers,
    announcesObjects: targets,
  };
}

async function readLists(client: Client) {
  const WorkteamsAll: WorkteamDescription[] = [];
  for (let NextToken: string | undefined; ; ) {
    const page = await client.call('ListWorkteams', { MaxResults: 100, ...(NextToken && { NextToken }) });
    WorkteamsAll.push(...page.Workteams);
    NextToken = page.NextToken;
    if (!NextToken) break;
  }
  const { Workers } = await client.call('ListWorkers', {});
  const { EventTargets } = await client.call('ListEventTargets', {});
  return {
    WorkteamsAll,
    workers: new Set(Workers.map(({ Email }) => Email.toLowerCase())),
    targets: EventTargets.some(({ Kind }) => Kind === 'object-created'),
  };
}

/** The descriptions of those that exist. */
async function found<Description>(
  names: readonly string[],
  describe: (name: string) => Promise<Description>,
): Promise<Map<string, Description>> {
  const pairs = await inParallel(names, calls, async (name) => {
    try {
      return [name, await describe(name)] as const;
    } catch (error) {
      // A name that is not allowed here is told when the plan is made.
      if (error instanceof Error && ['ResourceNotFound', 'ValidationException'].includes(error.name)) return undefined;
      throw error;
    }
  });
  return new Map(pairs.filter((pair) => pair !== undefined));
}

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

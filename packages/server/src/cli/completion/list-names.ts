import type { Client } from '@holdpoint/client';
import { readConfig, variableOf } from '../../config.ts';
import { connect, namesEndpoint, runningAt } from '../connect.ts';
import type { ServerOptions } from '../server-options.ts';
import type { NameKind } from './command-tree.ts';

/** Milliseconds: nobody waits longer for a key press. */
const patience = 1000;
/** Loops are listed flow by flow: so many flows, and so many loops of each, the newest first. */
const flowsWithLoops = 5;
const loopsOfFlow = 50;
/** What a shell can take as it is. */
const plain = /^[\w.@+:/-]+$/;

type List = (client: Client, signal: AbortSignal) => Promise<readonly string[]>;

/** The names that a running server knows; none when there is no answer in time, for whatever reason. */
export async function listNames(
  kind: string,
  options: ServerOptions,
  environment: NodeJS.ProcessEnv,
): Promise<readonly string[]> {
  const list = Object.hasOwn(lists, kind) ? lists[kind as NameKind] : undefined;
  if (list === undefined) return [];
  const signal = AbortSignal.timeout(patience);
  try {
    if (!(await isRunning(options, environment))) return [];
    const connection = await connect(options, environment);
    try {
      return (await list(connection.client, signal)).filter((name) => plain.test(name));
    } finally {
      await connection.close();
    }
  } catch {
    return [];
  }
}

/** For names alone no server is started. One that is elsewhere is asked without looking first. */
async function isRunning(options: ServerOptions, environment: NodeJS.ProcessEnv) {
  const { data = environment[variableOf('data')], endpointUrl, profile } = options;
  if (endpointUrl !== undefined || profile !== undefined || (!data && namesEndpoint(environment))) return true;
  return (await runningAt(readConfig({ ...(data && { data }) }, environment).data)) !== undefined;
}

const lists: { readonly [Kind in NameKind]: List } = {
  flows: async (client, signal) => (await newestFlows(client, 100, signal)).map((flow) => flow.FlowDefinitionName),
  async loops(client, signal) {
    const flows = await newestFlows(client, flowsWithLoops, signal);
    const pages = await Promise.all(
      flows.map(({ FlowDefinitionArn }) =>
        client.call(
          'ListHumanLoops',
          { FlowDefinitionArn, MaxResults: loopsOfFlow, SortOrder: 'Descending' },
          { signal },
        ),
      ),
    );
    return pages.flatMap((page) => page.HumanLoopSummaries.map(({ HumanLoopName = '' }) => HumanLoopName));
  },
  async templates(client, signal) {
    const { HumanTaskUiSummaries } = await client.call('ListHumanTaskUis', { MaxResults: 100 }, { signal });
    return HumanTaskUiSummaries.map(({ HumanTaskUiName }) => HumanTaskUiName);
  },
  async workteams(client, signal) {
    const { Workteams } = await client.call('ListWorkteams', { MaxResults: 100 }, { signal });
    return Workteams.map(({ WorkteamName }) => WorkteamName);
  },
  workers: async (client, signal) =>
    (await client.call('ListWorkers', {}, { signal })).Workers.map(({ Email }) => Email),
  keys: async (client, signal) =>
    (await client.call('ListAccessKeys', {}, { signal })).AccessKeys.map(({ AccessKeyId }) => AccessKeyId),
  'event-targets': async (client, signal) =>
    (await client.call('ListEventTargets', {}, { signal })).EventTargets.map(({ EventTargetId }) => EventTargetId),
};

const newestFlows = async (client: Client, MaxResults: number, signal: AbortSignal) =>
  (await client.call('ListFlowDefinitions', { MaxResults }, { signal })).FlowDefinitionSummaries;

import type { OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { formatDuration } from '../duration.ts';
import { type Fact, formatFacts } from '../facts.ts';
import { pages } from '../pages.ts';
import { minuteOf } from '../table.ts';

type Flow = OperationOutput<'DescribeFlowDefinition'>;
type Tags = OperationOutput<'ListTags'>['Tags'];

/** So many pages of a hundred loops are looked at, the newest first. */
const mostPages = 10;

interface LoopCounts {
  readonly Statuses: Readonly<Record<string, number>>;
  readonly Counted: number;
  /** Whether there are older loops, which were not counted. */
  readonly More: boolean;
}

/** All that is known of a flow, and how its newest loops stand. */
export const showFlow: Call<unknown> = async (calling, name = '') => {
  const { client } = calling;
  const flow = await client.call('DescribeFlowDefinition', { FlowDefinitionName: name });
  const [{ Tags = [] }, loops] = await Promise.all([
    client.call('ListTags', { ResourceArn: flow.FlowDefinitionArn }),
    countLoops(calling, flow.FlowDefinitionArn),
  ]);
  return { output: { ...flow, Tags, HumanLoops: loops }, text: formatFacts(factsOf(flow, Tags, loops)) };
};

async function countLoops({ client }: Calling<unknown>, FlowDefinitionArn: string): Promise<LoopCounts> {
  const counts: Record<string, number> = {};
  let counted = 0;
  let fetched = 0;
  const fetch = (NextToken: string | undefined) =>
    client.call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 100, SortOrder: 'Descending', NextToken });
  for await (const { HumanLoopSummaries, NextToken } of pages(fetch)) {
    for (const { HumanLoopStatus = 'Unknown' } of HumanLoopSummaries)
      counts[HumanLoopStatus] = (counts[HumanLoopStatus] ?? 0) + 1;
    counted += HumanLoopSummaries.length;
    fetched += 1;
    if (fetched === mostPages) return { Statuses: counts, Counted: counted, More: NextToken !== undefined };
  }
  return { Statuses: counts, Counted: counted, More: false };
}

function factsOf(flow: Flow, tags: Tags, loops: LoopCounts): Fact[] {
  const { HumanLoopConfig: asked, OutputConfig, HumanLoopActivationConfig: activation } = flow;
  const seconds = (value: number | undefined, otherwise: string): string =>
    value === undefined ? otherwise : formatDuration(value);
  return [
    ['Name', flow.FlowDefinitionName],
    ['ARN', flow.FlowDefinitionArn],
    ['Status', flow.FlowDefinitionStatus],
    ['Reason', flow.FailureReason],
    ['Created', minuteOf(flow.CreationTime)],
    ['Title', asked?.TaskTitle],
    ['Description', asked?.TaskDescription],
    ['Keywords', asked?.TaskKeywords?.join(', ')],
    ['Workteam', asked && nameIn(asked.WorkteamArn)],
    ['Human task UI', asked && nameIn(asked.HumanTaskUiArn)],
    ['Answers', asked && `${asked.TaskCount} for each loop`],
    ['Time limit', asked && seconds(asked.TaskTimeLimitInSeconds, '1h')],
    ['Available for', asked && seconds(asked.TaskAvailabilityLifetimeInSeconds, '10d')],
    ['Output', OutputConfig.S3OutputPath],
    ['KMS key', OutputConfig.KmsKeyId],
    ['Role', flow.RoleArn],
    ['Request source', flow.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource],
    ['Conditions', activation && pretty(activation.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions)],
    ['Tags', tags && tags.length > 0 ? tags.map(({ Key, Value }) => `${Key}=${Value}`).join('\n') : undefined],
    ['Loops', describeLoops(loops)],
  ];
}

function describeLoops({ Statuses, Counted, More }: LoopCounts): string {
  if (Counted === 0) return 'none';
  const parts = Object.entries(Statuses).map(([status, count]) => `${count} ${status}`);
  return More ? `of the newest ${Counted}: ${parts.join(', ')}` : parts.join(', ');
}

const nameIn = (arn: string): string => arn.split('/').at(-1) ?? arn;

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

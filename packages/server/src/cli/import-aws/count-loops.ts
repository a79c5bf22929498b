import type { AwsSource } from './aws-source.ts';
import type { FlowDescription } from './inventory.ts';

/** How many loops of a flow are looked at, newest first, for those that are still in flight. */
const loopsSeen = 1000;
/** Loops of flows that say nothing else end after ten days. */
const usualLifetime = 864_000;

/** Loops that may still be in flight were started within the time that the flow gives them. */
export async function countLoops({ runtime, now }: AwsSource, flow: FlowDescription, signal: AbortSignal) {
  const lifetime = flow.HumanLoopConfig?.TaskAvailabilityLifetimeInSeconds ?? usualLifetime;
  const config = { MaxItems: loopsSeen, PageSize: 100 };
  const pages = runtime.getPaginator('listHumanLoops').paginate(
    {
      FlowDefinitionArn: flow.FlowDefinitionArn,
      CreationTimeAfter: new Date(Math.max(0, now() - lifetime * 1000)),
      PaginationConfig: config,
    },
    { signal },
  );
  let count = 0;
  for await (const { HumanLoopStatus } of pages.items())
    if (HumanLoopStatus === 'InProgress' || HumanLoopStatus === 'Stopping') count++;
  return { count, more: pages.resumeToken !== undefined };
}

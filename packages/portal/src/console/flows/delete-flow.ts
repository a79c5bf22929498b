import { apiCall } from '../api-call.ts';
import { ask } from '../ask.ts';
import { call } from '../console-api.ts';

/**
 * Asks, then deletes a flow definition; answers whether it did.
 *
 * @throws ConsoleError
 */
export async function deleteFlow(flow: {
  readonly FlowDefinitionName: string;
  readonly UnfinishedHumanLoops: number;
}): Promise<boolean> {
  const { FlowDefinitionName, UnfinishedHumanLoops: loops } = flow;
  const number =
    loops >= 1000 ? '1000 or more unfinished loops' : loops === 1 ? 'one unfinished loop' : `${loops} unfinished loops`;
  const text =
    loops === 0
      ? 'It has no unfinished loops. No more can be started with it, and its name becomes free.'
      : `It has ${number}. Those that nobody works on are stopped; people who are working may finish, and their answers are written. No more loops can be started with it; when the last one has ended it is gone, and its name becomes free.`;
  const isMeant = await ask({
    title: `Delete the flow definition ${FlowDefinitionName}?`,
    text,
    action: 'Delete',
    more: apiCall('DeleteFlowDefinition', { FlowDefinitionName }),
  });
  if (isMeant) await call('DeleteFlowDefinition', { FlowDefinitionName });
  return isMeant;
}

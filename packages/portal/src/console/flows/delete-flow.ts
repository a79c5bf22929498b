import { apiCall } from '../api-call.ts';
import { confirm } from '../english.ts';
import { countText } from './flow-count.ts';

/** Asks whether a flow definition is to be deleted, and says what becomes of its loops. */
export function askToDeleteFlow(FlowDefinitionName: string, unfinished: number): Promise<boolean> {
  const number = unfinished === 1 ? 'one unfinished loop' : `${countText(unfinished)} unfinished loops`;
  return confirm({
    title: `Delete the flow definition ${FlowDefinitionName}?`,
    text:
      unfinished === 0
        ? 'It has no unfinished loops. No more can be started with it, and its name becomes free.'
        : `It has ${number}. Those that nobody works on are stopped; people who are working may finish, and their answers are written. No more loops can be started with it; when the last one has ended it is gone, and its name becomes free.`,
    action: 'Delete',
    isHarsh: true,
    more: apiCall('DeleteFlowDefinition', { FlowDefinitionName }),
  });
}

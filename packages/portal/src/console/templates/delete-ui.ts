import { apiCall } from '../api-call.ts';
import { confirm } from '../english.ts';

/**
 * Asks whether a human task UI is to be deleted.
 *
 * @param flows the names of the flows that show it
 */
export function askToDeleteUi(HumanTaskUiName: string, flows: readonly string[]): Promise<boolean> {
  const shown = flows.length > 5 ? [...flows.slice(0, 4), `${flows.length - 4} more`] : flows;
  return confirm({
    title: `Delete the human task UI ${HumanTaskUiName}?`,
    text:
      flows.length === 0
        ? 'No flow shows it.'
        : `These flows show it and cannot start loops any more without it: ${shown.join(', ')}. Loops that are started keep their page.`,
    action: 'Delete',
    isHarsh: true,
    more: apiCall('DeleteHumanTaskUi', { HumanTaskUiName }),
  });
}

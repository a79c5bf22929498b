import { apiCall } from '../api-call.ts';
import { ask } from '../ask.ts';
import { call } from '../console-api.ts';

/**
 * Asks, then deletes a human task UI; answers whether it did.
 *
 * @param flows the names of the flows that show it
 * @throws ConsoleError
 */
export async function deleteUi(HumanTaskUiName: string, flows: readonly string[]): Promise<boolean> {
  const shown = flows.length > 5 ? [...flows.slice(0, 4), `${flows.length - 4} more`] : flows;
  const consequence =
    flows.length === 0
      ? 'No flow shows it.'
      : `These flows show it and cannot start loops any more without it: ${shown.join(', ')}. Loops that are started keep their page.`;
  const isMeant = await ask({
    title: `Delete the human task UI ${HumanTaskUiName}?`,
    text: consequence,
    action: 'Delete',
    more: apiCall('DeleteHumanTaskUi', { HumanTaskUiName }),
  });
  if (isMeant) await call('DeleteHumanTaskUi', { HumanTaskUiName });
  return isMeant;
}

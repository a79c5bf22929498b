import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { flowsAdjudicatedBy } from './adjudicators.ts';
import { loadWorkteam } from './load-workteam.ts';

const mostShown = 3;
/** A refusal reads no more flow definitions than this. */
const mostCounted = 1000;

/**
 * Deletes a work team that no flow definition asks any more. The service does not say what happens to such flows;
 * refusing keeps loops from waiting for people who cannot exist.
 */
export const deleteWorkteam: OperationHandler<'DeleteWorkteam'> = async (context, input) => {
  await decide(context, async () => {
    const workteam = await loadWorkteam(context, input.WorkteamName);
    const asking = await context.store.flowDefinitionsOfWorkteam(workteam.id, mostCounted);
    const users = asking.length > 0 ? asking : await flowsAdjudicatedBy(context, workteam);
    if (users.length > 0)
      throw new ApiError(
        'ValidationException',
        `The work team ${workteam.name} is used by flow definitions (${shorten(users.map(({ name }) => name))}). Delete them first.`,
      );
    return { changes: [remove('workteams', workteam)] };
  });
  return { Success: true };
};

/** `a, b, c and 2 more` */
function shorten(names: readonly string[]): string {
  const more = names.length - mostShown;
  const shown = names.slice(0, mostShown).join(', ');
  if (more <= 0) return shown;
  return `${shown} and ${names.length === mostCounted ? 'at least ' : ''}${more} more`;
}

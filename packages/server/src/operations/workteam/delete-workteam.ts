import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { loadWorkteam } from './load-workteam.ts';

/**
 * Deletes a work team that no flow definition asks any more. The service does not say what happens to such flows;
 * refusing keeps loops from waiting for people who cannot exist.
 */
export const deleteWorkteam: OperationHandler<'DeleteWorkteam'> = async (context, input) => {
  await decide(context, async () => {
    const workteam = await loadWorkteam(context, input.WorkteamName);
    const users = await context.store.flowDefinitionsOfWorkteam(workteam.id, 3);
    if (users.length > 0)
      throw new ApiError(
        'ValidationException',
        `The work team ${workteam.name} is used by flow definitions (${users.map((flow) => flow.name).join(', ')}). Delete them first.`,
      );
    return { changes: [remove('workteams', workteam)] };
  });
  return { Success: true };
};

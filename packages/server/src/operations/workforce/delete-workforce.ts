import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import { remove } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { currentWorkteams } from '../workteam/current-workteams.ts';
import { loadWorkforce } from './workforce-row.ts';

/** Deletes a workforce without work teams. Workers stay in the directory. */
export const deleteWorkforce: OperationHandler<'DeleteWorkforce'> = async (context, input) => {
  await decide(context, async () => {
    const workforce = await loadWorkforce(context, input.WorkforceName);
    const teams = (await currentWorkteams(context.store)).filter(({ workforceId }) => workforceId === workforce.id);
    if (teams.length > 0)
      throw new ApiError(
        'ResourceInUse',
        `The workforce ${workforce.name} has ${teams.length} work team(s). Delete them first.`,
      );
    return { changes: [remove('workforces', workforce)] };
  });
  return {};
};

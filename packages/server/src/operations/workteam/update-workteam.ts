import type { OperationHandler } from '../../context.ts';
import { update } from '../../domain/change.ts';
import { decide } from '../decide.ts';
import { configOf } from './create-workteam.ts';
import { wireWorkteam } from './describe-workteam-row.ts';
import { loadWorkteam, workforceOf } from './load-workteam.ts';
import { workteamGroups } from './workteam-groups.ts';

/** Changes what is given; `MemberDefinitions` are replaced as a whole. */
export const updateWorkteam: OperationHandler<'UpdateWorkteam'> = async (context, input) => {
  const groups = input.MemberDefinitions && workteamGroups(input.MemberDefinitions);
  await decide(context, async () => {
    const workteam = await loadWorkteam(context, input.WorkteamName);
    const set = {
      ...(input.Description !== undefined && { description: input.Description }),
      ...(groups && { memberDefinitions: input.MemberDefinitions as never, groups }),
      config: { ...workteam.config, ...configOf(input) },
      updatedAt: context.now,
    };
    return { changes: [update('workteams', workteam, set)] };
  });
  const workteam = await loadWorkteam(context, input.WorkteamName);
  return { Workteam: wireWorkteam(context, workteam, await workforceOf(context, workteam)) };
};

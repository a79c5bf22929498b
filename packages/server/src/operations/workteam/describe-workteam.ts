import type { OperationHandler } from '../../context.ts';
import { wireWorkteam } from './describe-workteam-row.ts';
import { loadWorkteam, workforceOf } from './load-workteam.ts';

export const describeWorkteam: OperationHandler<'DescribeWorkteam'> = async (context, input) => {
  const workteam = await loadWorkteam(context, input.WorkteamName);
  return { Workteam: wireWorkteam(context, workteam, await workforceOf(context, workteam)) };
};

import { ApiError } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';

/** Vendors' teams of a marketplace: there are none here. */
export const listSubscribedWorkteams: OperationHandler<'ListSubscribedWorkteams'> = async () => ({
  SubscribedWorkteams: [],
});

export const describeSubscribedWorkteam: OperationHandler<'DescribeSubscribedWorkteam'> = async (_context, input) => {
  throw new ApiError(
    'ValidationException',
    `The specified Workteam '${input.WorkteamArn}' does not exist or you do not have access to it.`,
  );
};

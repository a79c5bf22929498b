import type { OperationHandler } from '../../context.ts';
import { loadWorkforce, wireWorkforce } from './workforce-row.ts';

export const describeWorkforce: OperationHandler<'DescribeWorkforce'> = async (context, input) => ({
  Workforce: wireWorkforce(context, await loadWorkforce(context, input.WorkforceName)),
});

import type { OperationHandler } from '../../context.ts';
import { decodeToken } from '../next-token.ts';
import { wireWorkforce } from './workforce-row.ts';

/** Lists the workforce, of which there is at most one: no page ever follows. */
export const listWorkforces: OperationHandler<'ListWorkforces'> = async (context, input) => {
  const followUp = decodeToken(input.NextToken) !== undefined;
  const workforces = followUp ? [] : await context.store.workforces();
  return {
    Workforces: workforces
      .filter((workforce) => workforce.name.includes(input.NameContains ?? ''))
      .map((workforce) => wireWorkforce(context, workforce)),
  };
};

import type { OperationHandler } from '../../context.ts';
import { decodeToken, defaultPageSize, pageOf } from '../next-token.ts';
import { wireWorkteam } from './describe-workteam-row.ts';

/** Lists work teams, by time of creation and oldest first unless asked otherwise. */
export const listWorkteams: OperationHandler<'ListWorkteams'> = async (context, input) => {
  const limit = input.MaxResults ?? defaultPageSize;
  const rows = await context.store.workteams({
    nameContains: input.NameContains,
    sortBy: input.SortBy === 'Name' ? 'name' : 'createdAt',
    order: input.SortOrder === 'Descending' ? 'Descending' : 'Ascending',
    after: decodeToken(input.NextToken),
    limit: limit + 1,
  });
  const { items, nextToken } = pageOf(rows, limit);
  const workforces = await context.store.workforces();
  return {
    Workteams: items.map((workteam) =>
      wireWorkteam(
        context,
        workteam,
        workforces.find((workforce) => workforce.id === workteam.workforceId),
      ),
    ),
    NextToken: nextToken,
  };
};

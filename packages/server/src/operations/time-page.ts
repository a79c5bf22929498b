import type { TimePage } from '../store/store.ts';
import { decodeToken, defaultPageSize } from './next-token.ts';

/** What the lists by time of creation have in common. `CreationTimeAfter` is inclusive, `CreationTimeBefore` is not, as in SageMaker's lists. */
export function timePage(input: {
  readonly CreationTimeAfter?: Date | undefined;
  readonly CreationTimeBefore?: Date | undefined;
  readonly SortOrder?: string | undefined;
  readonly NextToken?: string | undefined;
  readonly MaxResults?: number | undefined;
}): TimePage & { pageSize: number } {
  const pageSize = input.MaxResults ?? defaultPageSize;
  return {
    createdAfter: input.CreationTimeAfter?.getTime(),
    createdBefore: input.CreationTimeBefore?.getTime(),
    order: input.SortOrder === 'Ascending' ? 'Ascending' : 'Descending',
    after: decodeToken(input.NextToken),
    limit: pageSize + 1,
    pageSize,
  };
}

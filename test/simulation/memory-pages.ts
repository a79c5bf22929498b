/** Pages of rows in memory, in the orders in which every engine has them. */
import type { NamePage, Position, TimePage } from '../../packages/server/src/store/store.ts';

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
export const byCreation = (a: Position, b: Position): number => a.createdAt - b.createdAt || byText(a.id, b.id);

export function pageByTime<R extends Position>(rows: readonly R[], page: TimePage): R[] {
  const sign = page.order === 'Descending' ? -1 : 1;
  return rows
    .filter(
      (row) =>
        (page.createdAfter === undefined || row.createdAt >= page.createdAfter) &&
        (page.createdBefore === undefined || row.createdAt < page.createdBefore) &&
        (!page.after || byCreation(row, page.after) * sign > 0),
    )
    .sort((a, b) => byCreation(a, b) * sign)
    .slice(0, page.limit);
}

export function pageByName<R extends Position & { readonly name: string }>(rows: readonly R[], page: NamePage): R[] {
  const sign = page.order === 'Descending' ? -1 : 1;
  const compare = (a: Position & { name: string }, b: Position & { name: string }): number =>
    sign * (page.sortBy === 'name' ? byText(a.name, b.name) : byCreation(a, b));
  return rows
    .filter((row) => row.name.includes(page.nameContains ?? ''))
    .filter((row) => !page.after || compare(row, page.after) > 0)
    .sort(compare)
    .slice(0, page.limit);
}

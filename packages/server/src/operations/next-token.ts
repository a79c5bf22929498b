/**
 * Tokens of lists: the place after which the next page starts, so the same token always starts at the same item whatever
 * was inserted since. They are neither base64 of JSON nor contain `___`: botocore would take them for its own.
 */
import { ApiError } from '@holdpoint/protocol';
import type { Position } from '../store/store.ts';

/** How many items a page has when the caller names no number; the service documents none, its siblings answer ten. */
export const defaultPageSize = 10;

export const encodeToken = (position: Position & { readonly name?: string }): string =>
  `hp1.${position.createdAt.toString(36)}.${position.id}${position.name === undefined ? '' : `.${position.name}`}`;

/** @throws ApiError ValidationException when the token is not one of ours. */
export function decodeToken(token: string | undefined): (Position & { name: string }) | undefined {
  if (token === undefined || token === '') return undefined;
  const [format, createdAt, id, name = ''] = token.split('.');
  const time = Number.parseInt(createdAt ?? '', 36);
  if (format !== 'hp1' || !Number.isSafeInteger(time) || !id || !/^[\w-]+$/.test(id) || !/^[\w-]*$/.test(name))
    throw new ApiError('ValidationException', 'Invalid NextToken.');
  return { createdAt: time, id, name };
}

/** One page of rows (asked for with one more than `limit`) and the token of the next, if there is one. */
export function pageOf<Row extends Position & { readonly name?: string }>(
  rows: readonly Row[],
  limit: number,
): { items: readonly Row[]; nextToken?: string } {
  if (rows.length <= limit) return { items: rows };
  const items = rows.slice(0, limit);
  const last = items.at(-1)!;
  return {
    items,
    nextToken: encodeToken({ createdAt: last.createdAt, id: last.id, ...(last.name && { name: last.name }) }),
  };
}

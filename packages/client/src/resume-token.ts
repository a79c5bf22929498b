/** Resume tokens of paginators, the same strings as botocore's: either can go on where the other stopped. */
import { fromBase64, isRecord, toBase64 } from '@holdpoint/protocol';
import { PaginationError } from './errors.ts';
import { dumps } from './python-text.ts';

export interface Position {
  /** The service's token of the page; nothing for the first one. */
  readonly token: unknown;
  /** Items of that page that were already given. */
  readonly skip: number;
}

/** Base64 of Python's JSON text, with the number of items only where the stop is inside a page. */
export function encodePosition(inputToken: string, { token, skip }: Position, insidePage: boolean): string {
  const members = { [inputToken]: token ?? null, ...(insidePage && { boto_truncate_amount: skip }) };
  return toBase64(new TextEncoder().encode(dumps(members)));
}

/**
 * Reads a starting token: a resume token, its older form `TOKEN___SKIP`, or a token of the service.
 *
 * @throws PaginationError for one that has too many parts.
 */
export function decodePosition(inputToken: string, startingToken: string): Position {
  const members = decodeMembers(startingToken);
  if (members === undefined) return decodeOlderForm(startingToken);
  const skip = Number(members.boto_truncate_amount ?? 0);
  // Passed over, a token of something else would silently start at the beginning.
  if (!Number.isInteger(skip) || skip < 0 || !Object.hasOwn(members, inputToken))
    throw new PaginationError(`Bad starting token: ${startingToken}`);
  return { token: members[inputToken], skip };
}

function decodeMembers(text: string): Record<string, unknown> | undefined {
  // Python passes over characters that are not base64's.
  const bytes = fromBase64(text.replace(/[^A-Za-z0-9+/=]/g, ''));
  if (bytes === undefined) return undefined;
  try {
    const members: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return isRecord(members) ? members : undefined;
  } catch {
    return undefined;
  }
}

function decodeOlderForm(text: string): Position {
  const parts = text.split('___');
  const last = parts[1];
  if (parts.length > 2) throw new PaginationError(`Bad starting token: ${text}`);
  const skip = last !== undefined && /^\s*[+-]?\d+\s*$/.test(last) ? Number(last) : undefined;
  const token = skip === undefined ? text : parts[0];
  return { token: token === 'None' ? undefined : token, skip: skip ?? 0 };
}

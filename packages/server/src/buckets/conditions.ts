/** Conditional and partial reads (RFC 9110, sections 13 and 14), as S3 does them. */
import { ApiError } from '@holdpoint/protocol';
import type { ObjectInfo } from '../object-store/object-store.ts';

type HeaderOf = (name: string) => string | undefined;
type Verdict = 'go-on' | 'not-modified' | 'failed';

/** `prefix` is `x-amz-copy-source-` for the source of a copy. Unreadable dates are ignored. */
export function checkConditions(info: ObjectInfo, header: HeaderOf, prefix = ''): Verdict {
  const match = header(`${prefix}if-match`);
  const noneMatch = header(`${prefix}if-none-match`);
  const modifiedSince = seconds(header(`${prefix}if-modified-since`));
  const unmodifiedSince = seconds(header(`${prefix}if-unmodified-since`));
  const modified = Math.floor(info.lastModified / 1000);
  if (match !== undefined) {
    if (!names(match, info.etag)) return 'failed';
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) {
    return 'failed';
  }
  if (noneMatch !== undefined) return names(noneMatch, info.etag) ? 'not-modified' : 'go-on';
  return modifiedSince !== undefined && modified <= modifiedSince ? 'not-modified' : 'go-on';
}

export function preconditionFailed(): ApiError {
  return new ApiError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
}

export interface ByteRange {
  readonly start: number;
  /** Inclusive. */
  readonly end: number;
}

/** The one range that was asked for; undefined when the whole object is meant, also by what is no range at all. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (match[2] !== '' && Number(match[2]) < start) return undefined;
  return start >= size ? 'unsatisfiable' : { start, end };
}

/** `If-Range`: a range is only wanted of the version that the reader has. */
export function sameVersion(info: ObjectInfo, ifRange: string | undefined): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.includes('"')) return ifRange.trim() === `"${info.etag}"`;
  return seconds(ifRange) === Math.floor(info.lastModified / 1000);
}

/** Removes what surrounds an ETag in a header or document. */
export function bareEtag(text: string): string {
  return text.trim().replace(/^W\//, '').replaceAll('"', '');
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((each) => each.trim() === '*' || bareEtag(each) === etag);
}

function seconds(date: string | undefined): number | undefined {
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}

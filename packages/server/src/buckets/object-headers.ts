/** Between an object's facts and the headers that carry them. */
import { ApiError } from '@holdpoint/protocol';
import type { ObjectInfo, PutOptions } from '../object-store/object-store.ts';
import { checksumNames } from './checksums.ts';
import { notImplemented } from './errors.ts';
import { type BucketRequest, headerValue } from './request.ts';

/** Headers that are kept with an object and given back. */
const kept = ['Cache-Control', 'Content-Disposition', 'Content-Encoding', 'Content-Language', 'Expires'] as const;
const maxMetadataBytes = 2048;

/** What a write says about the object beside its body. @throws ApiError MetadataTooLarge, NotImplemented */
export function writeOptions(
  request: BucketRequest,
): Required<Pick<PutOptions, 'contentType' | 'headers' | 'metadata'>> {
  if (request.header('x-amz-server-side-encryption-customer-algorithm') !== undefined) {
    throw notImplemented('encryption with a customer key');
  }
  const headers: Record<string, string> = {};
  for (const name of kept) {
    const value = request.header(name.toLowerCase());
    const stored = name === 'Content-Encoding' ? withoutAwsChunked(value) : value;
    if (stored) headers[name] = stored;
  }
  const metadata = request.headersWith('x-amz-meta-');
  let size = 0;
  for (const [name, value] of Object.entries(metadata)) size += name.length + value.length;
  if (size > maxMetadataBytes) {
    throw new ApiError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size');
  }
  return { contentType: request.header('content-type') || 'binary/octet-stream', headers, metadata };
}

function withoutAwsChunked(value: string | undefined): string | undefined {
  const rest = value?.split(',').filter((each) => each.trim().toLowerCase() !== 'aws-chunked');
  return rest?.join(',').trim();
}

/** The headers of a reply that shows an object; `response-…` parameters, which are part of the signature, replace some. */
export function objectHeaders(info: ObjectInfo, request: BucketRequest): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': info.contentType,
    etag: `"${info.etag}"`,
    'last-modified': httpDate(info.lastModified),
    'accept-ranges': 'bytes',
  };
  for (const [name, value] of Object.entries(info.headers)) headers[name.toLowerCase()] = value;
  for (const [name, value] of Object.entries(info.metadata)) headers[`x-amz-meta-${name}`] = value;
  for (const name of ['content-type', ...kept.map((each) => each.toLowerCase())]) {
    const value = request.query.get(`response-${name}`);
    if (value !== null && value !== '') headers[name] = headerValue(`response-${name}`, value);
  }
  return headers;
}

/** The checksums that the writer gave, for readers that ask to check. */
export function checksumHeaders(info: Pick<ObjectInfo, 'checksums'>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name of checksumNames) {
    const value = info.checksums[name];
    if (value === undefined) continue;
    headers[`x-amz-checksum-${name}`] = value;
    headers['x-amz-checksum-type'] = checksumType(value);
  }
  return headers;
}

export function checksumType(value: string): string {
  return value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT';
}

/** RFC 9110 dates have whole seconds. */
export function httpDate(time: number): string {
  return new Date(time).toUTCString();
}

/** GetObject, HeadObject and the small reads beside them. */
import { ApiError } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import { checksumElement, isChecksumName } from './checksums.ts';
import { checkConditions, preconditionFailed, rangeOf, sameVersion } from './conditions.ts';
import { noSuchBucket, noSuchKey, notImplemented } from './errors.ts';
import { checksumHeaders, checksumType, objectHeaders } from './object-headers.ts';
import type { BucketRequest } from './request.ts';
import { s3Namespace, type XmlElement, xmlDocument } from './xml.ts';

export async function headObject(request: BucketRequest): Promise<Reply> {
  const info = await presentObject(request);
  return show(request, info, async () => undefined);
}

export async function getObject(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key } = request;
  const info = await presentObject(request);
  return show(request, info, async (range) => {
    const opened = await settings.objectStore.get(bucket, key, range);
    // Between the two looks the object may have been replaced: then its length would be another than the one announced.
    if (opened && opened.info.etag === info.etag && opened.info.size === info.size) return opened.body;
    opened?.body.destroy();
    throw opened
      ? new ApiError('SlowDown', 'The object was replaced while it was read. Please try again.')
      : noSuchKey();
  });
}

type OpenBody = (range: { start: number; end: number } | undefined) => Promise<Reply['body']>;

async function show(request: BucketRequest, info: ObjectInfo, open: OpenBody): Promise<Reply> {
  const headers = objectHeaders(info, request);
  const verdict = checkConditions(info, request.header);
  if (verdict === 'failed') throw preconditionFailed();
  if (verdict === 'not-modified') {
    const { etag, 'last-modified': modified, 'cache-control': cacheControl, expires } = headers;
    const kept = { etag, 'last-modified': modified, 'cache-control': cacheControl, expires };
    return { status: 304, headers: Object.fromEntries(Object.entries(kept).filter(([, value]) => value)) as never };
  }
  const wanted = sameVersion(info, request.header('if-range')) ? request.header('range') : undefined;
  const range = rangeOf(wanted, info.size);
  if (range === 'unsatisfiable') {
    throw new ApiError('InvalidRange', 'The requested range is not satisfiable');
  }
  const part = Number(request.query.get('partNumber') ?? 1);
  if (part !== 1) throw notImplemented('reading one part of an object');
  if (range) {
    headers['content-range'] = `bytes ${range.start}-${range.end}/${info.size}`;
  } else if (request.header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED') {
    Object.assign(headers, checksumHeaders(info));
  }
  const length = range ? range.end - range.start + 1 : info.size;
  return {
    status: range ? 206 : 200,
    headers: { ...headers, 'content-length': String(length) },
    body: await open(range),
  };
}

/** @throws ApiError NoSuchBucket, NoSuchKey, NoSuchVersion */
export async function presentObject(request: BucketRequest): Promise<ObjectInfo> {
  const { settings, bucket, key } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  checkVersion(request.query.get('versionId'));
  const info = await settings.objectStore.head(bucket, key);
  if (!info) throw noSuchKey();
  return info;
}

/** Objects here have one version, which S3 calls `null`. */
export function checkVersion(versionId: string | null | undefined): void {
  if (versionId === null || versionId === undefined || versionId === '' || versionId === 'null') return;
  throw new ApiError('NoSuchVersion', 'The specified version does not exist.');
}

export async function getObjectTagging(request: BucketRequest): Promise<Reply> {
  await presentObject(request);
  return xmlReply(xmlDocument('Tagging', [['TagSet', []]], s3Namespace));
}

export async function getObjectAttributes(request: BucketRequest): Promise<Reply> {
  const info = await presentObject(request);
  const wanted = new Set((request.header('x-amz-object-attributes') ?? '').split(',').map((each) => each.trim()));
  const content: XmlElement[] = [];
  if (wanted.has('ETag')) content.push(['ETag', info.etag]);
  const checksums = Object.entries(info.checksums).filter(([name]) => isChecksumName(name));
  if (wanted.has('Checksum') && checksums.length > 0) {
    content.push([
      'Checksum',
      checksums.flatMap(([name, value]): XmlElement[] => [
        [checksumElement(name as 'crc32'), value],
        ['ChecksumType', checksumType(value)],
      ]),
    ]);
  }
  const parts = /-(\d+)$/.exec(info.etag)?.[1];
  if (wanted.has('ObjectParts') && parts) content.push(['ObjectParts', [['TotalPartsCount', parts]]]);
  if (wanted.has('StorageClass')) content.push(['StorageClass', 'STANDARD']);
  if (wanted.has('ObjectSize')) content.push(['ObjectSize', info.size]);
  const reply = xmlReply(xmlDocument('GetObjectAttributesResponse', content, s3Namespace));
  return { ...reply, headers: { ...reply.headers, 'last-modified': new Date(info.lastModified).toUTCString() } };
}

export function xmlReply(body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body };
}

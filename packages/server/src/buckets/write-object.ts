/** PutObject, CopyObject, DeleteObject and DeleteObjects. */
import { ApiError, isApiError } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import type { ObjectInfo, PutOptions } from '../object-store/object-store.ts';
import { bodyOf, readDocument } from './body.ts';
import { bareEtag, checkConditions, preconditionFailed } from './conditions.ts';
import { invalidArgument, noSuchBucket, noSuchKey, notImplemented } from './errors.ts';
import { announce } from './object-created.ts';
import { checksumHeaders, writeOptions } from './object-headers.ts';
import { checkVersion, xmlReply } from './read-object.ts';
import { addressOf, type BucketRequest } from './request.ts';
import { parseXml, s3Namespace, type XmlElement, xmlChildren, xmlDocument, xmlText } from './xml.ts';

const maxDeletes = 1000;

export async function putObject(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const options: PutOptions = { ...writeOptions(request), ...preconditions(request) };
  const { stream, ...body } = bodyOf(request);
  const info = await settings.objectStore.put(bucket, key, stream, { ...options, ...body }, request.now);
  await announce(request, info, 'ObjectCreated:Put');
  return { status: 200, headers: { etag: `"${info.etag}"`, ...checksumHeaders(info) } };
}

/** `If-None-Match: *` and `If-Match` of a write. */
export function preconditions(request: BucketRequest): Pick<PutOptions, 'onlyIfAbsent' | 'onlyIfEtag'> {
  const noneMatch = request.header('if-none-match');
  const match = request.header('if-match');
  if (noneMatch !== undefined && noneMatch.trim() !== '*') throw notImplemented('If-None-Match with an ETag');
  return {
    ...(noneMatch === undefined ? {} : { onlyIfAbsent: true }),
    ...(match === undefined ? {} : { onlyIfEtag: bareEtag(match) }),
  };
}

export async function copyObject(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key } = request;
  const { objectStore } = settings;
  if (!(await objectStore.bucket(bucket))) throw noSuchBucket();
  const source = await copySource(request);
  const directive = (request.header('x-amz-metadata-directive') ?? 'COPY').toUpperCase();
  if (directive !== 'COPY' && directive !== 'REPLACE') throw invalidArgument('Unknown metadata directive.');
  if (source.bucket === bucket && source.key === key && directive === 'COPY') {
    throw new ApiError(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const described = directive === 'REPLACE' ? writeOptions(request) : source;
  const { contentType, headers, metadata } = described;
  const conditions = preconditions(request);
  const opened = await objectStore.get(source.bucket, source.key);
  if (!opened) throw noSuchKey();
  // A checksum of parts does not fit the copy, which has none.
  const checksums = Object.fromEntries(
    Object.entries(opened.info.checksums).filter(([, value]) => !value.includes('-')),
  );
  const { size } = opened.info;
  const options = { contentType, headers, metadata, checksums, size, ...conditions };
  // Who refuses to write has not read it to its end.
  const info = await objectStore
    .put(bucket, key, opened.body, options, request.now)
    .finally(() => opened.body.destroy());
  await announce(request, info, 'ObjectCreated:Copy');
  const content: XmlElement[] = [
    ['LastModified', new Date(info.lastModified).toISOString()],
    ['ETag', `"${info.etag}"`],
  ];
  return xmlReply(xmlDocument('CopyObjectResult', content, s3Namespace));
}

/** The object that `x-amz-copy-source` names, if its conditions hold. */
export async function copySource(request: BucketRequest): Promise<ObjectInfo> {
  const header = request.header('x-amz-copy-source') ?? '';
  const cut = header.lastIndexOf('?versionId=');
  const { bucket, key } = addressOf(cut < 0 ? header : header.slice(0, cut));
  if (bucket === '' || key === '') {
    throw invalidArgument('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  checkVersion(cut < 0 ? undefined : header.slice(cut + '?versionId='.length));
  if (!(await request.settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const info = await request.settings.objectStore.head(bucket, key);
  if (!info) throw noSuchKey();
  if (checkConditions(info, request.header, 'x-amz-copy-source-') !== 'go-on') throw preconditionFailed();
  return info;
}

export async function deleteObject(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  checkVersion(request.query.get('versionId'));
  await settings.objectStore.remove(bucket, key);
  return { status: 204, headers: {} };
}

export async function deleteObjects(request: BucketRequest): Promise<Reply> {
  const { settings, bucket } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const parsed = parseXml(await readDocument(request), 'Delete');
  const quiet = xmlText(parsed, 'Quiet')?.trim() === 'true';
  const keys = xmlChildren(parsed, 'Object').map((each) => ({
    key: xmlText(each, 'Key') ?? '',
    version: xmlText(each, 'VersionId'),
  }));
  if (keys.length === 0 || keys.length > maxDeletes || keys.some(({ key }) => key === '')) {
    throw new ApiError('MalformedXML', `A delete names from 1 to ${maxDeletes} objects, each with its key.`);
  }
  const content: XmlElement[] = [];
  for (const { key, version } of keys) {
    try {
      checkVersion(version);
      await settings.objectStore.remove(bucket, key);
      if (!quiet) content.push(['Deleted', [['Key', key]]]);
    } catch (error) {
      if (!isApiError(error)) throw error;
      content.push([
        'Error',
        [
          ['Key', key],
          ['Code', error.name],
          ['Message', error.message],
        ],
      ]);
    }
  }
  return xmlReply(xmlDocument('DeleteResult', content, s3Namespace));
}

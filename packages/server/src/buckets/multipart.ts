/** Multipart uploads: create, upload or copy parts, list, complete, abort. */
import { ApiError } from '@holdpoint/protocol';
import type { Reply } from '../context.ts';
import type { PartInfo, UploadInfo } from '../object-store/object-store.ts';
import { bodyOf, readDocument } from './body.ts';
import {
  type ChecksumName,
  checksumElement,
  checksumNames,
  compositeChecksum,
  createChecksum,
  isChecksumName,
} from './checksums.ts';
import { bareEtag, rangeOf } from './conditions.ts';
import { invalidArgument, noSuchBucket, noSuchKey } from './errors.ts';
import { announce } from './object-created.ts';
import { checksumHeaders, checksumType, writeOptions } from './object-headers.ts';
import { owner } from './owner.ts';
import { xmlReply } from './read-object.ts';
import { type BucketRequest, numberParameter } from './request.ts';
import { copySource, preconditions } from './write-object.ts';
import { parseXml, s3Namespace, type XmlElement, xmlChildren, xmlDocument, xmlText } from './xml.ts';

export async function createMultipartUpload(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const algorithm = request.header('x-amz-checksum-algorithm')?.toLowerCase();
  if (algorithm !== undefined && !isChecksumName(algorithm)) {
    throw new ApiError('InvalidRequest', 'Checksum algorithm provided is unsupported.');
  }
  const fullObject =
    request.header('x-amz-checksum-type')?.toUpperCase() === 'FULL_OBJECT' || algorithm === 'crc64nvme';
  const checksumPlan =
    algorithm === undefined ? {} : { checksumPlan: `${algorithm} ${fullObject ? 'whole' : 'parts'}` };
  const options = { ...writeOptions(request), ...checksumPlan };
  const { uploadId } = await settings.objectStore.createUpload(bucket, key, options, request.now);
  const content: XmlElement[] = [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', uploadId],
  ];
  const headers: Record<string, string> =
    algorithm === undefined
      ? {}
      : {
          'x-amz-checksum-algorithm': algorithm.toUpperCase(),
          'x-amz-checksum-type': fullObject ? 'FULL_OBJECT' : 'COMPOSITE',
        };
  return xmlReply(xmlDocument('InitiateMultipartUploadResult', content, s3Namespace), headers);
}

export async function uploadPart(request: BucketRequest): Promise<Reply> {
  const upload = await presentUpload(request);
  const number = partNumber(request);
  const { stream, ...options } = bodyOf(request);
  const part = await request.settings.objectStore.putPart(upload, number, stream, options, request.now);
  return { status: 200, headers: { etag: `"${part.etag}"`, ...checksumHeaders(part) } };
}

export async function uploadPartCopy(request: BucketRequest): Promise<Reply> {
  const upload = await presentUpload(request);
  const number = partNumber(request);
  const source = await copySource(request);
  const wanted = request.header('x-amz-copy-source-range');
  const range = wanted === undefined ? undefined : rangeOf(wanted, source.size);
  if (range === 'unsatisfiable' || (wanted !== undefined && range === undefined)) {
    throw invalidArgument(
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
    );
  }
  const { objectStore } = request.settings;
  const opened = await objectStore.get(source.bucket, source.key, range);
  if (!opened) throw noSuchKey();
  const size = range ? range.end - range.start + 1 : opened.info.size;
  const part = await objectStore
    .putPart(upload, number, opened.body, { size }, request.now)
    .finally(() => opened.body.destroy());
  const content: XmlElement[] = [
    ['LastModified', new Date(part.lastModified).toISOString()],
    ['ETag', `"${part.etag}"`],
  ];
  return xmlReply(xmlDocument('CopyPartResult', content, s3Namespace));
}

export async function completeMultipartUpload(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key, exchange } = request;
  const upload = await presentUpload(request);
  const parsed = parseXml(await readDocument(request), 'CompleteMultipartUpload');
  const wanted = xmlChildren(parsed, 'Part').map((part) => ({
    partNumber: Number(xmlText(part, 'PartNumber')?.trim()),
    etag: bareEtag(xmlText(part, 'ETag') ?? ''),
  }));
  if (wanted.length === 0 || wanted.some((part) => !Number.isInteger(part.partNumber))) {
    throw new ApiError('MalformedXML', 'A completed upload names its parts, each with PartNumber and ETag.');
  }
  const check = await wholeChecksum(request, upload, wanted);
  const options = { ...preconditions(request), ...check };
  const info = await settings.objectStore.completeUpload(upload, wanted, options, request.now);
  await announce(request, info, 'ObjectCreated:CompleteMultipartUpload');
  const content: XmlElement[] = [
    ['Location', `${exchange.origin}${exchange.rawPath}`],
    ['Bucket', bucket],
    ['Key', key],
    ['ETag', `"${info.etag}"`],
    ...checksumElements(info.checksums),
  ];
  return xmlReply(xmlDocument('CompleteMultipartUploadResult', content, s3Namespace));
}

/** The checksum that the finished object will have: of the whole body, or of its parts' checksums. */
async function wholeChecksum(request: BucketRequest, upload: UploadInfo, wanted: readonly { partNumber: number }[]) {
  const [algorithm = '', kind] = (upload.options.checksumPlan ?? '').split(' ');
  if (!isChecksumName(algorithm)) return { checksums: {} };
  const given = request.header(`x-amz-checksum-${algorithm}`);
  const compare = (made: string): string => {
    if (given === undefined || given === made) return made;
    throw new ApiError(
      'BadDigest',
      `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
    );
  };
  if (kind === 'whole') {
    const running = createChecksum(algorithm);
    const checksums: Record<string, string> = {};
    const verify = (): void => {
      checksums[algorithm] = compare(running.digest());
    };
    return { checksums, verify, observe: (bytes: Uint8Array) => running.update(bytes) };
  }
  const numbers = new Set(wanted.map((part) => part.partNumber));
  const parts = (await request.settings.objectStore.parts(upload)).filter((part) => numbers.has(part.partNumber));
  const values = parts.map((part) => part.checksums[algorithm]);
  if (values.some((value) => value === undefined)) return { checksums: {} };
  return { checksums: { [algorithm]: compare(compositeChecksum(algorithm, values as string[])) } };
}

export async function abortMultipartUpload(request: BucketRequest): Promise<Reply> {
  await request.settings.objectStore.abortUpload(await presentUpload(request));
  return { status: 204, headers: {} };
}

export async function listParts(request: BucketRequest): Promise<Reply> {
  const { settings, bucket, key, query } = request;
  const upload = await presentUpload(request);
  const marker = numberParameter(query, 'part-number-marker', 0, 10_000);
  const limit = numberParameter(query, 'max-parts', 1000, 1000);
  const all = (await settings.objectStore.parts(upload)).filter((part) => part.partNumber > marker);
  const page = all.slice(0, limit);
  const next = page.at(-1)?.partNumber;
  const content: XmlElement[] = [
    ['Bucket', bucket],
    ['Key', key],
    ['UploadId', upload.uploadId],
    ['Initiator', owner(settings)],
    ['Owner', owner(settings)],
    ['StorageClass', 'STANDARD'],
    ['PartNumberMarker', marker],
    ['NextPartNumberMarker', next ?? 0],
    ['MaxParts', limit],
    ['IsTruncated', page.length < all.length],
    ...page.map(partElement),
  ];
  return xmlReply(xmlDocument('ListPartsResult', content, s3Namespace));
}

function partElement(part: PartInfo): XmlElement {
  return [
    'Part',
    [
      ['PartNumber', part.partNumber],
      ['LastModified', new Date(part.lastModified).toISOString()],
      ['ETag', `"${part.etag}"`],
      ['Size', part.size],
      ...checksumElements(part.checksums).filter(([name]) => name !== 'ChecksumType'),
    ],
  ];
}

function checksumElements(checksums: Readonly<Record<string, string>>): XmlElement[] {
  return checksumNames.flatMap((name: ChecksumName): XmlElement[] => {
    const value = checksums[name];
    if (value === undefined) return [];
    return [
      [checksumElement(name), value],
      ['ChecksumType', checksumType(value)],
    ];
  });
}

async function presentUpload(request: BucketRequest): Promise<UploadInfo> {
  const { settings, bucket, key, query } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const upload = await settings.objectStore.upload(bucket, key, query.get('uploadId') ?? '');
  if (upload) return upload;
  throw new ApiError(
    'NoSuchUpload',
    'The specified multipart upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
  );
}

function partNumber(request: BucketRequest): number {
  const text = request.query.get('partNumber') ?? '';
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= 10_000) return number;
  throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive');
}

/** ListObjects (both versions of it), ListObjectVersions and ListMultipartUploads. */
import type { Reply } from '../context.ts';
import type { ListedObject, Listing } from '../object-store/object-store.ts';
import { invalidArgument, noSuchBucket } from './errors.ts';
import { owner } from './owner.ts';
import { xmlReply } from './read-object.ts';
import { type BucketRequest, numberParameter } from './request.ts';
import { s3Namespace, type XmlElement, xmlDocument } from './xml.ts';

const maxKeys = 1000;

interface Page {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly listing: Listing;
  /** Encodes what is text of the client's, if the client wants it so. */
  readonly encode: (text: string) => string;
  readonly encoding: string | undefined;
}

async function readPage(request: BucketRequest, startAfter: string): Promise<Page> {
  const { settings, bucket, query } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const encoding = encodingOf(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = numberParameter(query, 'max-keys', maxKeys, maxKeys);
  const listing: Listing =
    limit === 0
      ? { objects: [], commonPrefixes: [] }
      : await settings.objectStore.list(bucket, { prefix, delimiter, startAfter, limit });
  return { prefix, delimiter, limit, listing, encoding, encode: encoding === 'url' ? urlEncode : (text) => text };
}

export async function listObjectsV2(request: BucketRequest): Promise<Reply> {
  const { bucket, query, settings } = request;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const page = await readPage(request, token === null ? startAfter : readToken(token));
  const { listing, encode, encoding } = page;
  const withOwner = query.get('fetch-owner') === 'true';
  const content: XmlElement[] = [
    ['Name', bucket],
    ['Prefix', encode(page.prefix)],
    ['Delimiter', page.delimiter === '' ? undefined : encode(page.delimiter)],
    ['StartAfter', startAfter === '' ? undefined : encode(startAfter)],
    ['ContinuationToken', token ?? undefined],
    ['NextContinuationToken', listing.next === undefined ? undefined : makeToken(listing.next)],
    ['KeyCount', listing.objects.length + listing.commonPrefixes.length],
    ['MaxKeys', page.limit],
    ['EncodingType', encoding],
    ['IsTruncated', listing.next !== undefined],
    ...listing.objects.map((info) => objectElement('Contents', info, encode, withOwner ? owner(settings) : undefined)),
    ...prefixElements(page),
  ];
  return xmlReply(xmlDocument('ListBucketResult', content, s3Namespace));
}

export async function listObjectsV1(request: BucketRequest): Promise<Reply> {
  const { bucket, query, settings } = request;
  const marker = query.get('marker') ?? '';
  const page = await readPage(request, marker);
  const { listing, encode, encoding } = page;
  const content: XmlElement[] = [
    ['Name', bucket],
    ['Prefix', encode(page.prefix)],
    ['Marker', encode(marker)],
    ['NextMarker', listing.next === undefined ? undefined : encode(listing.next)],
    ['Delimiter', page.delimiter === '' ? undefined : encode(page.delimiter)],
    ['MaxKeys', page.limit],
    ['EncodingType', encoding],
    ['IsTruncated', listing.next !== undefined],
    ...listing.objects.map((info) => objectElement('Contents', info, encode, owner(settings))),
    ...prefixElements(page),
  ];
  return xmlReply(xmlDocument('ListBucketResult', content, s3Namespace));
}

/** Every object is its only version, named `null`. */
export async function listObjectVersions(request: BucketRequest): Promise<Reply> {
  const { bucket, query, settings } = request;
  const marker = query.get('key-marker') ?? '';
  const page = await readPage(request, marker);
  const { listing, encode, encoding } = page;
  const content: XmlElement[] = [
    ['Name', bucket],
    ['Prefix', encode(page.prefix)],
    ['KeyMarker', encode(marker)],
    ['VersionIdMarker', ''],
    ['NextKeyMarker', listing.next === undefined ? undefined : encode(listing.next)],
    ['NextVersionIdMarker', listing.next === undefined ? undefined : 'null'],
    ['Delimiter', page.delimiter === '' ? undefined : encode(page.delimiter)],
    ['MaxKeys', page.limit],
    ['EncodingType', encoding],
    ['IsTruncated', listing.next !== undefined],
    ...listing.objects.map((info): XmlElement => {
      const [name, inner] = objectElement('Version', info, encode, owner(settings));
      const version: XmlElement[] = [
        ['VersionId', 'null'],
        ['IsLatest', true],
      ];
      return [name, [...(inner as readonly XmlElement[]), ...version]];
    }),
    ...prefixElements(page),
  ];
  return xmlReply(xmlDocument('ListVersionsResult', content, s3Namespace));
}

export async function listMultipartUploads(request: BucketRequest): Promise<Reply> {
  const { bucket, query, settings } = request;
  if (!(await settings.objectStore.bucket(bucket))) throw noSuchBucket();
  const encoding = encodingOf(query);
  const encode = encoding === 'url' ? urlEncode : (text: string): string => text;
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const limit = numberParameter(query, 'max-uploads', maxKeys, maxKeys);
  const all = await settings.objectStore.uploads(bucket);
  const from = idMarker === '' ? -1 : all.findIndex((each) => each.key === keyMarker && each.uploadId === idMarker);
  const left = all.filter(
    (each, index) => each.key.startsWith(prefix) && (from >= 0 ? index > from : isAfter(each.key, keyMarker)),
  );
  const page = left.slice(0, limit);
  const last = page.length < left.length ? page.at(-1) : undefined;
  const content: XmlElement[] = [
    ['Bucket', bucket],
    ['KeyMarker', encode(keyMarker)],
    ['UploadIdMarker', idMarker],
    ['NextKeyMarker', last && encode(last.key)],
    ['NextUploadIdMarker', last?.uploadId],
    ['Prefix', encode(prefix)],
    ['MaxUploads', limit],
    ['EncodingType', encoding],
    ['IsTruncated', last !== undefined],
    ...page.map(
      (each): XmlElement => [
        'Upload',
        [
          ['Key', encode(each.key)],
          ['UploadId', each.uploadId],
          ['Initiator', owner(settings)],
          ['Owner', owner(settings)],
          ['StorageClass', 'STANDARD'],
          ['Initiated', new Date(each.startedAt).toISOString()],
        ],
      ],
    ),
  ];
  return xmlReply(xmlDocument('ListMultipartUploadsResult', content, s3Namespace));
}

function objectElement(
  name: string,
  info: ListedObject,
  encode: (text: string) => string,
  itsOwner: readonly XmlElement[] | undefined,
): XmlElement {
  const [algorithm, value] = Object.entries(info.checksums ?? {})[0] ?? [];
  return [
    name,
    [
      ['Key', encode(info.key)],
      ['LastModified', new Date(info.lastModified).toISOString()],
      ['ETag', `"${info.etag}"`],
      ['ChecksumAlgorithm', algorithm?.toUpperCase()],
      ['ChecksumType', value && (value.includes('-') ? 'COMPOSITE' : 'FULL_OBJECT')],
      ['Size', info.size],
      ['Owner', itsOwner],
      ['StorageClass', 'STANDARD'],
    ],
  ];
}

function prefixElements({ listing, encode }: Page): XmlElement[] {
  return listing.commonPrefixes.map((prefix) => ['CommonPrefixes', [['Prefix', encode(prefix)]]]);
}

function encodingOf(query: URLSearchParams): string | undefined {
  const encoding = query.get('encoding-type');
  if (encoding === null || encoding === '') return undefined;
  if (encoding !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request');
  return encoding;
}

/** Keys may hold what XML cannot: then clients ask for this form. */
function urlEncode(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}

/** Opaque to clients; holds the last key or common prefix of the page. */
function makeToken(last: string): string {
  return `1.${Buffer.from(last, 'utf8').toString('base64url')}`;
}

function readToken(token: string): string {
  const text = token.startsWith('1.') ? Buffer.from(token.slice(2), 'base64url').toString('utf8') : '';
  if (text === '' || makeToken(text) !== token) throw invalidArgument('The continuation token provided is incorrect');
  return text;
}

function isAfter(key: string, marker: string): boolean {
  return marker === '' || Buffer.compare(Buffer.from(key), Buffer.from(marker)) > 0;
}

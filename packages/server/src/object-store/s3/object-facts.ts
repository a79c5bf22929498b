/** Between an object's facts and what S3 keeps with it: its own headers where they fit, else one entry of metadata. */
import type { HeadObjectCommandOutput, PutObjectCommandInput } from '@aws-sdk/client-s3';
import type { ObjectInfo, PutOptions } from '../object-store.ts';

/** The name of the entry; JSON in ASCII. */
const ownEntry = 'holdpoint';

/** Short names, since servers limit the length of metadata. */
interface OwnFacts {
  /** When it was written, in milliseconds since 1970; S3 itself counts seconds. */
  readonly at: number;
  readonly sha256?: string;
  readonly sums?: Readonly<Record<string, string>>;
  /** Headers and metadata that a header of HTTP or S3 would change. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly meta?: Readonly<Record<string, string>>;
  readonly type?: string;
}

const members = {
  'Cache-Control': 'CacheControl',
  'Content-Disposition': 'ContentDisposition',
  'Content-Encoding': 'ContentEncoding',
  'Content-Language': 'ContentLanguage',
} as const;
const isMember = (name: string): name is keyof typeof members => Object.hasOwn(members, name);

const plainText = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
const plainName = /^[a-z0-9-]+$/;

export type KeptInput = Pick<
  PutObjectCommandInput,
  | 'ContentType'
  | 'CacheControl'
  | 'ContentDisposition'
  | 'ContentEncoding'
  | 'ContentLanguage'
  | 'Metadata'
  | 'ServerSideEncryption'
  | 'SSEKMSKeyId'
>;

const defaultType = 'binary/octet-stream';

/** What a write says about its object. */
export function inputOf(options: PutOptions, now: number, sha256?: string): KeptInput {
  const { contentType = defaultType, headers = {}, metadata = {}, checksums = {}, kmsKeyId } = options;
  const plainHeaders: { -readonly [Name in keyof KeptInput]: string } = {};
  const oddHeaders: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (isMember(name) && plainText.test(value)) plainHeaders[members[name]] = value;
    else oddHeaders[name] = value;
  }
  const plainMetadata: Record<string, string> = {};
  const oddMetadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(metadata)) {
    const isPlain = plainName.test(name) && name !== ownEntry && plainText.test(value);
    (isPlain ? plainMetadata : oddMetadata)[name] = value;
  }
  const own: OwnFacts = {
    at: now,
    ...(sha256 !== undefined && { sha256 }),
    ...(isFull(checksums) && { sums: checksums }),
    ...(isFull(oddHeaders) && { headers: oddHeaders }),
    ...(isFull(oddMetadata) && { meta: oddMetadata }),
    ...(!plainText.test(contentType) && { type: contentType }),
  };
  return {
    ...(plainHeaders as KeptInput),
    ContentType: plainText.test(contentType) ? contentType : defaultType,
    Metadata: { ...plainMetadata, [ownEntry]: ascii(JSON.stringify(own)) },
    ...(kmsKeyId !== undefined && { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId }),
  };
}

/** The facts of what S3 answered; an object that another program put there has fewer. */
export function infoOf(
  bucket: string,
  key: string,
  output: Omit<HeadObjectCommandOutput, 'ContentLength'> & { ContentLength?: number | undefined },
): ObjectInfo {
  const { [ownEntry]: text, ...metadata } = output.Metadata ?? {};
  const own = ownFacts(text);
  const headers: Record<string, string> = { ...own.headers };
  for (const [name, member] of Object.entries(members)) {
    const value = output[member];
    if (value !== undefined && value !== '') headers[name] = value;
  }
  return {
    bucket,
    key,
    size: output.ContentLength ?? 0,
    etag: bare(output.ETag),
    lastModified: own.at ?? output.LastModified?.getTime() ?? 0,
    contentType: own.type ?? output.ContentType ?? defaultType,
    headers,
    metadata: { ...metadata, ...own.meta },
    ...(own.sha256 !== undefined && { sha256: own.sha256 }),
    checksums: own.sums ?? {},
  };
}

function ownFacts(text: string | undefined): Partial<OwnFacts> {
  try {
    const facts: unknown = JSON.parse(text ?? '{}');
    return typeof facts === 'object' && facts !== null ? facts : {};
  } catch {
    // Another program's entry of that name.
    return {};
  }
}

export const bare = (etag: string | undefined): string => (etag ?? '').replaceAll('"', '');

const isFull = (record: object): boolean => Object.keys(record).length > 0;

const ascii = (json: string): string =>
  json.replace(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

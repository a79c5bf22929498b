/** Reads and writes of single objects in the operator's bucket, whatever they are for. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
} from '@aws-sdk/client-s3';
import { ApiError } from '@holdpoint/protocol';
import type { ObjectBody, ObjectInfo, PutOptions } from '../object-store.ts';
import { readBody, sendStream, smallBytes } from './body.ts';
import type { Connection } from './connection.ts';
import { bare, infoOf, inputOf } from './object-facts.ts';
import { isAbsent, statusOf } from './trouble.ts';

/** As large as S3 answers. */
const pageKeys = 1000;
/** Requests for one call that go side by side. */
const atOnce = 8;

export interface Listed {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
}

export interface Objects {
  put(
    key: string,
    body: ObjectBody | Uint8Array,
    options: PutOptions,
    now: number,
    named: { bucket: string; key: string },
  ): Promise<ObjectInfo>;
  head(key: string, named: { bucket: string; key: string }): Promise<ObjectInfo | undefined>;
  get(
    key: string,
    named: { bucket: string; key: string },
    range?: { start: number; end: number },
  ): Promise<{ info: ObjectInfo; body: Readable } | undefined>;
  text(key: string): Promise<string | undefined>;
  putText(key: string, text: string): Promise<void>;
  remove(key: string): Promise<void>;
  /** One page; `isMore` says whether there are further ones. */
  list(query: {
    prefix: string;
    delimiter?: string;
    startAfter?: string;
    limit: number;
  }): Promise<{ objects: Listed[]; prefixes: string[]; isMore: boolean }>;
  /** All keys or, with a delimiter, all common prefixes below a prefix, in order. */
  all(prefix: string, delimiter?: string): Promise<{ objects: Listed[]; prefixes: string[] }>;
}

export function createObjects(connection: Connection): Objects {
  const { place, use, useAtLength } = connection;
  const address = (key: string) => ({ Bucket: place.bucket, Key: key });

  const objects: Objects = {
    async put(key, body, options, now, named) {
      const read = await readBody(body, options);
      const kept = inputOf(options, now, read.kind === 'whole' ? read.summary.sha256 : undefined);
      const input = { ...address(key), ...kept, ...conditions(options) };
      const known = {
        ...named,
        lastModified: now,
        contentType: options.contentType ?? 'binary/octet-stream',
        headers: options.headers ?? {},
        metadata: options.metadata ?? {},
      };
      if (read.kind === 'whole') {
        const { size, md5, sha256 } = read.summary;
        const ContentMD5 = Buffer.from(md5, 'hex').toString('base64');
        const answer = await send({ ...input, ContentMD5, Body: read.bytes, ContentLength: size });
        return { ...known, size, etag: bare(answer.ETag), sha256, checksums: { ...options.checksums } };
      }
      // Said in the head of the request, and so only as far as it was known before the body.
      const checksums = { ...options.checksums };
      const answer = await sendStream(read, options.verify, (stream, abortSignal) =>
        send({ ...input, Body: stream, ContentLength: read.size }, abortSignal),
      );
      return { ...known, size: read.size, etag: bare(answer.ETag), checksums };
    },

    async head(key, named) {
      const answer = await present(use((client, within) => client.send(new HeadObjectCommand(address(key)), within)));
      return answer && infoOf(named.bucket, named.key, answer);
    },

    async get(key, named, range) {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const answer = await present(
        use((client, within) =>
          client.send(new GetObjectCommand({ ...address(key), ...(Range !== undefined && { Range }) }), within),
        ),
      );
      if (!answer) return undefined;
      const whole = /\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1];
      const info = infoOf(named.bucket, named.key, {
        ...answer,
        ContentLength: whole === undefined ? answer.ContentLength : Number(whole),
      });
      return { info, body: (answer.Body as Readable | undefined) ?? Readable.from([]) };
    },

    async text(key) {
      const answer = await present(
        use(async (client, within) => {
          const { Body } = await client.send(new GetObjectCommand(address(key)), within);
          return (await Body?.transformToString()) ?? '';
        }),
      );
      return answer;
    },

    async putText(key, text) {
      const Body = Buffer.from(text, 'utf8');
      const ContentMD5 = createHash('md5').update(Body).digest('base64');
      await send({ ...address(key), Body, ContentMD5, ContentLength: Body.length, ContentType: 'application/json' });
    },

    async remove(key) {
      await present(use((client, within) => client.send(new DeleteObjectCommand(address(key)), within)));
    },

    async list({ prefix, delimiter, startAfter, limit }) {
      const answer = await use((client, within) =>
        client.send(
          new ListObjectsV2Command({
            Bucket: place.bucket,
            Prefix: prefix,
            ...(delimiter && { Delimiter: delimiter }),
            ...(startAfter && { StartAfter: startAfter }),
            MaxKeys: Math.min(limit, pageKeys),
            // Keys may hold what XML cannot.
            EncodingType: 'url',
          }),
          within,
        ),
      );
      return {
        objects: (answer.Contents ?? []).map((each) => ({
          key: decode(each.Key),
          size: each.Size ?? 0,
          etag: bare(each.ETag),
          lastModified: each.LastModified?.getTime() ?? 0,
        })),
        prefixes: (answer.CommonPrefixes ?? []).map((each) => decode(each.Prefix)),
        isMore: answer.IsTruncated === true,
      };
    },

    async all(prefix, delimiter) {
      const found: { objects: Listed[]; prefixes: string[] } = { objects: [], prefixes: [] };
      for (let startAfter: string | undefined; ; ) {
        const page = await objects.list({
          prefix,
          limit: pageKeys,
          ...(delimiter !== undefined && { delimiter }),
          ...(startAfter !== undefined && { startAfter }),
        });
        found.objects.push(...page.objects);
        found.prefixes.push(...page.prefixes.filter((each) => each !== startAfter));
        startAfter = lastOf(page.objects.at(-1)?.key, page.prefixes.at(-1));
        if (!page.isMore || startAfter === undefined) return found;
      }
    },
  };
  return objects;

  function conditions({ onlyIfAbsent, onlyIfEtag }: PutOptions): { IfNoneMatch?: '*'; IfMatch?: string } {
    if (!connection.keepsConditions) return {};
    if (onlyIfAbsent) return { IfNoneMatch: '*' };
    return onlyIfEtag === undefined ? {} : { IfMatch: `"${onlyIfEtag}"` };
  }

  async function send(input: PutObjectCommandInput, cut?: AbortSignal) {
    const command = new PutObjectCommand(input);
    const isLong = (input.ContentLength ?? 0) > smallBytes;
    try {
      return isLong
        ? await useAtLength((client) => client.send(command, cut ? { abortSignal: cut } : {}))
        : await use((client, within) => client.send(command, within));
    } catch (error) {
      throw refusalOf(error);
    }
  }
}

/** The later one, in order of UTF-8 bytes. */
export function lastOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0 ? one : other;
}

/** What S3 says about one write, under S3's name for it. */
export function refusalOf(error: unknown): unknown {
  const { name, message } = error as Error;
  const status = statusOf(error);
  if (status === 412) {
    return new ApiError('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  if (status === undefined || (status >= 500 && status !== 501)) return error;
  return new ApiError(name, message);
}

async function present<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw refusalOf(error);
  }
}

/** Amazon writes a space as a plus sign. */
const decode = (text = ''): string => decodeURIComponent(text.replaceAll('+', ' '));

/** Does the work for each, a few side by side, and answers in the order of what was given. */
export async function each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const run = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) results[index] = await work(items[index] as T);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
  return results;
}

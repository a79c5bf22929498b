/** Objects in buckets, as commands need them: over the server's own S3 endpoint, or AWS's. */
import { createHash, createHmac } from 'node:crypto';
import type { CredentialsProvider } from '@holdpoint/client';
import { parseS3Uri, presignUrl, uriEncode } from '@holdpoint/protocol';

export interface ObjectPlace {
  readonly region: string;
  readonly credentials: CredentialsProvider;
  /** Without one, AWS's S3 in the region. */
  readonly endpointUrl?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Objects {
  /** @throws Error with a sentence that names the object. */
  read(uri: string): Promise<Buffer>;
  write(uri: string, body: string | Uint8Array<ArrayBuffer>, contentType: string): Promise<void>;
  /** The URIs under a prefix, in the order of their keys. */
  list(prefixUri: string): AsyncGenerator<string>;
  /** As `list`, with sizes and ETags. */
  entries(prefixUri: string): AsyncGenerator<ObjectEntry>;
  hasBucket(bucket: string): Promise<boolean>;
  /** Makes a bucket; one that is there already is no error. */
  createBucket(bucket: string): Promise<void>;
}

export interface ObjectEntry {
  readonly uri: string;
  /** In bytes. */
  readonly size: number;
  /** Without quotes; undefined where a list does not tell it. */
  readonly etag?: string | undefined;
}

const hashing = {
  sha256Hex: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
  hmac: (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest(),
};

export function openObjects(place: ObjectPlace): Objects {
  async function send(method: string, { bucket, key }: Location, query: string, init: RequestInit = {}) {
    const url = presignUrl(hashing, {
      method,
      url: `${baseOf(place, bucket)}/${uriEncode(key, true)}${query}`,
      credentials: await place.credentials(),
      region: place.region,
      service: 's3',
      now: new Date(),
      expiresIn: 300,
      s3: true,
    });
    const signal = place.signal ?? null;
    const reply = await fetch(url, { ...init, method, signal });
    if (reply.ok) return reply;
    const text = await reply.text();
    const reason = /<Message>([^<]*)/.exec(text)?.[1] ?? `status ${reply.status}`;
    const sentence = `${method === 'PUT' ? 'Writing' : 'Reading'} s3://${bucket}/${key} failed: ${reason}`;
    throw Object.assign(new Error(sentence), { statusCode: reply.status, code: /<Code>([^<]*)/.exec(text)?.[1] });
  }

  async function* entries(prefixUri: string): AsyncGenerator<ObjectEntry> {
    const { XMLParser } = await import('fast-xml-parser');
    const parser = new XMLParser({
      parseTagValue: false,
      trimValues: false,
      htmlEntities: true,
      isArray: (name) => name === 'Contents',
    });
    const { bucket, key: prefix } = locationOf(prefixUri);
    for (let token: string | undefined; ; ) {
      const next = token === undefined ? '' : `&continuation-token=${uriEncode(token)}`;
      const reply = await send('GET', { bucket, key: '' }, `?list-type=2&prefix=${uriEncode(prefix)}${next}`);
      const { ListBucketResult: page } = parser.parse(await reply.text()) as { ListBucketResult: ListPage };
      for (const { Key, Size, ETag } of page.Contents ?? [])
        yield { uri: `s3://${bucket}/${Key}`, size: Number(Size), etag: ETag?.replaceAll('"', '') };
      token = page.NextContinuationToken;
      if (token === undefined) return;
    }
  }

  return {
    async read(uri) {
      const reply = await send('GET', locationOf(uri), '');
      return Buffer.from(await reply.arrayBuffer());
    },
    async write(uri, body, contentType) {
      await send('PUT', locationOf(uri), '', { body, headers: { 'content-type': contentType } });
    },
    async *list(prefixUri) {
      for await (const { uri } of entries(prefixUri)) yield uri;
    },
    entries,
    async hasBucket(bucket) {
      try {
        await send('HEAD', { bucket, key: '' }, '');
        return true;
      } catch (error) {
        // Also a name that no bucket here can have.
        if ([400, 404].includes((error as { statusCode?: number }).statusCode ?? 0)) return false;
        throw error;
      }
    },
    async createBucket(bucket) {
      try {
        await send('PUT', { bucket, key: '' }, '');
      } catch (error) {
        if ((error as { code?: string }).code !== 'BucketAlreadyOwnedByYou') throw error;
      }
    },
  };
}

interface ListPage {
  readonly Contents?: readonly { readonly Key: string; readonly Size: string; readonly ETag?: string }[];
  readonly NextContinuationToken?: string;
}

type Location = NonNullable<ReturnType<typeof parseS3Uri>>;

function locationOf(uri: string): Location {
  const location = parseS3Uri(uri);
  if (location === undefined) throw new Error(`${uri} is not the URI of an object; s3://BUCKET/KEY is expected.`);
  // URLs cannot name such a key: `a/../b` is `b` to every one who reads them, and would lead into another bucket.
  if (location.key.split('/').some((part) => part === '.' || part === '..'))
    throw new Error(`${uri} has "." or ".." as a part of its key, so it cannot be read or written here.`);
  return location;
}

function baseOf({ endpointUrl, region }: ObjectPlace, bucket: string): string {
  if (endpointUrl !== undefined) return `${endpointUrl.replace(/\/$/, '')}/${uriEncode(bucket)}`;
  const host = `s3.${region}.amazonaws.com${region.startsWith('cn-') ? '.cn' : ''}`;
  // In host names a dot in the bucket's name would not fit the certificate.
  return bucket.includes('.') ? `https://${host}/${bucket}` : `https://${bucket}.${host}`;
}

/**
 * Multipart uploads. An upload is a folder of small objects and parts, so that any process can go on with it:
 *
 *   upload.json    what was said when it was created
 *   parts/00001    the parts, each an object of its own with its checksums
 *
 * Completing copies the parts into one object inside S3, by S3's own multipart upload: only then is everything known that
 * is kept with the object.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import type { ObjectInfo, ObjectStore, PartInfo, PutOptions, UploadInfo } from '../object-store.ts';
import { checkPartNumber, chooseParts, invalidPart, type KeptUpload, keptUpload, noSuchUpload } from '../parts.ts';
import type { Connection } from './connection.ts';
import { bare, inputOf } from './object-facts.ts';
import { each, type Objects, refusalOf } from './objects.ts';

const uploadId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Uploads = Pick<
  ObjectStore,
  'createUpload' | 'upload' | 'uploads' | 'putPart' | 'parts' | 'completeUpload' | 'abortUpload'
>;

interface UploadsSettings {
  readonly connection: Connection;
  readonly objects: Objects;
  /** Where the uploads of a bucket are. */
  folder(bucket: string): string;
  requireBucket(bucket: string): Promise<void>;
  requireKey(bucket: string, key: string): void;
  addressOf(bucket: string, key: string): string;
  guarded<T>(address: string, options: PutOptions, write: () => Promise<T>): Promise<T>;
}

type FoundPart = Omit<PartInfo, 'checksums'> & { readonly address: string };

export function createUploads({ connection, objects, ...settings }: UploadsSettings): Uploads {
  const folderOf = (bucket: string, id: string): string => `${settings.folder(bucket)}${id}/`;
  const descriptionOf = (bucket: string, id: string): string => `${folderOf(bucket, id)}upload.json`;
  const partsOf = ({ bucket, uploadId: id }: UploadInfo): string => `${folderOf(bucket, id)}parts/`;

  return { createUpload, upload: find, uploads, putPart, parts, completeUpload, abortUpload };

  async function createUpload(bucket: string, key: string, options: PutOptions, now: number): Promise<UploadInfo> {
    settings.requireKey(bucket, key);
    await settings.requireBucket(bucket);
    const id = randomUUID();
    const kept = keptUpload(key, options, now);
    await objects.putText(descriptionOf(bucket, id), JSON.stringify(kept));
    return { bucket, uploadId: id, ...kept };
  }

  async function find(bucket: string, key: string, id: string): Promise<UploadInfo | undefined> {
    await settings.requireBucket(bucket);
    const upload = await read(bucket, id);
    return upload?.key === key ? upload : undefined;
  }

  async function read(bucket: string, id: string): Promise<UploadInfo | undefined> {
    if (!uploadId.test(id)) return undefined;
    const text = await objects.text(descriptionOf(bucket, id));
    return text === undefined ? undefined : { bucket, uploadId: id, ...(JSON.parse(text) as KeptUpload) };
  }

  async function uploads(bucket: string): Promise<readonly UploadInfo[]> {
    await settings.requireBucket(bucket);
    const folder = settings.folder(bucket);
    const { prefixes } = await objects.all(folder, '/');
    const found = await each(prefixes, (prefix) => read(bucket, prefix.slice(folder.length, -1)));
    return found
      .filter((upload) => upload !== undefined)
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt - b.startedAt);
  }

  async function putPart(
    upload: UploadInfo,
    partNumber: number,
    body: Parameters<Uploads['putPart']>[2],
    { verify, checksums, size }: PutOptions,
    now: number,
  ): Promise<PartInfo> {
    checkPartNumber(partNumber);
    await requireUpload(upload);
    const options = {
      ...(verify && { verify }),
      ...(checksums && { checksums }),
      ...(size !== undefined && { size }),
    };
    const address = `${partsOf(upload)}${String(partNumber).padStart(5, '0')}`;
    const part = await objects.put(address, body, options, now, { bucket: upload.bucket, key: upload.key });
    return { partNumber, ...part };
  }

  async function requireUpload({ bucket, uploadId: id }: UploadInfo): Promise<void> {
    if (!(await read(bucket, id))) throw noSuchUpload();
  }

  async function listed(upload: UploadInfo): Promise<FoundPart[]> {
    await requireUpload(upload);
    const { objects: found } = await objects.all(partsOf(upload));
    return found.map(({ key, ...part }) => ({ ...part, partNumber: Number(key.slice(-5)), address: key }));
  }

  async function parts(upload: UploadInfo): Promise<readonly PartInfo[]> {
    const named = { bucket: upload.bucket, key: upload.key };
    const found = await each(await listed(upload), async ({ address, partNumber }) => {
      const info = await objects.head(address, named);
      return info && { partNumber, ...info };
    });
    return found.filter((part) => part !== undefined);
  }

  async function completeUpload(
    upload: UploadInfo,
    wanted: readonly { partNumber: number; etag: string }[],
    options: PutOptions,
    now: number,
  ): Promise<ObjectInfo> {
    const chosen = chooseParts(await listed(upload), wanted);
    const all: PutOptions = { ...upload.options, ...options };
    if (all.observe || all.verify) await readThrough(upload, chosen, all);
    const { bucket, key } = upload;
    const address = settings.addressOf(bucket, key);
    const etag = await settings.guarded(address, all, () => joined(address, chosen, all, now));
    await discard(upload);
    return {
      bucket,
      key,
      size: chosen.reduce((sum, part) => sum + part.size, 0),
      etag,
      lastModified: now,
      contentType: all.contentType ?? 'binary/octet-stream',
      headers: all.headers ?? {},
      metadata: all.metadata ?? {},
      checksums: all.checksums ?? {},
    };
  }

  async function readThrough(upload: UploadInfo, chosen: readonly FoundPart[], all: PutOptions): Promise<void> {
    const md5 = createHash('md5');
    const sha256 = createHash('sha256');
    let size = 0;
    for (const part of chosen) {
      const opened = await objects.get(part.address, { bucket: upload.bucket, key: upload.key });
      if (!opened) throw noSuchUpload();
      if (opened.info.etag !== part.etag) {
        opened.body.destroy();
        throw invalidPart();
      }
      for await (const bytes of opened.body as AsyncIterable<Uint8Array>) {
        md5.update(bytes);
        sha256.update(bytes);
        size += bytes.length;
        all.observe?.(bytes);
      }
    }
    all.verify?.({ size, md5: md5.digest('hex'), sha256: sha256.digest('hex') });
  }

  /** Makes one object of the parts. @returns its ETag */
  async function joined(address: string, chosen: readonly FoundPart[], all: PutOptions, now: number): Promise<string> {
    const { place, use, useAtLength, keepsConditions } = connection;
    const target = { Bucket: place.bucket, Key: address };
    try {
      const { UploadId } = await use((client, within) =>
        client.send(new CreateMultipartUploadCommand({ ...target, ...inputOf(all, now) }), within),
      );
      const made = { ...target, UploadId };
      try {
        const Parts = await each(chosen, async (part, PartNumber = part.partNumber) => {
          const ETag = await useAtLength(async (client) => {
            // Nothing cannot be copied.
            if (part.size === 0) {
              const nothing = new UploadPartCommand({ ...made, PartNumber, Body: Buffer.alloc(0), ContentLength: 0 });
              return (await client.send(nothing)).ETag;
            }
            const copy = new UploadPartCopyCommand({
              ...made,
              PartNumber,
              CopySource: `${place.bucket}/${part.address.split('/').map(encodeURIComponent).join('/')}`,
              CopySourceIfMatch: `"${part.etag}"`,
            });
            return (await client.send(copy)).CopyPartResult?.ETag;
          });
          return { PartNumber, ETag };
        });
        const { ETag } = await useAtLength((client) =>
          client.send(
            new CompleteMultipartUploadCommand({
              ...made,
              MultipartUpload: { Parts },
              ...(keepsConditions && all.onlyIfAbsent && { IfNoneMatch: '*' }),
              ...(keepsConditions && all.onlyIfEtag !== undefined && { IfMatch: `"${all.onlyIfEtag}"` }),
            }),
          ),
        );
        // Ceph's gateway answers with an empty one.
        return bare(ETag) || ((await objects.head(address, { bucket: '', key: address }))?.etag ?? '');
      } catch (error) {
        await use((client, within) => client.send(new AbortMultipartUploadCommand(made), within)).catch(() => {});
        throw error;
      }
    } catch (error) {
      throw refusalOf(error);
    }
  }

  async function abortUpload(upload: UploadInfo): Promise<void> {
    await discard(upload);
  }

  /** Its description goes first: without one it is no upload any more. */
  async function discard({ bucket, uploadId: id }: UploadInfo): Promise<void> {
    await objects.remove(descriptionOf(bucket, id));
    const { objects: left } = await objects.all(folderOf(bucket, id));
    await each(left, ({ key }) => objects.remove(key));
  }
}

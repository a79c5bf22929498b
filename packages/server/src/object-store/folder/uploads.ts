/** Multipart uploads: each part is a file of the form of object-file.ts; completing streams them into one object. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { checkKey } from '../keys.ts';
import type { ObjectBody, ObjectStore, PartInfo, PutOptions, UploadInfo } from '../object-store.ts';
import { checkPartNumber, chooseParts, invalidPart, type KeptUpload, keptUpload, noSuchUpload } from '../parts.ts';
import { codeOf, syncDirectory } from './durable-file.ts';
import { type Folder, factsOf, infoOf } from './object-facts.ts';
import { openObjectFile, readFacts, streamFile, writeObjectFile } from './object-file.ts';

const uploadId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const partName = /^part-(\d{5})$/;

type Uploads = Pick<
  ObjectStore,
  'createUpload' | 'upload' | 'uploads' | 'putPart' | 'parts' | 'completeUpload' | 'abortUpload'
>;

export function createUploads(folder: Folder): Uploads {
  const uploadsPath = (bucket: string): string => join(folder.bucketPath(bucket), 'uploads');
  const uploadPath = (upload: UploadInfo): string => join(uploadsPath(upload.bucket), upload.uploadId);
  const partPath = (upload: UploadInfo, part: number): string =>
    join(uploadPath(upload), `part-${String(part).padStart(5, '0')}`);

  return { createUpload, upload: find, uploads, putPart, parts, completeUpload, abortUpload };

  async function createUpload(bucket: string, key: string, options: PutOptions, now: number): Promise<UploadInfo> {
    checkKey(key);
    const id = randomUUID();
    const made = folder.temporaryPath();
    const kept = keptUpload(key, options, now);
    const to = join(uploadsPath(bucket), id);
    await mkdir(made);
    await writeFile(join(made, 'upload.json'), JSON.stringify(kept), { flush: true });
    await syncDirectory(made);
    await rename(made, to);
    await syncDirectory(dirname(to));
    return { bucket, uploadId: id, ...kept };
  }

  async function find(bucket: string, key: string, id: string): Promise<UploadInfo | undefined> {
    const upload = await read(bucket, id);
    return upload?.key === key ? upload : undefined;
  }

  async function read(bucket: string, id: string): Promise<UploadInfo | undefined> {
    if (!uploadId.test(id)) return undefined;
    try {
      const text = await readFile(join(uploadsPath(bucket), id, 'upload.json'), 'utf8');
      return { bucket, uploadId: id, ...(JSON.parse(text) as KeptUpload) };
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async function uploads(bucket: string): Promise<readonly UploadInfo[]> {
    const found: UploadInfo[] = [];
    for (const id of await readdir(uploadsPath(bucket))) {
      const upload = await read(bucket, id);
      if (upload) found.push(upload);
    }
    return found.sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)) || a.startedAt - b.startedAt);
  }

  async function putPart(
    upload: UploadInfo,
    partNumber: number,
    body: ObjectBody,
    options: PutOptions,
    now: number,
  ): Promise<PartInfo> {
    checkPartNumber(partNumber);
    const made = folder.temporaryPath();
    const facts = await writeObjectFile(made, body, (summary) => {
      options.verify?.(summary);
      return factsOf(upload.key, options, now, { etag: summary.md5, size: summary.size });
    });
    try {
      await rename(made, partPath(upload, partNumber));
    } catch (error) {
      await unlink(made).catch(() => {});
      if (codeOf(error) === 'ENOENT') throw noSuchUpload();
      throw error;
    }
    await syncDirectory(uploadPath(upload));
    return { partNumber, ...facts };
  }

  async function parts(upload: UploadInfo): Promise<readonly PartInfo[]> {
    const names = await readdir(uploadPath(upload)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') throw noSuchUpload();
      throw error;
    });
    const found: PartInfo[] = [];
    for (const name of names.sort()) {
      const number = partName.exec(name)?.[1];
      const facts = number && (await readFacts(join(uploadPath(upload), name)));
      if (facts) found.push({ partNumber: Number(number), ...facts });
    }
    return found;
  }

  async function completeUpload(
    upload: UploadInfo,
    wanted: readonly { partNumber: number; etag: string }[],
    options: PutOptions,
    now: number,
  ) {
    const chosen = chooseParts(await parts(upload), wanted);
    const md5 = createHash('md5');
    for (const part of chosen) md5.update(part.etag, 'hex');
    const etag = `${md5.digest('hex')}-${chosen.length}`;
    const made = folder.temporaryPath();
    const all: PutOptions = { ...upload.options, ...options };
    const facts = await writeObjectFile(made, bodyOf(upload, chosen, all.observe), (summary) => {
      all.verify?.(summary);
      return factsOf(upload.key, all, now, { etag, size: summary.size, sha256: summary.sha256 });
    });
    await folder.place(upload.bucket, upload.key, made, all);
    await folder.discard(uploadPath(upload));
    return infoOf(upload.bucket, facts);
  }

  async function* bodyOf(
    upload: UploadInfo,
    chosen: readonly PartInfo[],
    observe: PutOptions['observe'],
  ): AsyncGenerator<Uint8Array> {
    for (const part of chosen) {
      const opened = await openObjectFile(partPath(upload, part.partNumber));
      if (!opened) throw noSuchUpload();
      if (opened.facts.etag !== part.etag) {
        await opened.handle.close();
        throw invalidPart();
      }
      for await (const bytes of streamFile(opened.handle, 0, opened.facts.size - 1) as AsyncIterable<Uint8Array>) {
        observe?.(bytes);
        yield bytes;
      }
    }
  }

  async function abortUpload(upload: UploadInfo): Promise<void> {
    await folder.discard(uploadPath(upload));
    await syncDirectory(uploadsPath(upload.bucket));
  }
}

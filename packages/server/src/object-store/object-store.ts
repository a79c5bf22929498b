/**
 * The object store: buckets of objects, behind one interface. Bodies are streams and are never held whole in memory.
 * Keys are any Unicode text of 1–1024 UTF-8 bytes; a key that no engine can keep is refused with `InvalidKey`.
 */
import type { Readable } from 'node:stream';

export interface Bucket {
  readonly name: string;
  readonly createdAt: number;
}

export interface ObjectInfo {
  readonly bucket: string;
  readonly key: string;
  readonly size: number;
  /** Without quotes: MD5 in hex, or MD5-of-parts `…-N` for multipart uploads. */
  readonly etag: string;
  readonly lastModified: number;
  readonly contentType: string;
  /** `Cache-Control`, `Content-Disposition`, `Content-Encoding`, `Content-Language`, `Expires` as they were given. */
  readonly headers: Readonly<Record<string, string>>;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** SHA-256 of the whole body in hex where known (single puts). */
  readonly sha256?: string;
  /** Checksums that the writer gave: `crc32`, `crc32c`, `sha1`, `sha256`, `crc64nvme` → base64. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** What a listing says about an object; the rest has to be asked for. */
export type ListedObject = Pick<ObjectInfo, 'bucket' | 'key' | 'size' | 'etag' | 'lastModified'> &
  Partial<Pick<ObjectInfo, 'checksums'>>;

export interface PutOptions {
  /** Bytes of a body that is a stream. Where it is not said, an engine may take a small body only. */
  readonly size?: number;
  /** The key of AWS KMS that the object is encrypted with, where the engine can. */
  readonly kmsKeyId?: string;
  readonly contentType?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly checksums?: Readonly<Record<string, string>>;
  /** Which checksum a multipart upload is to end with; kept with the upload for whoever completes it. */
  readonly checksumPlan?: string;
  /** Refuse with `PreconditionFailed` when the key exists (If-None-Match: *). */
  readonly onlyIfAbsent?: boolean;
  /** Refuse with `PreconditionFailed` unless the present object has this ETag. */
  readonly onlyIfEtag?: string;
  /** Called with the body of a completed upload while its parts are put together, piece by piece. */
  readonly observe?: (bytes: Uint8Array) => void;
  /** Called when the whole body was read and before it becomes visible; throwing refuses the put and leaves nothing. It may still fill `checksums`. */
  readonly verify?: (body: { size: number; md5: string; sha256: string }) => void;
}

export interface ListOptions {
  readonly prefix?: string;
  readonly delimiter?: string;
  /** List keys after this one, in order of UTF-8 bytes. */
  readonly startAfter?: string;
  readonly limit: number;
}

export interface Listing {
  readonly objects: readonly ListedObject[];
  readonly commonPrefixes: readonly string[];
  /** The last key or common prefix that was listed, when more follow. */
  readonly next?: string;
}

export interface UploadInfo {
  readonly bucket: string;
  readonly key: string;
  readonly uploadId: string;
  readonly startedAt: number;
  readonly options: PutOptions;
}

export interface PartInfo {
  readonly partNumber: number;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
  readonly checksums: Readonly<Record<string, string>>;
}

export type BucketDocument = 'cors';

export type ObjectBody = AsyncIterable<Uint8Array>;

/** Refusals have an S3 error code as `name`: NoSuchBucket, NoSuchUpload, BucketNotEmpty, InvalidKey, PreconditionFailed, … */
export interface ObjectStore {
  createBucket(name: string, now: number): Promise<{ created: boolean }>;
  deleteBucket(name: string): Promise<void>;
  bucket(name: string): Promise<Bucket | undefined>;
  buckets(): Promise<readonly Bucket[]>;
  /** A text that belongs to the bucket, by name (`cors`), as it was set. */
  bucketDocument(bucket: string, name: BucketDocument): Promise<string | undefined>;
  /** Replaces the text; undefined removes it. */
  setBucketDocument(bucket: string, name: BucketDocument, text: string | undefined): Promise<void>;
  put(
    bucket: string,
    key: string,
    body: ObjectBody | Uint8Array,
    options: PutOptions,
    now: number,
  ): Promise<ObjectInfo>;
  head(bucket: string, key: string): Promise<ObjectInfo | undefined>;
  /** `range` is inclusive on both ends and lies within the object. */
  get(
    bucket: string,
    key: string,
    range?: { start: number; end: number },
  ): Promise<{ info: ObjectInfo; body: Readable } | undefined>;
  /** Removing what is not there is not an error. */
  remove(bucket: string, key: string): Promise<void>;
  list(bucket: string, options: ListOptions): Promise<Listing>;
  createUpload(bucket: string, key: string, options: PutOptions, now: number): Promise<UploadInfo>;
  upload(bucket: string, key: string, uploadId: string): Promise<UploadInfo | undefined>;
  uploads(bucket: string): Promise<readonly UploadInfo[]>;
  putPart(
    upload: UploadInfo,
    partNumber: number,
    body: ObjectBody,
    options: PutOptions,
    now: number,
  ): Promise<PartInfo>;
  parts(upload: UploadInfo): Promise<readonly PartInfo[]>;
  completeUpload(
    upload: UploadInfo,
    parts: readonly { partNumber: number; etag: string }[],
    options: PutOptions,
    now: number,
  ): Promise<ObjectInfo>;
  abortUpload(upload: UploadInfo): Promise<void>;
  /** Why nothing can be read or written now, in one sentence; calls fail at once meanwhile. It ends by itself. */
  problem(): string | undefined;
  close(): Promise<void>;
}

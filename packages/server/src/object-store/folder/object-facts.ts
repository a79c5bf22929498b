/** What objects and uploads share: the facts that are kept with a body. */
import type { ObjectInfo, PutOptions } from '../object-store.ts';
import type { FileFacts } from './object-file.ts';

/** The paths and steps that objects and uploads share. */
export interface Folder {
  temporaryPath(): string;
  bucketPath(bucket: string): string;
  /** Puts a finished temporary file in the place of an object, if the options allow it. */
  place(bucket: string, key: string, temporary: string, options: PutOptions): Promise<void>;
  /** Moves a directory away at once and deletes it then. */
  discard(directory: string): Promise<void>;
}

export function factsOf(
  key: string,
  options: PutOptions,
  now: number,
  body: { readonly etag: string; readonly size: number; readonly sha256?: string },
): FileFacts {
  return {
    key,
    size: body.size,
    etag: body.etag,
    lastModified: now,
    contentType: options.contentType ?? 'binary/octet-stream',
    headers: options.headers ?? {},
    metadata: options.metadata ?? {},
    ...(body.sha256 === undefined ? {} : { sha256: body.sha256 }),
    checksums: options.checksums ?? {},
  };
}

export function infoOf(bucket: string, facts: FileFacts): ObjectInfo {
  return { bucket, ...facts };
}

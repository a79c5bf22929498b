/**
 * One file for body and metadata, so that a rename shows both or neither: the body, then the facts as JSON, then the
 * length of the JSON (4 bytes, little-endian) and four bytes that mark the format.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ObjectBody } from '../object-store.ts';
import { codeOf } from './durable-file.ts';

const mark = Buffer.from('HPO1', 'latin1');
const tailBytes = 4096;
const maxFactsBytes = 256 * 1024;
const readBytes = 64 * 1024;

/** What is kept with a body. */
export interface FileFacts {
  readonly key: string;
  readonly size: number;
  readonly etag: string;
  readonly lastModified: number;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
  readonly sha256?: string;
  readonly checksums: Readonly<Record<string, string>>;
}

export interface BodySummary {
  readonly size: number;
  readonly md5: string;
  readonly sha256: string;
}

/** Writes a body and its facts to a new file and syncs it; whatever fails, no file is left. `facts` may throw to refuse. */
export async function writeObjectFile(
  path: string,
  body: ObjectBody | Uint8Array,
  facts: (summary: BodySummary) => FileFacts,
): Promise<FileFacts> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const summary = await writeBody(handle, body instanceof Uint8Array ? [body] : body);
    const made = facts(summary);
    const json = Buffer.from(JSON.stringify(made), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    await writeAll(handle, Buffer.concat([json, length, mark]));
    await handle.datasync();
    await handle.close();
    return made;
  } catch (error) {
    await handle.close().catch(() => {});
    await unlink(path).catch(() => {});
    throw error;
  }
}

async function writeBody(handle: FileHandle, body: ObjectBody | Iterable<Uint8Array>): Promise<BodySummary> {
  const md5: Hash = createHash('md5');
  const sha256: Hash = createHash('sha256');
  let size = 0;
  for await (const chunk of body) {
    md5.update(chunk);
    sha256.update(chunk);
    size += chunk.length;
    await writeAll(handle, chunk);
  }
  return { size, md5: md5.digest('hex'), sha256: sha256.digest('hex') };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, offset);
    offset += bytesWritten;
  }
}

/** The facts of an object file; undefined when there is no such file, or it is none that was written whole. */
export async function readFacts(path: string): Promise<FileFacts | undefined> {
  const opened = await openObjectFile(path);
  await opened?.handle.close();
  return opened?.facts;
}

/** As {@link readFacts}, with the file left open: it stays readable when the object is replaced meanwhile. */
export async function openObjectFile(
  path: string,
): Promise<{ readonly handle: FileHandle; readonly facts: FileFacts } | undefined> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return undefined;
    throw error;
  }
  try {
    const facts = await factsOf(handle);
    if (facts) return { handle, facts };
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

async function factsOf(handle: FileHandle): Promise<FileFacts | undefined> {
  const { size } = await handle.stat();
  const tail = await readAt(handle, Math.max(0, size - tailBytes), Math.min(size, tailBytes));
  const length = factsLength(tail, size);
  if (length === undefined) return undefined;
  return parseFacts(
    tail,
    length,
    length + 8 <= tail.length ? undefined : await readAt(handle, size - 8 - length, length),
  );
}

/**
 * As {@link readFacts}, without waiting: for the many files of a listing, where four trips to the thread pool for each
 * would cost many times the reading itself.
 */
export function readFactsNow(path: string): FileFacts | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const { size } = fstatSync(file);
    const read = (position: number, bytes: number): Buffer => {
      const buffer = Buffer.allocUnsafe(bytes);
      return buffer.subarray(0, readSync(file, buffer, 0, bytes, position));
    };
    const tail = read(Math.max(0, size - tailBytes), Math.min(size, tailBytes));
    const length = factsLength(tail, size);
    if (length === undefined) return undefined;
    return parseFacts(tail, length, length + 8 <= tail.length ? undefined : read(size - 8 - length, length));
  } finally {
    closeSync(file);
  }
}

/** How long the JSON of the facts is; undefined when the end of the file is not of this format. */
function factsLength(tail: Buffer, size: number): number | undefined {
  if (tail.length < 8 || !tail.subarray(-4).equals(mark)) return undefined;
  const length = tail.readUInt32LE(tail.length - 8);
  return length > maxFactsBytes || length > size - 8 ? undefined : length;
}

function parseFacts(tail: Buffer, length: number, whole: Buffer | undefined): FileFacts {
  const json = whole ?? tail.subarray(tail.length - 8 - length, tail.length - 8);
  return JSON.parse(json.toString('utf8')) as FileFacts;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, position + read);
    if (bytesRead === 0) break;
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/** Streams bytes `start` to `end` (inclusive) of an open file and closes it at the end, early ends included. */
export function streamFile(handle: FileHandle, start: number, end: number): Readable {
  const stream = Readable.from(chunksOf(handle, start, end), { objectMode: false, highWaterMark: readBytes });
  return stream.once('close', () => void handle.close().catch(() => {}));
}

async function* chunksOf(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position <= end; ) {
    const chunk = await readAt(handle, position, Math.min(readBytes, end - position + 1));
    if (chunk.length === 0) throw new Error('An object file is shorter than it was.');
    position += chunk.length;
    yield chunk;
  }
}

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { UsageError } from '../../usage-error.ts';

/** Where lines come from. */
export interface Source {
  /** For sentences: the file, or `Standard input`. */
  readonly name: string;
  /** The path of a file that can be read again; undefined for a pipe. */
  readonly file: string | undefined;
  /** Bytes, where that is known. */
  readonly size: number | undefined;
  /** Bytes read since it was opened last. */
  readonly read: number;
  /** Reads from the beginning; ends with the signal. */
  open(signal: AbortSignal): AsyncIterable<Buffer>;
}

/** @throws UsageError when there is no such file */
export async function openSource(path: string, input: Readable): Promise<Source> {
  const found =
    path === '-' ? undefined : await stat(path).catch((error: NodeJS.ErrnoException) => refuse(path, error));
  if (found?.isDirectory()) refuse(path, { code: 'EISDIR', message: '' });
  const isFile = found?.isFile() === true;
  let read = 0;
  return {
    name: path === '-' ? 'Standard input' : path,
    file: isFile ? path : undefined,
    size: isFile ? found.size : undefined,
    get read() {
      return read;
    },
    async *open(signal) {
      read = 0;
      const stream = path === '-' ? input : createReadStream(path, { highWaterMark: 256 * 1024 });
      for await (const chunk of addAbortSignal(signal, stream) as AsyncIterable<Buffer | string>) {
        const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
        read += bytes.length;
        yield bytes;
      }
    },
  };
}

function refuse(path: string, { code = '', message }: { readonly code?: string; readonly message: string }): never {
  throw new UsageError(`${path} cannot be read: ${reasons[code] ?? message}.`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'you may not read it',
};

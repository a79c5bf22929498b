import { once } from 'node:events';
import { constants, createWriteStream, open } from 'node:fs';
import { readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openStreamOutput, ReaderGone } from '../loop/stream-output.ts';
import type { Output } from '../terminal.ts';

/** Where an export goes. */
export interface Target {
  write(text: string): Promise<void>;
  /** It is complete. */
  keep(): Promise<void>;
  /** It is not, and nothing of it stays; what was there before does. Without effect after `keep`. */
  discard(): Promise<void>;
}

/** Milliseconds between two looks whether somebody reads a named pipe. */
const lookEvery = 100;

export function outputTarget(output: Output): Target {
  const { write } = openStreamOutput(output);
  return { write, keep: async () => {}, discard: async () => {} };
}

/**
 * A file that is written under another name beside it until it is complete; where there is a link, the file that it leads to.
 * What is no file, as a named pipe or a device, is written to directly: to replace it would leave its reader with nothing.
 *
 * @param onWait is told when a named pipe has nobody yet who reads it.
 * @throws what the system says; the signal's reason when it is aborted while it waits.
 */
export async function fileTarget(path: string, signal: AbortSignal, onWait: () => void): Promise<Target> {
  const there = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (there?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  if (there?.isFIFO()) return streamTarget(await openPipe(path, signal, onWait), signal);
  if (there !== undefined && !there.isFile()) return streamTarget(await openFile(path, 'w'), signal);
  const file = await placeOf(path);
  const draft = `${file}.${process.pid}.part`;
  const { write, keep, discard } = streamTarget(await openFile(draft, 'wx'), signal);
  return {
    write,
    async keep() {
      await keep();
      await rename(draft, file);
    },
    async discard() {
      await discard();
      await rm(draft, { force: true });
    },
  };
}

async function openFile(path: string, flags: 'w' | 'wx'): Promise<Writable> {
  const stream = createWriteStream(path, { flags });
  await once(stream, 'open');
  return stream;
}

/** Opened so that neither a missing nor a slow reader blocks a thread, which would keep the process from its end. */
async function openPipe(path: string, signal: AbortSignal, onWait: () => void): Promise<Writable> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      const fd = await promisify(open)(path, constants.O_WRONLY | constants.O_NONBLOCK);
      return new Socket({ fd, readable: false, writable: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENXIO') throw error;
      if (isFirst) onWait();
      await pause(lookEvery, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

function streamTarget(stream: Writable, signal: AbortSignal): Target {
  let failure: NodeJS.ErrnoException | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  function check(error = failure): void {
    signal.throwIfAborted();
    if (error !== undefined) throw error.code === 'EPIPE' ? new ReaderGone() : error;
  }
  return {
    async write(text) {
      check();
      if (!stream.write(text)) await once(stream, 'drain', { signal }).catch(check);
    },
    async keep() {
      stream.end();
      await finished(stream, { signal, readable: false }).catch(check);
    },
    async discard() {
      stream.destroy();
    },
  };
}

/** The path without the links that its last part is, also when they lead to what is not there yet. */
async function placeOf(path: string): Promise<string> {
  const place = join(await realpath(dirname(path)), basename(path));
  const link = await readlink(place).catch(() => undefined);
  return link === undefined ? place : placeOf(resolve(dirname(place), link));
}

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { openStreamOutput } from '../loop/stream-output.ts';
import type { Output } from '../terminal.ts';

/** Where an export goes. */
export interface Target {
  write(text: string): Promise<void>;
  /** It is complete. */
  keep(): Promise<void>;
  /** It is not, and nothing of it stays; what was there before does. Without effect after `keep`. */
  discard(): Promise<void>;
}

export function outputTarget(output: Output): Target {
  const { write } = openStreamOutput(output);
  return { write, keep: async () => {}, discard: async () => {} };
}

/** A file that is written under another name beside it until it is complete. */
export async function fileTarget(path: string): Promise<Target> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw Object.assign(new Error('it is a folder'), { code: 'EISDIR' });
  const draft = `${path}.${process.pid}.part`;
  const stream = createWriteStream(draft, { flags: 'wx' });
  await once(stream, 'open');
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  return {
    async write(text) {
      if (failure !== undefined) throw failure;
      if (!stream.write(text)) await once(stream, 'drain');
    },
    async keep() {
      stream.end();
      await finished(stream);
      await rename(draft, path);
    },
    async discard() {
      stream.destroy();
      await rm(draft, { force: true });
    },
  };
}

/** The data directory as the file system shows it to whoever runs this. */
import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { quoted } from '../next-command.ts';
import { type Check, failed, ok, skipped, warning } from './check.ts';

const name = 'DataDirectory';
const mebibyte = 1024 ** 2;

export async function checkDirectory(data: string): Promise<readonly Check[]> {
  const found = await stat(data).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) return [await missing(data, found)];
  if (!found.isDirectory())
    return [failed(name, `${data} is no folder.`, 'Name a folder with --data, or take the file away.')];
  const usable = await may(data, constants.R_OK | constants.W_OK | constants.X_OK);
  if (!usable)
    return [
      failed(
        name,
        `You may not write to ${data}, which belongs to the user with the id ${found.uid}.`,
        'Run this, and the server, as its owner.',
      ),
    ];
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    return [
      warning(
        name,
        `${data} can be read or changed by others than its owner (rights ${(found.mode & 0o777).toString(8)}).`,
        `chmod 700 ${quoted(data)} takes the rights away.`,
      ),
    ];
  return [ok(name, `${data} is there and its owner's only.`)];
}

/** A first start makes it, if it can. */
async function missing(data: string, error: NodeJS.ErrnoException): Promise<Check> {
  if (error.code !== 'ENOENT')
    return failed(name, `You may not look at ${data} (${error.code}).`, 'Run this, and the server, as its owner.');
  const parent = await nearestFolder(resolve(data));
  if (await may(parent, constants.W_OK | constants.X_OK))
    return skipped(name, `${data} is not there yet; the first start of a server makes it.`);
  return failed(
    name,
    `${data} is not there, and you may not make it in ${parent}.`,
    'Name another folder with --data, or run this as somebody who may.',
  );
}

async function nearestFolder(path: string): Promise<string> {
  const parent = dirname(path);
  if (parent === path || (await may(parent, constants.F_OK))) return parent;
  return nearestFolder(parent);
}

/** What is free on its disk, where no server can tell. */
export async function checkSpace(data: string): Promise<readonly Check[]> {
  try {
    const { bsize, bavail } = await statfs(await nearestFolder(resolve(data, 'x')));
    const free = Math.floor((bsize * bavail) / mebibyte);
    if (free >= 1024) return [ok('Disk', `The disk of the data directory has ${Math.floor(free / 1024)} GiB left.`)];
    const message = `The disk of the data directory has ${free} MiB left.`;
    const advice = 'Make room, or name a folder on a larger disk with --data.';
    return [free < 128 ? failed('Disk', message, advice) : warning('Disk', message, advice)];
  } catch {
    return [];
  }
}

const may = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

import { constants } from 'node:fs';
import { copyFile, mkdir, open, opendir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, syncDirectory } from './durable-file.ts';

const atOnce = 8;

/**
 * Copies all buckets of a folder, also while a server works on it: files are put in place whole and never changed, so each is
 * copied whole or is already gone.
 *
 * @param progress called with the number of files so far
 */
export async function copyObjects(
  from: string,
  to: string,
  progress: (files: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  let files = 0;
  const running = new Set<Promise<void>>();
  const failures: unknown[] = [];
  const folders: string[] = [];

  async function copyOne(source: string, target: string): Promise<void> {
    try {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
    } catch (error) {
      // Removed since the folder was listed.
      if (codeOf(error) === 'ENOENT') return;
      throw error;
    }
    const file = await open(target, 'r+');
    await file.sync();
    await file.close();
    progress(++files);
  }

  async function copyFolder(source: string, target: string): Promise<void> {
    await mkdir(target, { recursive: true, mode: 0o700 });
    folders.push(target);
    let entries: Awaited<ReturnType<typeof opendir>>;
    try {
      entries = await opendir(source);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return;
      throw error;
    }
    for await (const entry of entries) {
      signal?.throwIfAborted();
      const [one, other] = [join(source, entry.name), join(target, entry.name)];
      if (entry.isDirectory()) {
        await copyFolder(one, other);
        continue;
      }
      if (!entry.isFile()) continue;
      while (running.size >= atOnce) await Promise.race(running);
      if (failures.length > 0) throw failures[0];
      const copying = copyOne(one, other)
        .catch((error: unknown) => void failures.push(error))
        .finally(() => running.delete(copying));
      running.add(copying);
    }
  }

  await copyFolder(join(from, 'buckets'), join(to, 'buckets'));
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  for (const folder of folders) await syncDirectory(folder);
  await syncDirectory(dirname(to));
  return files;
}

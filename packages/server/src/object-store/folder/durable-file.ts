/** The steps that make a change of the file system survive a crash. */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the names in a directory durable. Windows has no way to ask for it, and needs none. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Moves a synced file to its place, making directories on the way, and returns the directories whose names changed, the
 * innermost first: synced in this order the others cost next to nothing on a journalling file system.
 */
export async function moveInto(from: string, to: string): Promise<string[]> {
  const changed = [dirname(to)];
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    const first = await mkdir(dirname(to), { recursive: true });
    if (first !== undefined) {
      for (let made = dirname(to); ; made = dirname(made)) {
        changed.push(dirname(made));
        if (made === first) break;
      }
    }
    await rename(from, to);
  }
  return changed;
}

export async function syncDirectories(directories: readonly string[]): Promise<void> {
  for (const directory of directories) {
    // A directory that is gone again has no names to lose.
    await syncDirectory(directory).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error;
    });
  }
}

/** The operating system's code of a failure, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

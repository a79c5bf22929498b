import { type FSWatcher, type Stats, watch } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** Milliseconds: what an editor does in one go is told once. */
const settleTime = 60;
/** Milliseconds between looks; file systems of other machines, and links that are changed, tell nothing. */
const lookEvery = 1000;

export interface Watch {
  close(): void;
}

/**
 * Tells when one of the files may have changed. Folders are watched, not the files: an editor puts a new file in the place
 * of the old one, and whoever watches that hears nothing more.
 */
export function watchFiles(paths: readonly string[], changed: () => void): Watch {
  const watchers: FSWatcher[] = [];
  const seen = new Map<string, string>();
  let settling: NodeJS.Timeout | undefined;
  let looking = false;

  const tell = (): void => {
    clearTimeout(settling);
    settling = setTimeout(changed, settleTime);
  };

  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const names = new Set(paths.filter((path) => dirname(path) === folder).map((path) => basename(path)));
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || names.has(name)) tell();
      });
      // The folder is gone, or the system watches too many; looking goes on.
      watcher.on('error', () => watcher.close());
      watchers.push(watcher);
    } catch {
      // Likewise.
    }
  }

  async function look(): Promise<void> {
    if (looking) return;
    looking = true;
    for (const path of paths) {
      const now = signOf(await stat(path).catch(() => undefined));
      if (seen.has(path) && seen.get(path) !== now) tell();
      seen.set(path, now);
    }
    looking = false;
  }
  void look();
  const timer = setInterval(() => void look(), lookEvery);
  return {
    close() {
      clearInterval(timer);
      clearTimeout(settling);
      for (const watcher of watchers) watcher.close();
    },
  };
}

const signOf = (found: Stats | undefined): string =>
  found === undefined ? 'gone' : `${found.dev} ${found.ino} ${found.size} ${found.mtimeMs}`;

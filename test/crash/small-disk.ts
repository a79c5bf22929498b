/** A disk of some megabytes in memory, that can be filled to the last byte and emptied again. Needs the right to mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  fill(): void;
  /** Takes so many bytes back, or all. */
  empty(bytes?: number): void;
  close(): void;
}

export function openSmallDisk(folder: string, megabytes: number): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'pipe' });
  const unmount = (): void => void spawnSync('umount', ['-l', folder]);
  process.on('exit', unmount);
  const ballast = join(folder, 'ballast');
  let filled = 0;
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'a');
      try {
        for (let size = 1024 * 1024; size >= 1; size = Math.floor(size / 2))
          for (let written = size; written === size; ) {
            try {
              written = writeSync(file, Buffer.alloc(size));
              filled += written;
            } catch {
              written = 0;
            }
          }
      } finally {
        closeSync(file);
      }
    },
    empty(bytes) {
      if (bytes === undefined) {
        filled = 0;
        return rmSync(ballast, { force: true });
      }
      const file = openSync(ballast, 'r+');
      filled = Math.max(0, filled - bytes);
      ftruncateSync(file, filled);
      closeSync(file);
    },
    close() {
      process.off('exit', unmount);
      unmount();
    },
  };
}

/** Why there can be no small disk here. */
export function mountObstacle(): string | undefined {
  if (process.platform !== 'linux') return 'needs Linux';
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-mount-'));
  const tried = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (tried.status === 0) spawnSync('umount', [folder]);
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  return tried.status === 0 ? undefined : 'needs the right to mount';
}

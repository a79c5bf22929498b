import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const ownPackages = fileURLToPath(new URL('../../packages/server/node_modules', import.meta.url));

/** Copies a built server to `folder/server`, where it can be changed. @returns the copy's entry file */
export function copyServer(entry: string, folder: string): string {
  const from = dirname(dirname(entry));
  const to = join(folder, 'server');
  mkdirSync(to, { recursive: true });
  for (const name of ['bin', 'dist', 'package.json'])
    cpSync(join(from, name), join(to, name), {
      recursive: true,
      // The documentation is large and takes no part.
      filter: (file) => !/[/\\]dist[/\\](docs|gallery)([/\\]|$)/.test(file),
    });
  symlinkSync(packages, join(folder, 'node_modules'));
  if (existsSync(ownPackages)) symlinkSync(ownPackages, join(to, 'node_modules'));
  return join(to, 'bin', 'holdpoint.mjs');
}

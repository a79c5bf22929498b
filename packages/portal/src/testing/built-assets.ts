// The bundles of this checkout, built into a folder of the test's own, and the elements.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface BuiltAssets {
  /** The file served at a path such as `/assets/portal/app.js`. */
  read: (path: string) => Promise<Uint8Array | undefined>;
  remove: () => Promise<void>;
}

const configFile = fileURLToPath(new URL('../../vite.config.ts', import.meta.url));

/** Built before the tests. */
const builtElements = fileURLToPath(new URL('../../../elements/dist', import.meta.url));

export async function buildAssets(): Promise<BuiltAssets> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-portal-'));
  await build({ configFile, mode: 'production', logLevel: 'error', build: { outDir: join(folder, 'portal') } });
  await build({ configFile, mode: 'task-frame', logLevel: 'error', build: { outDir: folder } });
  await build({ configFile, mode: 'service-worker', logLevel: 'error', build: { outDir: join(folder, 'portal') } });
  const names = new Set(['portal/app.js', 'portal/app.css', 'portal/icon.svg', 'portal/sw.js', 'task-frame.js']);
  const elements = /^(crowd-html-elements|tools\/[\w-]+)\.js$/;
  return {
    async read(path) {
      const name = path.replace('/assets/', '');
      if (elements.test(name)) return readFile(join(builtElements, name));
      if (name === 'pictures/street.png') return readFile(join(builtElements, '../gallery', name));
      return names.has(name) ? readFile(join(folder, name)) : undefined;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

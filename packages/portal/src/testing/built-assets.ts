// The portal's bundles and the elements, as they were built before the tests; with other words, in a folder of the test's own.
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
const builtPortal = fileURLToPath(new URL('../../../server/dist/assets', import.meta.url));

/** @param words a module that takes the place of the German words */
export async function buildAssets(words?: string): Promise<BuiltAssets> {
  const own = words === undefined ? undefined : await buildWith(words);
  const portal = /^(portal\/(chunks\/)?[\w-]+\.(js|css|svg)|task-frame\.js)$/;
  const elements = /^(crowd-html-elements|tools\/[\w-]+)\.js$/;
  return {
    async read(path) {
      const name = path.replace('/assets/', '');
      if (elements.test(name)) return readFile(join(builtElements, name));
      if (name === 'pictures/street.png') return readFile(join(builtElements, '../gallery', name));
      return portal.test(name) ? readFile(join(own ?? builtPortal, name)) : undefined;
    },
    async remove() {
      if (own !== undefined) await rm(own, { recursive: true, force: true });
    },
  };
}

async function buildWith(words: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-portal-'));
  const replaced = {
    name: 'words',
    enforce: 'pre' as const,
    resolveId: (id: string) => (id === './de.ts' ? fileURLToPath(new URL(words, import.meta.url)) : null),
  };
  const toFolder = (outDir: string) => ({ configFile, logLevel: 'error' as const, build: { outDir } });
  await build({ ...toFolder(join(folder, 'portal')), mode: 'production', plugins: [replaced] });
  await build({ ...toFolder(join(folder, 'portal')), mode: 'first-paint' });
  await build({ ...toFolder(folder), mode: 'task-frame' });
  await build({ ...toFolder(join(folder, 'portal')), mode: 'service-worker' });
  return folder;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';

/**
 * Bundles a program of the folder, as its author would for a runtime without Node's modules; returns the bundle's text.
 *
 * @param conditions under which packages are resolved.
 */
export async function bundleProgram(folder: string, name: string, conditions: string[]): Promise<string> {
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    resolve: { conditions },
    build: {
      outDir: join(folder, 'bundle'),
      emptyOutDir: false,
      target: 'es2022',
      minify: false,
      lib: { entry: join(folder, `${name}.mjs`), formats: ['es'], fileName: () => `${name}.js` },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  return readFile(join(folder, 'bundle', `${name}.js`), 'utf8');
}

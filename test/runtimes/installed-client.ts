// The built client in an empty folder, as a user's installation has it: nothing resolves to the sources by accident.
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../scripts/build.mjs';
import { root } from '../../scripts/root.mjs';

export interface InstalledClient {
  /** Has the programs of `programs/` beside `node_modules`. */
  readonly folder: string;
  remove(): Promise<void>;
}

const published = ['client', 'protocol'];

export async function installClient(): Promise<InstalledClient> {
  await ensureBuilt(published);
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-client-'));
  const modules = join(folder, 'node_modules');
  for (const name of published) {
    const to = join(modules, '@holdpoint', name);
    await mkdir(to, { recursive: true });
    for (const part of ['package.json', 'dist'])
      await cp(join(root, 'packages', name, part), join(to, part), { recursive: true });
  }
  await cp(join(root, 'node_modules/jmespath'), join(modules, 'jmespath'), { recursive: true });
  await cp(join(import.meta.dirname, 'programs'), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** What lies in the data directory after an orderly stop: one file for each object, and nothing half-written. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { History } from './history.ts';

export function checkFiles(data: string, history: History): void {
  const outputs = [...history.loops.values()].filter(({ output }) => output !== undefined).length;
  const objects = filesUnder(join(data, 'objects', 'buckets', 'holdpoint', 'objects'));
  if (objects.length !== outputs)
    history.violation('stray files', `${objects.length} files for ${outputs} outputs, among them ${objects.at(-1)}`);
  for (const file of filesUnder(join(data, 'objects', 'temporary')))
    history.violation('stray files', `objects/temporary/${file} was left`);
  for (const name of readdirSync(data).filter((each) => /\.(new|tmp)$/.test(each)))
    history.violation('stray files', `${name} was left`);
}

const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : [];

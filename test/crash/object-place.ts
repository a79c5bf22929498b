/** Where objects are: the one place that knows which object store the nodes are given, and how it goes down. */
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface ObjectPlace {
  /** Readies the data directory of a node. @returns the flags that the node needs */
  nodeFlags(data: string): readonly string[];
  /** Nothing can be written from now on. */
  down(): void;
  up(): void;
}

/** The folder of the nodes' machine; with several nodes its buckets are shared, and what is being written is each one's own. */
export function openFolderPlace(shared: string): ObjectPlace {
  const temporary: string[] = [];
  mkdirSync(shared, { recursive: true });
  return {
    nodeFlags(data) {
      const objects = join(data, 'objects');
      mkdirSync(objects, { recursive: true });
      if (!existsSync(join(objects, 'buckets'))) symlinkSync(shared, join(objects, 'buckets'));
      temporary.push(join(objects, 'temporary'));
      return [];
    },
    // Root may write where it may not; a file in the place of a folder stops everybody.
    down() {
      for (const folder of temporary) {
        renameSync(folder, `${folder}.away`);
        writeFileSync(folder, '');
      }
    },
    up() {
      for (const folder of temporary) {
        rmSync(folder);
        renameSync(`${folder}.away`, folder);
      }
    },
  };
}

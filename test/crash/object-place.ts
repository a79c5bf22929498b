/** Where objects are: the one place that knows which object store the nodes are given, and how it goes down. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCuttingProxy } from '../../packages/server/src/testing/cutting-proxy.ts';
import { startS3Server } from '../../packages/server/src/testing/s3-server.ts';

/** Refused at once, or never answered. */
export type Outage = 'refuses' | 'swallows';

export interface ObjectPlace {
  /** Readies the data directory of a node. @returns the flags that the node needs */
  nodeFlags(data: string): readonly string[];
  /** How it can go down. */
  readonly outages: readonly Outage[];
  /** Nothing can be written from now on. */
  down(outage: Outage): void;
  up(): void;
  close(): Promise<void>;
}

/** A folder of the machine of the one node. */
export function openFolderPlace(): ObjectPlace {
  const temporary: string[] = [];
  return {
    nodeFlags(data) {
      temporary.push(join(data, 'objects', 'temporary'));
      return [];
    },
    outages: ['refuses'],
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
    close: async () => {},
  };
}

/** An S3 server that all nodes see, by a network that can be cut. */
export async function openS3Place(): Promise<ObjectPlace> {
  const server = await startS3Server();
  const proxy = await openCuttingProxy(server.port);
  const place = await server.newPlace(proxy.port);
  return {
    nodeFlags: () => ['--object-store', place],
    outages: ['refuses', 'swallows'],
    down(outage) {
      if (outage === 'swallows') return proxy.swallow();
      proxy.part();
      proxy.cut();
    },
    up: () => proxy.mend(),
    async close() {
      await proxy.close();
      await server.close();
    },
  };
}

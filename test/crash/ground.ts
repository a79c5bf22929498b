/** What the nodes of a run stand on (database, objects, disk), and the one place that says with which settings they start. */
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CuttingProxy, openCuttingProxy } from '../../packages/server/src/testing/cutting-proxy.ts';
import { type PostgresServer, startPostgres } from '../../packages/server/src/testing/postgres-server.ts';
import { isS3There } from '../../packages/server/src/testing/s3-server.ts';
import { type ObjectPlace, openFolderPlace, openS3Place } from './object-place.ts';
import type { Engine, Scenario } from './scenario.ts';
import type { Place } from './server-process.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';

export interface Ground {
  readonly database: PostgresServer | undefined;
  readonly proxy: CuttingProxy | undefined;
  readonly objects: ObjectPlace;
  readonly disk: SmallDisk | undefined;
  /** Where and how the node of that number runs. */
  placeOf(node: number): Place;
  close(): Promise<void>;
}

export interface GroundSettings {
  readonly scenario: Scenario;
  readonly engine: Engine;
  /** The run's folder. */
  readonly folder: string;
  /** The server's entry file. */
  readonly entry: string;
}

const diskMegabytes = 100;

export async function openGround({ scenario, engine, folder, entry }: GroundSettings): Promise<Ground> {
  const closing: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  // PostgreSQL, which has a user of its own, has files in it.
  chmodSync(folder, 0o711);
  try {
    const disk = scenario.isOnSmallDisk ? openSmallDisk(join(folder, 'disk'), diskMegabytes) : undefined;
    closing.push(() => disk?.close());
    const root = disk?.folder ?? folder;
    const database = engine === 'postgres' ? await startPostgres({ isDurable: true }) : undefined;
    closing.push(() => database?.close());
    const url = database && new URL(await database.newDatabase(disk && join(disk.folder, 'database')));
    const proxy = database && (await openCuttingProxy(database.port));
    closing.push(() => proxy?.close());
    if (url && proxy) url.port = String(proxy.port);
    // What a single machine has, or several: on a disk that fills up the objects are to feel it too.
    const isShared = engine === 'postgres' && !scenario.isOnSmallDisk && isS3There();
    const objects = isShared ? await openS3Place() : openFolderPlace();
    closing.push(() => objects.close());
    const placeOf = (node: number): Place => {
      const data = join(root, `node-${node}`);
      mkdirSync(data, { recursive: true });
      return {
        data,
        entry,
        logFile: join(folder, `node-${node}.log`),
        flags: [...objects.nodeFlags(data), ...(scenario.flags ?? [])],
        preloaded: scenario.preloaded ?? [],
        environment: { TORTURE_FOLDER: folder, ...(url && { HOLDPOINT_DATABASE_URL: url.href }) },
      };
    };
    return { database, proxy, objects, disk, placeOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}

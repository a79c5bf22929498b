/** What only the process knows about where it runs: its disk, the rights of its files, its certificate, its clock. */
import { randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, stat, statfs } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { awsFiles } from './aws-files.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Premises } from './context.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { probeBucket } from './object-store/probe-bucket.ts';

export interface PremisesSettings {
  /** The data directory. */
  readonly data: string;
  readonly config: Pick<Config, 'host' | 'tlsCert' | 'tlsKey'>;
  readonly clock: Clock;
  readonly objectStore: ObjectStore;
  /** For people: where the objects are. */
  readonly shownObjectStore: string;
  /** The bucket that is probed; another one when it is not there. */
  readonly bucket: string;
}

/** To be called at the start, since it remembers what the clock and the certificate were then. */
export function openPremises({
  data,
  config,
  clock,
  objectStore,
  shownObjectStore,
  bucket,
}: PremisesSettings): Premises {
  const ahead = (): number => clock.now() - performance.now();
  const aheadAtStart = ahead();
  const certificate = config.tlsCert === '' ? undefined : readFileSync(config.tlsCert);
  return {
    version: packageVersion(),
    instance: randomUUID(),
    listensBeyondLoopback: !isLoopback(config.host),
    objectStore: shownObjectStore,
    objectStoreProblem: () => objectStore.problem(),
    hasBucket: async (name) => (await objectStore.bucket(name)) !== undefined,
    async probeBucket() {
      const found = (await objectStore.bucket(bucket)) ?? (await objectStore.buckets())[0];
      if (found) await probeBucket(objectStore, found.name, clock.now());
      return found?.name;
    },
    async disk() {
      const { bsize, bavail, files, ffree } = await statfs(data);
      // Some file systems make room for files as they need it, and count none.
      return { freeBytes: bsize * bavail, ...(files > 0 && { freeFiles: ffree }) };
    },
    readableByOthers: () => readableByOthers(data, config.tlsKey),
    async certificate() {
      if (!certificate) return undefined;
      const replaced = !certificate.equals(await readFile(config.tlsCert));
      return { expiresAt: Date.parse(new X509Certificate(certificate).validTo), replaced };
    },
    clockSetBack: () => Math.max(0, aheadAtStart - ahead()),
  };
}

/** Where the system has no rights for owner, group and others, nothing can be said. */
async function readableByOthers(data: string, tlsKey: string): ReturnType<Premises['readableByOthers']> {
  if (process.platform === 'win32') return undefined;
  const forOthers = async (path: string, rights: number): Promise<boolean> => {
    const found = await stat(path).catch(() => undefined);
    return found !== undefined && (found.mode & rights) !== 0;
  };
  const directory = await forOthers(data, 0o077);
  const database = join(data, 'holdpoint.db');
  const inside = [database, `${database}-wal`, `${database}-shm`, awsFiles(data).credentialsFile];
  const secrets: string[] = [];
  // A key may belong to a group that the server is in; what lies in a closed directory is out of reach.
  if (tlsKey !== '' && (await forOthers(tlsKey, 0o007))) secrets.push(tlsKey);
  if (directory) for (const path of inside) if (await forOthers(path, 0o066)) secrets.push(path);
  return { directory: directory ? data : undefined, secrets };
}

function isLoopback(host: string): boolean {
  return isIP(host) === 4 ? host.startsWith('127.') : host === '::1' || host === 'localhost';
}

/** The package's own file lies above this one, in the sources and when built. */
function packageVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Premises } from './context.ts';
import { openFolder } from './object-store/folder/folder.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { openPremises, type PremisesSettings } from './premises.ts';
import { tlsCertificate } from './testing/tls.ts';

let data: string;
let objectStore: ObjectStore;
let time: number;

beforeEach(async () => {
  data = mkdtempSync(join(tmpdir(), 'holdpoint-premises-'));
  objectStore = await openFolder(join(data, 'objects'));
  time = 1_800_000_000_000;
});
afterEach(async () => {
  await objectStore.close();
  rmSync(data, { recursive: true });
});

const open = (config: Partial<PremisesSettings['config']> = {}): Premises =>
  openPremises({
    data,
    config: { host: '127.0.0.1', tlsCert: '', tlsKey: '', ...config },
    clock: { now: () => time },
    objectStore,
    shownObjectStore: join(data, 'objects'),
    bucket: 'holdpoint',
  });

function write(name: string, text: string, mode: number): string {
  const path = join(data, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('premises', () => {
  it('know the version of the package', () => expect(open().version).toMatch(/^\d+\.\d+\.\d+/));

  it.each([
    ['127.0.0.1', false],
    ['127.9.9.9', false],
    ['::1', false],
    ['localhost', false],
    ['0.0.0.0', true],
    ['::', true],
    ['192.168.1.7', true],
    ['review.example', true],
  ])('know whether %s is for others: %s', (host, beyond) => expect(open({ host }).listensBeyondLoopback).toBe(beyond));

  it('probe the first bucket, else another one, and leave nothing', async () => {
    expect(await open().probeBucket()).toBeUndefined();
    await objectStore.createBucket('other', time);
    expect(await open().probeBucket()).toBe('other');
    await objectStore.createBucket('holdpoint', time);
    expect(await open().probeBucket()).toBe('holdpoint');
    expect(await Promise.all(['other', 'none'].map((name) => open().hasBucket(name)))).toEqual([true, false]);
    for (const name of ['other', 'holdpoint'])
      expect(await objectStore.list(name, { limit: 9 })).toEqual({ objects: [], commonPrefixes: [] });
  });

  it('know how much room there is', async () => {
    const { freeBytes, freeFiles = 1 } = await open().disk();
    expect(freeBytes).toBeGreaterThan(0);
    expect(freeFiles).toBeGreaterThan(0);
  });

  it.skipIf(process.platform === 'win32')('see what others can read', async () => {
    mkdirSync(join(data, 'aws'));
    const credentials = write('aws/credentials', '', 0o644);
    const key = write('key.pem', '', 0o640);
    const premises = open({ tlsKey: key });
    chmodSync(data, 0o700);
    expect(await premises.readableByOthers()).toEqual({ directory: undefined, secrets: [] });
    chmodSync(key, 0o644);
    expect(await premises.readableByOthers()).toEqual({ directory: undefined, secrets: [key] });
    chmodSync(data, 0o750);
    expect(await premises.readableByOthers()).toEqual({ directory: data, secrets: [key, credentials] });
    const database = write('holdpoint.db', '', 0o660);
    chmodSync(credentials, 0o600);
    expect(await premises.readableByOthers()).toEqual({ directory: data, secrets: [key, database] });
  });

  it('read the certificate that is served, and see when its file holds another', async () => {
    expect(await open().certificate()).toBeUndefined();
    const tlsCert = write('cert.pem', tlsCertificate, 0o600);
    const premises = open({ tlsCert });
    expect(await premises.certificate()).toEqual({ expiresAt: Date.UTC(2126, 9, 31, 2, 56, 56), replaced: false });
    write('cert.pem', `${tlsCertificate}\n`, 0o600);
    expect(await premises.certificate()).toMatchObject({ replaced: true });
  });

  it('notice a clock that is set back, not one that goes on', () => {
    const premises = open();
    time += 3_600_000;
    expect(premises.clockSetBack()).toBe(0);
    time -= 2 * 3_600_000;
    expect(premises.clockSetBack()).toBeGreaterThan(3_599_000);
  });
});

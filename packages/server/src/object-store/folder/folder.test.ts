import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { objectStoreCases } from '../object-store.cases.ts';
import { openFolder } from './folder.ts';
import { fromByteKey, keyPath, readEntry, toByteKey } from './key-path.ts';

const folders: string[] = [];
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-objects-'));
  folders.push(folder);
  return folder;
}

objectStoreCases('a folder', async () => {
  const store = await openFolder(await newFolder());
  return { store, close: () => store.close() };
});

describe('a folder', () => {
  const now = 1_800_000_000_000;

  it('keeps everything when it is opened again, and clears away what a crash left', async () => {
    const folder = await newFolder();
    const first = await openFolder(folder);
    await first.createBucket('kept', now);
    const info = await first.put('kept', 'a/b', Buffer.from('body'), { metadata: { m: '1' } }, now);
    const upload = await first.createUpload('kept', 'u', {}, now);
    await first.close();
    await writeFile(join(folder, 'temporary', 'half-written'), 'half');
    await mkdir(join(folder, 'temporary', 'half-deleted'));
    // A crash between the removal of an object and of its directory.
    await mkdir(join(folder, 'buckets', 'kept', 'objects', 'empty=', 'deeper='), { recursive: true });
    const second = await openFolder(folder);
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
    expect(await second.buckets()).toEqual([{ name: 'kept', createdAt: now }]);
    expect(await second.head('kept', 'a/b')).toEqual(info);
    expect(await second.uploads('kept')).toEqual([upload]);
    expect(await second.list('kept', { delimiter: '/', limit: 10 })).toMatchObject({ commonPrefixes: ['a/'] });
    await second.remove('kept', 'a/b');
    await second.deleteBucket('kept');
    expect(await readdir(join(folder, 'buckets'))).toEqual([]);
  });

  it('does not show a file that was not written whole', async () => {
    const folder = await newFolder();
    const store = await openFolder(folder);
    await store.createBucket('kept', now);
    const objects = join(folder, 'buckets', 'kept', 'objects');
    for (const [name, body] of Object.entries({
      short: 'x',
      cut: `${'x'.repeat(100)}HPO`,
      lying: '\xff\xff\xff\x7fHPO1',
    })) {
      await writeFile(join(objects, name), body, 'latin1');
      expect(await store.head('kept', name)).toBeUndefined();
    }
    expect((await store.list('kept', { limit: 10 })).objects).toEqual([]);
  });

  it('leaves no temporary file behind, whatever fails', async () => {
    const folder = await newFolder();
    const store = await openFolder(folder);
    await store.createBucket('kept', now);
    async function* broken() {
      yield Buffer.from('half');
      throw new Error('connection lost');
    }
    await expect(store.put('kept', 'k', broken(), {}, now)).rejects.toThrow('connection lost');
    await store.put('kept', 'k', Buffer.from('1'), {}, now);
    await expect(store.put('kept', 'k', Buffer.from('2'), { onlyIfAbsent: true }, now)).rejects.toThrow();
    const upload = await store.createUpload('kept', 'k', {}, now);
    await expect(store.putPart(upload, 1, broken(), {}, now)).rejects.toThrow('connection lost');
    await store.abortUpload(upload);
    expect(await readdir(join(folder, 'temporary'))).toEqual([]);
  });
});

describe('paths of keys', () => {
  const key = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }).filter((each) => each.isWellFormed());

  it('can be read back, and never leave their directory', () => {
    fc.assert(
      fc.property(fc.oneof(key, fc.stringMatching(/^[./\\:~=%!A-Za-z]{1,200}$/)), (each) => {
        const path = keyPath(toByteKey(each));
        expect(fromByteKey(path.map((name) => readEntry(name)?.text).join(''))).toBe(each);
        for (const name of path) {
          expect(name).toMatch(/^[a-z0-9_.!%-]+[=~]?$/);
          expect(name.length).toBeLessThanOrEqual(200);
          expect(name).not.toMatch(/^\.|^(?:con|prn|aux|nul)(?:\.|$)|\.$/);
        }
      }),
    );
  });

  it('are different for different keys', () => {
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(keyPath(toByteKey(a)).join('/') === keyPath(toByteKey(b)).join('/')).toBe(a === b);
      }),
    );
  });
});

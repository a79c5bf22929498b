/** What every engine of the object store must do. An engine's test calls `objectStoreCases` with a way to open it. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ObjectStore, PutOptions, UploadInfo } from './object-store.ts';
import { probeBucket } from './probe-bucket.ts';

const now = 1_800_000_000_000;
const bucket = 'battery';
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

export const hostileKeys = [
  'a',
  'a/b',
  'a/b/c',
  'a//b',
  '/',
  '//',
  '/leading',
  'trailing/',
  '.',
  '..',
  '../up',
  'a/../b',
  'a/./b',
  'nul\0byte',
  'new\nline',
  'trailing.',
  'trailing ',
  'CON',
  'con',
  'aux.txt',
  'Upper',
  'upper',
  'é',
  'e\u0301',
  '😀',
  '\ufffd',
  '%41',
  '%',
  'a=',
  'a~',
  '!a',
  'x'.repeat(63),
  'x'.repeat(64),
  `${'x'.repeat(64)}/y`,
  `${'x'.repeat(64)}-y`,
  `${'x'.repeat(64)}.y/z`,
  'x'.repeat(1024),
  'é'.repeat(512),
  `${'/'.repeat(512)}z`,
  'bucket.json',
  '__proto__',
];

export interface OpenedStore {
  readonly store: ObjectStore;
  /** Keys that this engine cannot keep, and says so. */
  readonly refuses?: (bucket: string, key: string) => boolean;
  /** Whether each call is a trip to a server, so that fewer of them have to do. */
  readonly isRemote?: boolean;
  close(): Promise<void>;
}

export function objectStoreCases(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    let store: ObjectStore;
    let close: () => Promise<void>;
    let refuses: NonNullable<OpenedStore['refuses']>;
    let isRemote: boolean;
    beforeEach(async () => {
      ({ store, close, refuses = () => false, isRemote = false } = await open());
      await store.createBucket(bucket, now);
    });
    afterEach(() => close());

    const put = (key: string, body: string, options: PutOptions = {}) =>
      store.put(bucket, key, utf8(body), options, now);
    const read = async (key: string, range?: { start: number; end: number }): Promise<string | undefined> => {
      const opened = await store.get(bucket, key, range);
      if (!opened) return undefined;
      return Buffer.concat(await opened.body.toArray()).toString('utf8');
    };
    const keys = async (prefix = ''): Promise<string[]> =>
      (await store.list(bucket, { prefix, limit: 10_000 })).objects.map((info) => info.key);
    const errorName = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        (error: Error) => error.name,
      );

    describe('buckets', () => {
      it('are created once, listed by name and found', async () => {
        expect(await store.createBucket('alpha', now)).toEqual({ created: true });
        expect(await store.createBucket('alpha', now + 1)).toEqual({ created: false });
        expect((await store.buckets()).map((each) => each.name)).toEqual(['alpha', bucket]);
        expect(await store.bucket('alpha')).toEqual({ name: 'alpha', createdAt: now });
        expect(await store.bucket('nobody')).toBeUndefined();
      });

      it.each(['..', 'a', 'UPPER', 'a/b', '.hidden', 'a\0b', ''])('refuse the name %j', async (bad) => {
        expect(await errorName(store.createBucket(bad, now))).toBe('InvalidBucketName');
        expect(await store.bucket(bad)).toBeUndefined();
      });

      it('are deleted only when they are empty', async () => {
        await put('deep/down/key', 'x');
        expect(await errorName(store.deleteBucket(bucket))).toBe('BucketNotEmpty');
        await store.remove(bucket, 'deep/down/key');
        await store.deleteBucket(bucket);
        expect(await store.bucket(bucket)).toBeUndefined();
        expect(await errorName(store.deleteBucket(bucket))).toBe('NoSuchBucket');
        expect(await errorName(put('k', 'x'))).toBe('NoSuchBucket');
        expect(await errorName(store.list(bucket, { limit: 1 }))).toBe('NoSuchBucket');
      });

      it('are probed, which leaves nothing, and not when they are not there', async () => {
        await put('key', 'x');
        await Promise.all([probeBucket(store, bucket, now), probeBucket(store, bucket, now)]);
        expect(await keys()).toEqual(['key']);
        expect(await errorName(probeBucket(store, 'nobody', now))).toBe('NoSuchBucket');
      });

      it('keep documents', async () => {
        expect(await store.bucketDocument(bucket, 'cors')).toBeUndefined();
        await store.setBucketDocument(bucket, 'cors', '<a/>');
        await store.setBucketDocument(bucket, 'cors', '<b/>');
        expect(await store.bucketDocument(bucket, 'cors')).toBe('<b/>');
        await store.setBucketDocument(bucket, 'cors', undefined);
        expect(await store.bucketDocument(bucket, 'cors')).toBeUndefined();
      });
    });

    describe('objects', () => {
      it('come back with all that was said about them', async () => {
        const options: PutOptions = {
          contentType: 'text/plain',
          headers: { 'Cache-Control': 'no-cache' },
          metadata: { owner: 'me' },
          checksums: { crc32: 'AAAAAA==' },
        };
        const info = await put('key', 'hello', options);
        expect(info).toEqual({
          bucket,
          key: 'key',
          size: 5,
          etag: md5(utf8('hello')),
          lastModified: now,
          sha256: createHash('sha256').update('hello').digest('hex'),
          ...options,
        });
        expect(await store.head(bucket, 'key')).toEqual(info);
        expect(await read('key')).toBe('hello');
      });

      it.each<[{ start: number; end: number }, string]>([
        [{ start: 0, end: 0 }, '0'],
        [{ start: 3, end: 5 }, '345'],
        [{ start: 9, end: 9 }, '9'],
        [{ start: 0, end: 9 }, '0123456789'],
      ])('are read in part: %j', async (range, expected) => {
        await put('key', '0123456789');
        expect(await read('key', range)).toBe(expected);
      });

      it('may be empty, and may be streamed', async () => {
        await put('empty', '');
        expect(await read('empty')).toBe('');
        const body = Readable.from([utf8('one '), utf8('two')]);
        expect((await store.put(bucket, 'streamed', body, {}, now)).size).toBe(7);
        expect(await read('streamed')).toBe('one two');
      });

      it('are replaced whole, and what was opened before stays readable', async () => {
        await put('key', 'old', { metadata: { version: 'old' } });
        const before = await store.get(bucket, 'key');
        await put('key', 'newer', { metadata: { version: 'new' } });
        expect(Buffer.concat((await before?.body.toArray()) ?? []).toString()).toBe('old');
        expect(await read('key')).toBe('newer');
        expect((await store.head(bucket, 'key'))?.metadata).toEqual({ version: 'new' });
      });

      it('are gone after removal, which may be repeated', async () => {
        await put('a/b', 'x');
        await store.remove(bucket, 'a/b');
        await store.remove(bucket, 'a/b');
        await store.remove(bucket, 'never/was');
        expect(await store.head(bucket, 'a/b')).toBeUndefined();
        expect(await store.get(bucket, 'a/b')).toBeUndefined();
        expect(await keys()).toEqual([]);
      });

      it('are not there when the body fails or is refused', async () => {
        async function* broken() {
          yield utf8('half');
          throw new Error('connection lost');
        }
        await put('key', 'old');
        expect(await errorName(store.put(bucket, 'key', broken(), {}, now))).toBe('Error');
        const verify = (): void => {
          throw new RangeError('refused');
        };
        expect(await errorName(put('key', 'new', { verify }))).toBe('RangeError');
        expect(await errorName(put('other', 'new', { verify }))).toBe('RangeError');
        expect(await read('key')).toBe('old');
        expect(await keys()).toEqual(['key']);
      });

      it('let verify see the whole body', async () => {
        const seen: unknown[] = [];
        await put('key', 'hello', { verify: (body) => void seen.push(body) });
        const sha256 = createHash('sha256').update('hello').digest('hex');
        expect(seen).toEqual([{ size: 5, md5: md5(utf8('hello')), sha256 }]);
      });

      it('are written once of many at the same time, if absent', async () => {
        const results = await Promise.all(
          Array.from({ length: 10 }, (_, index) => errorName(put('key', String(index), { onlyIfAbsent: true }))),
        );
        expect(results.filter((each) => each === 'done')).toHaveLength(1);
        expect(results.filter((each) => each === 'PreconditionFailed')).toHaveLength(9);
      });

      it('are replaced only if they are still what the writer saw', async () => {
        const { etag } = await put('key', 'one');
        expect(await errorName(put('key', 'two', { onlyIfEtag: etag }))).toBe('done');
        expect(await errorName(put('key', 'three', { onlyIfEtag: etag }))).toBe('PreconditionFailed');
        expect(await errorName(put('none', 'x', { onlyIfEtag: etag }))).toBe('NoSuchKey');
        expect(await read('key')).toBe('two');
      });

      it('refuse keys that nobody can keep', async () => {
        expect(await errorName(put('', 'x'))).toBe('InvalidKey');
        expect(await errorName(put('\ud800', 'x'))).toBe('InvalidKey');
        expect(await errorName(put('x'.repeat(1025), 'x'))).toBe('KeyTooLongError');
        expect(await store.head(bucket, '')).toBeUndefined();
        expect(await store.head(bucket, '\ud800')).toBeUndefined();
      });

      it('keep every hostile key apart', async () => {
        const kept = hostileKeys.filter((key) => !refuses(bucket, key));
        for (const key of hostileKeys.filter((each) => !kept.includes(each))) {
          expect(await errorName(put(key, 'x'))).toMatch(/^(?:InvalidKey|KeyTooLongError)$/);
          expect(await store.head(bucket, key)).toBeUndefined();
        }
        for (const key of kept) await put(key, `body of ${key}`);
        for (const key of kept) {
          expect(await read(key)).toBe(`body of ${key}`);
          expect((await store.head(bucket, key))?.key).toBe(key);
        }
        expect(await keys()).toEqual(sorted(kept));
        for (const key of kept) await store.remove(bucket, key);
        expect(await keys()).toEqual([]);
        await store.deleteBucket(bucket);
      });

      it('written and removed at the same time beside each other stay whole', async () => {
        await Promise.all(
          Array.from({ length: 60 }, async (_, index) => {
            const key = `shared/${index % 3}/${index}`;
            await put(key, key);
            if (index % 2 === 0) await store.remove(bucket, key);
          }),
        );
        const left = Array.from({ length: 60 }, (_, index) => index).filter((index) => index % 2 === 1);
        expect(await keys()).toEqual(sorted(left.map((index) => `shared/${index % 3}/${index}`)));
      });
    });

    describe('lists', () => {
      it('agree with a simple model, page by page', async () => {
        const segment = fc.constantFrom('', 'a', 'b', 'a-', 'a0', 'B', 'é', 'x'.repeat(64), 'x'.repeat(65));
        const key = fc
          .array(segment, { minLength: 1, maxLength: 4 })
          .map((segments) => segments.join('/'))
          .filter((each) => each !== '' && each.length < 300);
        const given = fc.sample(key, { numRuns: 60, seed: 7 });
        for (const each of given) await put(each, '');
        const all = sorted([...new Set(given)]);
        const query = fc.record({
          prefix: fc.oneof(fc.constant(''), key, fc.constantFrom('a', 'a/', 'x', 'x'.repeat(64), '/', 'zz')),
          delimiter: fc.constantFrom('', '/', '/', 'a', '-', 'x'),
          startAfter: fc.oneof(fc.constant(''), key, fc.constantFrom('a', 'a/', 'b/', '0')),
          limit: fc.constantFrom(1, 2, 3, 7, 1000),
        });
        await fc.assert(
          fc.asyncProperty(query, async (options) => {
            const pages: string[] = [];
            let startAfter: string | undefined = options.startAfter;
            while (startAfter !== undefined) {
              const page = await store.list(bucket, { ...options, startAfter });
              const names = [...page.objects.map((info) => info.key), ...page.commonPrefixes];
              expect(names.length).toBeLessThanOrEqual(options.limit);
              pages.push(...sorted(names));
              startAfter = page.next;
            }
            expect(pages).toEqual(model(all, options));
          }),
          { numRuns: isRemote ? 15 : 300 },
        );
      });

      it('stay right while a large folder changes', async () => {
        const names = Array.from(
          { length: isRemote ? 130 : 700 },
          (_, index) => `many/${String(index).padStart(4, '0')}`,
        );
        await Promise.all(names.map((name) => put(name, '')));
        expect(await keys('many/')).toEqual(names);
        await put('many/0000-between', '');
        await put('many/new/er', '');
        await store.remove(bucket, 'many/0001');
        const expected = sorted(['many/0000-between', 'many/new/er', ...names.filter((name) => name !== 'many/0001')]);
        expect(await keys('many/')).toEqual(expected);
      });
    });

    describe('uploads', () => {
      const mebi5 = Buffer.alloc(5 * 1024 * 1024, 1);
      const tail = utf8('tail');
      const part = (upload: UploadInfo, number: number, body: Uint8Array, options: PutOptions = {}) =>
        store.putPart(upload, number, Readable.from([body]), options, now);

      it('become one object', async () => {
        const upload = await store.createUpload(bucket, 'big', { contentType: 'x/y', metadata: { m: '1' } }, now);
        expect(await store.upload(bucket, 'big', upload.uploadId)).toEqual(upload);
        expect(await store.uploads(bucket)).toEqual([upload]);
        expect(await store.head(bucket, 'big')).toBeUndefined();
        const second = await part(upload, 2, tail);
        const first = await part(upload, 1, utf8('to be replaced'));
        const replaced = await part(upload, 1, mebi5);
        expect(first.etag).not.toBe(replaced.etag);
        expect((await store.parts(upload)).map((each) => [each.partNumber, each.size])).toEqual([
          [1, mebi5.length],
          [2, 4],
        ]);
        const wanted = [
          { partNumber: 1, etag: replaced.etag },
          { partNumber: 2, etag: second.etag },
        ];
        let observed = 0;
        const options: PutOptions = {
          observe: (bytes) => {
            observed += bytes.length;
          },
        };
        const info = await store.completeUpload(upload, wanted, options, now + 1);
        const etags = Buffer.concat(wanted.map((each) => Buffer.from(each.etag, 'hex')));
        expect(info).toMatchObject({
          size: mebi5.length + 4,
          etag: `${md5(etags)}-2`,
          contentType: 'x/y',
          metadata: { m: '1' },
          lastModified: now + 1,
        });
        expect(observed).toBe(info.size);
        expect(await read('big', { start: mebi5.length - 1, end: info.size - 1 })).toBe('\u0001tail');
        expect(await store.uploads(bucket)).toEqual([]);
        expect(await errorName(part(upload, 3, tail))).toBe('NoSuchUpload');
      });

      it('refuse wrong lists of parts, and stay', async () => {
        const upload = await store.createUpload(bucket, 'big', {}, now);
        const one = await part(upload, 1, tail);
        const two = await part(upload, 2, tail);
        const complete = (parts: { partNumber: number; etag: string }[]) =>
          errorName(store.completeUpload(upload, parts, {}, now));
        expect(await complete([one, two])).toBe('EntityTooSmall');
        expect(await complete([two, one])).toBe('InvalidPartOrder');
        expect(await complete([one, one])).toBe('InvalidPartOrder');
        expect(await complete([{ partNumber: 1, etag: 'x' }])).toBe('InvalidPart');
        expect(await complete([{ partNumber: 3, etag: one.etag }])).toBe('InvalidPart');
        expect(await errorName(part(upload, 0, tail))).toBe('InvalidArgument');
        expect(await errorName(part(upload, 10_001, tail))).toBe('InvalidArgument');
        expect(await complete([two])).toBe('done');
        expect(await read('big')).toBe('tail');
      });

      it('are gone when aborted', async () => {
        const upload = await store.createUpload(bucket, 'big', {}, now);
        await part(upload, 1, tail);
        await store.abortUpload(upload);
        expect(await store.upload(bucket, 'big', upload.uploadId)).toBeUndefined();
        expect(await errorName(store.parts(upload))).toBe('NoSuchUpload');
        expect(await store.uploads(bucket)).toEqual([]);
      });

      it.each(['..', '../../x', '', 'nope'])('are not found by the id %j', async (id) => {
        expect(await store.upload(bucket, 'big', id)).toBeUndefined();
      });

      it('are found under their own key only', async () => {
        const upload = await store.createUpload(bucket, 'big', {}, now);
        expect(await store.upload(bucket, 'other', upload.uploadId)).toBeUndefined();
      });
    });
  });
}

function sorted(keys: readonly string[]): string[] {
  return [...keys].sort((a, b) => Buffer.compare(utf8(a), utf8(b)));
}

/** What a list must show, in the simplest words. */
function model(
  all: readonly string[],
  { prefix, delimiter, startAfter }: { prefix: string; delimiter: string; startAfter: string },
): string[] {
  const shown = new Set<string>();
  for (const key of all) {
    if (!key.startsWith(prefix) || Buffer.compare(utf8(key), utf8(startAfter)) <= 0) continue;
    const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const name = at < 0 ? key : key.slice(0, at + delimiter.length);
    if (at < 0 || name !== startAfter) shown.add(name);
  }
  return sorted([...shown]);
}

import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLog } from '../../log.ts';
import { openCuttingProxy } from '../../testing/cutting-proxy.ts';
import { describeWithS3 } from '../../testing/describe-with-s3.ts';
import { type GateAnswer, openS3Gate, s3Error } from '../../testing/s3-gate.ts';
import { type S3Server, startS3Server } from '../../testing/s3-server.ts';
import { objectStoreCases } from '../object-store.cases.ts';
import type { PutOptions } from '../object-store.ts';
import { openS3 } from './s3.ts';

describeWithS3()('the object store in S3', { timeout: 60_000 }, () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3Server();
  }, 60_000);
  afterAll(() => server?.close());

  const prefix = 'hold/point/';

  objectStoreCases('in S3', async () => {
    const { endpoint } = server;
    const store = await openS3(
      { bucket: await server.newBucket(), prefix, endpoint, pathStyle: true },
      createLog('silent'),
    );
    return {
      store,
      isRemote: true,
      // Keys share S3's 1024 bytes with the prefix and the name of the bucket; Swift's keys hold no zero byte.
      refuses: (bucket, key) => Buffer.byteLength(`${prefix}${bucket}/${key}`) > 1024 || key.includes('\0'),
      close: () => store.close(),
    };
  });

  describe('in S3', () => {
    const now = 1_800_000_000_000;
    const large = 3 * 1024 * 1024;
    const open = async (Bucket?: string) => {
      const bucket = Bucket ?? (await server.newBucket());
      const place = { bucket, prefix, endpoint: server.endpoint, pathStyle: true };
      const store = await openS3(place, createLog('silent'));
      await store.createBucket('battery', now);
      return { bucket, store };
    };
    async function* pieces(size: number, failAt = Number.POSITIVE_INFINITY) {
      for (let sent = 0; sent < size; sent += 64 * 1024) {
        if (sent >= failAt) throw new Error('connection lost');
        yield Buffer.alloc(Math.min(64 * 1024, size - sent), 7);
      }
    }

    it('large bodies that fail, are refused or are not as long as was said leave nothing', async () => {
      const { store } = await open();
      const put = (body: AsyncIterable<Uint8Array>, options: PutOptions = {}) =>
        store.put('battery', 'large', body, { size: large, ...options }, now);
      const refuse = (): void => {
        throw new RangeError('refused');
      };
      await expect(put(pieces(large, large / 2))).rejects.toThrow('connection lost');
      await expect(put(pieces(large), { verify: refuse })).rejects.toThrow('refused');
      await expect(put(pieces(large - 1))).rejects.toMatchObject({ name: 'IncompleteBody' });
      await expect(put(pieces(large + 1))).rejects.toMatchObject({ name: 'IncompleteBody' });
      expect(await store.head('battery', 'large')).toBeUndefined();
      expect(store.problem()).toBeUndefined();
      const info = await put(pieces(large), { metadata: { a: 'b' } });
      expect(info).toMatchObject({ size: large, etag: expect.stringMatching(/^[0-9a-f]{32}$/) });
      expect(await store.head('battery', 'large')).toEqual(info);
      await store.close();
    });

    it('any process goes on with an upload that another began', async () => {
      const one = await open();
      const two = await open(one.bucket);
      const upload = await one.store.createUpload('battery', 'shared', { contentType: 'x/y' }, now);
      const found = await two.store.upload('battery', 'shared', upload.uploadId);
      expect(found).toEqual(upload);
      const part = await two.store.putPart(upload, 1, pieces(10), { checksums: { crc32: 'AAAAAA==' } }, now);
      expect(await one.store.parts(upload)).toEqual([
        expect.objectContaining({ partNumber: 1, checksums: { crc32: 'AAAAAA==' } }),
      ]);
      await one.store.completeUpload(upload, [part], {}, now);
      expect(await two.store.head('battery', 'shared')).toMatchObject({ size: 10, contentType: 'x/y' });
      await Promise.all([one.store.close(), two.store.close()]);
    });

    it('one object that is refused closes the store to no other', async () => {
      const gate = await openS3Gate(server.port);
      const place = {
        bucket: await server.newBucket(),
        prefix,
        endpoint: `http://127.0.0.1:${gate.port}`,
        pathStyle: true,
      };
      const store = await openS3(place, createLog('silent'));
      await store.createBucket('battery', now);
      for (const key of ['archived', 'open']) await store.put('battery', key, Buffer.from(key), {}, now);
      gate.answer = ({ method, url }) =>
        method === 'GET' && url?.includes('archived') ? s3Error(403, 'InvalidObjectState') : undefined;
      await expect(store.get('battery', 'archived')).rejects.toMatchObject({ name: 'AccessDenied' });
      expect(store.problem()).toBeUndefined();
      expect(await store.get('battery', 'open')).toMatchObject({ info: { size: 4 } });
      await store.close();
      await gate.close();
    });

    it('gives up an answer that never comes, and asks again by another connection', async () => {
      const proxy = await openCuttingProxy(server.port);
      const endpoint = `http://127.0.0.1:${proxy.port}`;
      const place = { bucket: await server.newBucket(), prefix, endpoint, pathStyle: true };
      const store = await openS3(place, createLog('silent'), { answerMs: 1000 });
      await store.createBucket('battery', now);
      const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
      const write = (key: string) => store.put('battery', key, Buffer.from(key), {}, now);
      // As many connections are open then, and none of them will hear anything again.
      await Promise.all(keys.map(write));
      proxy.swallow();
      const refused = await Promise.allSettled(keys.map(write));
      for (const one of refused)
        expect(one).toMatchObject({
          reason: { name: 'ServiceUnavailable', message: expect.stringMatching(/does not answer in time\.$/) },
        });
      expect(store.problem()).toMatch(/does not answer in time\.$/);
      proxy.mend();
      await expect.poll(() => store.problem(), { timeout: 20_000 }).toBeUndefined();
      expect(await Promise.all(keys.map(write))).toHaveLength(keys.length);
      await store.close();
      await proxy.close();
    });

    it('a clock that is wrong keeps objects waiting, and is no refusal of one of them', async () => {
      const gate = await openS3Gate(server.port);
      const endpoint = `http://127.0.0.1:${gate.port}`;
      const store = await openS3(
        { bucket: await server.newBucket(), prefix, endpoint, pathStyle: true },
        createLog('silent'),
      );
      await store.createBucket('battery', now);
      await store.put('battery', 'key', Buffer.from('one'), {}, now);
      // As it answers a HEAD, without a body that would give the reason.
      const date = new Date(Date.now() - 3_600_000).toUTCString();
      gate.answer = ({ method, url }) =>
        method === 'HEAD' && url?.includes('key') ? { status: 403, headers: { date } } : undefined;
      await expect(store.head('battery', 'key')).rejects.toMatchObject({
        name: 'ServiceUnavailable',
        message: expect.stringMatching(/its clock or that of this server was set anew/),
      });
      // Where the time was right, it is that object.
      gate.answer = ({ method }) =>
        method === 'HEAD' ? { status: 403, headers: { date: new Date().toUTCString() } } : undefined;
      await expect.poll(() => store.problem()).toBeUndefined();
      await expect(store.head('battery', 'key')).rejects.toMatchObject({ name: 'AccessDenied' });
      gate.answer = () => undefined;
      expect(await store.head('battery', 'key')).toMatchObject({ size: 3 });
      await store.close();
      await gate.close();
    });

    it('a bucket that is elsewhere is told of with its region', async () => {
      const gate = await openS3Gate(server.port);
      const endpoint = `http://127.0.0.1:${gate.port}`;
      const place = { bucket: await server.newBucket(), prefix, endpoint, pathStyle: true, region: 'us-east-1' };
      const body = '<Error><Code>AuthorizationHeaderMalformed</Code><Region>eu-central-1</Region></Error>';
      const answers: readonly GateAnswer[] = [
        { status: 400, headers: { 'content-type': 'application/xml' }, body },
        { status: 301, headers: { 'x-amz-bucket-region': 'eu-central-1' } },
      ];
      for (const answer of answers) {
        gate.answer = () => answer;
        await expect(openS3(place, createLog('silent'))).rejects.toThrow(
          / is in the region eu-central-1, not in us-east-1: its address needs region=eu-central-1\.$/,
        );
      }
      await gate.close();
    });

    it('a page of nothing but the prefix that was shown last is not asked for again', async () => {
      const gate = await openS3Gate(server.port);
      const place = {
        bucket: await server.newBucket(),
        prefix,
        endpoint: `http://127.0.0.1:${gate.port}`,
        pathStyle: true,
      };
      const store = await openS3(place, createLog('silent'));
      await store.createBucket('battery', now);
      for (const key of ['a/1', 'b/1', 'c/1']) await store.put('battery', key, Buffer.from(key), {}, now);
      const shown = `${prefix}battery/a/`;
      gate.answer = ({ url }) =>
        new URL(url!, 'http://gate').searchParams.get('start-after') === shown
          ? {
              status: 200,
              headers: { 'content-type': 'application/xml' },
              body: `<ListBucketResult><IsTruncated>true</IsTruncated><KeyCount>1</KeyCount><CommonPrefixes><Prefix>${shown}</Prefix></CommonPrefixes></ListBucketResult>`,
            }
          : undefined;
      expect(await store.list('battery', { delimiter: '/', startAfter: 'a/', limit: 1 })).toMatchObject({
        objects: [],
        commonPrefixes: ['b/'],
        next: 'b/',
      });
      await store.close();
      await gate.close();
    });

    it('what a header of HTTP would change comes back as it was, and what other programs put there is an object too', async () => {
      const { store, bucket } = await open();
      const options = {
        contentType: 'text/plain; name="é"',
        headers: { 'Cache-Control': 'a  b', Expires: '-1', 'Content-Disposition': 'attachment; filename="x"' },
        metadata: { plain: 'x', two_words: 'ü', empty: '', spaces: 'a  b', holdpoint: '{"at":0}' },
      };
      const info = await store.put('battery', 'odd', Buffer.from('x'), options, now);
      expect(info).toMatchObject(options);
      expect(await store.head('battery', 'odd')).toEqual(info);
      const Metadata = { holdpoint: 'no facts', other: 'y' };
      const foreign = {
        Bucket: bucket,
        Key: `${prefix}battery/foreign`,
        Body: 'foreign',
        ContentType: 'x/y',
        Metadata,
      };
      await server.client.send(new PutObjectCommand(foreign));
      expect(await store.head('battery', 'foreign')).toMatchObject({
        size: 7,
        contentType: 'x/y',
        metadata: { other: 'y' },
        lastModified: expect.any(Number),
      });
      await store.close();
    });
  });
});

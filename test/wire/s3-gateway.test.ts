// The buckets with S3 behind them: bodies stream through in both directions, and programs keep their endpoint.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithS3 } from '../../packages/server/src/testing/describe-with-s3.ts';
import { openS3Gate } from '../../packages/server/src/testing/s3-gate.ts';
import { type S3Server, startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { startTestServer } from '../testing/test-server.ts';

const mebibyte = 1024 ** 2;
const size = 200 * mebibyte;

describeWithS3()('the gateway to S3', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3Server();
  });
  afterAll(() => s3?.close());

  it('lets 200 MiB through in little memory, both ways', { timeout: 120_000 }, async () => {
    const program = fileURLToPath(new URL('./bucket-server-process.ts', import.meta.url));
    const child = spawn(process.execPath, [...process.execArgv, program], {
      env: { ...process.env, HOLDPOINT_TEST_S3: s3.endpoint },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const line = async (): Promise<string> => (await lines.next()).value as string;
    const memory = async (): Promise<number> => {
      child.stdin.write('\n');
      return Number(await line());
    };
    const endpoint = await line();
    const credentials = { accessKeyId: 'AKIABUCKETS', secretAccessKey: 'bucket/secret+key' };
    const client = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials,
      forcePathStyle: true,
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    try {
      const object = { Bucket: 'large', Key: 'body' };
      await client.send(new CreateBucketCommand({ Bucket: 'large' }));
      await client.send(new PutObjectCommand({ ...object, Key: 'small', Body: 'x' }));
      const before = await memory();
      const md5 = createHash('md5');
      const piece = Buffer.alloc(mebibyte / 4, 'holdpoint');
      const body = Readable.from(
        (function* () {
          for (let sent = 0; sent < size; sent += piece.length) {
            md5.update(piece);
            yield piece;
          }
        })(),
        { objectMode: false },
      );
      const put = await client.send(new PutObjectCommand({ ...object, Body: body, ContentLength: size }));
      const expected = md5.digest('hex');
      // One object in S3 too, so that its ETag is what a program expects.
      expect(put.ETag).toBe(`"${expected}"`);
      const read = createHash('md5');
      const got = await client.send(new GetObjectCommand(object));
      for await (const bytes of got.Body as Readable) read.update(bytes as Uint8Array);
      expect(read.digest('hex')).toBe(expected);
      expect((await memory()) - before).toBeLessThan(size / 2);
      // What an operator sees in the bucket: the object under its own key.
      const { Contents } = await s3.client.send(new ListObjectsV2Command({ Bucket: 'holdpoint-tests' }));
      expect(Contents?.find(({ Key }) => Key?.endsWith('/large/body'))).toMatchObject({ Size: size });
    } finally {
      client.destroy();
      child.stdin.end();
      await once(child, 'exit');
    }
  });

  it('leaves nothing open of a copy that is refused', async () => {
    const gate = await openS3Gate(s3.port);
    const server = await startTestServer({ config: { objectStore: await s3.newPlace(gate.port) } });
    const there = { Bucket: 'holdpoint', Key: 'there' };
    await server.s3.send(new PutObjectCommand({ ...there, Body: 'x' }));
    await server.s3.send(new PutObjectCommand({ ...there, Key: 'large', Body: Buffer.alloc(32 * mebibyte) }));
    const copy = new CopyObjectCommand({ ...there, CopySource: 'holdpoint/large', IfNoneMatch: '*' });
    await expect(server.s3.send(copy)).rejects.toMatchObject({ name: 'PreconditionFailed' });
    await expect.poll(() => gate.answering).toBe(0);
    await server.close();
    await gate.close();
  });
});

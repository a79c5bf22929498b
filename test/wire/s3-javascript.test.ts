// The built-in S3 endpoint, driven by the AWS SDK for JavaScript at its default checksum settings.
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BucketServer, startBucketServer } from '../../packages/server/src/testing/bucket-server.ts';

const Bucket = 'javascript';
let server: BucketServer;
let s3: S3Client;

beforeAll(async () => {
  server = await startBucketServer();
  const { accessKeyId, secretAccessKey, url } = server;
  const credentials = { accessKeyId, secretAccessKey };
  s3 = new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3.destroy();
  await server.close();
});

const errorName = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  );

it('puts and gets objects, checked both ways', async () => {
  const Key = 'a b/ü.txt';
  const put = await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello', Metadata: { x: 'y' } }));
  expect(put.ChecksumCRC32).toBe('NhCmhg==');
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await got.Body?.transformToString()).toBe('hello');
  expect(got).toMatchObject({ Metadata: { x: 'y' }, ChecksumCRC32: 'NhCmhg==', ETag: put.ETag });
  expect(await errorName(s3.send(new GetObjectCommand({ Bucket, Key: 'none' })))).toBe('NoSuchKey');
  expect(await errorName(s3.send(new HeadObjectCommand({ Bucket, Key: 'none' })))).toBe('NotFound');
  const wrong = new PutObjectCommand({ Bucket, Key, Body: 'a', ChecksumCRC32: 'AAAAAA==' });
  expect(await errorName(s3.send(wrong))).toBe('BadDigest');
  expect(await errorName(s3.send(new PutObjectCommand({ Bucket, Key, Body: 'a', IfNoneMatch: '*' })))).toBe(
    'PreconditionFailed',
  );
  expect(await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()).toBe('hello');
});

/** The check values of the algorithms for `123456789`, in base64. */
it.each<[ChecksumAlgorithm, string]>([
  ['CRC32', 'y/Q5Jg=='],
  ['CRC32C', '4waSgw=='],
  ['CRC64NVME', 'rosUhgp5mIg='],
  ['SHA1', '98O8HYCOBHMq32eZZczDTKeuNEE='],
  ['SHA256', 'FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU='],
])('streams with a trailing %s', async (ChecksumAlgorithm, value) => {
  const Key = `streamed-${ChecksumAlgorithm}`;
  const Body = Readable.from([Buffer.from('12345'), Buffer.from('6789')]);
  await s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: 9, ChecksumAlgorithm }));
  const got = await s3.send(new GetObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(await got.Body?.transformToString()).toBe('123456789');
  expect(got[`Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32']).toBe(value);
  expect(got.ContentEncoding).toBeUndefined();
});

it.each<['COMPOSITE' | 'FULL_OBJECT', string]>([
  ['COMPOSITE', '-2'],
  ['FULL_OBJECT', '='],
])('uploads in parts with a %s checksum', async (ChecksumType, ending) => {
  const Key = `parts-${ChecksumType}`;
  const created = await s3.send(
    new CreateMultipartUploadCommand({ Bucket, Key, ChecksumAlgorithm: 'CRC32', ChecksumType }),
  );
  const named = { Bucket, Key, UploadId: created.UploadId };
  const bodies = [Buffer.alloc(5 * 1024 * 1024, 1), Buffer.from('end')];
  const Parts: { PartNumber: number; ETag?: string; ChecksumCRC32?: string }[] = [];
  for (const [index, Body] of bodies.entries()) {
    const part = await s3.send(
      new UploadPartCommand({ ...named, PartNumber: index + 1, Body, ChecksumAlgorithm: 'CRC32' }),
    );
    Parts.push({ PartNumber: index + 1, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32 } as (typeof Parts)[number]);
  }
  const done = await s3.send(new CompleteMultipartUploadCommand({ ...named, MultipartUpload: { Parts } }));
  expect(done).toMatchObject({ ChecksumType, ChecksumCRC32: expect.stringMatching(new RegExp(`${ending}$`)) });
  const attributes = await s3.send(
    new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum'] }),
  );
  expect(attributes).toMatchObject({
    ObjectSize: 5 * 1024 * 1024 + 3,
    Checksum: { ChecksumType, ChecksumCRC32: done.ChecksumCRC32 },
  });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect((await got.Body?.transformToByteArray())?.length).toBe(5 * 1024 * 1024 + 3);
});

it('lists and deletes keys that XML has to escape', async () => {
  const keys = ['x/a&b<c>"\'', 'x/cr\rlf\n', 'x/ spaces '];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'x/' }));
  expect(listed.Contents?.map((each) => each.Key).sort()).toEqual([...keys].sort());
  const Objects = keys.map((Key) => ({ Key }));
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'x/' }))).KeyCount).toBe(0);
});

import { afterAll, beforeAll } from 'vitest';
import { createLog } from '../../log.ts';
import { describeWithS3, type S3Server, startS3Server } from '../../testing/s3-server.ts';
import { objectStoreCases } from '../object-store.cases.ts';
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
});

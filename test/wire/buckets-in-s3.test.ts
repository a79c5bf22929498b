import { afterAll, beforeAll } from 'vitest';
import { describeWithS3 } from '../../packages/server/src/testing/describe-with-s3.ts';
import { type S3Server, startS3Server } from '../../packages/server/src/testing/s3-server.ts';

describeWithS3()('with the objects in S3,', { timeout: 60_000 }, async () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3Server();
    process.env.HOLDPOINT_TEST_S3 = s3.endpoint;
  }, 60_000);
  afterAll(async () => {
    delete process.env.HOLDPOINT_TEST_S3;
    await s3?.close();
  });

  await import('../../packages/server/src/buckets/buckets.test.ts');
});

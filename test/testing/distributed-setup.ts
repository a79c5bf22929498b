// One PostgreSQL and one S3 for acceptance tests that run on the engines of many nodes; each server of a test has its own part of both.
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../packages/server/src/testing/postgres-server.ts';
import { isS3There, startS3Server } from '../../packages/server/src/testing/s3-server.ts';

export default async function setUp({ provide }: Pick<TestProject, 'provide'>): Promise<() => Promise<void>> {
  const postgres = await startPostgres({ isDurable: false });
  const before = { ...process.env };
  const s3 = isS3There() ? await startS3Server() : undefined;
  // Its keys are for these tests only, and other projects inherit the environment.
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  provide('distributed', {
    HOLDPOINT_TEST_POSTGRES: await postgres.newDatabase(),
    ...(s3 && {
      HOLDPOINT_TEST_S3: s3.endpoint,
      AWS_ACCESS_KEY_ID: s3.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
    }),
  });
  return async () => {
    await Promise.all([postgres.close(), s3?.close()]);
  };
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Variables that lead servers of tests to them. */
    distributed: Readonly<Record<string, string>>;
  }
}

// `aws s3` against the built-in S3 endpoint, where this machine has the aws CLI.
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { startBucketServer } from '../../packages/server/src/testing/bucket-server.ts';

const present = spawnSync('aws', ['--version'], { stdio: 'ignore' }).status === 0;
if (!present) process.stderr.write('\nSKIPPED: This machine has no aws CLI.\n');

it.skipIf(!present)('aws s3 mb, cp, sync, ls, rb', { timeout: 180_000 }, async () => {
  const server = await startBucketServer();
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-aws-'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ACCESS_KEY_ID: server.accessKeyId,
    AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  const aws = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)('aws', ['--endpoint-url', server.url, 's3', ...args], { env, cwd: folder })).stdout;
  try {
    await mkdir(join(folder, 'from/sub'), { recursive: true });
    await writeFile(join(folder, 'from/one.txt'), 'one');
    await writeFile(join(folder, 'from/sub/two ü.txt'), 'two');
    await aws('mb', 's3://command-line');
    await aws('cp', 'from/one.txt', 's3://command-line/single/');
    await aws('sync', 'from', 's3://command-line/synced');
    expect(await aws('sync', 'from', 's3://command-line/synced')).toBe('');
    expect(await aws('ls', 's3://command-line/')).toMatch(/PRE single\/\s+PRE synced\//);
    expect(await aws('ls', 's3://command-line', '--recursive')).toContain('synced/sub/two ü.txt');
    expect(await aws('cp', 's3://command-line/single/one.txt', '-')).toBe('one');
    await aws('mv', 's3://command-line/single/one.txt', 's3://command-line/moved.txt');
    await aws('sync', 's3://command-line/synced', 'to');
    expect(await readFile(join(folder, 'to/sub/two ü.txt'), 'utf8')).toBe('two');
    await aws('rb', 's3://command-line', '--force');
    expect(await aws('ls')).toBe('');
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
});

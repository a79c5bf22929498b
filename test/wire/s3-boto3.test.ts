// The built-in S3 endpoint and STS, driven by real boto3 at its default settings.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BucketServer, startBucketServer } from '../../packages/server/src/testing/bucket-server.ts';
import { startLineProcess } from '../testing/line-process.ts';
import { describeWith, pythonPath } from '../testing/tools.ts';

const programs = fileURLToPath(new URL('programs/', import.meta.url));

describeWith('Python with boto3')('boto3', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-boto3-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function run(program: string, url: string, more: Record<string, string> = {}): Promise<void> {
    const environment = {
      PATH: process.env.PATH,
      PYTHONPATH: programs,
      PYTHONDONTWRITEBYTECODE: '1',
      ENDPOINT: url,
      KEY_ID: 'AKIABUCKETS',
      SECRET: 'bucket/secret+key',
      ...more,
    };
    return startLineProcess(pythonPath, [join(programs, program)], environment, folder).end();
  }

  async function withServer(test: (server: BucketServer) => Promise<void>): Promise<void> {
    const server = await startBucketServer();
    try {
      await test(server);
    } finally {
      await server.close();
    }
  }

  it('makes the calls of notebooks', () =>
    withServer(async (server) => {
      await run('s3_calls.py', server.url);
      expect(server.created.map((each) => `${each.eventName} ${each.key}`)).toEqual([
        'ObjectCreated:Put in put/ü+%.json',
        'ObjectCreated:Put folder/',
        'ObjectCreated:Copy copied',
        'ObjectCreated:Copy copied',
        'ObjectCreated:CompleteMultipartUpload parts',
        'ObjectCreated:Put put',
        'ObjectCreated:Put put',
      ]);
      const sequencers = server.created.map((each) => each.sequencer);
      expect(sequencers).toEqual([...new Set(sequencers)].sort());
      expect(server.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
      expect(server.logged.join('')).not.toContain('secret');
    }));

  it('lists awkward keys', () => withServer((server) => run('s3_listing.py', server.url)), 120_000);

  it('moves 100 MB in memory that does not grow with it', async () => {
    const file = fileURLToPath(new URL('bucket-server-process.ts', import.meta.url));
    const server = startLineProcess(process.execPath, ['--conditions=holdpoint-source', file], process.env);
    const url = await server.next();
    const mostMemory = async (): Promise<number> => {
      server.send('');
      return Number(await server.next());
    };
    await run('s3_transfer.py', url, { MEGABYTES: '20' });
    const before = await mostMemory();
    await run('s3_transfer.py', url, { MEGABYTES: '100' });
    const growth = (await mostMemory()) - before;
    await server.end();
    expect(growth / 1024 ** 2).toBeLessThan(80);
  }, 180_000);
});

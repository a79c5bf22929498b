/** graphile-worker: a wait is a job that is due in a thousand years; its completion makes it due now, with the answer. */
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import pg from 'pg';
import { type PeerModule, versionOf } from './peer.ts';

const later = new Date('3000-01-01T00:00:00Z');

export const open: PeerModule['open'] = async ({ databaseUrl, knows }) => {
  const logger = new Logger(() => () => {});
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 20 });
  pool.on('error', () => {});
  const jobs = await makeWorkerUtils({ pgPool: pool, logger });
  await jobs.migrate();
  const runner = await run({
    pgPool: pool,
    logger,
    concurrency: 8,
    noHandleSignals: true,
    taskList: {
      wait: async (payload) => knows((payload as { id: string }).id),
    },
  });
  const payloads = new Map<string, object>();
  return {
    facts: {
      name: 'graphile-worker',
      version: versionOf('graphile-worker'),
      licence: 'MIT',
      durability: 'PostgreSQL, fsync and synchronous_commit on',
      how: 'a job with a key, due in the year 3000; the same key added again with the answer, due now; the task runs',
    },
    async create(id, payload) {
      payloads.set(id, payload);
      await jobs.addJob('wait', { id, payload }, { jobKey: id, runAt: later });
    },
    take: async (id) => ({ id }),
    async complete({ id }, answer) {
      await jobs.addJob('wait', { id, payload: payloads.get(id), answer }, { jobKey: id });
      payloads.delete(id);
    },
    async close() {
      await runner.stop();
      await jobs.release();
      await pool.end();
    },
  };
};

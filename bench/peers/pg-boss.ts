/** pg-boss: a wait is a job of a queue that humans fetch from; a completed one is told by a job of the program's queue. */
import { type Job, PgBoss } from 'pg-boss';
import { type PeerModule, versionOf } from './peer.ts';

interface Wait {
  id: string;
  payload: object;
}

export const open: PeerModule['open'] = async ({ databaseUrl, knows }) => {
  const boss = new PgBoss({ connectionString: databaseUrl, max: 20, useListenNotify: true });
  boss.on('error', () => {});
  await boss.start();
  await boss.createQueue('humans');
  await boss.createQueue('answered', { notify: true });
  await boss.work('answered', { batchSize: 32, pollingIntervalSeconds: 0.5 }, async (jobs: Job<{ id: string }>[]) => {
    for (const { data } of jobs) knows(data.id);
  });
  return {
    facts: {
      name: 'pg-boss',
      version: versionOf('pg-boss'),
      licence: 'MIT',
      durability: 'PostgreSQL, fsync and synchronous_commit on',
      how: 'send to a queue; fetch, complete, and send to a queue that the program works on (LISTEN/NOTIFY on)',
    },
    async create(id, payload) {
      await boss.send('humans', { id, payload });
    },
    async take() {
      const [job] = await boss.fetch<Wait>('humans');
      return { id: job!.data.id, handle: job!.id };
    },
    async complete({ id, handle }, answer) {
      await boss.complete('humans', handle as string, answer);
      await boss.send('answered', { id, answer });
    },
    close: () => boss.stop({ graceful: false, close: true }),
  };
};

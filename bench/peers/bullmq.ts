/** BullMQ: a wait is a job of a queue that humans take from; the program hears of its completion by the queue's events. */
import { type Job, Queue, QueueEvents, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { type PeerModule, versionOf } from './peer.ts';

export const open: PeerModule['open'] = async ({ redisPort, knows }) => {
  if (redisPort === undefined) throw new Error('redis-server is not installed.');
  const connect = (): Redis => new Redis({ port: redisPort, host: '127.0.0.1', maxRetriesPerRequest: null });
  const connections = [connect(), connect(), connect()] as const;
  const queue = new Queue('humans', { connection: connections[0] });
  // Without a processor: humans take jobs one by one.
  const humans = new Worker('humans', null, { connection: connections[1], autorun: false });
  const events = new QueueEvents('humans', { connection: connections[2] });
  events.on('completed', ({ jobId }) => knows(jobId));
  await Promise.all([queue.waitUntilReady(), humans.waitUntilReady(), events.waitUntilReady()]);
  let tokens = 0;
  return {
    facts: {
      name: 'BullMQ',
      version: `${versionOf('bullmq')} on Redis ${String(/redis_version:(\S+)/.exec(await connections[0].info())?.[1])}`,
      licence: 'MIT (Redis 7.0: BSD)',
      durability: 'Redis, appendonly yes, appendfsync always',
      how: "add to a queue; getNextJob and moveToCompleted; the queue's events",
    },
    async create(id, payload) {
      await queue.add('wait', payload, { jobId: id });
    },
    async take() {
      const token = `human-${++tokens}`;
      const job = await humans.getNextJob(token);
      return { id: job.id!, handle: { job, token } };
    },
    async complete({ handle }, answer) {
      const { job, token } = handle as { job: Job; token: string };
      await job.moveToCompleted(answer, token, false);
    },
    async close() {
      await Promise.all([queue.close(), humans.close(true), events.close()]);
      for (const connection of connections) connection.disconnect();
    },
  };
};

/** Figures of this process and of what it works on: jobs, deliveries, database, objects, memory, event loop. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Rooms } from '../context.ts';
import type { Family } from './exposition.ts';
import { plain } from './loop-figures.ts';

/** Event targets that are shown, the oldest. */
const mostTargets = 50;

export interface ProcessFigures {
  families(rooms: Rooms, now: number): Promise<readonly Family[]>;
  close(): void;
}

export function createProcessFigures(): ProcessFigures {
  const delay = monitorEventLoopDelay({ resolution: 20 });
  delay.enable();
  const startedAt = Date.now() / 1000 - process.uptime();
  return {
    close: () => void delay.disable(),
    async families(rooms, now) {
      const [jobs, targets] = await Promise.all([rooms.store.dueJobs(now), rooms.store.eventTargets()]);
      const deliveries = await Promise.all(
        targets.slice(0, mostTargets).map(async ({ id }) => ({ id, ...(await rooms.store.countDeliveries(id)) })),
      );
      const memory = process.memoryUsage();
      // A histogram that saw nothing yet has no percentile.
      const seconds = (nanoseconds: number): number => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
      const families: Family[] = [
        {
          name: 'jobs_due',
          type: 'gauge',
          help: 'Jobs that are due and not done, by kind, among the 2,000 of each lane that are due first.',
          samples: jobs.map(({ kind, due }) => ({ labels: { kind }, value: due })),
        },
        {
          name: 'jobs_failing',
          type: 'gauge',
          help: 'Jobs that failed and will be tried again, by kind, among the 2,000 of each lane that are due first.',
          samples: jobs.map(({ kind, failing }) => ({ labels: { kind }, value: failing })),
        },
        {
          name: 'event_deliveries',
          type: 'gauge',
          help: 'Events that are not delivered, by target: waiting, or failed after all attempts.',
          samples: deliveries.flatMap(({ id, waiting, failed }) => [
            { labels: { event_target: id, state: 'waiting' }, value: waiting },
            { labels: { event_target: id, state: 'failed' }, value: failed },
          ]),
        },
        plain(
          'event_targets_left_out',
          `Event targets that are not shown: beyond the ${mostTargets} oldest.`,
          Math.max(0, targets.length - mostTargets),
        ),
        plain('store_up', 'Whether rows can be read and written: 1 or 0.', rooms.store.problem() === undefined ? 1 : 0),
        plain(
          'object_store_up',
          'Whether objects can be written: 1, or 0 while outputs are delayed.',
          rooms.premises.objectStoreProblem() === undefined ? 1 : 0,
        ),
        {
          name: 'event_loop_delay_seconds',
          type: 'gauge',
          help: 'How late the event loop of this process was since the last time it was asked, by quantile.',
          samples: [50, 90, 99].map((percent) => ({
            labels: { quantile: String(percent / 100) },
            value: seconds(delay.percentile(percent)),
          })),
        },
        {
          name: 'memory_bytes',
          type: 'gauge',
          help: 'Memory of this process.',
          samples: (
            [
              ['resident', memory.rss],
              ['heap_used', memory.heapUsed],
              ['heap_total', memory.heapTotal],
              ['external', memory.external],
            ] as const
          ).map(([kind, value]) => ({ labels: { kind }, value })),
        },
        plain('process_start_time_seconds', 'When this process started, in seconds since 1970.', startedAt),
        {
          name: 'process_cpu_seconds_total',
          type: 'counter',
          help: 'Processor time that this process has used.',
          samples: [{ value: (process.cpuUsage().user + process.cpuUsage().system) / 1e6 }],
        },
        {
          name: 'build_info',
          type: 'gauge',
          help: 'The version, as a label.',
          samples: [{ labels: { version: rooms.premises.version, node: process.versions.node }, value: 1 }],
        },
      ];
      delay.reset();
      return families;
    },
  };
}

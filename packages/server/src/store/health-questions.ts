// What every engine is asked about its health: questions that an index answers, however many rows there are.
import { jobLanes } from '../domain/jobs.ts';

/** Tables whose newest row is found without reading all: by an index, or because their ids are in the order of time. */
export const newestRows = [
  'SELECT created_at FROM human_loops ORDER BY id DESC LIMIT 1',
  'SELECT max(created_at) FROM flow_definitions',
  'SELECT max(created_at) FROM human_task_uis',
  'SELECT max(created_at) FROM workers',
  'SELECT max(created_at) FROM workteams',
  'SELECT max(created_at) FROM access_keys',
] as const;

/** Jobs that are due first in each lane, among which failing ones are counted. */
const jobsRead = 2000;

/** When the job was due that is due first, lane by lane. */
export const firstJobs = jobLanes.map(
  (lane) => `SELECT due_at FROM jobs WHERE lane = '${lane}' ORDER BY due_at LIMIT 1`,
);

/** How many jobs have failed before, lane by lane. */
export const failingJobs = jobLanes.map(
  (lane) =>
    `SELECT count(*) FROM (SELECT attempts FROM jobs WHERE lane = '${lane}' ORDER BY due_at LIMIT ${jobsRead}) AS due WHERE attempts > 0`,
);

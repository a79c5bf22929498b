import type { StoreHealth } from '../store.ts';

type Run = (sql: string, values: readonly unknown[]) => Promise<{ rows: unknown[][] }>;

const newest = [
  'SELECT created_at AS at FROM human_loops ORDER BY id DESC LIMIT 1',
  'SELECT max(created_at) FROM flow_definitions',
  'SELECT max(created_at) FROM human_task_uis',
  'SELECT max(created_at) FROM workers',
  'SELECT max(created_at) FROM workteams',
  'SELECT max(created_at) FROM access_keys',
];
const jobsRead = 2000;

/** PostgreSQL finds damage by its own means (checksums, amcheck); here is only what can be asked for quickly. */
export async function readHealth(run: Run): Promise<StoreHealth> {
  const { rows } = await run(
    `SELECT (SELECT max(version) FROM migrations),
      (SELECT max(at) FROM (${newest.map((sql) => `(${sql})`).join(' UNION ALL ')}) AS newest(at)),
      (SELECT min(due_at) FROM jobs),
      (SELECT count(*) FROM (SELECT attempts FROM jobs ORDER BY lane, due_at LIMIT ${jobsRead}) AS due WHERE attempts > 0)`,
    [],
  );
  const [version, newestRowAt, firstJobDueAt, failing] = rows[0]!.map((value) =>
    value === null ? undefined : Number(value),
  );
  return {
    schemaVersion: version ?? 0,
    damage: [],
    complete: true,
    newestRowAt,
    firstJobDueAt,
    failingJobs: failing ?? 0,
  };
}

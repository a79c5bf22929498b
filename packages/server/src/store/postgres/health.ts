import { failingJobs, firstJobs, newestRows } from '../health-questions.ts';
import type { StoreHealth } from '../store.ts';

type Run = (sql: string, values: readonly unknown[]) => Promise<{ rows: unknown[][] }>;

const oneOf = (choice: 'max' | 'min' | 'sum', questions: readonly string[]): string =>
  `(SELECT ${choice}(answer) FROM (${questions.map((sql) => `(${sql})`).join(' UNION ALL ')}) AS answers(answer))`;

const question = `SELECT (SELECT max(version) FROM migrations), ${oneOf('max', newestRows)}, ${oneOf('min', firstJobs)}, ${oneOf('sum', failingJobs)}`;

/** PostgreSQL finds damage by its own means (checksums, amcheck); here is only what can be asked for quickly. */
export async function readHealth(run: Run): Promise<StoreHealth> {
  const { rows } = await run(question, []);
  const [schemaVersion, newestRowAt, firstJobDueAt, failing] = rows[0]!.map((value) =>
    value === null ? undefined : Number(value),
  );
  return {
    schemaVersion: schemaVersion ?? 0,
    damage: [],
    complete: true,
    newestRowAt,
    firstJobDueAt,
    failingJobs: failing ?? 0,
  };
}

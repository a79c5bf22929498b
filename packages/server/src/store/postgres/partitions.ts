import type { TableName } from '../../domain/rows.ts';

/**
 * Tables that can be split by hash, and the column whose hash says where a row is: by the loop, so that what belongs to one
 * loop stands together. The names of loops are kept unique, therefore loops are split by name.
 */
export const partitionColumns: { readonly [T in TableName]?: string } = {
  humanLoops: 'name',
  humanLoopInputs: 'humanLoopId',
  tasks: 'humanLoopId',
  assignments: 'taskId',
  answers: 'humanLoopId',
  jobs: 'id',
};

const mark = /CREATE TABLE (\w+) \(((?:(?!CREATE TABLE)[\s\S])*?)\) \/\* (PARTITION BY HASH \(\w+\)) \*\/;/g;

/** The DDL of a migration with its tables split into `count` parts; unchanged for 0. */
export function partitioned(sql: string, count: number): string {
  if (count === 0) return sql;
  return sql.replace(mark, (_all, table: string, columns: string, clause: string) =>
    [
      `CREATE TABLE ${table} (${columns}) ${clause};`,
      ...Array.from(
        { length: count },
        (_, index) =>
          `CREATE TABLE ${table}_${index} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${count}, REMAINDER ${index});`,
      ),
    ].join('\n'),
  );
}

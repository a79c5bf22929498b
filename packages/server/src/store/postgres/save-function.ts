/**
 * The function that writes a batch of saves in one round trip: it locks the rows that the batch names in the order of their
 * keys, checks versions, writes table by table what passes and answers one verdict a save.
 *
 * It is made anew in each connection, for that connection alone (`pg_temp`): its statements name the columns that this
 * program knows, so that nodes of two versions work beside each other on one database, and the server keeps their plans.
 *
 * Saves are written together. When one is refused, all that the batch wrote is undone and written again without it; that
 * is rare. Which node sees which rows first is settled by the locks; since every batch takes them in the same order (rows
 * that exist, then new unique values, both sorted), two batches never wait for each other in a circle.
 */
import type { TableName } from '../../domain/rows.ts';
import { columnsOf, snakeCase, tables } from '../tables.ts';
import { partitionColumns } from './partitions.ts';

/** What is done to the rows of one table; the order in which a save's parts are written. */
export const actions = ['guard', 'discard', 'remove', 'update', 'insert', 'keep'] as const;
/** `keep` inserts what is not there yet. */
export type Action = (typeof actions)[number];

const sqlTypes = { text: 'text', json: 'text', integer: 'bigint', real: 'double precision' } as const;

/** Columns of jobs that are no part of the row: whoever changes a job gives it back. */
const givenBack = ', claimed_by = NULL, claimed_until = NULL';

const names = Object.keys(tables) as TableName[];

const isVersioned = (name: TableName): boolean => 'version' in tables[name].columns;

const columnNames = (name: TableName): readonly string[] => columnsOf[name].map(({ sql }) => sql);

/** The records of a part: the save's number, and columns. */
function recordset(columns: string): string {
  return `json_to_recordset(parts[i]) AS r(s int, ${columns})`;
}

function typed(name: TableName): string {
  return columnsOf[name].map(({ sql, type }) => `${sql} ${sqlTypes[type]}`).join(', ');
}

/** Finds the row of a record; by the column that the table is split by too, so that one part is looked at. */
function sameRow(name: TableName, isWhole: boolean): string {
  const key = snakeCase(tables[name].key);
  const partition = partitionColumns[name];
  if (partition === undefined || partition === tables[name].key) return `t.${key} = r.${isWhole ? key : 'k'}`;
  const column = snakeCase(partition);
  return `t.${key} = r.${isWhole ? key : 'k'} AND t.${column} = r.${isWhole ? column : 'p'}`;
}

/** Records that name a row: its key, the version that was seen, the value that the table is split by. */
const named = 'k text, v bigint, p text';

function branch(name: TableName, action: Action): string {
  const table = snakeCase(name);
  const key = snakeCase(tables[name].key);
  const columns = columnNames(name);
  const alive = 'r.s <> ALL (failed)';
  /** Notes the saves whose records were not found among what was done. */
  const refuse = (records: string, recordKey: string) => `
      IF coalesce(cardinality(done), 0) <> counts[i] THEN
        bad := bad || ARRAY(SELECT r.s FROM ${recordset(records)}
          WHERE ${alive} AND (done IS NULL OR r.${recordKey} <> ALL (done)));
      END IF;`;
  const insert = `INSERT INTO ${table} (${columns.join(', ')})
        SELECT ${columns.map((column) => `r.${column}`).join(', ')} FROM ${recordset(typed(name))}
        WHERE ${alive} ON CONFLICT DO NOTHING`;
  switch (action) {
    case 'guard':
      return `
      bad := bad || ARRAY(SELECT r.s FROM ${recordset(named)} WHERE ${alive}
        AND NOT EXISTS (SELECT 1 FROM ${table} t WHERE ${sameRow(name, false)} AND t.version = r.v));`;
    case 'discard':
      return `
      DELETE FROM ${table} t USING ${recordset('k text')} WHERE ${alive} AND t.${key} = r.k;`;
    case 'remove':
      return `
      WITH gone AS (DELETE FROM ${table} t USING ${recordset(named)}
        WHERE ${alive} AND ${sameRow(name, false)} AND t.version = r.v RETURNING r.k)
      SELECT array_agg(gone.k) INTO done FROM gone;${refuse(named, 'k')}`;
    case 'update': {
      const set = columns
        .filter((column) => column !== key && column !== 'version')
        .map((column) => `${column} = r.${column}`)
        .concat('version = r.version + 1');
      return `
      WITH changed AS (UPDATE ${table} t SET ${set.join(', ')}${name === 'jobs' ? givenBack : ''}
        FROM ${recordset(typed(name))}
        WHERE ${alive} AND ${sameRow(name, true)} AND t.version = r.version RETURNING t.${key})
      SELECT array_agg(changed.${key}) INTO done FROM changed;${refuse(typed(name), key)}`;
    }
    case 'insert':
      return `
      WITH added AS (${insert} RETURNING ${table}.${key})
      SELECT array_agg(added.${key}) INTO done FROM added;${refuse(typed(name), key)}`;
    case 'keep':
      return `
      ${insert};`;
  }
}

/** Locks the rows of a part one after the other, as they are listed: shared for those that are only looked at. */
function lock(name: TableName): string {
  const table = snakeCase(name);
  const where = `FROM ${table} t WHERE ${sameRow(name, false)}`;
  const byKeyAlone = `FROM ${table} t WHERE t.${snakeCase(tables[name].key)} = r.k`;
  return `
      FOR r IN SELECT * FROM json_to_recordset(parts[i]) AS r(k text, p text, x boolean) LOOP
        IF r.p IS NULL THEN PERFORM 1 ${byKeyAlone} FOR UPDATE;
        ELSIF r.x THEN PERFORM 1 ${where} FOR UPDATE;
        ELSE PERFORM 1 ${where} FOR SHARE; END IF;
      END LOOP;`;
}

const caseOf = (branches: readonly (readonly [label: string, code: string])[]): string =>
  `CASE labels[i]${branches.map(([label, code]) => `\n    WHEN '${label}' THEN${code}`).join('')}\n    ELSE NULL; END CASE;`;

const actionsOf = (name: TableName): readonly Action[] => (isVersioned(name) ? actions : ['discard', 'insert', 'keep']);

export const partLabel = (action: Action | 'lock', name: TableName): string => `${action} ${snakeCase(name)}`;

/** SQL that makes the function in the connection that runs it. */
export const saveFunction = `
CREATE OR REPLACE FUNCTION pg_temp.save_batch(batch text, saves int, labels text[], counts int[], parts json[])
RETURNS text LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  verdict text;
  failed int[] := '{}';
  bad int[];
  done text[];
  r record;
BEGIN
  -- Sent a second time by a node that did not hear the answer: the first one may still be under way, and is waited for.
  INSERT INTO save_batches (id, made_at) VALUES (batch, now()) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN
    SELECT b.verdicts INTO verdict FROM save_batches b WHERE b.id = batch;
    RETURN verdict;
  END IF;
  FOR i IN 1 .. cardinality(labels) LOOP
    ${caseOf(names.map((name) => [partLabel('lock', name), lock(name)]))}
  END LOOP;
  LOOP
    BEGIN
      bad := '{}';
      FOR i IN 1 .. cardinality(labels) LOOP
    ${caseOf(names.flatMap((name) => actionsOf(name).map((action) => [partLabel(action, name), branch(name, action)] as const)))}
      END LOOP;
      EXIT WHEN cardinality(bad) = 0;
      RAISE EXCEPTION 'refused' USING ERRCODE = 'HP001';
    EXCEPTION WHEN SQLSTATE 'HP001' THEN
      failed := failed || bad;
    END;
  END LOOP;
  SELECT string_agg(CASE WHEN n = ANY (failed) THEN '0' ELSE '1' END, '' ORDER BY n) INTO verdict
    FROM generate_series(0, saves - 1) AS n;
  UPDATE save_batches b SET verdicts = verdict WHERE b.id = batch;
  RETURN verdict;
END $$`;

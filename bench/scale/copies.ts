/**
 * Many loops from one: SQL that writes copies of the rows that one real loop has, each with a name, ids and times of its
 * own. What is written, its indexes and jobs are therefore what the server itself would have written.
 */

export interface Row {
  readonly table: string;
  readonly columns: Readonly<Record<string, string | number | null>>;
}

/** A loop that was made through the API, with every row of it. */
export interface Original {
  readonly name: string;
  readonly createdAt: number;
  readonly rows: readonly Row[];
}

/** How an engine writes numbers as hexadecimal text. */
export interface Dialect {
  readonly hex: (expression: string, width: number) => string;
}

export const sqliteDialect: Dialect = { hex: (expression, width) => `printf('%0${width}x', ${expression})` };
export const postgresDialect: Dialect = { hex: (expression, width) => `lpad(to_hex(${expression}), ${width}, '0')` };

/** Time between two loops, so that ten million of them fill a month. */
export const stepMs = 250;
/** An odd factor: every number of 32 bits is met once, in no order, as names are that programs make up. */
const factor = 2_654_435_761n;

/** The name of the copy with this number, from 1. */
export const nameOfCopy = (index: number): string =>
  `loop-${((BigInt(index) * factor) & 0xffff_ffffn).toString(16).padStart(8, '0')}`;

const scattered = `((i * ${factor}) & 4294967295)`;
const timeColumns =
  /^(created_at|finished_at|accepted_at|submitted_at|ended_at|deadline|available_until|due_at|stopped_at)$/;

/** Statements that write copies, one a row of the original; `i` is the copy's number, from the query `numbers`. */
export function copyStatements(original: Original, dialect: Dialect, base: number, numbers: string): string[] {
  const time = `(${base} + i * ${stepMs})`;
  const ids = idsOf(original);
  /** As `newId` makes them: in the order of time. The number of the row of a loop stands where its sequence does. */
  const idOf = (place: number): string =>
    [
      dialect.hex(`${time} / 65536`, 8),
      `'-'`,
      dialect.hex(`${time} % 65536`, 4),
      `'-7${place.toString(16).padStart(3, '0')}-8'`,
      dialect.hex('i % 4096', 3),
      `'-'`,
      dialect.hex('(i * 40503) & 65535', 4),
      dialect.hex(scattered, 8),
    ].join(' || ');
  const replaced = new Map([
    [original.name, `'loop-' || ${dialect.hex(scattered, 8)}`],
    ...ids.map((id, place) => [id, idOf(place)] as const),
  ]);
  const pattern = new RegExp(`(${[...replaced.keys()].join('|')})`);
  const expressionOf = (column: string, value: string | number | null): string => {
    if (value === null) return 'NULL';
    if (typeof value === 'number') return timeColumns.test(column) ? shifted(value) : String(value);
    const parts = value.split(pattern).filter((part) => part !== '');
    return parts.map((part) => replaced.get(part) ?? `'${part.replaceAll("'", "''")}'`).join(' || ') || "''";
  };
  const shifted = (value: number): string => `${time} + ${value - original.createdAt}`;
  return original.rows.map(({ table, columns }) => {
    const names = Object.keys(columns);
    const values = names.map((name) => expressionOf(name, columns[name]!));
    return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')} FROM ${numbers}`;
  });
}

/** The ids that are the loop's own: of itself, its task, its assignments. */
function idsOf({ rows }: Original): string[] {
  const own = rows.filter(({ table }) => /^(human_loops|tasks|assignments)$/.test(table));
  return own.map(({ columns }) => String(columns.id));
}

/** The queries that find every row of a loop; `?` is its id. */
export const rowsOfLoop: Readonly<Record<string, string>> = {
  human_loops: 'id = ?',
  human_loop_inputs: 'human_loop_id = ?',
  tasks: 'human_loop_id = ?',
  assignments: 'human_loop_id = ?',
  answers: 'human_loop_id = ?',
  jobs: 'subject = ?',
};

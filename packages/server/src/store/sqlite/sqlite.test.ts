import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { insert } from '../../domain/change.ts';
import { humanLoopRow, t0 } from '../../testing/rows.ts';
import { storeCases } from '../store.cases.ts';
import { dumpSchema } from './migrate.ts';
import { connectionPragmas } from './pragmas.ts';
import { openSqliteStore } from './sqlite.ts';

const folders: string[] = [];
const clock = { now: () => t0 };

function newFile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-store-'));
  folders.push(folder);
  return join(folder, 'holdpoint.db');
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

storeCases('sqlite', { open: async () => openSqliteStore({ path: newFile(), clock }) });

test('rows are there after the store was closed and opened again', async () => {
  const path = newFile();
  const first = openSqliteStore({ path, clock });
  await first.save([insert('humanLoops', humanLoopRow())]);
  await first.close();
  const second = openSqliteStore({ path, clock });
  expect(await second.humanLoopByName('loop')).toEqual(humanLoopRow());
  await second.close();
});

test('saves wait for the disk: write-ahead log, synchronous FULL', async () => {
  const path = newFile();
  const store = openSqliteStore({ path, clock });
  const other = new DatabaseSync(path);
  expect(other.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  other.close();
  expect(connectionPragmas).toContain('synchronous=FULL');
  await store.close();
});

test.skipIf(process.platform === 'win32')('the database is readable by its owner only', async () => {
  const path = newFile();
  await openSqliteStore({ path, clock }).close();
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

/** A database with loops enough that it is looked at in parts when `large`. */
async function fill(path: string, large: boolean): Promise<void> {
  const store = openSqliteStore({ path, clock });
  const content = 'x'.repeat(large ? 400_000 : 1000);
  for (let index = 0; index < 100; index++)
    await store.save([
      insert('humanLoops', humanLoopRow({ id: `loop-${index}`, name: `loop-${index}` })),
      insert('humanLoopInputs', { humanLoopId: `loop-${index}`, inputContent: content, dataAttributes: null }),
    ]);
  await store.close();
}

test.each([
  ['a small one', false],
  ['a large one', true],
])('the health of a database that is damaged says so, and asking it does no harm: %s', async (_, large) => {
  const path = newFile();
  await fill(path, large);
  const sound = openSqliteStore({ path, clock });
  expect(await sound.health()).toMatchObject({ damage: [], complete: !large, newestRowAt: t0 });
  await sound.close();
  const bytes = readFileSync(path);
  // The last pages: the schema and the small tables are at the front.
  writeFileSync(path, bytes.fill(0xa5, Math.floor(bytes.length * 0.8)));
  const damaged = openSqliteStore({ path, clock });
  const { damage } = await damaged.health();
  expect(damage.length).toBeGreaterThan(0);
  expect(damage.length).toBeLessThanOrEqual(5);
  await damaged.close();
});

test('a database of a newer version is refused with a sentence', async () => {
  const path = newFile();
  await openSqliteStore({ path, clock }).close();
  const database = new DatabaseSync(path);
  database.exec("INSERT INTO migrations VALUES (9999, '9999-future.sql', 'x', 0)");
  database.close();
  expect(() => openSqliteStore({ path, clock })).toThrow(/made by a newer Holdpoint \(schema 9999/);
});

test('a migration that was edited afterwards is noticed', async () => {
  const path = newFile();
  await openSqliteStore({ path, clock }).close();
  const database = new DatabaseSync(path);
  database.exec("UPDATE migrations SET checksum = 'x' WHERE version = 1");
  database.close();
  expect(() => openSqliteStore({ path, clock })).toThrow(/differs from the one/);
});

test('the committed schema is the one that the migrations make', async () => {
  const path = newFile();
  await openSqliteStore({ path, clock }).close();
  const database = new DatabaseSync(path);
  const schema = dumpSchema(database);
  database.close();
  const file = new URL('./schema.sql', import.meta.url);
  if (process.env.HOLDPOINT_UPDATE_SCHEMA) writeFileSync(file, schema);
  expect(schema).toBe(readFileSync(file, 'utf8'));
});

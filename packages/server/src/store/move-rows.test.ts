import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { deliver } from '../domain/announce.ts';
import { type Change, insert, remove, update } from '../domain/change.ts';
import { addJob } from '../domain/jobs.ts';
import type { TableName } from '../domain/rows.ts';
import { type PostgresServer, startPostgres } from '../testing/postgres-server.ts';
import {
  eventTargetRow,
  flowDefinitionRow,
  humanLoopRow,
  t0,
  taskRow,
  workerRow,
  workteamRow,
} from '../testing/rows.ts';
import { moveRows, movingFrom } from './move-rows.ts';
import { openPostgresStore } from './postgres/postgres.ts';
import { openSqliteStore } from './sqlite/sqlite.ts';
import type { Store } from './store.ts';
import { tables } from './tables.ts';

const clock = { now: () => t0 };
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-move-'));
let server: PostgresServer;
let files = 0;
const open: Store[] = [];

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server?.close();
}, 60_000);

const engines: Readonly<Record<string, () => Promise<Store>>> = {
  sqlite: async () => openSqliteStore({ path: join(folder, `${++files}.db`), clock }),
  postgres: async () => openPostgresStore({ url: await server.newDatabase(), clock }),
};

async function store(engine: string): Promise<Store> {
  const made = await engines[engine]!();
  open.push(made);
  return made;
}

const settings: Change[] = [
  insert('settings', { name: 'accountId', value: '000000000000' }),
  insert('accessKeys', {
    accessKeyId: 'AKIAHPAAAA',
    secretAccessKey: 's',
    description: '',
    kind: 'internal',
    createdAt: t0,
  }),
];

/** Rows of many tables, more than a page of some, with what engines might treat differently. */
async function fill(target: Store): Promise<void> {
  await target.save([
    ...settings,
    insert('workteams', workteamRow({ description: 'Zoë\n"quoted"' })),
    insert('workers', workerRow()),
    insert('eventTargets', eventTargetRow()),
    insert(
      'eventTargets',
      eventTargetRow({
        id: 'bus',
        service: 'eventbridge',
        url: 'default',
        secret: '',
        region: 'eu-west-1',
        source: 'a',
      }),
    ),
    ...deliver(eventTargetRow(), '{}', { now: t0, newId: () => 'delivery' }, 'loop-1'),
    insert('flowDefinitions', flowDefinitionRow({ tags: JSON.parse('{"b":"2","__proto__":"x","a":"1"}') })),
    insert('templates', { sha256: 'e'.repeat(64), content: 'x'.repeat(128_000) }),
  ]);
  for (let index = 0; index < 1200; index += 100)
    await target.save(
      Array.from({ length: 100 }, (_, more) => `loop-${index + more}`).flatMap((name) => [
        insert('humanLoops', humanLoopRow({ id: `id-${name}`, name, failureReason: name.endsWith('7') ? '😀' : null })),
        addJob('expire-human-loop', `id-${name}`, t0, t0),
      ]),
    );
  for (let index = 0; index < 45; index++)
    await target.save([
      insert('tasks', taskRow({ id: `task-${index}`, humanLoopId: `id-loop-${index}` })),
      insert('humanLoopInputs', {
        humanLoopId: `id-loop-${index}`,
        inputContent: '{"z":1,"a":"\\u0000"}',
        dataAttributes: { b: [1.5] },
      }),
      insert('answers', {
        assignmentId: `assignment-${index}`,
        humanLoopId: `id-loop-${index}`,
        workerId: 'worker-1',
        answerContent: '{}',
        acceptedAt: t0,
        submittedAt: t0,
        finalAt: null,
        timeSpentInSeconds: 0.1 + 0.2,
        sequence: 1,
        workerIdentity: workerRow().identity,
      }),
    ]);
  const changed = (await target.humanLoop('id-loop-3'))!;
  await target.save([update('humanLoops', changed, { status: 'Completed', finishedAt: t0 + 1 })]);
}

async function everything(from: Store): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const table of Object.keys(tables) as TableName[]) all[table] = await from.rows(table, '', 5000);
  return all;
}

test.each([
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
])(
  'every row goes from %s to %s as it was',
  async (first, second) => {
    const [from, to] = [await store(first), await store(second)];
    await fill(from);
    const steps: string[] = [];
    const moved = await moveRows(from, to, { progress: (step, rows) => steps.push(`${step} ${rows}`) });
    expect(await everything(to)).toEqual(await everything(from));
    expect(moved).toBe(2 + 8 + 2400 + 135);
    expect(steps).toContain(`copy ${moved}`);
    expect(steps.at(-1)).toBe(`compare ${moved}`);
    expect(await to.setting(movingFrom)).toBeUndefined();
  },
  60_000,
);

test('a character that PostgreSQL cannot keep is another there, and keeps nothing from being moved', async () => {
  const [from, to] = [await store('sqlite'), await store('postgres')];
  await from.save([...settings, insert('workers', workerRow({ name: 'a\0b' }))]);
  await moveRows(from, to, {});
  expect((await to.rows('workers', '', 9)).map(({ name }) => name)).toEqual(['a\ufffdb']);
});

test('goes on where it was interrupted, and copies nothing twice', async () => {
  const [from, to] = [await store('sqlite'), await store('postgres')];
  await fill(from);
  const stop = new AbortController();
  const interrupted = moveRows(from, to, {
    signal: stop.signal,
    progress: (_step, rows) => {
      if (rows > 900) stop.abort(new Error('stopped'));
    },
  });
  await expect(interrupted).rejects.toThrow('stopped');
  expect((await to.setting(movingFrom))?.value).toBe('AKIAHPAAAA');
  let first: number | undefined;
  const moved = await moveRows(from, to, {
    progress: (step, rows) => {
      if (step === 'copy') first = rows;
    },
  });
  expect(first).toBeLessThan(moved - 900);
  expect(await everything(to)).toEqual(await everything(from));
}, 60_000);

test('refuses a target that is in use, part of another move, or no source at all', async () => {
  const [from, empty] = [await store('sqlite'), await store('sqlite')];
  await expect(moveRows(empty, from)).rejects.toThrow('There is nothing to move');
  await from.save(settings);
  const used = await store('sqlite');
  await used.save([insert('workers', workerRow())]);
  await expect(moveRows(from, used)).rejects.toThrow('The target is not empty');
  await empty.save([insert('settings', { name: movingFrom, value: 'another' })]);
  await expect(moveRows(from, empty)).rejects.toThrow('a part of another installation');
});

test('tells of a row that somebody changed meanwhile', async () => {
  const [from, to] = [await store('sqlite'), await store('sqlite')];
  await from.save([...settings, insert('humanLoops', humanLoopRow())]);
  let isChanged = false;
  const meddling: Store = {
    ...to,
    // When the comparison reads its first page, everything is copied.
    rows: async (...page) => {
      if (!isChanged) await to.save([update('humanLoops', humanLoopRow(), { status: 'Stopped' })]);
      isChanged = true;
      return to.rows(...page);
    },
  };
  await expect(moveRows(from, meddling)).rejects.toThrow('The row loop-1 of humanLoops differs');
});

test('tells of rows that the source lost after a move was interrupted', async () => {
  const [from, to] = [await store('sqlite'), await store('sqlite')];
  const loops = ['one', 'two', 'three'].map((name) => humanLoopRow({ id: name, name }));
  await from.save([...settings, ...loops.map((row) => insert('humanLoops', row))]);
  const end = new AbortController();
  const progress = (step: string) => step === 'compare' && end.abort();
  await expect(moveRows(from, to, { progress, signal: end.signal })).rejects.toThrow('aborted');
  await from.save([remove('humanLoops', loops[0]!)]);
  await expect(moveRows(from, to)).rejects.toThrow('The target has rows of humanLoops that the source has not');
});

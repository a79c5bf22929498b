import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Change, guard, insert, remove, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import { openCuttingProxy } from '../../testing/cutting-proxy.ts';
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts';
import { flowDefinitionRow, humanLoopRow, t0, taskRow } from '../../testing/rows.ts';
import { storeCases } from '../store.cases.ts';
import type { Changed, Store } from '../store.ts';
import { snakeCase, tables } from '../tables.ts';
import { openPool } from './pool.ts';
import { openPostgresStore, type PostgresSettings } from './postgres.ts';

const clock = { now: () => t0 };
let server: PostgresServer;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.close(), 60_000);

/** Stores on one database, which is emptied for each: making one anew is most of the time otherwise. */
function storesOf(settings: Partial<PostgresSettings>): () => Promise<Store> {
  let url: string | undefined;
  return async () => {
    if (url === undefined) url = await server.newDatabase();
    else await ask(url, emptyAll);
    return openPostgresStore({ url, clock, ...settings });
  };
}

/** Rows of all tables but what says which tables there are; whatever refers to what. */
const emptyAll = `DO $$
  DECLARE name text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
      AND NOT relispartition AND relname <> 'migrations'
    LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
  END $$`;

storeCases('postgres', { open: storesOf({}) });

storeCases('postgres, in eight parts', { open: storesOf({ partitions: 8 }) });

const loop = (name: string): Change => insert('humanLoops', humanLoopRow({ id: `id of ${name}`, name }));

/** Asks the database itself. */
async function ask(url: string, sql: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql, values as unknown[])).rows;
  } finally {
    await client.end();
  }
}

/** Two nodes on one new database. */
async function two(
  use: (first: Store, second: Store, url: string) => Promise<void>,
  more: Partial<PostgresSettings> = {},
) {
  const url = await server.newDatabase();
  const [first, second] = await Promise.all([
    openPostgresStore({ url, clock, ...more }),
    openPostgresStore({ url, clock, ...more }),
  ]);
  try {
    await use(first, second, url);
  } finally {
    await Promise.all([first.close(), second.close()]);
  }
}

describe('two nodes', () => {
  test('start on one empty database at once', () =>
    two(async (first, second) => {
      await first.save([loop('a')]);
      expect((await second.humanLoopByName('a'))?.name).toBe('a');
    }));

  /** What stands in the middle of both batches, and is held until both have come there. */
  const middles: readonly [string, (name: string) => Change, string][] = [
    [
      'rows that exist',
      (name) => update('flowDefinitions', flowDefinitionRow({ id: name, name }), { status: 'Failed' }),
      "SELECT 1 FROM flow_definitions WHERE id = 'm' FOR UPDATE",
    ],
    [
      'names that are new',
      loop,
      `INSERT INTO human_loops VALUES ('other', 'm', '', '', '', NULL, NULL, '', '', '', '', 0, NULL, 1)`,
    ],
  ];
  test.each(middles)(
    'whose batches meet in opposite orders do not wait for each other in a circle: %s',
    async (_, change, hold) => {
      let url = '';
      await two(async (first, second, database) => {
        url = database;
        await first.save(
          ['a', 'm', 'z'].map((name) => insert('flowDefinitions', flowDefinitionRow({ id: name, name }))),
        );
        const holder = new pg.Client(url);
        await holder.connect();
        await holder.query('BEGIN');
        await holder.query(hold);
        const save = (store: Store, ...names: string[]) => Promise.all(names.map((name) => store.save([change(name)])));
        const saving = Promise.all([save(first, 'a', 'm', 'z'), save(second, 'z', 'm', 'a')]);
        const waiting =
          "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
        await expect.poll(async () => (await ask(url, waiting)).length).toBe(2);
        await holder.query('ROLLBACK');
        await holder.end();
        const results = (await saving).flat();
        expect(results.filter((result) => result === 'saved')).toHaveLength(3);
      });
      // Told when the connections that were in one have ended; a deadlock is met with by another try, and would not show.
      const deadlocks = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
      expect(await ask(url, deadlocks)).toEqual([{ deadlocks: 0 }]);
    },
  );

  test('hear of each other’s changes, by keys', () =>
    two(async (first, second) => {
      const heard: Changed[] = [];
      second.changes((changed) => heard.push(...changed));
      const jobs = [addJob('expire-assignment', 'a', t0 + 5, t0), addJob('expire-human-loop', 'a', t0 + 3, t0)];
      await first.save([insert('tasks', taskRow()), ...jobs]);
      await expect.poll(() => heard).toHaveLength(2);
      expect(heard).toEqual([
        { table: 'tasks', change: 'insert', id: 'task-1', humanLoopId: 'loop-1', workteamId: 'team-1' },
        { table: 'jobs', change: 'insert', id: '', lane: 'main', dueAt: t0 + 3 },
      ]);
    }));

  test('hear of the jobs of a node that stops in the same moment', () =>
    two(async (first, _second, url) => {
      const heard: Changed[] = [];
      first.changes((changed) => heard.push(...changed.filter(({ table }) => table === 'jobs')));
      const third = await openPostgresStore({ url, clock });
      await third.save([addJob('expire-assignment', 'a', t0 + 5, t0), addJob('prepare-task', 'a', t0 + 7, t0)]);
      await third.close();
      await expect
        .poll(() => heard)
        .toEqual([
          { table: 'jobs', change: 'insert', id: '', lane: 'main', dueAt: t0 + 5 },
          { table: 'jobs', change: 'insert', id: '', lane: 'prepare', dueAt: t0 + 7 },
        ]);
    }));

  test('a thousand changes at once are heard, whatever one message can hold', () =>
    two(async (first, second) => {
      const heard = new Set<string>();
      second.changes((changed) => {
        for (const { id } of changed) heard.add(id);
      });
      const tasks = Array.from({ length: 1000 }, () => randomUUID());
      await Promise.all(tasks.map((id) => first.save([insert('tasks', taskRow({ id, humanLoopId: id }))])));
      await expect.poll(() => heard.size).toBe(1000);
    }));

  test('a flow definition that one of them deletes starts nothing on the other, which has it in memory', () =>
    two(async (_, second, url) => {
      await second.save([insert('flowDefinitions', flowDefinitionRow())]);
      const seen = (await second.flowDefinitionByName('flow'))!;
      // By somebody whose message is still on its way.
      await ask(url, 'DELETE FROM flow_definitions');
      expect(await second.save([guard('flowDefinitions', seen), loop('late')])).toBe('conflict');
      expect(await second.flowDefinitionByName('flow')).toBeUndefined();
    }));

  test('never hold the same job, and what a claim of before still wants to save is refused', () =>
    two(async (first, second) => {
      await first.save([addJob('expire-assignment', 'a', t0, t0)]);
      const claim = { lane: 'main', now: t0, leaseUntil: t0 + 10, limit: 9 } as const;
      const [[one = undefined], [other = undefined]] = await Promise.all([
        first.claimJobs(claim),
        second.claimJobs(claim),
      ]);
      expect([one, other].filter(Boolean)).toHaveLength(1);
      const slow = (one ?? other)!;
      const [quick] = await (one ? second : first).claimJobs({ ...claim, now: t0 + 10, leaseUntil: t0 + 99 });
      expect(await first.save([remove('jobs', slow), loop('of the slow one')])).toBe('conflict');
      expect(await second.save([remove('jobs', quick!), loop('of the quick one')])).toBe('saved');
    }));

  test('the jobs of a node that starts again are free at once, and nobody else may be there who shares no objects', async () => {
    const url = await server.newDatabase();
    const first = await openPostgresStore({ url, clock, node: 'one' });
    await first.save([addJob('expire-assignment', 'a', t0, t0)]);
    const claim = { lane: 'main', now: t0, leaseUntil: t0 + 600_000, limit: 9 } as const;
    expect(await first.claimJobs(claim)).toHaveLength(1);
    await first.close();
    // As after a kill: the former self has said no word of its end.
    await ask(url, "INSERT INTO nodes (id, seen_at) VALUES ('one', clock_timestamp())");
    const again = await openPostgresStore({ url, clock, node: 'one', isAlone: true });
    expect(await again.claimJobs(claim)).toHaveLength(1);
    await expect(openPostgresStore({ url, clock, node: 'two', isAlone: true })).rejects.toThrow(/stop them first/);
    // Nor may one come that shares its objects with others.
    await expect(openPostgresStore({ url, clock, node: 'two' })).rejects.toThrow(
      /has to be alone works.*: stop it first/,
    );
    await again.close();
    await openPostgresStore({ url, clock, node: 'two' }).then((store) => store.close());
  });

  test('a start that fails half-way leaves no lock and no connection', async () => {
    const url = await server.newDatabase();
    await openPostgresStore({ url, clock }).then((store) => store.close());
    await ask(
      url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON nodes EXECUTE FUNCTION refuse()`,
    );
    await expect(openPostgresStore({ url, clock, node: 'one' })).rejects.toThrow('The database is full');
    const others = 'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    await expect.poll(() => ask(url, others)).toEqual([]);
    await ask(url, 'DROP TRIGGER full_disk ON nodes');
    await openPostgresStore({ url, clock, node: 'one', isAlone: true }).then((store) => store.close());
  });

  test('a store that is closed while its listener connects anew keeps no lock', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url, clock, node: 'one' });
    await ask(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    await store.close();
    // Longer than it pauses before it connects.
    await pause(700);
    await openPostgresStore({ url, clock, node: 'one', isAlone: true, goneMs: 0 }).then((again) => again.close());
  });

  test('installations in two schemas of one database do not meet', async () => {
    const url = await server.newDatabase();
    await ask(url, 'CREATE SCHEMA a; CREATE SCHEMA b');
    const inSchema = (name: string) =>
      openPostgresStore({
        url: `${url}?options=-csearch_path%3D${name}`,
        clock,
        node: 'one',
        isAlone: true,
        goneMs: 0,
      });
    const [first, second] = [await inSchema('a'), await inSchema('b')];
    await first.save([loop('of a')]);
    expect(await second.humanLoopByName('of a')).toBeUndefined();
    await Promise.all([first.close(), second.close()]);
  });

  test('two nodes of one name are refused, and a former connection that lingers is waited for', async () => {
    const url = await server.newDatabase();
    const proxy = await openCuttingProxy(server.port);
    const far = new URL(url);
    far.port = String(proxy.port);
    const first = await openPostgresStore({ url: far.href, clock, node: 'copied' });
    const second = { url, clock, node: 'copied' };
    await expect(openPostgresStore({ ...second, goneMs: 300, whatOfName: 'Remove the file node.' })).rejects.toThrow(
      /under the name of this one\. Remove the file node\.$/,
    );
    expect(await ask(url, "SELECT id FROM nodes WHERE id = 'copied'")).toHaveLength(1);
    const opening = openPostgresStore(second);
    await pause(500);
    // Gone for good: it cannot come back and take the name again.
    proxy.part();
    const store = await opening;
    await store.close();
    proxy.mend();
    await first.close();
    await proxy.close();
  });

  test('the jobs of a node that is gone without a word are free as soon as it counts as gone', () =>
    two(async (first, second, url) => {
      await first.save([addJob('expire-assignment', 'a', t0, t0)]);
      const claim = { lane: 'main', now: t0, leaseUntil: t0 + 600_000, limit: 9 } as const;
      expect(await first.claimJobs(claim)).toHaveLength(1);
      expect(await second.claimJobs(claim)).toEqual([]);
      await ask(url, "UPDATE jobs SET claimed_by = 'a node of before'");
      expect(await second.claimJobs(claim)).toHaveLength(1);
    }));

  test('one looks for jobs when another that said nothing for a while counts as gone', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url, clock, node: 'here' });
    let looks = 0;
    store.changes((changed) => {
      if (changed.some(({ table, change }) => table === 'jobs' && change !== 'remove')) looks++;
    });
    await ask(url, "INSERT INTO nodes (id, seen_at) VALUES ('killed', clock_timestamp() - interval '16 seconds')");
    await expect.poll(() => looks, { timeout: 10_000 }).toBe(1);
    // Once, not at every sign of life of this node: the next one is over when another has come after it.
    const seenAt = async () => (await ask(url, "SELECT seen_at::text FROM nodes WHERE id = 'here'"))[0];
    for (const _ of [1, 2]) {
      const before = await seenAt();
      await expect.poll(seenAt, { timeout: 10_000 }).not.toEqual(before);
    }
    expect(looks).toBe(1);
    await store.close();
  });

  test('a claim whose answer the network lost holds nothing up', () =>
    two(async (first, second, url) => {
      await first.save([addJob('expire-assignment', 'a', t0, t0), addJob('expire-assignment', 'b', t0, t0)]);
      const claim = { lane: 'main', now: t0, leaseUntil: t0 + 600_000, limit: 1 } as const;
      const [heard] = await first.claimJobs(claim);
      await ask(
        url,
        `UPDATE jobs SET claimed_until = ${t0 + 600_000}, claimed_by =
        (SELECT claimed_by FROM jobs WHERE claimed_by IS NOT NULL) WHERE claimed_by IS NULL`,
      );
      expect(await second.claimJobs(claim)).toEqual([]);
      expect(await second.nextJobDueAt('main')).toBe(t0 + 600_000);
      expect(await first.nextJobDueAt('main')).toBe(t0);
      const [other] = await first.claimJobs(claim);
      expect([heard?.subject, other?.subject].sort()).toEqual(['a', 'b']);
      expect(await first.claimJobs(claim)).toEqual([]);
    }));
});

test('what became of batches is kept for minutes, not for ever', async () => {
  const url = await server.newDatabase();
  const store = await openPostgresStore({ url, clock });
  await store.save([loop('a')]);
  const kept = async () => (await ask(url, 'SELECT id FROM save_batches')).length;
  expect(await kept()).toBe(1);
  await ask(url, "UPDATE save_batches SET made_at = made_at - interval '10 minutes'");
  await expect.poll(kept).toBe(0);
  await store.close();
});

describe('a database that goes away', () => {
  test('keeps what was answered and doubles nothing, however often connections break during saves', async () => {
    const proxy = await openCuttingProxy(server.port);
    const url = (await server.newDatabase()).replace(`:${server.port}/`, `:${proxy.port}/`);
    const store = await openPostgresStore({ url, clock, batchLimit: 7 });
    const results: string[] = [];
    for (let round = 0; round < 20; round++) {
      const names = Array.from({ length: 20 }, (_, index) => `loop-${round}-${index}`);
      const saving = Promise.all(names.map((name) => store.save([loop(name), addJob('write-output', name, t0, t0)])));
      await new Promise((resolve) => setTimeout(resolve, round));
      proxy.cut();
      results.push(...(await saving));
    }
    // Each name is new: a batch that was written and sent again unknowingly would be refused here.
    expect(new Set(results)).toEqual(new Set(['saved']));
    expect(proxy.cuts).toBeGreaterThanOrEqual(20);
    await store.close();
    await proxy.close();
  });

  test('answers again after a crash and a new start, to those who waited meanwhile', async () => {
    const own = await startPostgres({ isDurable: true });
    const store = await openPostgresStore({ url: await own.newDatabase(), clock });
    await store.save([loop('before')]);
    await own.crash();
    const saving = store.save([loop('meanwhile')]);
    const reading = store.humanLoopByName('before');
    await own.start();
    expect(await saving).toBe('saved');
    expect((await reading)?.name).toBe('before');
    expect((await store.humanLoopByName('meanwhile'))?.name).toBe('meanwhile');
    await store.close();
    await own.close();
  });

  test('answers again after a network that let everything vanish, also to those who waited meanwhile', async () => {
    const proxy = await openCuttingProxy(server.port);
    const url = (await server.newDatabase()).replace(`:${server.port}/`, `:${proxy.port}/`);
    const store = await openPostgresStore({ url, clock, silenceMs: 300 });
    await store.save([loop('before')]);
    // Connections that lie idle, each of which will be silent.
    await Promise.all(Array.from({ length: 8 }, () => store.humanLoopByName('before')));
    proxy.swallow();
    const saving = store.save([loop('meanwhile')]);
    const reading = store.humanLoopByName('before');
    await expect.poll(() => store.problem()).toBe('The database cannot be reached.');
    proxy.mend();
    expect(await saving).toBe('saved');
    expect((await reading)?.name).toBe('before');
    expect((await store.humanLoopByName('meanwhile'))?.name).toBe('meanwhile');
    expect(store.problem()).toBeUndefined();
    await store.close();
    await proxy.close();
  });

  test('hears the other nodes again after a network that let everything vanish', async () => {
    const proxy = await openCuttingProxy(server.port);
    const straight = await server.newDatabase();
    const there = await openPostgresStore({ url: straight, clock });
    const url = straight.replace(`:${server.port}/`, `:${proxy.port}/`);
    const here = await openPostgresStore({ url, clock, silenceMs: 300 });
    let heard = 0;
    here.changes((changed) => {
      if (changed.some(({ table, change }) => table === 'humanLoops' && change === 'update')) heard++;
    });
    await there.save([loop('one')]);
    proxy.swallow();
    await expect.poll(() => here.problem(), { timeout: 10_000 }).toBe('The database cannot be reached.');
    proxy.mend();
    const tell = async () => {
      await there.save([update('humanLoops', (await there.humanLoopByName('one'))!, { status: 'Stopping' })]);
      return heard;
    };
    await expect.poll(tell, { timeout: 20_000, interval: 500 }).toBeGreaterThan(0);
    await Promise.all([there.close(), here.close()]);
    await proxy.close();
  });

  test('is not taken for lost while a statement waits for a lock', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url, clock, silenceMs: 5000 });
    const other = new pg.Client(url);
    await other.connect();
    await other.query('BEGIN; LOCK TABLE human_loops IN EXCLUSIVE MODE');
    const problems: (string | undefined)[] = [];
    const watching = setInterval(() => problems.push(store.problem()), 20);
    const saving = store.save([loop('waits')]);
    const waiting = async () =>
      (await ask(url, "SELECT pid, query_start::text FROM pg_stat_activity WHERE wait_event_type = 'Lock'"))[0];
    await expect.poll(waiting).toBeDefined();
    const first = await waiting();
    // Stopped, and perhaps on its way again.
    await expect.poll(waiting, { timeout: 20_000 }).not.toEqual(first);
    await other.query('ROLLBACK');
    expect(await saving).toBe('saved');
    clearInterval(watching);
    expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
    await other.end();
    await store.close();
  });

  test('that refuses this server says so, and serves again when it does not', async () => {
    const superuser = await server.newDatabase();
    const own = new URL(superuser);
    const role = `refused_${own.pathname.slice(1)}`;
    await ask(superuser, `CREATE ROLE ${role} LOGIN`);
    await ask(superuser, `ALTER DATABASE ${own.pathname.slice(1)} OWNER TO ${role}`);
    own.username = role;
    const store = await openPostgresStore({ url: own.href, clock });
    await store.save([loop('before')]);

    await ask(superuser, `REVOKE INSERT ON human_loops FROM ${role}`);
    const withoutRight = 'The database refuses this server a right that it needs.';
    const unavailable = (message: string) => ({ name: 'ServiceUnavailableException', message });
    await expect(store.save([loop('refused')])).rejects.toMatchObject(unavailable(withoutRight));
    expect(store.problem()).toBe(withoutRight);
    await ask(superuser, `GRANT INSERT ON human_loops TO ${role}`);
    expect(await store.save([loop('after')])).toBe('saved');

    await ask(superuser, `ALTER ROLE ${role} NOLOGIN`);
    await ask(superuser, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
    const withoutUser = 'The database refuses the user of this server.';
    await expect.poll(() => store.problem()).toBe(withoutUser);
    await expect(store.humanLoopByName('before')).rejects.toMatchObject(unavailable(withoutUser));
    await ask(superuser, `ALTER ROLE ${role} LOGIN`);
    await expect.poll(() => store.problem(), { timeout: 15_000 }).toBeUndefined();
    expect((await store.humanLoopByName('before'))?.name).toBe('before');
    await store.close();
  });

  test('a store is closed although the server does not say good-bye to who listens', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url, clock });
    const [listener] = await ask(
      url,
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
    );
    process.kill(Number(listener!.pid), 'SIGSTOP');
    try {
      await store.close();
    } finally {
      process.kill(Number(listener!.pid), 'SIGCONT');
    }
  });

  test('a pool that is ended while a connection is silent ends all the same', async () => {
    const proxy = await openCuttingProxy(server.port);
    const connectionString = (await server.newDatabase()).replace(`:${server.port}/`, `:${proxy.port}/`);
    const pool = openPool({ connectionString }, { max: 2, silenceMs: 300 });
    const ask = () => pool.query({ text: 'SELECT 1', rowMode: 'array' });
    await ask();
    proxy.swallow();
    const asking = ask();
    // Not before the question is on its way.
    await turn();
    await Promise.all([pool.end(), expect(asking).rejects.toThrow('Query read timeout')]);
    await proxy.close();
  });

  test('refuses at once and in one sentence when it is full, and saves again when it has room', async () => {
    const url = await server.newDatabase();
    const store = await openPostgresStore({ url, clock });
    // What PostgreSQL raises when it cannot extend a file.
    await ask(
      url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no space' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON human_loops EXECUTE FUNCTION refuse()`,
    );
    const full = 'The database is full: nothing can be saved until there is room on its disk.';
    const refused = await Promise.allSettled([store.save([loop('a')]), store.save([loop('b')])]);
    expect(refused.map((each) => each.status === 'rejected' && [each.reason.name, each.reason.message])).toEqual([
      ['ServiceUnavailableException', full],
      ['ServiceUnavailableException', full],
    ]);
    expect(store.problem()).toBe(full);
    await ask(url, 'DROP TRIGGER full_disk ON human_loops');
    expect(await store.save([loop('a')])).toBe('saved');
    expect(store.problem()).toBeUndefined();
    await store.close();
  });

  test('is named after a while', async () => {
    const own = await startPostgres();
    const store = await openPostgresStore({ url: await own.newDatabase(), clock, patienceMs: 300 });
    await own.crash();
    await expect(store.save([loop('a')])).rejects.toThrow(/The database cannot be reached/);
    await expect(store.humanLoopByName('a')).rejects.toThrow(/The database cannot be reached/);
    await own.close();
    await store.close();
  });
});

describe('at the start', () => {
  const refusals: readonly [string, (url: string) => Promise<string> | string, RegExp][] = [
    ['no server', () => 'postgres://holdpoint@127.0.0.1:1/x', /^No PostgreSQL answers at 127\.0\.0\.1:1\/x/],
    ['no such database', (url) => `${url}_not`, /^There is no database at .*make it with createdb/],
    [
      'no address',
      () => 'postgres://holdpoint:a#b/c@db/x',
      /^--database-url is no address of a database: .* written as %XX\.$/,
    ],
    [
      'no TLS where it is wanted',
      (url) => `${url}?sslmode=verify-full`,
      /^The database at .* \(--database-url\) cannot be used with TLS: The server does not support SSL connections\. .*sslmode/,
    ],
    [
      'a user who may not sign in',
      async (url) => {
        await ask(url, 'DROP ROLE IF EXISTS barred; CREATE ROLE barred NOLOGIN');
        return url.replace('holdpoint@', 'barred@');
      },
      /refuses the user of --database-url: role "barred" is not permitted to log in\.$/,
    ],
    [
      'no right to make tables',
      async (url) => {
        await ask(url, 'DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN; REVOKE CREATE ON SCHEMA public FROM PUBLIC');
        return url.replace('holdpoint@', 'poor@');
      },
      /may not make tables/,
    ],
    [
      'a newer schema that no longer suits this program',
      async (url) => {
        await openPostgresStore({ url, clock }).then((store) => store.close());
        await ask(url, "INSERT INTO migrations VALUES (9999, '9999-future.sql', 'x', 9999, 0)");
        return url;
      },
      /made by a newer Holdpoint \(schema 9999/,
    ],
    [
      'a migration that was edited afterwards',
      async (url) => {
        await openPostgresStore({ url, clock }).then((store) => store.close());
        await ask(url, "UPDATE migrations SET checksum = 'x' WHERE version = 1");
        return url;
      },
      /differs from the one/,
    ],
  ];
  test.each(refusals)('%s is a sentence', async (_, make, sentence) => {
    const url = await make(await server.newDatabase());
    await expect(openPostgresStore({ url, clock })).rejects.toThrow(sentence);
  });

  test('a schema of the next version that still suits this program is worked on', async () => {
    const url = await server.newDatabase();
    await openPostgresStore({ url, clock }).then((store) => store.close());
    await ask(
      url,
      "ALTER TABLE human_loops ADD COLUMN note TEXT; INSERT INTO migrations VALUES (9999, '9999-future.sql', 'x', 1, 0)",
    );
    const store = await openPostgresStore({ url, clock });
    await store.save([loop('a')]);
    await ask(url, "UPDATE human_loops SET note = 'of the new version'");
    await store.save([update('humanLoops', (await store.humanLoopByName('a'))!, { status: 'Stopping' })]);
    expect(await ask(url, 'SELECT note, status FROM human_loops')).toEqual([
      { note: 'of the new version', status: 'Stopping' },
    ]);
    await store.close();
  });

  test('rows of every table are found by their key through an index', async () => {
    const url = await server.newDatabase();
    await openPostgresStore({ url, clock }).then((store) => store.close());
    const first = await ask(
      url,
      `SELECT c.relname || '.' || a.attname AS line FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0] WHERE i.indpred IS NULL`,
    );
    const keys = Object.entries(tables).map(([name, { key }]) => `${snakeCase(name)}.${snakeCase(key)}`);
    expect(first.map(({ line }) => line)).toEqual(expect.arrayContaining(keys));
  });

  test('the committed schema is the one that the migrations make', async () => {
    const url = await server.newDatabase();
    await openPostgresStore({ url, clock }).then((store) => store.close());
    const columns = await ask(
      url,
      `SELECT table_name || '.' || column_name || ' ' || data_type || coalesce(' ' || collation_name, '')
        || CASE is_nullable WHEN 'NO' THEN ' NOT NULL' ELSE '' END AS line
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, ordinal_position`,
    );
    const indexes = await ask(url, "SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1");
    const schema = `${[...columns, ...indexes].map(({ line }) => line).join('\n')}\n`;
    const file = new URL('./schema.txt', import.meta.url);
    if (process.env.HOLDPOINT_UPDATE_SCHEMA) writeFileSync(file, schema);
    expect(schema).toBe(readFileSync(file, 'utf8'));
  });
});

test('a task that is not accepted costs no connection', async () => {
  const url = await server.newDatabase();
  const store = await openPostgresStore({ url, clock });
  const opened =
    'SELECT count(*) AS count, max(backend_start) AS last FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
  const refuse = () =>
    store.claimNextTask({
      workerId: 'w',
      workteamIds: [taskRow({ id: 'a' }).workteamId],
      now: t0,
      accept: () => {
        throw new Error('not this one');
      },
    });
  try {
    await store.save([insert('tasks', taskRow({ id: 'a' }))]);
    await expect(refuse()).rejects.toThrow('not this one');
    const before = await ask(url, opened);
    for (let time = 0; time < 5; time++) await expect(refuse()).rejects.toThrow('not this one');
    expect(await ask(url, opened)).toEqual(before);
  } finally {
    await store.close();
  }
});

test('claims that wait for the last tasks keep no save waiting', async () => {
  const url = await server.newDatabase();
  const store = await openPostgresStore({ url, clock });
  const other = new pg.Client(url);
  await other.connect();
  try {
    await store.save([insert('tasks', taskRow({ id: 'a' }))]);
    await other.query("BEGIN; SELECT 1 FROM tasks WHERE id = 'a' FOR UPDATE");
    const claims = Array.from({ length: 20 }, (_, index) =>
      store.claimNextTask({
        workerId: `w${index}`,
        workteamIds: [taskRow({ id: 'a' }).workteamId],
        now: t0,
        accept: () => {
          throw new Error('not this one');
        },
      }),
    );
    const refused = Promise.allSettled(claims);
    await untilWaiting(url, 4);
    expect(await store.save([loop('saved meanwhile')])).toBe('saved');
    await other.query('COMMIT');
    for (const claim of await refused) expect(claim).toMatchObject({ reason: new Error('not this one') });
  } finally {
    await other.end();
    await store.close();
  }
});

/** Waits until so many connections wait for locks. */
async function untilWaiting(url: string, count: number): Promise<void> {
  const sql =
    "SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
  await expect.poll(async () => (await ask(url, sql))[0]!.waiting, { timeout: 10_000 }).toBeGreaterThanOrEqual(count);
}

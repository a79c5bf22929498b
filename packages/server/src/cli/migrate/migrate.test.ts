import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, createClient } from '@holdpoint/client';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { type Server, startServer } from '../../main.ts';
import { type PostgresServer, startPostgres } from '../../testing/postgres-server.ts';
import { runCommand } from '../../testing/run-command.ts';

let server: PostgresServer;
let data: string;
let url: string;

beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterAll(() => server?.close(), 60_000);
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'holdpoint-migrate-'));
  url = await server.newDatabase();
  return () => rm(data, { recursive: true });
});

const serve = (databaseUrl = '', folder = data) =>
  startServer(readConfig({ data: folder, port: 0, databaseUrl }, {}), { log: createLog('silent') });

type OperationName = Parameters<Client['call']>[0];

/** Calls an operation with the root key, as it was written into the data directory. */
async function call(running: Server, operation: OperationName, input: object): Promise<Record<string, unknown>> {
  const text = await readFile(running.files.credentialsFile, 'utf8');
  const [, accessKeyId = ''] = /aws_access_key_id = (\S+)/.exec(text) ?? [];
  const [, secretAccessKey = ''] = /aws_secret_access_key = (\S+)/.exec(text) ?? [];
  const { endpointUrl, region } = running;
  const credentials = { accessKeyId, secretAccessKey };
  const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
  return client.call(operation, input) as Promise<Record<string, unknown>>;
}

const migrate = (...args: string[]) =>
  runCommand(['migrate', ...args], { environment: { HOLDPOINT_DATABASE_URL: url } });

test('an installation goes on in PostgreSQL as it was, with its keys and people, and back', async () => {
  const first = await serve();
  await call(first, 'CreateWorker', { Email: 'ada@example.com', Name: 'Ada', Workteams: ['reviewers'] });
  await first.close();
  const moved = await migrate('--from', `sqlite:${data}`);
  expect(moved).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+ rows were moved and compared in /) });
  const second = await serve(url);
  const { Workers } = await call(second, 'ListWorkers', {});
  expect(Workers).toMatchObject([{ Email: 'ada@example.com' }]);
  await call(second, 'CreateWorker', { Email: 'max@example.com', Name: 'Max', Workteams: ['reviewers'] });
  await second.close();
  const back = `${data}/back`;
  const result = await migrate('--from', url, '--to', `sqlite:${back}`, '--json');
  expect(JSON.parse(result.stdout)).toMatchObject({ Rows: expect.any(Number) });
  data = back;
  const third = await serve();
  expect(((await call(third, 'ListWorkers', {})).Workers as unknown[]).length).toBe(2);
  await third.close();
  data = data.replace(/\/back$/, '');
}, 60_000);

test('a data directory whose rows are in PostgreSQL makes no second installation when that is forgotten', async () => {
  await serve(url).then((running) => running.close());
  await expect(serve()).rejects.toThrow(/The rows of .* are in PostgreSQL: set HOLDPOINT_DATABASE_URL/);
  expect(await runCommand(['worker', 'list', '--data', data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('are in PostgreSQL'),
  });
  const environment = { HOLDPOINT_DATABASE_URL: url };
  expect(await runCommand(['worker', 'list', '--data', data], { environment })).toMatchObject({ code: 0 });
  // Moved into the directory itself, the rows are in its file again.
  expect(await migrate('--from', url, '--to', `sqlite:${data}`)).toMatchObject({ code: 0 });
  await serve().then((running) => running.close());
}, 60_000);

test('an empty database beside a file with rows is refused, and so is one that is not there; the file goes on', async () => {
  await serve().then((running) => running.close());
  const unreachable = url.replace(/:\d+\//, ':1/');
  await expect(serve(unreachable)).rejects.toThrow(/No PostgreSQL answers/);
  await expect(serve(url)).rejects.toThrow(
    `The database of --database-url is empty, and ${data} has rows in holdpoint.db: move them with "holdpoint migrate --from sqlite:${data} --to postgres://…"`,
  );
  await serve().then((running) => running.close());
  expect(await migrate('--from', `sqlite:${data}`)).toMatchObject({ code: 0 });
  await serve(url).then((running) => running.close());
}, 60_000);

test('an empty file of a first start that failed does not keep a server from PostgreSQL', async () => {
  await writeFile(join(data, 'holdpoint.db'), '');
  await serve(url).then((running) => running.close());
}, 60_000);

test('a start that is refused leaves the data directory to its file, and a move that was interrupted can go on', async () => {
  await serve().then((running) => running.close());
  const client = new pg.Client(url);
  await client.connect();
  expect(await migrate('--from', `sqlite:${data}`)).toMatchObject({ code: 0 });
  const { rows } = await client.query(
    'SELECT "accessKeyId" FROM (SELECT access_key_id AS "accessKeyId" FROM access_keys WHERE kind = \'internal\') k',
  );
  await client.query("INSERT INTO settings (name, value, version) VALUES ('movingFrom', $1, 1)", [rows[0].accessKeyId]);
  await expect(serve(url)).rejects.toThrow('The move into this database has not ended');
  expect(await migrate('--from', `sqlite:${data}`)).toMatchObject({ code: 0 });
  // Another installation's.
  await client.query("UPDATE settings SET value = 'x' WHERE name = 'linkSecret'");
  await expect(serve(url)).rejects.toThrow(/is another installation's than the rows in .*holdpoint\.db: give another/);
  await client.end();
  await serve().then((running) => running.close());
}, 60_000);

test('refuses while a server works on either side, and says which', async () => {
  const running = await serve();
  expect(await migrate('--from', `sqlite:${data}`)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`Another Holdpoint server is using the data directory ${data}`),
  });
  await running.close();
  const onPostgres = await serve(url, `${data}/of-postgres`);
  expect(await migrate('--from', url, '--to', `sqlite:${data}/other`)).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Servers work on the database at 127\.0\.0\.1:\d+\/holdpoint_\d+: stop them first/),
  });
  await onPostgres.close();
}, 60_000);

test('a server does not start on a half of a move', async () => {
  const first = await serve();
  await first.close();
  await migrate('--from', `sqlite:${data}`);
  const client = new pg.Client(url);
  await client.connect();
  await client.query("INSERT INTO settings (name, value, version) VALUES ('movingFrom', 'x', 1)");
  await client.end();
  await expect(serve(url)).rejects.toThrow('The move into this database has not ended');
}, 60_000);

test.each([
  [[], /Say where the rows are/],
  [['--from', 'mysql://ada:secret@db/x'], /'mysql:\/\/ada:…@db\/x' \(--from\) is no place of rows/],
  [['--from', 'sqlite:/nowhere/at/all'], /There is no database in \/nowhere\/at\/all/],
  [['--from', 'sqlite:x', '--to', 'sqlite:./x'], /--from and --to are the same place/],
  [['--from', 'postgres://a@127.0.0.1:1/x'], /No PostgreSQL answers at 127\.0\.0\.1:1\/x \(--from\)/],
  [['--from', 'sqlite:x', '--partitions', '1.5'], /--partitions must be a whole number/],
])('wrong use is one sentence: %j', async (args, sentence) => {
  const { code, stderr } = await migrate(...args);
  expect(code).toBeGreaterThan(0);
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { copyDatabase } from './copy-database.ts';

const pages = 12_000;

/** Adds rows without a pause until it is told to end. */
const writer = `
  const { parentPort, workerData } = require('node:worker_threads');
  const database = new (require('node:sqlite').DatabaseSync)(workerData);
  database.exec('PRAGMA busy_timeout=30000; PRAGMA synchronous=OFF');
  const add = database.prepare("INSERT INTO added DEFAULT VALUES");
  const more = () => { for (let row = 0; row < 20; row++) add.run(); };
  more();
  parentPort.postMessage('writes');
  const timer = setInterval(more, 1);
  parentPort.once('message', () => { clearInterval(timer); database.close(); });
`;

it('comes to its end while somebody writes, with what was there at its beginning', { timeout: 60_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-copy-'));
  const [from, to] = [join(folder, 'from.db'), join(folder, 'to.db')];
  const source = new DatabaseSync(from);
  // Many steps of few bytes.
  source.exec(
    'PRAGMA page_size=512; PRAGMA journal_mode=WAL; CREATE TABLE added (id INTEGER PRIMARY KEY); CREATE TABLE large (content)',
  );
  source.prepare('INSERT INTO large VALUES (zeroblob(?))').run(pages * 512);
  const worker = new Worker(writer, { eval: true, workerData: from });
  await once(worker, 'message');
  let steps = 0;
  await copyDatabase(from, to, () => steps++);
  const count = (database: DatabaseSync): number =>
    Number(database.prepare('SELECT count(*) AS n FROM added').get()!.n);
  const copy = new DatabaseSync(to);
  const copied = count(copy);
  const pagesOfCopy = Number(copy.prepare('SELECT page_count AS n FROM pragma_page_count').get()!.n);
  copy.close();
  await expect.poll(() => count(source)).toBeGreaterThan(copied);
  worker.postMessage('end');
  await once(worker, 'exit');
  source.close();
  expect(copied).toBeGreaterThan(0);
  // Each page was copied once, a thousand in a step.
  expect(pagesOfCopy).toBeGreaterThan(pages);
  expect(steps).toBeLessThanOrEqual(Math.ceil(pagesOfCopy / 1000));
  await rm(folder, { recursive: true });
});

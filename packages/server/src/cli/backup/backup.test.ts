import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../config.ts';
import { createLog } from '../../log.ts';
import { startServer } from '../../main.ts';
import { openFolder } from '../../object-store/folder/folder.ts';
import { runCommand } from '../../testing/run-command.ts';
import { type LoopStage, openLoopStage } from '../loop/testing/loop-stage.ts';

let stage: LoopStage;
let folder: string;
beforeEach(async () => {
  stage = await openLoopStage();
  folder = await mkdtemp(join(tmpdir(), 'holdpoint-backup-'));
});
afterEach(async () => {
  await stage.close();
  await rm(folder, { recursive: true });
});

const rules = JSON.stringify([{ answer: { seen: '{{ input.text }}' }, seconds: 0 }]);

describe('a backup', { timeout: 120_000 }, () => {
  test('of rows that were moved to PostgreSQL is refused, and so is a move of what they were', async () => {
    writeFileSync(join(stage.data, 'node'), 'some-name\n');
    const refused = { code: 1, stderr: expect.stringMatching(/in PostgreSQL: set HOLDPOINT_DATABASE_URL/) };
    expect(await stage.holdpoint('backup', join(folder, 'backup'))).toMatchObject(refused);
    expect(existsSync(join(folder, 'backup'))).toBe(false);
    const move = ['migrate', '--from', `sqlite:${stage.data}`, '--to', `sqlite:${join(folder, 'new')}`];
    expect(await runCommand(move)).toMatchObject(refused);
  });

  test('that is made while loops are finished has the file of every loop that it calls Completed; restored, it goes on', async () => {
    await stage.makeFlow('mood');
    await stage.startLoops('mood', ...Array.from({ length: 60 }, (_, text) => ({ text })));
    const file = await stage.write('rules.json', rules);
    const simulating = stage.holdpoint(
      'simulate',
      '--rules',
      file,
      '--flow',
      'mood',
      '--until-empty',
      '--workers',
      '4',
    );
    // In the middle of it.
    await expect.poll(() => completed(stage.data).length).toBeGreaterThan(5);
    const backup = join(folder, 'backup');
    expect(await stage.holdpoint('backup', backup)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/copied in [\d.]+ s, with \d+ objects\.\n$/),
    });
    await simulating;
    expect((await stat(backup)).mode & 0o077).toBe(0);

    const rows = completed(backup);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.length).toBeLessThan(60);
    const objects = await openFolder(join(backup, 'objects'));
    for (const uri of rows) {
      const { hostname, pathname } = new URL(uri);
      expect(await objects.head(hostname, pathname.slice(1)), uri).toBeDefined();
    }
    await objects.close();

    const begun = count(backup, "assignments WHERE status = 'open'");
    const restored = join(folder, 'restored');
    expect(await runCommand(['restore', backup, '--data', restored])).toMatchObject({ code: 0 });
    const server = await startServer(readConfig({ data: restored, port: 0, undoSeconds: 0 }, {}), {
      log: createLog('silent'),
    });
    const again = await runCommand([
      'simulate',
      '--rules',
      file,
      '--flow',
      'mood',
      '--until-empty',
      // Others: what those of before hold would be free again for themselves.
      '--worker-prefix',
      'others',
      '--data',
      restored,
    ]);
    expect(again.code).toBe(0);
    // What somebody had begun waits for them.
    await expect.poll(() => completed(restored).length).toBe(60 - begun);
    await server.close();
  });

  test('of what is not there, or onto what is, is refused; nothing is left half', async () => {
    const backup = join(folder, 'backup');
    expect(await stage.holdpoint('backup', backup)).toMatchObject({ code: 0 });
    expect(await stage.holdpoint('backup', backup)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is there already: give a new folder.'),
    });
    expect(await runCommand(['backup', join(folder, 'x'), '--data', join(folder, 'nothing')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('There is no database in'),
    });
    expect(await runCommand(['restore', folder, '--data', join(folder, 'y')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is no backup.'),
    });
    expect(await runCommand(['restore', backup, '--data', join(backup, 'inside')])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('must not lie in one another'),
    });
    const used = join(folder, 'used');
    mkdirSync(used);
    writeFileSync(join(used, 'holdpoint.db'), '');
    expect(await runCommand(['restore', backup, '--data', used])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('is not empty'),
    });
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('of a damaged database is no backup', async () => {
    const data = join(folder, 'data');
    await startServer(readConfig({ data, port: 0 }, {}), { log: createLog('silent') }).then((server) => server.close());
    const path = join(data, 'holdpoint.db');
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, 8192, bytes.length - 4096));
    const backup = join(folder, 'backup');
    expect(await runCommand(['backup', backup, '--data', data])).toMatchObject({ code: 2 });
    expect(existsSync(backup)).toBe(false);
  });

  test('of rows in PostgreSQL leaves them to its own means', async () => {
    const environment = { HOLDPOINT_DATABASE_URL: 'postgres://holdpoint@db/holdpoint' };
    expect(await runCommand(['backup', join(folder, 'b'), '--data', folder], { environment })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('pg_dump first, then the objects with --objects-only'),
    });
  });
});

function count(data: string, from: string): number {
  const database = new DatabaseSync(join(data, 'holdpoint.db'), { readOnly: true });
  try {
    return Number(database.prepare(`SELECT count(*) AS rows FROM ${from}`).get()?.rows);
  } finally {
    database.close();
  }
}

/** Where the outputs of completed loops are to be, by the database itself. */
function completed(data: string): string[] {
  const database = new DatabaseSync(join(data, 'holdpoint.db'), { readOnly: true });
  try {
    const rows = database.prepare("SELECT output_s3_uri AS uri FROM human_loops WHERE status = 'Completed'").all();
    return rows.map(({ uri }) => String(uri));
  } finally {
    database.close();
  }
}

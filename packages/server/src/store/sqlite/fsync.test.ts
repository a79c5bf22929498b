// What is answered is on the disk: the calls that a system sees, counted by strace where it is there and may trace.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const saves = 20;

const program = `
  import { insert } from ${JSON.stringify(new URL('../../domain/change.ts', import.meta.url).href)};
  import { humanLoopRow } from ${JSON.stringify(new URL('../../testing/rows.ts', import.meta.url).href)};
  import { openSqliteStore } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
  const store = openSqliteStore({ path: process.argv[2], clock: { now: () => 0 } });
  process.stdout.write('begin');
  for (let index = 0; index < ${saves}; index++)
    await store.save([insert('humanLoops', humanLoopRow({ id: 'loop-' + index, name: 'loop-' + index }))]);
  process.stdout.write('end');
  await store.close();
`;

test.skipIf(!canTrace)('every save is synced before it is answered', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holdpoint-fsync-'));
  try {
    const traced = join(folder, 'trace');
    // A file, since the store's own thread would take --eval over.
    writeFileSync(join(folder, 'program.mjs'), program);
    const { status, stderr } = spawnSync(
      'strace',
      [
        ...['-f', '-y', '-e', 'trace=fsync,fdatasync,write', '-o', traced],
        ...[
          process.execPath,
          // The database of Node and its types are still experimental to some versions.
          '--no-warnings',
          '--conditions=holdpoint-source',
          join(folder, 'program.mjs'),
          join(folder, 'holdpoint.db'),
        ],
      ],
      { encoding: 'utf8' },
    );
    expect([status, stderr]).toEqual([0, '']);
    const lines = readFileSync(traced, 'utf8').split('\n');
    const from = lines.findIndex((line) => line.includes('"begin"'));
    const to = lines.findIndex((line) => line.includes('"end"'));
    const synced = lines.slice(from, to).filter((line) => /f(data)?sync\(\d+<[^>]*holdpoint\.db-wal>/.test(line));
    expect(synced.length).toBeGreaterThanOrEqual(saves);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/**
 * `npm run bench -- statistics`: GetStatistics over a day and a month, GetWorkerStatistics, and /metrics, with 10 thousand and 1
 * million loops in the database, on both engines. Whoever asks twice within two seconds is given what is known: each request here
 * waits for longer than that.
 *
 * HOLDPOINT_BENCH_SIZES (10000,1000000), HOLDPOINT_BENCH_ENGINES (sqlite,postgresql), HOLDPOINT_BENCH_COUNT (times that each is asked).
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { credentialsOf } from './processes.ts';
import { keepResult, print, quantile, surroundings } from './results.ts';
import { openPostgresDatabase, openSqliteDatabase } from './scale/database.ts';
import { makeInstallation } from './scale/installation.ts';

const list = (name: string, fallback: string): string[] => (process.env[name] ?? fallback).split(',');
const sizes = list('HOLDPOINT_BENCH_SIZES', '10000,1000000').map(Number);
const engines = list('HOLDPOINT_BENCH_ENGINES', 'sqlite,postgresql');
const count = Number(process.env.HOLDPOINT_BENCH_COUNT ?? 20);
/** Longer than an answer is known. */
const apartMs = 2100;

const begun = surroundings('statistics');
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const points: object[] = [];
try {
  for (const engine of engines) {
    const postgres = engine === 'postgresql' ? await startPostgres({ isDurable: true }) : undefined;
    try {
      const first = new Map<string, number>();
      for (const loops of sizes) {
        const data = join(folder, `${engine}-${loops}`);
        const figures = await measure(data, await postgres?.newDatabase(), loops);
        for (const [name, values] of figures) {
          const [p50, most] = [quantile(values, 0.5), Math.max(...values)];
          if (!first.has(name)) first.set(name, p50);
          const ratio = p50 / first.get(name)!;
          print(
            `${engine}, ${loops} loops: ${name} p50 ${p50.toFixed(1)} ms, most ${most.toFixed(1)} ms; ${ratio.toFixed(2)} of p50 at ${sizes[0]}`,
          );
          points.push({ engine, loops, name, p50, most, ratio });
        }
        rmSync(data, { recursive: true });
      }
    } finally {
      await postgres?.close();
    }
  }
  keepResult('statistics', { ...begun, points });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(data: string, databaseUrl: string | undefined, loops: number): Promise<Map<string, number[]>> {
  const installation = await makeInstallation(data, databaseUrl);
  await installation.fill(loops, () => {});
  await forgetCount(data, databaseUrl);
  const { target, server, close } = await installation.open();
  const { accessKeyId, secretAccessKey } = credentialsOf(data);
  try {
    const { requests } = target;
    const counting = performance.now();
    while (!(await requests.call('GetStatistics', { Range: 'Month' })).Complete) await pause(apartMs);
    print(`  ${loops} loops were counted within ${((performance.now() - counting) / 1000).toFixed(0)} s`);
    const asked: Record<string, () => Promise<unknown>> = {
      'GetStatistics of a day': () => requests.call('GetStatistics', {}),
      'GetStatistics of a month': () => requests.call('GetStatistics', { Range: 'Month', TimeZone: 'Asia/Kolkata' }),
      'GetWorkerStatistics of a month': () => requests.call('GetWorkerStatistics', { Range: 'Month' }),
      '/metrics': async () => {
        const response = await fetch(`http://127.0.0.1:${server.port}/metrics`, {
          headers: { authorization: `Bearer ${accessKeyId}:${secretAccessKey}` },
        });
        if (response.status !== 200) throw new Error(`/metrics answered ${response.status}`);
        return response.text();
      },
    };
    const figures = new Map<string, number[]>();
    for (const [name, ask] of Object.entries(asked)) {
      await ask();
      const values: number[] = [];
      for (let time = 0; time < count; time++) {
        await pause(apartMs);
        const begins = performance.now();
        await ask();
        values.push(performance.now() - begins);
      }
      figures.set(name, values);
    }
    return figures;
  } finally {
    await close();
  }
}

/** The copies are of a time that was counted when there were none: as after an upgrade, everything is counted anew. */
async function forgetCount(data: string, databaseUrl: string | undefined): Promise<void> {
  const database = databaseUrl === undefined ? openSqliteDatabase(data) : await openPostgresDatabase(databaseUrl);
  await database.write(['DELETE FROM statistics', "DELETE FROM settings WHERE name = 'statisticsUntil'"]);
  await database.close();
}

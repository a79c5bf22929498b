/**
 * `npm run bench -- desk`: workers who ask for their next task again and again while a million tasks are open, without a pause
 * and at the pace of people, and whether any task was given to two; from the moment an answer is final to its output.json; how
 * much script the portal loads first.
 *
 * HOLDPOINT_BENCH_SIZES (1000000), HOLDPOINT_BENCH_ENGINES (sqlite,postgresql), HOLDPOINT_BENCH_WORKERS (200),
 * HOLDPOINT_BENCH_SECONDS (30, for each pace), HOLDPOINT_BENCH_PACE (seconds that a person works on a task, 10),
 * HOLDPOINT_BENCH_COUNT (answers whose output is waited for, 200).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { createClient } from '@holdpoint/client';
import type { NextTaskResponse } from '@holdpoint/protocol';
import { startPostgres } from '../packages/server/src/testing/postgres-server.ts';
import { createRequests, type Requests } from '../test/crash/requests.ts';
import { credentialsOf } from './processes.ts';
import { keepResult, print, quantile, surroundings } from './results.ts';
import { makeInstallation } from './scale/installation.ts';
import { arnOfFlow } from './scale/operations.ts';

const list = (name: string, fallback: string): string[] => (process.env[name] ?? fallback).split(',');
const number = (name: string, fallback: number): number => Number(process.env[name] ?? fallback);
const loops = Number(list('HOLDPOINT_BENCH_SIZES', '1000000')[0]);
const engines = list('HOLDPOINT_BENCH_ENGINES', 'sqlite,postgresql');
const workers = number('HOLDPOINT_BENCH_WORKERS', 200);
const seconds = number('HOLDPOINT_BENCH_SECONDS', 30);
const pace = number('HOLDPOINT_BENCH_PACE', 10);
const count = number('HOLDPOINT_BENCH_COUNT', 200);
const password = 'a long enough password';

const begun = surroundings('desk');
const folder = mkdtempSync(join(tmpdir(), 'holdpoint-bench-'));
const points: object[] = [];
try {
  const firstLoadBytes = portalBytes();
  print(
    `The portal loads ${(firstLoadBytes / 1024).toFixed(1)} KB of script first, compressed; at most 120 are the aim.`,
  );
  for (const engine of engines) {
    const postgres = engine === 'postgresql' ? await startPostgres({ isDurable: true }) : undefined;
    try {
      const figures = await measure(join(folder, engine), await postgres?.newDatabase(), engine);
      points.push({ engine, loops, workers, pace, ...figures });
    } finally {
      await postgres?.close();
    }
  }
  keepResult('desk', { ...begun, firstLoadBytes, points });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(data: string, databaseUrl: string | undefined, engine: string): Promise<object> {
  const installation = await makeInstallation(data, databaseUrl, 'all');
  await installation.fill(loops, () => {});
  const { server, close } = await installation.open();
  const requests = createRequests(server.port, credentialsOf(data));
  try {
    const cookies = await hire(requests, server.port, data);
    const given = new Set<string>();
    const accepts = await acceptAndAnswer(requests, cookies, given, 0);
    const paced = await acceptAndAnswer(requests, cookies, given, pace);
    const outputs: number[] = [];
    for (let time = 0; time < count; time++) outputs.push(await untilOutput(requests, cookies[0]!, `output-${time}`));
    const figures = {
      accepts: accepts.length,
      acceptP50: quantile(accepts, 0.5),
      acceptP99: quantile(accepts, 0.99),
      pacedAccepts: paced.length,
      pacedP50: quantile(paced, 0.5),
      pacedP99: quantile(paced, 0.99),
      outputP50: quantile(outputs, 0.5),
      outputP99: quantile(outputs, 0.99),
    };
    print(
      `${engine}, ${loops} loops, ${workers} workers: ${accepts.length} tasks accepted, none twice; p50 ${figures.acceptP50.toFixed(1)} ms, p99 ${figures.acceptP99.toFixed(1)} ms without a pause`,
    );
    print(
      `${engine}, ${pace} seconds for a task: ${paced.length} accepted; p50 ${figures.pacedP50.toFixed(1)} ms, p99 ${figures.pacedP99.toFixed(1)} ms as the worker waits (30 in the server are the aim)`,
    );
    print(
      `${engine}: from the answer to output.json p50 ${figures.outputP50.toFixed(0)} ms, p99 ${figures.outputP99.toFixed(0)} ms (100 and 1000 are the aims)`,
    );
    return figures;
  } finally {
    requests.close();
    await close();
  }
}

/**
 * Milliseconds of each acceptance.
 *
 * @param given what was given so far
 * @param pause seconds that a worker takes for a task, half of them at least and half more at most
 * @throws Error when a task is given to two
 */
async function acceptAndAnswer(
  requests: Requests,
  cookies: readonly string[],
  given: Set<string>,
  pause: number,
): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  await Promise.all(
    cookies.map(async (cookie, index) => {
      // They do not all begin at the same moment.
      await wait((pause * 1000 * index) / cookies.length);
      while (performance.now() < end) {
        const begins = performance.now();
        const { assignmentId } = JSON.parse(await post(requests, 'tasks/next', cookie, {})) as NextTaskResponse;
        times.push(performance.now() - begins);
        if (assignmentId === null) throw new Error('There was no task to accept.');
        const { body } = await requests.portal('GET', `assignments/${assignmentId}`, cookie);
        const { taskId } = JSON.parse(body) as { taskId: string };
        // Every task wants one answer, and nobody gives one back.
        if (given.has(taskId)) throw new Error(`The task ${taskId} was given to two.`);
        given.add(taskId);
        await wait(pause * 1000 * (0.5 + Math.random()));
        await post(requests, `assignments/${assignmentId}/submit`, cookie, { answerContent: { a: 'an answer' } });
      }
    }),
  );
  return times;
}

/** Starts a loop, answers whatever comes first, and waits for that loop's output. @returns milliseconds from its being final */
async function untilOutput(requests: Requests, cookie: string, name: string): Promise<number> {
  await requests.call('StartHumanLoop', {
    HumanLoopName: name,
    FlowDefinitionArn: arnOfFlow,
    HumanLoopInput: { InputContent: '{"taskObject":"x"}' },
  });
  const { assignmentId } = JSON.parse(await post(requests, 'tasks/next', cookie, {})) as NextTaskResponse;
  const { body } = await requests.portal('GET', `assignments/${assignmentId}`, cookie);
  const { humanLoopName } = JSON.parse(body) as { humanLoopName: string };
  const { HumanLoopStatus } = await requests.call('DescribeHumanLoop', { HumanLoopName: humanLoopName });
  if (HumanLoopStatus !== 'InProgress') throw new Error(`${humanLoopName} is ${HumanLoopStatus}.`);
  const { OutputS3Uri } = await requests.call('GetHumanLoop', { HumanLoopName: humanLoopName });
  const path = OutputS3Uri!.slice('s3:/'.length);
  const submitted = JSON.parse(
    await post(requests, `assignments/${assignmentId}/submit`, cookie, { answerContent: { a: 'an answer' } }),
  ) as { undoMs: number };
  const finalAt = Date.now() + submitted.undoMs;
  for (;;) {
    if ((await requests.s3(path)).status === 200) return Math.max(0, Date.now() - finalAt);
    await wait(2);
  }
}

async function hire(requests: Requests, port: number, data: string): Promise<string[]> {
  const client = createClient({
    endpointUrl: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: credentialsOf(data),
  });
  const cookies: string[] = [];
  for (let index = 0; index < workers; index++) {
    const Email = `desk-${index}@example.com`;
    await client.call('CreateWorker', { Email, Workteams: ['reviewers'], Password: password });
    const { headers } = await requests.portal('POST', 'sign-in', '', { email: Email, password });
    cookies.push((headers['set-cookie'] as string[])[0]!.split(';')[0]!);
  }
  client.close();
  return cookies;
}

async function post(requests: Requests, path: string, cookie: string, body: object): Promise<string> {
  const answer = await requests.portal('POST', path, cookie, body);
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body.slice(0, 300)}`);
  return answer.body;
}

/** The portal's script and what it imports before it shows anything, each compressed as a server would send it. */
function portalBytes(): number {
  const place = fileURLToPath(new URL('../packages/server/dist/assets/portal/', import.meta.url));
  const seen = new Set<string>();
  const bytes = (file: string): number => {
    if (seen.has(file)) return 0;
    seen.add(file);
    const text = readFileSync(join(place, file), 'utf8');
    const imports = [...text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(([, name]) => name!);
    const below = imports.map((name) => (file.includes('/') || name.startsWith('chunks/') ? name : `chunks/${name}`));
    const files = below.map((name) => (name.startsWith('chunks/') ? name : `chunks/${name}`));
    return gzipSync(text).length + files.reduce((sum, name) => sum + bytes(name), 0);
  };
  return bytes('app.js');
}

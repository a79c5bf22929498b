/** An installation with many loops: made once, then filled further and further, with a server on it while it is measured. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from '@holdpoint/client';
import { createRequests, type Requests } from '../../test/crash/requests.ts';
import { makeFlow } from '../flow.ts';
import { credentialsOf, type Running, startHoldpoint } from '../processes.ts';
import type { Original } from './copies.ts';
import { type Database, openPostgresDatabase, openSqliteDatabase, writeCopies } from './database.ts';
import type { Target } from './operations.ts';

/** Requests under way at once. */
const reviewers = 4;
const password = 'a long enough password';
const day = 86_400_000;

export interface Installation {
  /** How many loops were written into it. */
  readonly loops: number;
  /** Fills it up to so many loops. @returns how long it took, in seconds */
  fill(loops: number, progress: (written: number) => void): Promise<number>;
  /** Starts the server. */
  open(): Promise<{ readonly target: Target; readonly server: Running; close(): Promise<void> }>;
  bytes(): Promise<number>;
}

/** What is kept beside a data directory, so that a later run goes on where this one ended. */
interface Kept {
  readonly base: number;
  readonly loops: number;
  readonly originals: { readonly completed: Original; readonly open: Original };
}

/**
 * @param databaseUrl of an empty database, for PostgreSQL; a data directory of an earlier run is gone on with.
 * @param open which of the loops wait for an answer
 */
export async function makeInstallation(
  data: string,
  databaseUrl?: string,
  open: 'tenth' | 'all' = 'tenth',
): Promise<Installation> {
  mkdirSync(data, { recursive: true });
  const flags = databaseUrl === undefined ? [] : ['--database-url', databaseUrl];
  const withDatabase = async <T>(use: (database: Database) => Promise<T>): Promise<T> => {
    const database = databaseUrl === undefined ? openSqliteDatabase(data) : await openPostgresDatabase(databaseUrl);
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  };
  const inputContent = JSON.stringify({ taskObject: 'x'.repeat(200) });
  const file = join(data, 'bench.json');
  if (!existsSync(file)) {
    const server = await startHoldpoint(data, ...flags);
    const requests = createRequests(server.port, credentialsOf(data));
    await prepare(server.port, data);
    await makeOriginals(requests, await signIn(requests, 0), inputContent);
    requests.close();
    await server.stop();
    const [completed, open] = await withDatabase((database) =>
      Promise.all([database.original('completed-original'), database.original('open-original')]),
    );
    // The oldest of ten million is not old enough to be purged.
    keep({ base: Math.floor(Date.now() - 29.5 * day), loops: 0, originals: { completed, open } });
  }
  let kept = JSON.parse(readFileSync(file, 'utf8')) as Kept;
  function keep(value: Kept): void {
    writeFileSync(file, JSON.stringify(value));
  }

  return {
    get loops() {
      return kept.loops;
    },
    async fill(wanted, progress) {
      const begun = performance.now();
      await withDatabase((database) =>
        writeCopies(database, kept.originals, { from: kept.loops + 1, to: wanted, base: kept.base, open }, (loops) => {
          kept = { ...kept, loops };
          keep(kept);
          progress(loops);
        }),
      );
      return (performance.now() - begun) / 1000;
    },
    async open() {
      const server = await startHoldpoint(data, ...flags);
      const requests = createRequests(server.port, credentialsOf(data));
      const cookies = await Promise.all(Array.from({ length: reviewers }, (_, index) => signIn(requests, index)));
      return {
        server,
        target: { requests, cookies, loops: kept.loops, base: kept.base, inputContent },
        async close() {
          requests.close();
          await server.stop();
        },
      };
    },
    bytes: () => withDatabase((database) => database.bytes()),
  };
}

async function prepare(port: number, data: string): Promise<void> {
  const client = createClient({
    endpointUrl: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: credentialsOf(data),
  });
  // Loops of a month ago are still offered.
  await makeFlow(client, { TaskAvailabilityLifetimeInSeconds: 10 * 365 * 86_400 });
  for (let index = 0; index < reviewers; index++)
    await client.call('CreateWorker', {
      Email: `reviewer-${index}@example.com`,
      Workteams: ['reviewers'],
      Password: password,
    });
  client.close();
}

async function signIn(requests: Requests, reviewer: number): Promise<string> {
  const email = `reviewer-${reviewer}@example.com`;
  const { status, headers, body } = await requests.portal('POST', 'sign-in', '', { email, password });
  if (status !== 200) throw new Error(`sign-in answered ${status} ${body}`);
  return (headers['set-cookie'] as string[])[0]!.split(';')[0]!;
}

/** One loop of each kind, made through the API and answered in the portal like every other. */
async function makeOriginals(requests: Requests, cookie: string, inputContent: string): Promise<void> {
  const start = (name: string) =>
    requests.call('StartHumanLoop', {
      HumanLoopName: name,
      FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/bench',
      HumanLoopInput: { InputContent: inputContent },
    });
  const post = async (path: string, body: object): Promise<Record<string, unknown>> => {
    const answer = await requests.portal('POST', path, cookie, body);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${answer.body}`);
    return JSON.parse(answer.body) as Record<string, unknown>;
  };
  await start('completed-original');
  let assignmentId: unknown = null;
  for (; assignmentId === null; await pause(20)) assignmentId = (await post('tasks/next', {})).assignmentId;
  await post(`assignments/${assignmentId}/submit`, { answerContent: { a: 'an answer' } });
  for (;;) {
    const { HumanLoopStatus } = await requests.call('DescribeHumanLoop', { HumanLoopName: 'completed-original' });
    if (HumanLoopStatus === 'Completed') break;
    await pause(20);
  }
  await start('open-original');
  for (;;) {
    const answer = await requests.portal('GET', 'tasks', cookie);
    if ((JSON.parse(answer.body) as { tasks: unknown[] }).tasks.length > 0) return;
    await pause(20);
  }
}

/** A portal on a real listener and a real store, with a clock that the test sets, and browsers that keep cookies. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashPassword } from '../auth/passwords.ts';
import type { SecondFactorRule } from '../auth/second-factor.ts';
import { defaultSessionLimits } from '../auth/sessions.ts';
import type { OperationContext, Premises, Rooms } from '../context.ts';
import { insert } from '../domain/change.ts';
import { startHumanLoop } from '../domain/human-loop.ts';
import type { FlowDefinition, HumanLoop, Task, Workteam } from '../domain/rows.ts';
import { openTask } from '../domain/task.ts';
import { privateUrlError } from '../events/private-address.ts';
import { createBodyBudget } from '../http/body.ts';
import { createClientOf } from '../http/client-address.ts';
import { createLive } from '../http/live.ts';
import { serveHttp } from '../http/server.ts';
import { newId } from '../id.ts';
import { createLog } from '../log.ts';
import { createSignInLink } from '../operations/worker/create-sign-in-link.ts';
import { createWorker } from '../operations/worker/create-worker.ts';
import { createPortal } from '../portal/portal.ts';
import { openSqliteStore } from '../store/sqlite/sqlite.ts';
import type { Store } from '../store/store.ts';
import { createTemplateRenderer } from '../templates/templates.ts';
import { plainRooms } from './plain-rooms.ts';

export const password = 'correct horse battery';
export const startTime = Date.UTC(2026, 0, 2, 3, 4, 5);
const usualInstallation = {
  accountId: '000000000000',
  region: 'us-east-1',
  publicUrl: 'http://portal.example',
  endpointUrl: 'http://127.0.0.1:7800',
};

/** A machine with nothing wrong. */
const soundPremises: Premises = {
  instance: 'test',
  version: '1.2.3',
  listensBeyondLoopback: false,
  objectStore: '/data/objects',
  objectStoreProblem: () => undefined,
  hasBucket: async (name) => name === 'holdpoint',
  probeBucket: async () => 'holdpoint',
  disk: async () => ({ freeBytes: 50 * 1024 ** 3 }),
  readableByOthers: async () => ({ directory: undefined, secrets: [] }),
  certificate: async () => undefined,
  clockSetBack: () => 0,
};

export type PortalScenario = Awaited<ReturnType<typeof openPortalScenario>>;

export interface ScenarioOptions {
  readonly pingEvery?: number;
  readonly requireSecondFactor?: SecondFactorRule;
  readonly mailer?: Rooms['mailer'];
  readonly publicUrl?: string;
  readonly rooms?: Partial<Rooms>;
  readonly openStore?: (clock: { now(): number }) => Promise<Store>;
}

export async function openPortalScenario(options: ScenarioOptions = {}) {
  const installation = { ...usualInstallation, ...(options.publicUrl && { publicUrl: options.publicUrl }) };
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-portal-'));
  const clock = {
    time: startTime,
    now: () => clock.time,
    pass(milliseconds: number) {
      clock.time += milliseconds;
    },
  };
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => void logged.push(line) });
  const store: Store = options.openStore
    ? await options.openStore(clock)
    : openSqliteStore({ path: join(folder, 'holdpoint.db'), clock });
  const templates = createTemplateRenderer({ idleMs: 1000 });
  const rooms: Rooms = {
    ...plainRooms(installation, clock),
    installation,
    store,
    templates,
    clock,
    log,
    targetUrlProblem: (url) => privateUrlError(url)?.message,
    hashPassword,
    ...(options.mailer && { mailer: options.mailer }),
    premises: soundPremises,
    ...options.rooms,
  };
  const live = createLive(store, {
    clock,
    log,
    debounce: 1,
    streamsPerWorker: 2,
    pingEvery: options.pingEvery ?? 20_000,
  });
  const portal = createPortal(rooms, {
    sessions: defaultSessionLimits,
    answerLimitBytes: 8 * 1024 * 1024,
    undoSeconds: 0,
    requireSecondFactor: options.requireSecondFactor ?? 'none',
    mailsLinks: options.mailer !== undefined,
    operatorGroups: [],
    organisation: 'Example Inc.',
    openEvents: live.open,
  });
  const server = await serveHttp(portal, {
    host: '127.0.0.1',
    port: 0,
    clientOf: createClientOf('127.0.0.1'),
    budget: createBodyBudget(64 * 1024 * 1024),
    clock,
    log,
    internalError: () => ({ status: 500, headers: {} }),
  });
  const origin = `http://127.0.0.1:${server.port}`;
  const workteam = await seedWorkteam(store);

  /** What a handler of an operation gets. */
  const operationContext = (): OperationContext => ({
    ...rooms,
    requestId: 'request',
    caller: { accessKeyId: 'ROOT', kind: 'root', arn: 'arn:aws:iam::000000000000:root' },
    now: clock.now(),
    invocation: null,
    waitSeconds: 0,
    replyHeaders: {},
  });

  return {
    clock,
    store,
    live,
    origin,
    workteam,
    logged,
    operationContext,
    browser: () => createBrowser(origin),
    /** A worker with a password. */
    hire: (Email: string, Workteams = [workteam.name]) =>
      createWorker(operationContext(), { Email, Name: 'Ada', Workteams, Password: password }),
    /** A browser of a new worker who is signed in through a link. */
    async signedIn(Email: string, Workteams = [workteam.name]): Promise<Browser> {
      const browser = createBrowser(origin);
      await createWorker(operationContext(), { Email, Workteams });
      const { Url } = await createSignInLink(operationContext(), { Email, Purpose: 'SignIn' });
      const { status } = await browser.post('/portal/api/use-link', { token: Url.split('#')[1] });
      if (status !== 200) throw new Error(`The sign-in link answered ${status}.`);
      return browser;
    },
    addTask: (task: SeedTask = {}) => seedTask(store, workteam, clock.now(), task),
    async close() {
      live.close();
      await server.close();
      await templates.close();
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A browser: its cookies, and the headers that the portal's own page sends. */
export function createBrowser(origin: string) {
  const cookies = new Map<string, string>();
  async function request(method: string, path: string, init: { body?: string; headers?: Record<string, string> }) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(origin + path, {
      method,
      headers: { ...(cookie && { cookie }), ...init.headers },
      redirect: 'manual',
      ...(init.body !== undefined && { body: init.body }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const [name, value] = pair!.split('=');
      if (/Max-Age=0/.test(line)) cookies.delete(name!);
      else cookies.set(name!, value!);
    }
    const text = await response.text();
    const json = response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : undefined;
    return { status: response.status, headers: response.headers, text, json, code: json?.error?.code as string };
  }
  return {
    cookies,
    get: (path: string, headers: Record<string, string> = {}) => request('GET', path, { headers }),
    post: (path: string, body: unknown = {}, headers: Record<string, string> = {}) =>
      request('POST', path, {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal', ...headers },
      }),
    request,
  };
}

export type Browser = ReturnType<typeof createBrowser>;

/** Accepts a task; answers the assignment's id. */
export const accept = async (browser: Browser, taskId: string): Promise<string> =>
  (await browser.post(`/portal/api/tasks/${taskId}/accept`)).json.assignmentId;

export const submit = (browser: Browser, assignmentId: string, answerContent: unknown = { label: 'a' }) =>
  browser.post(`/portal/api/assignments/${assignmentId}/submit`, { answerContent });

async function seedWorkteam(store: Rooms['store']): Promise<Workteam> {
  const workteam: Workteam = {
    id: newId(startTime),
    name: 'reviewers',
    workforceId: newId(startTime),
    description: 'All',
    memberDefinitions: [],
    groups: ['reviewers'],
    config: {},
    tags: {},
    createdAt: startTime,
    updatedAt: startTime,
    version: 1,
  };
  await store.save([
    insert('workforces', {
      id: workteam.workforceId,
      name: 'default',
      config: {},
      tags: {},
      createdAt: startTime,
      updatedAt: startTime,
    }),
    insert('workteams', workteam),
  ]);
  return workteam;
}

export interface SeedTask {
  readonly name?: string;
  readonly flowDefinitionName?: string;
  readonly title?: string;
  readonly keywords?: readonly string[];
  readonly availabilitySeconds?: number;
  readonly taskCount?: number;
  readonly timeLimitSeconds?: number;
  readonly template?: string;
  readonly input?: unknown;
  readonly workteam?: Workteam;
  readonly tags?: Readonly<Record<string, string>>;
}

let loops = 0;

async function seedTask(
  store: Rooms['store'],
  defaultWorkteam: Workteam,
  now: number,
  seed: SeedTask,
): Promise<{ task: Task; humanLoop: HumanLoop }> {
  loops += 1;
  const template = seed.template ?? '<crowd-form><p>{{ task.input.text }}</p></crowd-form>';
  const templateSha256 = createHash('sha256').update(template).digest('hex');
  const workteam = seed.workteam ?? defaultWorkteam;
  const flowDefinition: FlowDefinition = {
    id: newId(now),
    name: seed.flowDefinitionName ?? `flow-${loops}`,
    status: 'Active',
    humanTaskUiId: newId(now),
    templateSha256,
    workteamId: workteam.id,
    config: {
      HumanLoopConfig: {
        WorkteamArn: `arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/${workteam.name}`,
        HumanTaskUiArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-task-ui/ui',
        TaskTitle: seed.title ?? `Title ${loops}`,
        TaskDescription: 'Look closely',
        TaskCount: seed.taskCount ?? 1,
        TaskTimeLimitInSeconds: seed.timeLimitSeconds ?? 3600,
        TaskKeywords: seed.keywords ?? ['text'],
        TaskAvailabilityLifetimeInSeconds: seed.availabilitySeconds,
      },
      OutputConfig: { S3OutputPath: 's3://holdpoint/output' },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
    },
    tags: seed.tags ?? {},
    createdAt: now,
    version: 1,
  };
  const { humanLoop, changes } = startHumanLoop({
    flowDefinition,
    id: newId(now),
    name: seed.name ?? `loop-${loops}`,
    inputContent: JSON.stringify(seed.input ?? { text: 'hello' }),
    dataAttributes: undefined,
    inputSha256: 'a'.repeat(64),
    outputS3Uri: 's3://holdpoint/output/output.json',
    now,
  });
  const opened = openTask({ humanLoop, flowDefinition, taskId: newId(now), now });
  await store.save([
    insert('templates', { sha256: templateSha256, content: template }, { ifAbsent: true }),
    insert('flowDefinitions', flowDefinition),
  ]);
  await store.save([...changes, ...opened.changes]);
  return { task: opened.task, humanLoop };
}

/** One server of the simulation: the real handlers, the real portal and the real runners, on the simulation's rows and time. */
import type { Exchange, OperationContext, Rooms } from '../../packages/server/src/context.ts';
import { jobLanes } from '../../packages/server/src/domain/jobs.ts';
import type { Job } from '../../packages/server/src/domain/rows.ts';
import { jobHandlers } from '../../packages/server/src/jobs/handlers.ts';
import type { JobHandlers } from '../../packages/server/src/jobs/job.ts';
import { startRunner } from '../../packages/server/src/jobs/runner.ts';
import type { Log } from '../../packages/server/src/log.ts';
import { createPortal } from '../../packages/server/src/portal/portal.ts';
import type { Store } from '../../packages/server/src/store/store.ts';
import { type RenderResult, TemplateRendererUnavailable } from '../../packages/server/src/templates/templates.ts';
import { plainRooms } from '../../packages/server/src/testing/plain-rooms.ts';
import type { Gates } from './gates.ts';
import { openMemoryStore } from './memory-store.ts';
import { Injected } from './objects.ts';
import { current } from './scheduler.ts';
import { describeChanges } from './tell.ts';
import type { Node, World } from './world.ts';

export const installation = {
  accountId: '000000000000',
  region: 'us-east-1',
  publicUrl: 'http://portal.example',
  endpointUrl: 'http://127.0.0.1:7800',
};

const year = 365 * 86_400_000;
/** Enough that jobs of a lane overlap. */
const concurrency = 4;

/** Starts a server: its runners begin to look for jobs. */
export function startNode(world: World, name: string): Node {
  const { scheduler, database } = world;
  const gates: Gates = {
    read: (what, argument, act) => scheduler.gate(() => `reads ${what} ${world.nameOf(String(argument))}`, act),
    async save(changes, act) {
      const what = (): string => describeChanges(world, changes);
      let result: ReturnType<typeof act>;
      const saving = (): typeof result => {
        result = act();
        return result;
      };
      result = await scheduler.gate(() => `saves ${what()}`, saving, act);
      return scheduler.gate(
        () => `hears: ${result}`,
        () => result,
      );
    },
  };
  const memory = openMemoryStore(database, name, gates);
  const store: Store = {
    ...memory,
    // Whoever listens goes on in their own name, not in that of the one who told them.
    changes(listener) {
      const process = current.getStore()!;
      return memory.changes((changed) => current.run(process, () => listener(changed)));
    },
  };
  const log = {
    error: ({ err }: { err?: Error }, message: string) =>
      world.violate('unexpected failure', `${message}: ${err?.stack ?? err}`),
    warn({ err, subject }: { err?: Error; subject?: string }, message: string) {
      // A loop that was deleted while it was read: the next attempt finds it gone.
      if (err?.message.endsWith('of the loop is missing.') && !database.rows.get('humanLoops', subject ?? '')) return;
      if (err && !(err instanceof Injected) && !(err instanceof TemplateRendererUnavailable))
        world.violate('unexpected failure', `${message}: ${err.stack}`);
    },
    info() {},
    debug() {},
  } as unknown as Log;
  const clock = { now: () => scheduler.now };
  const rooms: Rooms = {
    ...plainRooms(installation, clock),
    installation,
    quotas: world.quotas,
    store,
    templates: {
      render: ({ input }) =>
        scheduler.gate(
          () => 'renders the page',
          () => render(input),
        ),
      inspect: async () => [],
      close: async () => {},
    },
    clock,
    log,
    targetUrlProblem: () => undefined,
    hashPassword: async (password) => password,
    premises: {} as Rooms['premises'],
  };
  const objectStore = world.objects.open();
  const handlers = Object.fromEntries(
    Object.entries(jobHandlers).map(([kind, handler]) => [
      kind,
      (context: Parameters<typeof handler>[0], job: Job) => {
        world.count(`job ${kind}`);
        const process = scheduler.process(`${name} ${world.nameOfJob(job)}`, name);
        return scheduler.run(process, () => handler(context, job));
      },
    ]),
  ) as unknown as JobHandlers;
  for (const lane of jobLanes)
    scheduler.run(scheduler.process(`${name} runner ${lane}`, name), () =>
      startRunner({
        lane,
        concurrency,
        store,
        clock: rooms.clock,
        log,
        handlers,
        context: (now) => ({ ...rooms, objectStore, sendEvent: world.sendEvent, now }),
      }),
    );
  const portal = createPortal(rooms, {
    sessions: { idle: year, absolute: 10 * year },
    answerLimitBytes: 1_000_000,
    undoSeconds: 5,
    requireSecondFactor: 'none',
    mailsLinks: false,
    operatorGroups: [],
    openEvents: async () => ({ status: 200, headers: {} }),
  });
  return { name, rooms, portal, hear: (changed) => memory.tell(changed) };

  function render(input: string): RenderResult {
    const random = current.getStore()!.random;
    if (random.chance(0.03)) throw new TemplateRendererUnavailable('too many templates wait to be rendered');
    if (input.includes('"broken"') || random.chance(0.002))
      return { html: '', errors: [{ code: 'UndefinedTemplateVariable', message: 'undefined variable' }] };
    return { html: '<p></p>', errors: [] };
  }
}

/** What a handler of an operation gets. */
export const operationContext = ({ rooms }: Node, waitSeconds = 0): OperationContext => ({
  ...rooms,
  requestId: 'request',
  caller: { accessKeyId: 'ROOT', kind: 'root', arn: 'arn:aws:iam::000000000000:root' },
  invocation: null,
  now: rooms.clock.now(),
  waitSeconds,
  replyHeaders: {},
});

/** A request of a browser to the portal. */
export async function askPortal(
  node: Node,
  request: { method: 'GET' | 'POST'; path: string; query?: string; body?: unknown; cookie?: string | undefined },
): Promise<{ status: number; code: string; json: Record<string, unknown>; cookie: string | undefined }> {
  const headers: [string, string][] = [
    ['content-type', 'application/json'],
    ['x-holdpoint-request', 'portal'],
    ...(request.cookie === undefined ? [] : [['cookie', request.cookie] as [string, string]]),
  ];
  const exchange: Exchange = {
    requestId: 'request',
    receivedAt: node.rooms.clock.now(),
    request: { destroyed: false, complete: true } as Exchange['request'],
    response: {} as Exchange['response'],
    method: request.method,
    rawPath: request.path,
    rawQuery: request.query ?? '',
    headers,
    header: (name) => headers.find(([header]) => header === name)?.[1],
    origin: installation.publicUrl,
    clientAddress: '192.0.2.1',
    secure: false,
    readBody: async () => Buffer.from(JSON.stringify(request.body ?? {})),
  };
  const reply = await node.portal(exchange);
  const json = typeof reply.body === 'string' && reply.body.startsWith('{') ? JSON.parse(reply.body) : {};
  const [cookie] = [reply.headers['Set-Cookie'] ?? []].flat();
  return {
    status: reply.status,
    code: json.error?.code ?? String(reply.status),
    json,
    cookie: cookie?.split(';')[0],
  };
}

/** The nodes of a run, and requests to any of them. */
import { setTimeout as delay } from 'node:timers/promises';
import { type History, moment } from './history.ts';
import type { Random } from './random.ts';
import { createRequests, type Requests, Unanswered } from './requests.ts';
import { killWhileStarting, type Place, type ServerProcess, startServerProcess } from './server-process.ts';

export interface Node {
  readonly name: string;
  place: Place;
  /** Whether requests are sent to it. */
  readonly isServing: boolean;
  /** Starts it. @throws NotServing */
  start(): Promise<void>;
  /** Starts it and kills it on its way. */
  startAndKill(afterMs: number): Promise<void>;
  /** Kills it, or ends it in order, which must succeed. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  pause(): void;
  resume(): void;
  /** Milliseconds that its last start took. */
  readonly startedInMs: number;
  readonly requests: Requests | undefined;
  /** Whether it ended although nobody ended it. */
  hasFallen(): boolean;
}

export function createNode(name: string, place: Place, history: History): Node {
  let server: ServerProcess | undefined;
  let requests: Requests | undefined;
  let startedInMs = 500;
  return {
    name,
    place,
    get isServing() {
      return requests !== undefined;
    },
    get startedInMs() {
      return startedInMs;
    },
    get requests() {
      return requests;
    },
    async start() {
      const begun = moment();
      server = await startServerProcess(this.place);
      startedInMs = moment() - begun;
      requests = createRequests(server.port, server.credentials);
    },
    startAndKill(afterMs) {
      return killWhileStarting(this.place, afterMs);
    },
    async end(signal) {
      const ended = server;
      const closing = requests;
      server = undefined;
      requests = undefined;
      const ending = await ended?.end(signal);
      closing?.close();
      if (signal === 'SIGTERM' && ending && ending.code !== 0)
        history.violation('orderly stop', `${name} ended with code ${ending.code}, signal ${ending.signal}`);
    },
    pause: () => server?.signal('SIGSTOP'),
    resume: () => server?.signal('SIGCONT'),
    hasFallen: () => server?.ended() !== undefined,
  };
}

/** Requests that go to any node that serves, another one each time. */
export function anyNode(nodes: readonly Node[], random: Random): Requests {
  async function some(): Promise<Requests> {
    const serving = nodes.flatMap(({ requests }) => requests ?? []);
    if (serving.length > 0) return random.pick(serving);
    await delay(20);
    throw new Unanswered('no node serves');
  }
  return {
    call: async (name, input) => (await some()).call(name, input),
    s3: async (path, query) => (await some()).s3(path, query),
    portal: async (method, path, cookie, body) => (await some()).portal(method, path, cookie, body),
    close() {},
  };
}

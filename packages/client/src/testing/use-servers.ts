/** Servers and clients of one test, closed after it. */
import { afterEach } from 'vitest';
import { type Client, type ClientOptions, createClient, type Result } from '../index.ts';
import { testOptions } from './options.ts';
import { answer, openServer, type ScriptedServer, type Step } from './scripted-server.ts';

export interface Servers {
  serve(options?: Parameters<typeof openServer>[0]): Promise<ScriptedServer>;
  /** A client that tries once, unless it is told otherwise, and a call of it. */
  open(options: ClientOptions): {
    readonly client: Client;
    readonly list: (signal?: AbortSignal) => Promise<Result<'ListWorkers'>>;
  };
  /** Closes something else after the test. */
  closeLater(close: () => unknown): void;
}

export function useServers(): Servers {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  return {
    closeLater: (close) => void closing.push(close),
    async serve(options) {
      const server = await openServer(options);
      closing.push(server.close);
      return server;
    },
    open(options) {
      const client = createClient(testOptions({ maxAttempts: 1, ...options }));
      closing.push(client.close);
      return { client, list: (signal) => client.call('ListWorkers', {}, { signal }) };
    },
  };
}

/** What `list` is answered. */
export const ok = answer(200, { Workers: [] });
export const never: Step = () => {};
/** Begins an answer and does not end it. */
export const begins: Step = (response) => void response.writeHead(200, { 'content-length': '99' }).write('{');

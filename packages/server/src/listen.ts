/** The listener of all services, as the settings say; main.ts gives it what is served. */
import type { Clock } from './clock.ts';
import { type Config, parseListenAddress } from './config.ts';
import type { Exchange, Handler, Reply } from './context.ts';
import { apiErrorReply } from './http/api-reply.ts';
import { createBodyBudget } from './http/body.ts';
import { createClientOf } from './http/client-address.ts';
import { type Listening, serveHttp } from './http/server.ts';
import type { Log } from './log.ts';

/** @throws Error with a sentence for the operator when the address cannot be had. */
export async function listen(config: Config, clock: Clock, log: Log, handler: Handler): Promise<Listening> {
  const serving = serveHttp(handler, {
    host: config.host,
    port: config.port,
    tls: config.tlsCert === '' ? undefined : { certFile: config.tlsCert, keyFile: config.tlsKey },
    clientOf: createClientOf(config.trustedProxy),
    budget: createBodyBudget(config.bodiesInFlightBytes),
    drainSeconds: config.drainSeconds,
    clock,
    log,
    internalError: (exchange: Exchange, error: unknown): Reply => apiErrorReply(exchange, 'rest-json', error, log),
  });
  return serving.catch((error: NodeJS.ErrnoException) => {
    const sentence = listenProblems[error.code ?? '']?.(config);
    throw sentence === undefined ? error : new Error(sentence, { cause: error });
  });
}

/**
 * The listener that serves /metrics alone; undefined without `--metrics-listen`.
 *
 * @throws Error with a sentence for the operator when the address cannot be had.
 */
export async function listenForMetrics(
  config: Config,
  clock: Clock,
  log: Log,
  metrics: Handler,
): Promise<Listening | undefined> {
  const address = parseListenAddress(config.metricsListen);
  if (!address) return undefined;
  const serving = serveHttp(
    async (exchange) =>
      exchange.rawPath === '/metrics'
        ? metrics(exchange)
        : {
            status: 404,
            headers: { 'content-type': 'text/plain; charset=utf-8' },
            body: 'There is only /metrics here.',
          },
    {
      ...address,
      clientOf: createClientOf(''),
      budget: createBodyBudget(0),
      drainSeconds: 1,
      clock,
      log,
      internalError: (exchange, error) => apiErrorReply(exchange, 'rest-json', error, log),
    },
  );
  return serving.catch((error: Error) => {
    throw new Error(`Metrics cannot be served at --metrics-listen ${config.metricsListen}: ${error.message}.`, {
      cause: error,
    });
  });
}

/** What keeps a server from listening, and what to do about it. */
const listenProblems: Readonly<Record<string, (config: Config) => string>> = {
  EADDRINUSE: ({ host, port }) =>
    `Port ${port} of ${host} is taken by another program: choose another with --port, or stop that program.`,
  EACCES: ({ port }) => `Port ${port} needs more rights than this user has: choose one above 1023 with --port.`,
  EADDRNOTAVAIL: ({ host }) => `This machine has no address ${host}: choose one of its own with --host.`,
  ENOTFOUND: ({ host }) => `The host name ${host} is not known: give an address of this machine with --host.`,
};

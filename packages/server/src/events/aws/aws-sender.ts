import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { EventTarget } from '../../domain/rows.ts';
import type { EventSender } from '../event-sender.ts';
import { privateUrlError, publicLookup } from '../private-address.ts';
import { ownCredentials } from './credentials.ts';
import { eventFacts } from './event-facts.ts';
import { openEventBridge } from './eventbridge.ts';
import { failureOf } from './failure.ts';
import { isAwsHost } from './is-aws-host.ts';
import type { AwsService, ClientSettings, ServiceClient } from './service-client.ts';
import { openSns } from './sns.ts';
import { openSqs } from './sqs.ts';

export interface AwsSenderSettings {
  /** Lets services that are not AWS's own be on loopback and private addresses. */
  readonly allowPrivateTargets: boolean;
  /** How long one attempt may take in all, in milliseconds; default 15 s. */
  readonly timeoutMs?: number;
}

export interface AwsSender {
  readonly send: EventSender;
  /** Closes connections. */
  close(): void;
}

const open: Readonly<Record<AwsService, (settings: ClientSettings) => Promise<ServiceClient>>> = {
  eventbridge: openEventBridge,
  sns: openSns,
  sqs: openSqs,
};

/** As many events as are under way at once. */
const maxSockets = 128;
const nothing = (): void => {};
const logger = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Sends events to AWS's services, or what speaks like them, through the AWS SDK; requests are signed with the credentials
 * that its default chain finds for the process. A service's client is loaded and made when the first event goes there.
 */
export function createAwsSender({ allowPrivateTargets, timeoutMs = 15_000 }: AwsSenderSettings): AwsSender {
  const clients = new Map<string, Promise<ServiceClient>>();
  /** Connections, which outlive the client that signs with certain credentials. */
  const agents = new Map<string, { readonly httpAgent: HttpAgent; readonly httpsAgent: HttpsAgent }>();

  function agentsOf(key: string, endpoint: string | null) {
    const known = agents.get(key);
    if (known) return known;
    // AWS's own addresses may be private ones, where its network has an end point of the operator's.
    const lookup = allowPrivateTargets || endpoint === null || isAwsHost(endpoint) ? undefined : publicLookup();
    const agent = { keepAlive: true, maxSockets, ...(lookup && { lookup }) };
    const made = { httpAgent: new HttpAgent(agent), httpsAgent: new HttpsAgent(agent) };
    agents.set(key, made);
    return made;
  }

  async function openClient(key: string, { service, region, endpoint }: Place): Promise<ServiceClient> {
    return open[service]({
      region,
      ...(endpoint !== null && { endpoint }),
      credentials: await ownCredentials(),
      maxAttempts: 1,
      requestHandler: agentsOf(key, endpoint),
      logger,
    });
  }

  async function send(target: EventTarget, deliveryId: string, text: string): ReturnType<EventSender> {
    const place = placeOf(target);
    const refused =
      allowPrivateTargets || place.endpoint === null ? undefined : privateUrlError(new URL(place.endpoint));
    if (refused) return { delivered: false, error: refused.message };
    const key = `${place.service} ${place.region} ${place.endpoint ?? ''}`;
    const opened = clients.get(key) ?? openClient(key, place);
    clients.set(key, opened);
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    try {
      const sent = (await opened).send(target, text, eventFacts(deliveryId, text), late.signal);
      // The SDK looks for credentials before it heeds the signal.
      const statusCode = await Promise.race([sent, abortion(late.signal)]);
      return { delivered: true, statusCode };
    } catch (error) {
      if (late.signal.aborted)
        return { delivered: false, error: `There was no answer within ${timeoutMs / 1000} seconds.` };
      const { result, isOfCredentials } = failureOf(place.service, error as Error);
      // Others may be there at the next attempt, and a client keeps those that it has.
      if (isOfCredentials && clients.get(key) === opened) clients.delete(key);
      return result;
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    send,
    close() {
      for (const opened of clients.values()) void opened.then((client) => client.close(), nothing);
      clients.clear();
      for (const { httpAgent, httpsAgent } of agents.values()) {
        httpAgent.destroy();
        httpsAgent.destroy();
      }
      agents.clear();
    },
  };
}

interface Place {
  readonly service: AwsService;
  readonly region: string;
  readonly endpoint: string | null;
}

const placeOf = ({ service, region, endpoint, url }: EventTarget): Place => ({
  service: service as AwsService,
  region: region ?? 'us-east-1',
  // A queue's URL is its address too.
  endpoint: endpoint ?? (service === 'sqs' ? new URL(url).origin : null),
});

const abortion = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Error('The time is over.')), { once: true });
  });

import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { getCACertificates } from 'node:tls';
import { ApiError, type Hashing, signRequest } from '@holdpoint/protocol';
import type { Clock } from '../clock.ts';
import { type AiService, aiServices } from '../domain/ai-services.ts';
import { type OwnCredentials, ownCredentials } from '../events/aws/credentials.ts';
import { networkError } from '../events/network-error.ts';
import { type AiServiceAnswer, type AiServiceRequest, type AiServices, passedOnHeader } from './ai-services.ts';
import { headersBack, headersOnwards } from './upstream-headers.ts';
import { upstreamPlace } from './upstream-place.ts';

export interface AiServicesSettings {
  /** `aws`, a URL, or '' for a service that is not there. */
  readonly endpoints: Readonly<Record<AiService, string>>;
  readonly region: string;
  /** How long a service may take until its answer begins, and then between two pieces of it. */
  readonly timeoutMs: number;
  readonly hashing: Hashing;
  readonly clock: Clock;
  /** Certificates that are trusted besides Node's. */
  readonly ca?: string | undefined;
}

const probeMs = 10_000;
const mostSockets = 256;

export function createAiServices(settings: AiServicesSettings): AiServices {
  const { endpoints, region, timeoutMs, hashing, clock, ca } = settings;
  const places: Readonly<Record<AiService, URL | undefined>> = {
    textract: upstreamPlace('textract', endpoints.textract, region),
    rekognition: upstreamPlace('rekognition', endpoints.rekognition, region),
  };
  const agent = { keepAlive: true, maxSockets: mostSockets };
  const agents = {
    http: new HttpAgent(agent),
    https: new HttpsAgent({ ...agent, ...(ca !== undefined && { ca: [...getCACertificates('default'), ca] }) }),
  };
  let credentials: Promise<OwnCredentials> | undefined;

  /** @throws Error of the AWS SDK when there are none. */
  async function findCredentials(): ReturnType<OwnCredentials> {
    credentials ??= ownCredentials();
    try {
      return await (await credentials)();
    } catch (error) {
      credentials = undefined;
      throw error;
    }
  }

  async function call(request: AiServiceRequest): Promise<AiServiceAnswer> {
    const { service, body, signal } = request;
    const place = places[service];
    if (!place) throw notConfigured(service);
    const pair = await findCredentials().catch((error: Error) => {
      throw new ApiError('AccessDeniedException', noCredentials(service, error));
    });
    const passed = headersOnwards(request.headers);
    const signed = ['content-type', 'x-amz-target'];
    const signature = signRequest(
      hashing,
      {
        method: 'POST',
        rawPath: place.pathname,
        rawQuery: '',
        headers: [['host', place.host], ...passed.filter(([name]) => signed.includes(name))],
        payloadHash: hashing.sha256Hex(body),
      },
      pair,
      { region, service, now: new Date(clock.now()) },
    );
    const headers = {
      ...Object.fromEntries(passed),
      ...signature,
      [passedOnHeader]: '1',
      'accept-encoding': 'identity',
    };
    const response = await send(service, place, { headers, body, signal, timeoutMs });
    return { status: response.statusCode ?? 502, headers: headersBack(response.headers), body: response };
  }

  async function send(service: AiService, place: URL, sending: Sending): Promise<IncomingMessage> {
    try {
      return await post(place, sending, agents);
    } catch (error) {
      if (sending.signal.aborted) throw error;
      const { message, status } =
        error instanceof Late
          ? { message: `did not answer within ${sending.timeoutMs / 1000} seconds.`, status: 504 }
          : { message: `cannot be reached. ${networkError(error as NodeJS.ErrnoException)}`, status: 503 };
      const where = `${aiServices[service].name} at ${place.host} (${aiServices[service].flag})`;
      throw new ApiError('InternalServerError', `${where} ${message}`, { status });
    }
  }

  async function probe(service: AiService): Promise<string | undefined> {
    const place = places[service];
    if (!place) return undefined;
    const late = AbortSignal.timeout(probeMs);
    try {
      // Not signed, and for no operation: whatever is answered, somebody does.
      const sending = {
        headers: { 'accept-encoding': 'identity' },
        body: new Uint8Array(),
        signal: late,
        timeoutMs: probeMs,
      };
      (await send(service, place, sending)).destroy();
    } catch (error) {
      return late.aborted ? `${aiServices[service].name} at ${place.host} did not answer.` : (error as Error).message;
    }
    return findCredentials().then(
      () => undefined,
      (error: Error) => noCredentials(service, error),
    );
  }

  return {
    endpoint: (service) => places[service]?.origin,
    requireEndpoint(service) {
      if (!places[service]) throw notConfigured(service);
    },
    call,
    probe,
    forgetCredentials() {
      credentials = undefined;
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

interface Sending {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

class Late extends Error {}

function post(
  place: URL,
  sending: Sending,
  agents: { readonly http: HttpAgent; readonly https: HttpsAgent },
  isRepeated = false,
): Promise<IncomingMessage> {
  const { headers, body, signal, timeoutMs } = sending;
  const isSecure = place.protocol === 'https:';
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, host: place.host, 'content-length': body.byteLength },
    agent: isSecure ? agents.https : agents.http,
    signal,
  };
  return new Promise((resolve, reject) => {
    const request = isSecure ? httpsRequest(place, options) : httpRequest(place, options);
    const timer = setTimeout(() => request.destroy(new Late()), timeoutMs);
    request.on('response', (response) => {
      clearTimeout(timer);
      response.setTimeout(timeoutMs, () => response.destroy(new Late()));
      resolve(response);
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // The other side closed a connection that was kept, at the moment when it was used again.
      const isStale = request.reusedSocket && error.code === 'ECONNRESET' && !isRepeated;
      if (isStale) post(place, sending, agents, true).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });
}

function notConfigured(service: AiService): ApiError {
  const { name, flag } = aiServices[service];
  return new ApiError(
    'UnknownOperationException',
    `This server does not stand in front of ${name}: nobody said where it is. Start the server with ${flag} aws, or with the URL of what speaks like it.`,
  );
}

const noCredentials = (service: AiService, { message }: Error): string =>
  `The server has no AWS credentials of its own with which to sign for ${aiServices[service].name}. (${message})`;

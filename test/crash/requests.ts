/**
 * Requests to one run of a node: signed operations, signed reads of objects, the portal's API. Nothing is tried again
 * here: a request has an answer, read to its end, or it has none.
 */
import { createHash, createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import {
  ApiError,
  type Credentials,
  decodeJson11Response,
  decodeRestJsonResponse,
  encodeJson11Request,
  encodeRestJsonRequest,
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
  portalRequestHeader,
  signRequest,
  uriEncode,
} from '@holdpoint/protocol';

/** The connection broke before the whole answer was there: the request may or may not have been carried out. */
export class Unanswered extends Error {}

/** The node says that it cannot now: the request may or may not have been carried out, and the same may be asked again. */
export class Later extends Error {}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Requests {
  /** @throws ApiError for an error that was answered, Later when that is one of the moment, Unanswered for none. */
  call<N extends OperationName>(name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
  /** GET of an object, or of a bucket's list when the path ends with the bucket; path and query as on the wire. @throws Later */
  s3(path: string, query?: string): Promise<Answer>;
  /** The portal's API; `cookie` as the session was given. */
  portal(method: 'GET' | 'POST', path: string, cookie: string, body?: object): Promise<Answer>;
  close(): void;
}

/** What a program takes for a matter of waiting; a fault of the server is none. */
const passing: ReadonlySet<string> = new Set(['ServiceUnavailableException', 'ThrottlingException']);

const region = 'us-east-1';
const hashing = {
  sha256Hex: (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex'),
  hmac: (key: string | Uint8Array, data: string) => createHmac('sha256', key).update(data).digest(),
};

/** @param timeoutMs how long an answer is waited for, in milliseconds */
export function createRequests(port: number, credentials: Credentials, timeoutMs = 45_000): Requests {
  const agent = new Agent({ keepAlive: true });
  const host = `127.0.0.1:${port}`;

  function send(method: string, target: string, headers: readonly [string, string][], body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const broken = (error: Error): void => reject(new Unanswered(`${method} ${target}: ${error.message}`));
      const outgoing = httpRequest({ agent, host: '127.0.0.1', port, method, path: target, signal }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', broken);
        response.on('end', () => {
          if (!response.complete) return broken(new Error('half an answer'));
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode!, headers: response.headers, body: text });
        });
      });
      outgoing.on('error', broken);
      for (const [name, value] of headers) outgoing.setHeader(name, value);
      outgoing.end(body);
    });
  }

  function signed(
    service: 'sagemaker' | 's3',
    request: { method: string; path: string; rawQuery: string; headers: Record<string, string>; body: string },
  ): Promise<Answer> {
    const { method, path, rawQuery, body } = request;
    const headers: [string, string][] = [['Host', host], ...Object.entries(request.headers)];
    const added = signRequest(
      hashing,
      { method, rawPath: path, rawQuery, headers, payloadHash: hashing.sha256Hex(body) },
      credentials,
      { region, service, now: new Date(), s3: service === 's3' },
    );
    return send(method, rawQuery === '' ? path : `${path}?${rawQuery}`, [...headers, ...Object.entries(added)], body);
  }

  return {
    async call<N extends OperationName>(name: N, input: OperationInput<N>) {
      const operation: Operation = operations[name];
      const rest = operation.protocol === 'rest-json';
      const encoded = rest ? encodeRestJsonRequest(operation, input) : encodeJson11Request(operation, input);
      const answer = await signed('sagemaker', encoded);
      const source = { ...answer, headers: answer.headers };
      try {
        const output = rest ? decodeRestJsonResponse(operation, source) : decodeJson11Response(operation, source);
        return output as OperationOutput<N>;
      } catch (error) {
        const passes = error instanceof ApiError && passing.has(error.name);
        throw passes ? new Later(`${error.name}: ${error.message}`) : error;
      }
    },
    async s3(path, rawQuery = '') {
      const answer = await signed('s3', { method: 'GET', path, rawQuery, headers: {}, body: '' });
      if (answer.status === 503) throw new Later(`${/<Code>(\w+)</.exec(answer.body)?.[1]} of S3`);
      return answer;
    },
    portal: (method, path, cookie, body) =>
      send(
        method,
        `/portal/api/${path}`,
        [
          ['Cookie', cookie],
          ...(method === 'POST'
            ? ([
                ['Content-Type', 'application/json'],
                [portalRequestHeader.name, portalRequestHeader.value],
              ] as [string, string][])
            : []),
        ],
        body === undefined ? '' : JSON.stringify(body),
      ),
    close: () => agent.destroy(),
  };
}

/** Every key under a prefix of a bucket, page by page. */
export async function listKeys(requests: Requests, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for (let token: string | undefined = ''; token !== undefined; ) {
    const parameters: Record<string, string> = { 'list-type': '2', prefix };
    if (token !== '') parameters['continuation-token'] = token;
    const query = Object.entries(parameters).map(([name, value]) => `${name}=${uriEncode(value)}`);
    const { status, body } = await requests.s3(`/${bucket}`, query.sort().join('&'));
    if (status !== 200) throw new Error(`Listing ${bucket} answered ${status}: ${body.slice(0, 300)}`);
    keys.push(...[...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1]!));
    token = /<NextContinuationToken>([^<]+)</.exec(body)?.[1];
  }
  return keys;
}

// Requests that are signed but otherwise whatever a test wants, to a server of which only the port and a key are known.
import { createHash, createHmac } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import {
  decodeJson11Response,
  decodeRestJsonResponse,
  encodeJson11Request,
  encodeRestJsonRequest,
  type Hashing,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
  signRequest,
} from '@holdpoint/protocol';
import type { Credentials } from './credentials.ts';
import type { RawAnswer } from './raw-http.ts';

export const hashing: Hashing = {
  sha256Hex: (data) => createHash('sha256').update(data).digest('hex'),
  hmac: (key, data) => createHmac('sha256', key).update(data).digest(),
};

export type Headers = readonly (readonly [name: string, value: string])[];

export interface HostileRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Headers;
  readonly body?: string | Uint8Array;
}

export interface Signing {
  readonly service?: string;
  readonly region?: string;
  readonly credentials?: Credentials & { readonly sessionToken?: string };
  readonly now?: Date;
  /** Of the body; '' leaves S3's declaration of it unsigned. */
  readonly payloadHash?: string;
}

export interface HostileClient {
  readonly credentials: Credentials;
  readonly host: string;
  /** The request's headers with `host` and a signature. */
  sign(request: HostileRequest, signing?: Signing): Headers;
  /** The bytes of the request with those headers, for a connection of its own. */
  bytes(request: HostileRequest, headers?: Headers): Buffer;
  /** Sends the request; what it answers is not judged. */
  send(request: HostileRequest, headers?: Headers): Promise<RawAnswer>;
  /** A well-formed call that must succeed. */
  call<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>>;
  /** Closes the connections that it keeps. */
  hangUp(): void;
}

export function createHostileClient(
  server: { readonly port: number; readonly region: string },
  credentials: Credentials,
): HostileClient {
  const agent = new Agent({ keepAlive: true });
  const host = `127.0.0.1:${server.port}`;

  const sign: HostileClient['sign'] = (request, signing = {}) => {
    const s3 = signing.service === 's3';
    const headers: Headers = [['host', host], ...(request.headers ?? [])];
    const added = signRequest(
      hashing,
      {
        method: request.method,
        rawPath: request.path,
        rawQuery: request.query ?? '',
        headers,
        payloadHash: signing.payloadHash ?? hashing.sha256Hex(request.body ?? ''),
      },
      signing.credentials ?? credentials,
      {
        region: signing.region ?? server.region,
        service: signing.service ?? 'sagemaker',
        now: signing.now ?? new Date(),
        s3,
      },
    );
    return [...headers, ...Object.entries(added)];
  };

  const bytes: HostileClient['bytes'] = (request, headers = sign(request)) => {
    const { method, path, query, body = '' } = request;
    const own = new Set(headers.map(([name]) => name.toLowerCase()));
    const lines = [...headers];
    if (!own.has('connection')) lines.push(['connection', 'close']);
    const length = Buffer.byteLength(body);
    if (length > 0 && !own.has('content-length') && !own.has('transfer-encoding'))
      lines.push(['content-length', String(length)]);
    const head = [
      `${method} ${path}${query ? `?${query}` : ''} HTTP/1.1`,
      ...lines.map(([name, value]) => `${name}: ${value}`),
    ];
    return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]);
  };

  const send: HostileClient['send'] = (request, headers = sign(request)) =>
    new Promise((resolve, reject) => {
      const { method, path, query, body = '' } = request;
      const sent = httpRequest({
        agent,
        host: '127.0.0.1',
        port: server.port,
        method,
        path: query ? `${path}?${query}` : path,
        headers: [...headers, ['content-length', String(Buffer.byteLength(body))]].flat(),
      });
      sent.on('error', reject);
      sent.on('response', async (response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk as Buffer);
        const answerHeaders = response.headers as Record<string, string>;
        resolve({ status: response.statusCode!, headers: answerHeaders, body: Buffer.concat(chunks).toString('utf8') });
      });
      sent.end(body);
    });

  return {
    credentials,
    host,
    sign,
    bytes,
    send,
    async call(name, input) {
      const operation = operations[name];
      const rest = operation.protocol === 'rest-json';
      const { path, rawQuery, headers, ...encoded } = rest
        ? encodeRestJsonRequest(operation, input)
        : encodeJson11Request(operation, input);
      const answer = await send({ ...encoded, path, query: rawQuery, headers: Object.entries(headers) });
      const decode = rest ? decodeRestJsonResponse : decodeJson11Response;
      return decode(operation, answer) as never;
    },
    hangUp: () => agent.destroy(),
  };
}

// A whole server whose every log line is kept, and requests to it that are signed but otherwise whatever the test wants.
import { createHash, createHmac } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
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
import { readConfig } from '../../packages/server/src/config.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { type Server, startServer } from '../../packages/server/src/main.ts';
import type { RawAnswer } from './raw-http.ts';
import { type Credentials, readCredentials, temporaryFolder } from './test-server.ts';

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

export interface HostileServer extends Server {
  readonly data: string;
  readonly credentials: Credentials;
  readonly host: string;
  /** Every line that was logged so far. */
  readonly logged: readonly string[];
  /** The request's headers with `host` and a signature. */
  sign(request: HostileRequest, signing?: Signing): Headers;
  /** The bytes of the request with those headers, for a connection of its own. */
  bytes(request: HostileRequest, headers?: Headers): Buffer;
  /** Sends the request; what it answers is not judged. */
  send(request: HostileRequest, headers?: Headers): Promise<RawAnswer>;
  /** A well-formed call that must succeed. */
  call<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>>;
}

/** What the log may not hold in any of these tests: whatever no handler foresaw is logged as an error. */
export const errorsIn = ({ logged }: Pick<HostileServer, 'logged'>): string[] =>
  logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);

export async function startHostileServer(config: Readonly<Record<string, unknown>> = {}): Promise<HostileServer> {
  const data = await temporaryFolder();
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const server = await startServer(readConfig({ data, port: 0, ...config }, {}), { log });
  const credentials = readCredentials(await readFile(server.files.credentialsFile, 'utf8'));
  const agent = new Agent({ keepAlive: true });
  const host = `127.0.0.1:${server.port}`;

  const sign: HostileServer['sign'] = (request, signing = {}) => {
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

  const bytes: HostileServer['bytes'] = (request, headers = sign(request)) => {
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

  const send: HostileServer['send'] = (request, headers = sign(request)) =>
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
    ...server,
    data,
    credentials,
    host,
    logged,
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
    async close() {
      agent.destroy();
      await server.close();
      await rm(data, { recursive: true });
    },
  };
}

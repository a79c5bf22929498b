// Textract and Rekognition on loopback: verifies each request's signature and wire form, and answers as it is told.
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Pair, verifySignature } from './verify-signature.ts';

/** One call that was signed rightly, as its service understands it. */
export interface UpstreamCall {
  readonly service: string;
  readonly region: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly input: Readonly<Record<string, unknown>>;
  /** As it came. */
  readonly text: string;
}

export type UpstreamAnswer = (response: ServerResponse, call: UpstreamCall) => void;

export interface AiUpstream {
  readonly url: string;
  readonly calls: readonly UpstreamCall[];
  /** Answers calls with a target so from now on. */
  play(target: string, answer: UpstreamAnswer): void;
  close(): Promise<void>;
}

const targetPrefixes: Readonly<Record<string, string>> = { textract: 'Textract', rekognition: 'RekognitionService' };
const json = 'application/x-amz-json-1.1';

/** The answer of a service of AWS. */
export const answerWith =
  (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): UpstreamAnswer =>
  (response) =>
    void response
      .writeHead(status, { 'content-type': json, 'x-amzn-requestid': 'upstream-1', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body));

/** Its refusal. */
export const refuseWith = (status: number, __type: string, message: string): UpstreamAnswer =>
  answerWith({ __type, message }, status);

export async function startAiUpstream(pair: Pair): Promise<AiUpstream> {
  const calls: UpstreamCall[] = [];
  const answers = new Map<string, UpstreamAnswer>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const refuse = (status: number, code: string): void => refuseWith(status, code, 'Not so.')(response, {} as never);
    if (request.headers.authorization === undefined) return refuse(400, 'MissingAuthenticationTokenException');
    let signed: { service: string; region: string };
    try {
      signed = verifySignature(request, body, pair);
    } catch (error) {
      return refuse(400, (error as Error).message);
    }
    const target = String(request.headers['x-amz-target']);
    const text = body.toString('utf8');
    const isOfService = target.startsWith(`${targetPrefixes[signed.service]}.`);
    if (request.method !== 'POST' || request.headers['content-type'] !== json || !isOfService)
      return refuse(400, 'UnknownOperationException');
    let input: Readonly<Record<string, unknown>>;
    try {
      input = JSON.parse(text);
    } catch {
      return refuse(400, 'SerializationException');
    }
    const call = { ...signed, target, headers: request.headers, input, text };
    calls.push(call);
    const answer = answers.get(target);
    if (answer) answer(response, call);
    else refuse(400, 'UnknownOperationException');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    play: (target, answer) => void answers.set(target, answer),
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

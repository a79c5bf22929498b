/** Stands before an S3 server and answers some requests in its place, with what that server would never say. */
import { createServer, type IncomingMessage, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GateAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface S3Gate {
  readonly port: number;
  /** Answers that are under way. */
  readonly answering: number;
  /** Undefined lets a request through; a promise holds it up. */
  answer: (request: IncomingMessage) => GateAnswer | undefined | Promise<GateAnswer | undefined>;
  close(): Promise<void>;
}

export async function openS3Gate(port: number): Promise<S3Gate> {
  let answering = 0;
  const server = createServer(async (request, response) => {
    const given = await gate.answer(request);
    if (given) {
      request.resume().on('end', () => response.writeHead(given.status, given.headers).end(given.body));
      return;
    }
    // Signatures are made over the Host header, which goes on as it came.
    const { method, url: path, rawHeaders: headers } = request;
    const far = send({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (answer) => {
      answering += 1;
      response.on('close', () => {
        answering -= 1;
      });
      response.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
      answer.pipe(response);
    });
    far.on('error', () => response.destroy());
    request.pipe(far);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const gate: S3Gate = {
    port: (server.address() as AddressInfo).port,
    get answering() {
      return answering;
    },
    answer: () => undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return gate;
}

export const s3Error = (status: number, code: string): GateAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>as told</Message></Error>`,
});

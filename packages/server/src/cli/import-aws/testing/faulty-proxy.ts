// Stands between a client and a server: passes on what it gets, but for what a test wants to go wrong.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface PassedRequest {
  /** `ListTags`, `GET /human-loops`. */
  readonly name: string;
  readonly body: string;
}

/** What comes instead of the server's answer; undefined lets the request pass. */
export type Fault = (request: PassedRequest) => { readonly status: number; readonly body: string } | undefined;

/** The error of a JSON 1.1 service. */
export const awsError = (name: string, message: string) => ({
  status: 400,
  body: JSON.stringify({ __type: name, message }),
});

export async function openFaultyProxy(targetPort: number) {
  let fault: Fault = () => undefined;
  const passed: PassedRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const body = await buffer(incoming);
    const one = { name: nameOf(incoming), body: body.toString() };
    passed.push(one);
    const instead = fault(one);
    if (instead === undefined) return pass(incoming, body, outgoing, targetPort);
    outgoing.writeHead(instead.status, { 'content-type': 'application/x-amz-json-1.1' }).end(instead.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    /** Forgets what has passed. */
    play(next: Fault = () => undefined) {
      fault = next;
      passed.length = 0;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function nameOf({ headers, method, url = '' }: IncomingMessage): string {
  const target = headers['x-amz-target'];
  return typeof target === 'string' ? target.split('.')[1]! : `${method} ${url.split('?')[0]}`;
}

/** With the headers as they came: the signature is over them. */
function pass({ method, url, headers }: IncomingMessage, body: Buffer, outgoing: ServerResponse, port: number): void {
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  onward.end(body);
}

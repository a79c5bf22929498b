/** A way to a server on which some requests meet an error of the server, as they do behind a broken proxy. */
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface FaultyFront {
  readonly url: string;
  /** Requests that met an error. */
  readonly faults: number;
  close(): Promise<void>;
}

/** @param isFaulty says of which bodies. */
export async function openFaultyFront(port: number, isFaulty: (body: string) => boolean): Promise<FaultyFront> {
  let faults = 0;
  const server = createServer(async (incoming, reply) => {
    const body = await text(incoming);
    if (isFaulty(body)) {
      faults++;
      reply.writeHead(502, { 'content-type': 'application/json' });
      return void reply.end('{"message":"Bad gateway."}');
    }
    const { method, url: path, headers } = incoming;
    const upstream = request({ port, host: '127.0.0.1', method, path, headers }, (answer) => {
      reply.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(reply);
    });
    upstream.on('error', () => reply.destroy());
    upstream.end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get faults() {
      return faults;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Stands before a server and loses the answers that a test wants to be lost. */
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LossyProxy {
  readonly url: string;
  close(): Promise<void>;
}

/** @param loses tells by the operation's name whether a request is lost before it arrives, or its answer on the way back. */
export async function openLossyProxy(
  endpointUrl: string,
  loses: (operation: string) => boolean | 'answer',
): Promise<LossyProxy> {
  const { hostname: host, port } = new URL(endpointUrl);
  const server = createServer((request, response) => {
    const lost = loses(String(request.headers['x-amz-target']).split('.')[1] ?? '');
    if (lost === true) return void request.socket.destroy();
    // With the headers as they came: the signature is over them.
    const { method, url, headers } = request;
    const onward = forward({ host, port, method, path: url, headers }, (reply) => {
      if (lost === 'answer') {
        reply.resume().on('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

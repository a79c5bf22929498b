/** A way to a server that can be cut. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface Gate {
  readonly url: string;
  /** Cuts it when so many requests have passed. */
  cutAfter(requests: number): void;
  open(): Promise<void>;
  close(): Promise<void>;
}

export async function openGate(port: number): Promise<Gate> {
  const sockets = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let server: Server | undefined;
  let own = 0;

  async function cut(): Promise<void> {
    const closing = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    if (closing?.listening) await new Promise((resolve) => closing.close(resolve));
  }

  async function open(): Promise<void> {
    left = Number.POSITIVE_INFINITY;
    server = createServer((socket) => {
      const upstream = connect(port, '127.0.0.1');
      for (const one of [socket, upstream]) {
        sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          sockets.delete(one);
          socket.destroy();
          upstream.destroy();
        });
      }
      socket.on('data', (chunk) => {
        left -= chunk.toString('latin1').split(' HTTP/1.1\r\n').length - 1;
        if (left < 0) void cut();
      });
      socket.pipe(upstream).pipe(socket);
    });
    server.listen(own, '127.0.0.1');
    await once(server, 'listening');
    own = (server.address() as AddressInfo).port;
  }

  await open();
  return {
    url: `http://127.0.0.1:${own}`,
    cutAfter(requests) {
      left = requests;
    },
    open,
    close: cut,
  };
}

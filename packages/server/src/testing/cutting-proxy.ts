/** Stands before a server and breaks connections, as a network does: what was sent may have arrived, its answer is lost. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface CuttingProxy {
  readonly port: number;
  /** How many connections were broken so far. */
  readonly cuts: number;
  /** Breaks every connection that is open. */
  cut(): void;
  /** Lets nothing through until `mend`. */
  part(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openCuttingProxy(port: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let cuts = 0;
  let isParted = false;
  const server = createServer((near) => {
    if (isParted) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    open.add(near);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => to.destroy());
      from.pipe(to);
    }
    near.on('close', () => open.delete(near));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of open) {
      cuts++;
      socket.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    get cuts() {
      return cuts;
    },
    cut,
    part() {
      isParted = true;
      cut();
    },
    mend() {
      isParted = false;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

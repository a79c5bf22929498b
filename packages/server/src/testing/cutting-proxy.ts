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
  /**
   * Lets every byte vanish until `mend`, and nobody hears of it. Connections of before stay so for good, as behind a
   * firewall that has forgotten them.
   */
  swallow(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openCuttingProxy(port: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let cuts = 0;
  let isParted = false;
  let isSwallowing = false;
  const server = createServer((near) => {
    if (isParted) {
      near.destroy();
      return;
    }
    open.add(near);
    near.on('error', () => {});
    near.on('close', () => open.delete(near));
    if (isSwallowing) {
      near.resume();
      return;
    }
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('error', () => {});
      from.on('close', () => {
        if (from === near || !silent.has(near)) to.destroy();
      });
      from.on('data', (bytes: Buffer) => {
        if (!silent.has(near) && !to.write(bytes)) {
          from.pause();
          to.once('drain', () => from.resume());
        }
      });
      from.on('end', () => {
        if (!silent.has(near)) to.end();
      });
    }
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
    swallow() {
      isSwallowing = true;
      for (const socket of open) silent.add(socket);
    },
    mend() {
      isParted = false;
      isSwallowing = false;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { createServer } from 'node:net';
import type { Config } from '../../config.ts';
import { probe } from '../connect.ts';
import { asSentence, type Check, failed, ok } from './check.ts';
import { listenerOf } from './listener-of.ts';

const name = 'Port';

/**
 * The port of the settings: is it free, ours, or whose?
 *
 * @param running where the server of the data directory answers.
 */
export async function checkPort({ host, port }: Config, running: string | undefined): Promise<Check> {
  if (running !== undefined)
    return ok(name, `Port ${new URL(running).port || 'of the address'} is served by this server.`);
  if (port === 0) return ok(name, 'The server takes a port that is free when it starts.');
  const code = await tryPort(host, port);
  if (code === undefined) return ok(name, `Port ${port} is free.`);
  if (code === 'EADDRINUSE') {
    const message = asSentence(`Port ${port} is taken by ${await whose(port)}`);
    return failed(name, message, 'Stop that program, or name another port with --port.');
  }
  if (code === 'EACCES')
    return failed(
      name,
      `You may not listen on port ${port}.`,
      'Name a port above 1023 with --port, and let a proxy lead to it.',
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return failed(name, `${host} is no address of this machine.`, 'Correct --host; 0.0.0.0 serves all addresses.');
  return failed(name, `Port ${port} cannot be listened on (${code}).`);
}

/** Why the port cannot be listened on, as the system's code; undefined when it can. */
const tryPort = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });

async function whose(port: number): Promise<string> {
  const program = await listenerOf(port);
  const isHoldpoint = (await probe({ url: `http://127.0.0.1:${port}` })) === undefined;
  if (isHoldpoint) return `another Holdpoint server${program === undefined ? '' : ` (process ${program.pid})`}`;
  return program === undefined ? 'another program' : `${program.name} (process ${program.pid})`;
}

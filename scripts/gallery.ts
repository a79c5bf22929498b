// `npm run gallery`: a server on a temporary data directory, for its gallery of elements. `--port N` chooses the port.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readConfig } from '../packages/server/src/config.ts';
import { type Server, startServer } from '../packages/server/src/main.ts';

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const data = mkdtempSync(join(tmpdir(), 'holdpoint-gallery-'));
process.once('exit', () => rmSync(data, { recursive: true, force: true }));

let server: Server | undefined;
let isStopping = false;
/** A signal may come twice: from the terminal, and handed on by the launcher. */
async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  await server?.close();
  process.exit();
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

server = await startServer(readConfig({ data, port: values.port, logLevel: 'warn', gallery: true }, {}));
process.stdout.write(`Gallery  ${server.url}/gallery/\nCtrl-C ends it.\n`);

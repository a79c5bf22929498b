// A whole server whose every log line is kept, and requests to it that are whatever a test wants.
import { readFile, rm } from 'node:fs/promises';
import { readConfig } from '../../packages/server/src/config.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { type Server, startServer } from '../../packages/server/src/main.ts';
import { readCredentials } from './credentials.ts';
import { createHostileClient, type HostileClient } from './hostile-client.ts';
import { temporaryFolder } from './test-server.ts';

export interface HostileServer extends Server, HostileClient {
  readonly data: string;
  /** Every line that was logged so far. */
  readonly logged: readonly string[];
}

/** What the log may not hold in any of these tests: whatever no handler foresaw is logged as an error. */
export const errorsIn = ({ logged }: Pick<HostileServer, 'logged'>): string[] =>
  logged.filter((line) => (JSON.parse(line) as { level: number }).level >= 50);

export async function startHostileServer(config: Readonly<Record<string, unknown>> = {}): Promise<HostileServer> {
  const data = await temporaryFolder();
  const logged: string[] = [];
  const log = createLog('trace', { write: (line) => void logged.push(line) });
  const server = await startServer(readConfig({ data, port: 0, undoSeconds: 0, ...config }, {}), { log });
  const client = createHostileClient(server, readCredentials(await readFile(server.files.credentialsFile, 'utf8')));
  return {
    ...server,
    ...client,
    data,
    logged,
    async close() {
      client.hangUp();
      await server.close();
      await rm(data, { recursive: true });
    },
  };
}

/** The way from a command to the operations of a data directory: over the server that runs on it, or over one in this process. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient } from '@holdpoint/client';
import { type Config, readConfig, variableOf } from '../config.ts';
import { startServer } from '../main.ts';
import { UsageError } from './usage-error.ts';

export interface Connection {
  readonly client: Client;
  close(): Promise<void>;
}

/** How long a server may take to say that it is there, in milliseconds. */
const probeTimeout = 3000;

/**
 * Connects to the server of a data directory with its root key. When none runs, one is started in this process, for this
 * command only, on a free port of loopback.
 *
 * @param data the data directory as given with `--data`.
 * @throws Error with a sentence when the directory's server can neither be reached nor replaced.
 */
export async function connect(data: string | undefined, environment: NodeJS.ProcessEnv): Promise<Connection> {
  const config = readConfig({ ...(data !== undefined && { data }) }, environment);
  const running = readServerFile(config.data);
  const problem = running === undefined ? undefined : await probe(running);
  if (running !== undefined && problem === undefined)
    return { client: clientOf(config.data, running), close: async () => {} };
  requireData(config, data ?? environment[variableOf('data')]);
  const server = await startServer(inProcess(config), { passing: { usualPort: config.port } }).catch((error: Error) => {
    // The directory is taken, so its server does run: what keeps us from it matters more.
    if (problem === undefined || !/^Another Holdpoint server/.test(error.message)) throw error;
    throw new Error(`The server of ${config.data} runs, but does not answer at ${running}: ${problem}`);
  });
  return { client: clientOf(config.data, server.endpointUrl), close: () => server.close() };
}

/** The root key pair in a credentials file of the server. */
export function rootCredentials(credentialsFile: string): { accessKeyId: string; secretAccessKey: string } {
  const read = (name: string): string => readValue(credentialsFile, name);
  return { accessKeyId: read('aws_access_key_id'), secretAccessKey: read('aws_secret_access_key') };
}

function clientOf(data: string, endpointUrl: string): Client {
  const credentials = rootCredentials(join(data, 'aws', 'credentials'));
  return createClient({ endpointUrl, region: readValue(join(data, 'aws', 'config'), 'region'), credentials });
}

function readValue(file: string, name: string): string {
  const value = new RegExp(`^${name}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
  if (value === undefined) throw new Error(`${file} does not say ${name}; the server writes it when it starts.`);
  return value;
}

function readServerFile(data: string): string | undefined {
  try {
    const { url } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as { url?: unknown };
    return typeof url === 'string' && URL.canParse(url) ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Why no server answers, or undefined when one does. A file that a killed server left is told from one that is true. */
async function probe(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(probeTimeout), redirect: 'error' });
    return (await response.text()) === 'ok' ? undefined : `another program answers there (${response.status}).`;
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    return `${cause?.message || cause?.code || message}.`;
  }
}

/** A forgotten `--data` shall not make a second, empty installation; a directory that was named may be a new one. */
function requireData(config: Config, named: string | undefined): void {
  if (named || existsSync(join(config.data, 'holdpoint.db'))) return;
  throw new UsageError(`There is no Holdpoint data in ${config.data}; name the data directory with --data.`);
}

/** The settings of a server that nobody else is to reach; links that it makes lead to where the real one will be. */
function inProcess(config: Config): Config {
  const scheme = config.tlsCert === '' ? 'http' : 'https';
  return {
    ...config,
    host: '127.0.0.1',
    port: 0,
    publicUrl: config.publicUrl === '' ? `${scheme}://localhost:${config.port}` : config.publicUrl,
    tlsCert: '',
    tlsKey: '',
    requestsPerSecond: 0,
    logLevel: 'error',
  };
}

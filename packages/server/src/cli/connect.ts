/**
 * The way from a command to the operations of a server: the one that the AWS settings name, the one that runs on a data
 * directory, or, when none runs there, one in this process.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Client, type ClientOptions, createClient } from '@holdpoint/client';
import { instanceHeader } from '@holdpoint/protocol';
import { type Config, holdsData, readConfig, variableOf } from '../config.ts';
import { nextCommand } from './next-command.ts';
import type { ServerOptions } from './server-options.ts';
import { UsageError } from './usage-error.ts';

export interface Connection {
  readonly client: Client;
  /** With which further clients of the same server are made. */
  readonly clientOptions: ClientOptions;
  /** The data directory, where the command works on one. */
  readonly data?: string | undefined;
  /** No server runs on the directory: this one ends with the command, and nobody else can reach it. */
  readonly isPassing?: boolean;
  close(): Promise<void>;
}

/** How long a server may take to say that it is there, in milliseconds. */
const probeTimeout = 3000;

/**
 * Connects to a server. In this order decide: `--endpoint-url` or `--profile`; `--data`; `HOLDPOINT_DATA`; an endpoint in the
 * AWS settings of the environment; `./data`.
 *
 * @param anyServer a server of its own, on a directory that goes with it, is as good as any.
 * @throws UsageError when no server is named; Error with a sentence when it can neither be reached nor replaced.
 */
export async function connect(
  options: ServerOptions,
  environment: NodeJS.ProcessEnv,
  { anyServer = false }: { readonly anyServer?: boolean } = {},
): Promise<Connection> {
  const { data, endpointUrl, profile } = options;
  if (endpointUrl !== undefined || profile !== undefined) return connectByAwsSettings(options, environment);
  const named = data ?? environment[variableOf('data')];
  const config = readConfig({ ...(data !== undefined && { data }) }, environment);
  if (!named && namesEndpoint(environment)) return connectByAwsSettings(options, environment);
  if (holdsData(config.data)) return connectToData(config);
  // A mistyped name must not become an installation.
  if (named)
    throw new UsageError(
      `There is no Holdpoint data in ${config.data}: start a server there first with "${nextCommand('serve', { data: config.data })}", or name another directory.`,
    );
  if (anyServer) return connectToOwnServer();
  throw new UsageError(
    `No server is named and there is no Holdpoint data in ${config.data}; name a data directory with --data or a server with --endpoint-url.`,
  );
}

/** Settings that a person made for these programs; the profile `default` of every AWS user is none. */
export function namesEndpoint(environment: NodeJS.ProcessEnv): boolean {
  if (environment.AWS_ENDPOINT_URL_SAGEMAKER || environment.AWS_ENDPOINT_URL) return true;
  if (!environment.AWS_CONFIG_FILE && !environment.AWS_PROFILE && !environment.AWS_DEFAULT_PROFILE) return false;
  return endpointOf({ environment }) !== undefined;
}

/** The endpoint that settings name for Holdpoint's own operations. */
function endpointOf(options: ClientOptions): string | undefined {
  try {
    return clientOf({ region: 'us-east-1', ...options }).meta.endpointUrl;
  } catch {
    return undefined;
  }
}

/** The service whose endpoint counts is Holdpoint's own: AWS has none, so nothing is ever sent there by mistake. */
const clientOf = (options: ClientOptions): Client => createClient({ ...options, service: 'holdpoint' });

function connectByAwsSettings(options: ServerOptions, environment: NodeJS.ProcessEnv): Connection {
  const { endpointUrl, profile, region } = options;
  if (endpointUrl !== undefined && URL.canParse(endpointUrl) && /^https?:\/\/[^/?#]*@/i.test(endpointUrl))
    throw new UsageError(
      'There is a user name or a password in --endpoint-url; requests are signed with an access key of the AWS settings instead.',
    );
  const clientOptions = { endpointUrl, profile, region, environment };
  try {
    const client = clientOf(clientOptions);
    return {
      client,
      clientOptions: { ...clientOptions, endpointUrl: client.meta.endpointUrl },
      close: async () => client.close(),
    };
  } catch (error) {
    if ((error as Error).name !== 'InvalidEndpointError' || endpointUrl !== undefined) throw error;
    throw new UsageError(
      `The profile ${profile} names no endpoint: give --endpoint-url, or endpoint_url in the profile. Without one its calls would go to AWS.`,
    );
  }
}

async function connectToData(config: Config): Promise<Connection> {
  const { data } = config;
  const running = readServerFile(data);
  const problem = running && (await probe(running));
  if (running && problem === undefined) return connectionOf(data, running.url, async () => {});
  // Loaded only where it is needed: it is the whole server.
  const { startServer } = await import('../main.ts');
  const server = await startServer(inProcess(config), { passing: passingOf(config) }).catch((error: Error) => {
    // The directory is taken, so its server does run: what keeps us from it matters more.
    if (problem === undefined || !/^Another Holdpoint server/.test(error.message)) throw error;
    throw new Error(`The server of ${data} runs, but does not answer at ${running?.url}: ${problem}`);
  });
  return { ...connectionOf(data, server.endpointUrl, () => server.close()), isPassing: true };
}

async function connectToOwnServer(): Promise<Connection> {
  const data = mkdtempSync(join(tmpdir(), 'holdpoint-'));
  const remove = (): void => {
    process.off('exit', remove);
    rmSync(data, { recursive: true, force: true });
  };
  // Who presses Ctrl-C twice does not wait for the server's end, and there are keys in the directory.
  process.on('exit', remove);
  try {
    const { data: _data, isPassing: _, ...connection } = await connectToData(readConfig({ data }, {}));
    return { ...connection, close: () => connection.close().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The root key pair in a credentials file of the server. */
export function rootCredentials(credentialsFile: string): { accessKeyId: string; secretAccessKey: string } {
  const read = (name: string): string => readValue(credentialsFile, name);
  return { accessKeyId: read('aws_access_key_id'), secretAccessKey: read('aws_secret_access_key') };
}

function connectionOf(data: string, endpointUrl: string, close: () => Promise<void>): Connection {
  const clientOptions = {
    endpointUrl,
    region: readValue(join(data, 'aws', 'config'), 'region'),
    credentials: rootCredentials(join(data, 'aws', 'credentials')),
    ignoreConfiguration: true,
  };
  const client = clientOf(clientOptions);
  return {
    client,
    clientOptions,
    data,
    async close() {
      client.close();
      await close();
    },
  };
}

function readValue(file: string, name: string): string {
  const value = new RegExp(`^${name}\\s*=\\s*(\\S+)\\s*$`, 'm').exec(readFileSync(file, 'utf8'))?.[1];
  if (value === undefined) throw new Error(`${file} does not say ${name}; the server writes it when it starts.`);
  return value;
}

/** A server as the file in its data directory describes it. */
export interface ServerFile {
  readonly url: string;
  readonly instance?: string;
}

/** Where the server of a data directory says that it is; it may have been killed since. */
export function readServerFile(data: string): ServerFile | undefined {
  try {
    const { url, instance } = JSON.parse(readFileSync(join(data, 'server.json'), 'utf8')) as Record<string, unknown>;
    if (typeof url !== 'string' || !URL.canParse(url)) return undefined;
    return { url, ...(typeof instance === 'string' && { instance }) };
  } catch {
    return undefined;
  }
}

/** Where the server of a data directory answers; undefined when none does. */
export async function runningAt(data: string): Promise<string | undefined> {
  const file = readServerFile(data);
  return file && (await probe(file)) === undefined ? file.url : undefined;
}

/**
 * Why the server does not answer, or undefined when it does. A file that a killed server left is told from one that is
 * true, also when another server has taken the port since.
 */
export async function probe({ url, instance }: ServerFile): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(probeTimeout), redirect: 'error' });
    if ((await response.text()) !== 'ok') return `another program answers there (${response.status}).`;
    if (instance === undefined || response.headers.get(instanceHeader) === instance) return undefined;
    return 'another Holdpoint server answers there.';
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
    return `${cause?.message || cause?.code || message}.`;
  }
}

const passingOf = ({ port, tlsCert }: Config) => ({
  usualPort: port,
  usualUrl: `${tlsCert === '' ? 'http' : 'https'}://localhost:${port}`,
});

/** The settings of a server that nobody else is to reach. */
function inProcess(config: Config): Config {
  return {
    ...config,
    host: '127.0.0.1',
    port: 0,
    tlsCert: '',
    tlsKey: '',
    requestsPerSecond: 0,
    logLevel: 'error',
  };
}

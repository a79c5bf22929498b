// A whole server on a folder of its own: real listener, real store, real jobs.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { S3Client } from '@aws-sdk/client-s3';
import { type Client, createClient } from '@holdpoint/client';
import type { Clock } from '../../packages/server/src/clock.ts';
import { readConfig } from '../../packages/server/src/config.ts';
import { createLog } from '../../packages/server/src/log.ts';
import { type Server, startServer } from '../../packages/server/src/main.ts';
import { databaseOf } from '../../packages/server/src/testing/postgres-server.ts';
import { placeOf } from '../../packages/server/src/testing/s3-server.ts';
import { type Credentials, readCredentials } from './credentials.ts';

export const password = 'correct horse battery staple';

export interface TestServerOptions {
  /** Settings besides data directory and port. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly clock?: Clock;
  /** A data directory that outlives the server; by default one that goes with it. */
  readonly data?: string;
}

export interface TestServer extends Server {
  readonly data: string;
  readonly credentials: Credentials;
  /** Signs with the root key. */
  readonly client: Client;
  readonly s3: S3Client;
  /** What a program needs to find the server, and nothing else of AWS: a child's whole environment. */
  readonly environment: NodeJS.ProcessEnv;
  /** Makes a worker whose password is `password`. */
  hire(email: string, workteams?: readonly string[]): Promise<void>;
  /** Stops the server; throws when anything went wrong inside that no caller was told. */
  close(): Promise<void>;
}

/** Lets boto3 before 1.28 find the endpoint too. */
const olderBoto3 = fileURLToPath(new URL('./older-boto3', import.meta.url));

export const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'holdpoint-test-'));

/** With `HOLDPOINT_TEST_POSTGRES`, the address of a PostgreSQL server, every server of a test keeps its rows there. */
async function database(data: string): Promise<{ databaseUrl?: string }> {
  const server = process.env.HOLDPOINT_TEST_POSTGRES;
  return server === undefined ? {} : { databaseUrl: await databaseOf(server, data) };
}

/** With `HOLDPOINT_TEST_S3`, the endpoint of an S3 server whose keys are in the environment, they keep their objects there. */
async function objectStore(data: string): Promise<{ objectStore?: string }> {
  const server = process.env.HOLDPOINT_TEST_S3;
  return server === undefined ? {} : { objectStore: await placeOf(server, data) };
}

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const data = options.data ?? (await temporaryFolder());
  const errors: string[] = [];
  const log = createLog('error', { write: (line) => void errors.push(line) });
  const config = readConfig(
    { data, port: 0, undoSeconds: 0, ...(await database(data)), ...(await objectStore(data)), ...options.config },
    {},
  );
  // Only where the test asks for nothing that is inside the server.
  const isFleet = process.env.HOLDPOINT_TEST_FLEET !== undefined && !options.clock && options.data === undefined;
  const server = isFleet
    ? await (await import('./fleet.ts')).startFleet(data, config)
    : await startServer(config, { log, ...(options.clock && { clock: options.clock }) });
  const credentials = readCredentials(await readFile(server.files.credentialsFile, 'utf8'));
  const { endpointUrl, region } = server;
  const client = createClient({ endpointUrl, region, credentials, ignoreConfiguration: true });
  const s3 = new S3Client({ endpoint: endpointUrl, region, credentials });
  return {
    ...server,
    data,
    credentials,
    client,
    s3,
    environment: programEnvironment(server),
    async hire(Email, Workteams = ['reviewers']) {
      await client.call('CreateWorker', {
        Email,
        Name: Email.split('@')[0]!,
        Workteams: [...Workteams],
        Password: password,
      });
    },
    async close() {
      s3.destroy();
      await server.close();
      if (options.data === undefined) await rm(data, { recursive: true });
      if (errors.length > 0) throw new Error(`The server logged errors:\n${errors.join('')}`);
    },
  };
}

/** What each language's programs read. */
const trusting = (file: string) => ({ AWS_CA_BUNDLE: file, NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file });

/** The two files are all that an SDK is given; what this machine has set for AWS, proxies included, stays outside. */
export function programEnvironment(
  server: Pick<Server, 'files'> & Partial<Pick<Server, 'endpointUrl'>>,
): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|BOTO|(HTTPS?|ALL|NO)_PROXY$)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    AWS_SHARED_CREDENTIALS_FILE: server.files.credentialsFile,
    AWS_CONFIG_FILE: server.files.configFile,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    // With TLS the certificate is the test's.
    ...(server.endpointUrl?.startsWith('https:') &&
      trusting(join(dirname(dirname(server.files.configFile)), 'chain.pem'))),
    PYTHONPATH: olderBoto3,
    PYTHONUNBUFFERED: '1',
    PYTHONDONTWRITEBYTECODE: '1',
  };
}

/**
 * A real S3 server of its own on a free port of loopback, which verifies signatures: OpenStack Swift, where it is installed. Or one
 * that runs already: HOLDPOINT_TEST_S3 is its address (`http://127.0.0.1:7480`), AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are
 * of a user who may make buckets; they stay there.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';

export interface S3Server {
  readonly endpoint: string;
  readonly port: number;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Speaks to it as an operator would. */
  readonly client: S3Client;
  /** Makes a bucket. @returns its name */
  newBucket(): Promise<string>;
  /** Makes a bucket. @returns a place for `--object-store`, by way of another port where one is given */
  newPlace(port?: number): Promise<string>;
  close(): Promise<void>;
}

const user = 'tester';
const accessKeyId = `test:${user}`;
const secretAccessKey = 'testing';
/** Another user with the same rights, and one with none; their secrets are their names. */
const others = ['second', 'stranger'];

const running = process.env.HOLDPOINT_TEST_S3;
const python = process.env.HOLDPOINT_TEST_SWIFT ?? '/usr/bin/python3';

/** Whether this machine has the server. */
export const isS3There = (): boolean =>
  running !== undefined ||
  (python !== '' && spawnSync(python, ['-c', 'import swift, eventlet'], { stdio: 'ignore' }).status === 0);

interface Started {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  close(): Promise<void>;
}

/** Its keys are put into this process's environment, where the server under test looks for them. */
export async function startS3Server(): Promise<S3Server> {
  const { endpoint, credentials, close } = running === undefined ? await startSwift() : runningServer(running);
  const { accessKeyId, secretAccessKey } = credentials;
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials });
  const port = Number(new URL(endpoint).port);
  // One that runs already has the buckets of earlier tests.
  const prefix = running === undefined ? 'operator' : `operator-${Date.now().toString(36)}-${process.pid}`;
  let buckets = 0;
  const newBucket = async (): Promise<string> => {
    const Bucket = `${prefix}-${++buckets}`;
    await client.send(new CreateBucketCommand({ Bucket }));
    return Bucket;
  };
  return {
    endpoint,
    port,
    ...credentials,
    client,
    newBucket,
    newPlace: async (through = port) => `s3://${await newBucket()}/hold/point?endpoint=http://127.0.0.1:${through}`,
    async close() {
      client.destroy();
      await close();
    },
  };
}

async function startSwift(): Promise<Started> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'holdpoint-s3-'));
  const program = fileURLToPath(new URL('./swift-server.py', import.meta.url));
  // It ends with this process in any case, since its standard input does.
  const child = spawn(
    python,
    [program, folder, `${user}:${secretAccessKey}`, ...others.map((name) => `${name}:${name}`)],
    { stdio: 'pipe' },
  );
  return {
    endpoint: `http://127.0.0.1:${await portOf(child)}`,
    credentials: { accessKeyId, secretAccessKey },
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runningServer(endpoint: string): Started {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || !new URL(endpoint).port)
    throw new Error(
      'HOLDPOINT_TEST_S3 wants an address with a port, and AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY beside it.',
    );
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { endpoint, credentials, close: async () => {} };
}

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let words = '';
    child.stderr?.on('data', (text) => {
      words = `${words}${text}`.slice(-4000);
    });
    child.stdout?.once('data', (text) => resolve(Number(text)));
    child.once('exit', () => reject(new Error(`OpenStack Swift does not start: ${words}`)));
  });
}

/** The place of a data directory on a server that lasts, whose keys are in the environment; made when it is missing. */
export async function placeOf(endpoint: string, data: string): Promise<string> {
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true });
  // A server that is started again finds its bucket.
  await client.send(new CreateBucketCommand({ Bucket: 'holdpoint-tests' })).catch((error: { name?: string }) => {
    if (error.name !== 'BucketAlreadyOwnedByYou' && error.name !== 'BucketAlreadyExists') throw error;
  });
  client.destroy();
  const prefix = createHash('sha256').update(data).digest('hex').slice(0, 16);
  return `s3://holdpoint-tests/${prefix}?endpoint=${endpoint}`;
}

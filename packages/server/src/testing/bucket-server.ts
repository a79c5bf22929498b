/** A server with buckets and STS only, on a free port of loopback and in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAccessKeys } from '../auth/access-keys.ts';
import { createAuthenticator } from '../auth/authenticate.ts';
import { peekService } from '../auth/peek-service.ts';
import { replyToUnservedService } from '../auth/unserved-service.ts';
import { createBuckets } from '../buckets/buckets.ts';
import type { BucketChanged, ObjectCreated } from '../buckets/settings.ts';
import { createSts } from '../buckets/sts.ts';
import { systemClock } from '../clock.ts';
import type { Handler } from '../context.ts';
import type { AccessKey } from '../domain/rows.ts';
import { createBodyBudget } from '../http/body.ts';
import { createClientOf } from '../http/client-address.ts';
import { serveHttp } from '../http/server.ts';
import { createLog } from '../log.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import { openObjectStore } from '../open-object-store.ts';
import { placeOf } from './s3-server.ts';

export interface BucketServer {
  readonly url: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly objectStore: ObjectStore;
  /** Where the objects lie; undefined when that is S3. */
  readonly folder: string | undefined;
  /** What was announced, oldest first. */
  readonly created: ObjectCreated[];
  /** What became of buckets, likewise. */
  readonly changed: BucketChanged[];
  /** Every line that was logged. */
  readonly logged: string[];
  close(): Promise<void>;
}

/** With `HOLDPOINT_TEST_S3`, the endpoint of an S3 server, the objects lie there. */
export async function startBucketServer(): Promise<BucketServer> {
  const folder = await mkdtemp(join(tmpdir(), 'holdpoint-buckets-'));
  const s3 = process.env.HOLDPOINT_TEST_S3;
  const setting = s3 === undefined ? `folder:${folder}` : await placeOf(s3, folder);
  const { objectStore } = await openObjectStore({ data: folder, objectStore: setting }, createLog('silent'));
  const accessKey: AccessKey = {
    accessKeyId: 'AKIABUCKETS',
    secretAccessKey: 'bucket/secret+key',
    kind: 'user',
    description: '',
    createdAt: 0,
    version: 1,
  };
  const accessKeys = createAccessKeys({
    accessKey: async (id) => (id === accessKey.accessKeyId ? accessKey : undefined),
  });
  const accountId = '123456789012';
  const region = 'us-east-1';
  const authenticator = createAuthenticator({ accessKeys, region, accountId });
  const created: ObjectCreated[] = [];
  const changed: BucketChanged[] = [];
  const logged: string[] = [];
  const log = createLog('debug', { write: (line) => void logged.push(line) });
  const buckets = createBuckets({
    objectStore,
    clock: systemClock,
    log,
    region,
    accountId,
    authenticate: async (exchange) => (await authenticator.begin(exchange, 's3')).finish(),
    enter: () => () => {},
    onObjectCreated: async (each) => void created.push(each),
    onBucketChanged: async (each) => void changed.push(each),
  });
  const sts = createSts({
    accountId,
    log,
    enter: () => () => {},
    authenticate: (exchange) => authenticator.begin(exchange, 'sts'),
  });
  const handler: Handler = async (exchange) => {
    const service = peekService(exchange);
    if (service === 'sts') return sts(exchange);
    if (service === 's3' || service === undefined) return buckets(exchange);
    return replyToUnservedService(exchange, service);
  };
  const listening = await serveHttp(handler, {
    host: '127.0.0.1',
    port: 0,
    clientOf: createClientOf(''),
    budget: createBodyBudget(64 * 1024 * 1024),
    clock: systemClock,
    log,
    internalError: (_, error) => ({ status: 500, headers: {}, body: `not turned into a reply: ${String(error)}` }),
  });
  return {
    url: `http://127.0.0.1:${listening.port}`,
    accessKeyId: accessKey.accessKeyId,
    secretAccessKey: accessKey.secretAccessKey,
    objectStore,
    folder: s3 === undefined ? folder : undefined,
    created,
    changed,
    logged,
    async close() {
      await listening.close();
      await objectStore.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

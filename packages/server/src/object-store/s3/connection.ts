/**
 * The way to the operator's S3 server. It is well, or it has a problem: then calls fail at once, and a small object is
 * written again and again, at growing distances, until that works, with credentials that are read anew.
 */
import { randomUUID } from 'node:crypto';
import type { Agent } from 'node:http';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { ApiError, isApiError } from '@holdpoint/protocol';
import type { Log } from '../../log.ts';
import { nameOfPlace, type S3Place, shownPlace } from './place.ts';
import { statusOf, type Trouble, troubleOf } from './trouble.ts';

export interface Connection {
  readonly place: S3Place;
  /** Whether the server refuses a write that depends on what is there only when it is not there, rather than always or never. */
  readonly keepsConditions: boolean;
  /**
   * Does something with the client.
   *
   * @param work is told to give up when it takes longer than an answer may
   * @throws ApiError ServiceUnavailable while there is a problem, AccessDenied when one object is refused and others are not;
   *   else what the server says about one object as it says it.
   */
  use<T>(work: (client: S3Client, within: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T>;
  /** The same for what takes as long as there are bytes: only a connection on which nothing moves is given up. */
  useAtLength<T>(work: (client: S3Client) => Promise<T>): Promise<T>;
  problem(): string | undefined;
  close(): void;
}

const connectMs = 5000;
/** A connection on which nothing moves for so long is given up. */
const idleMs = 60_000;
/**
 * How long a call may take, all its tries included, whose body is small or comes after the answer. Where packets vanish
 * nobody hears of it, and what waits for an answer keeps others from their turn.
 */
const usualAnswerMs = 20_000;
const firstProbeMs = 200;
const slowestProbeMs = 10_000;
/** More than requests that a server usually takes on: what takes long must not keep what is short from its turn. */
const sockets = 4096;

/** Below the prefix, beside the buckets, whose names never begin with a dot. */
export const ownFolder = '.holdpoint/';

/** What the SDK makes of settings for connections. */
interface WithAgents {
  httpHandlerConfigs(): { readonly httpAgent?: Agent; readonly httpsAgent?: Agent };
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

/** @throws Error with a sentence when an object cannot be listed, written, read and removed there. */
export async function openConnection(
  place: S3Place,
  log: Log,
  { answerMs = usualAnswerMs }: { readonly answerMs?: number } = {},
): Promise<Connection> {
  let client = new S3Client(
    settingsOf(place, {
      connectionTimeout: connectMs,
      socketTimeout: idleMs,
      httpAgent: { maxSockets: sockets },
      httpsAgent: { maxSockets: sockets },
    }),
  );
  const handler = client.config.requestHandler;
  let problem: string | undefined;
  let probing: NodeJS.Timeout | undefined;
  let closed = false;

  const use: Connection['use'] = (work) => useAtLength((one) => inTime((abortSignal) => work(one, { abortSignal })));

  async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const late = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    // What does not heed the signal is not waited for: where credentials come from may be as silent.
    const over = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        late.abort();
        forgetIdle();
        reject(Object.assign(new Error('no answer in time'), { name: 'TimeoutError' }));
      }, answerMs);
    });
    try {
      return await Promise.race([work(late.signal), over]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Connections that wait for work may be as dead as the one that did not answer, and each would cost the same time. */
  function forgetIdle(): void {
    const { httpAgent, httpsAgent } = (handler as unknown as WithAgents).httpHandlerConfigs();
    for (const agent of [httpAgent, httpsAgent])
      for (const idle of Object.values(agent?.freeSockets ?? {})) for (const socket of idle ?? []) socket.destroy();
  }

  async function useAtLength<T>(work: (client: S3Client) => Promise<T>): Promise<T> {
    if (problem !== undefined) throw unavailable(problem);
    const clockStep = watchClock(client);
    try {
      return await work(client);
    } catch (error) {
      const trouble = isApiError(error) ? undefined : troubleOf(error, place, clockStep());
      if (!trouble) throw error;
      // One object that is refused must not close the store to all others.
      if (trouble.mayBeOfOne && (await isWell())) throw new ApiError('AccessDenied', trouble.sentence);
      noticed(trouble);
      throw unavailable(trouble.sentence);
    }
  }

  function noticed({ sentence, isAboutCredentials }: Trouble): void {
    const isNew = problem === undefined;
    problem = sentence;
    if (isAboutCredentials) renew();
    if (!isNew || closed) return;
    log.warn({ problem: sentence }, 'the object store has a problem, outputs are delayed');
    probeIn(firstProbeMs);
  }

  /** The same connections with credentials that are looked up anew: files may have been written, tokens may be over. */
  function renew(): void {
    client = new S3Client(settingsOf(place, handler));
  }

  const probe = () =>
    inTime((abortSignal) =>
      client.send(new PutObjectCommand({ ...own('probe'), Body: 'written', ContentLength: 7 }), { abortSignal }),
    );
  const isWell = (): Promise<boolean> =>
    probe().then(
      () => true,
      () => false,
    );

  function probeIn(milliseconds: number): void {
    probing = setTimeout(async () => {
      const clockStep = watchClock(client);
      try {
        await probe();
        problem = undefined;
        log.info({ objectStore: nameOfPlace(place) }, 'the object store is well again');
      } catch (error) {
        const trouble = troubleOf(error, place, clockStep());
        noticed(
          trouble ?? { sentence: `${shownPlace(place)}: ${(error as Error).message}`, isAboutCredentials: false },
        );
        if (!closed) probeIn(Math.min(milliseconds * 2, slowestProbeMs));
      }
    }, milliseconds);
    probing.unref();
  }

  const own = (name: string) => ({ Bucket: place.bucket, Key: `${place.prefix}${ownFolder}${name}` });

  try {
    const keepsConditions = await inTime((signal) => tryRights(client, own(`probe-${randomUUID()}`), signal));
    return {
      place,
      keepsConditions,
      use,
      useAtLength,
      problem: () => problem,
      close() {
        closed = true;
        clearTimeout(probing);
        client.destroy();
      },
    };
  } catch (error) {
    client.destroy();
    const trouble = troubleOf(error, place);
    throw trouble ? new Error(trouble.sentence) : error;
  }
}

/** By how much the client's time was corrected since: it goes by the server's clock from the first answer on that it was wrong. */
function watchClock({ config }: S3Client): () => number {
  const offset = config.systemClockOffset;
  return () => Math.abs(config.systemClockOffset - offset);
}

function settingsOf(place: S3Place, requestHandler: NonNullable<S3ClientConfig['requestHandler']>): S3ClientConfig {
  const region = place.region ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION;
  return {
    ...(place.endpoint !== undefined && { endpoint: place.endpoint }),
    // Servers that are not Amazon's take any.
    ...((region ?? place.endpoint) !== undefined && { region: region ?? 'us-east-1' }),
    forcePathStyle: place.pathStyle,
    credentialDefaultProvider: (init) => defaultProvider({ ...init, ignoreCache: true }),
    // Older servers refuse checksums in trailers or keep them in the object.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler,
    logger: silent,
  };
}

/** Whether conditions of writes are kept is tried too: some servers refuse them, some ignore them. */
async function tryRights(
  client: S3Client,
  address: { Bucket: string; Key: string },
  abortSignal: AbortSignal,
): Promise<boolean> {
  const within = { abortSignal };
  const put = (condition: { IfNoneMatch?: string; IfMatch?: string | undefined } = {}) =>
    client.send(new PutObjectCommand({ ...address, Body: 'written', ContentLength: 7, ...condition }), within);
  /** Whether a write with a condition is taken; undefined when the server knows none. */
  const isTaken = (condition: Parameters<typeof put>[0]) =>
    put(condition).then(
      () => true,
      (error: unknown) => {
        const status = statusOf(error);
        if (status === 412) return false;
        if (status === 501 || status === 400) return undefined;
        throw error;
      },
    );
  await client.send(new ListObjectsV2Command({ Bucket: address.Bucket, Prefix: address.Key, MaxKeys: 1 }), within);
  const { ETag } = await put();
  const found = await client.send(new GetObjectCommand(address), within);
  if ((await found.Body?.transformToString()) !== 'written')
    throw new Error('An object is not read as it was written.');
  // Ceph's gateway refuses what should be refused, and what matches too: it compares the quotation marks of If-Match as well.
  const keepsConditions =
    (await isTaken({ IfNoneMatch: '*' })) === false && (await isTaken({ IfMatch: ETag })) === true;
  await client.send(new DeleteObjectCommand(address), within);
  return keepsConditions;
}

const unavailable = (problem: string): ApiError => new ApiError('ServiceUnavailable', problem);

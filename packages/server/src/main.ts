/** Wiring: settings → store → rooms → app → listener → jobs. The one place that knows which engine is used. */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ApiError, objectCreatedEvent } from '@holdpoint/protocol';
import { createAiServices } from './ai-services/create-ai-services.ts';
import { createPictures } from './ai-services/pictures.ts';
import { createApp } from './app.ts';
import { createAccessKeys } from './auth/access-keys.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import { onlookerOf, operatorOf } from './auth/console-visit.ts';
import { hashing } from './auth/hashing.ts';
import { hashPassword } from './auth/passwords.ts';
import type { SecondFactorRule } from './auth/second-factor.ts';
import { isAllowedAddress } from './auth/source-addresses.ts';
import { type AwsFiles, awsFiles, writeAwsFiles, writeWhole } from './aws-files.ts';
import { createBuckets } from './buckets/buckets.ts';
import type { BucketChanged } from './buckets/settings.ts';
import { createSts } from './buckets/sts.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Exchange, Handler, Installation, Rooms } from './context.ts';
import { activity } from './domain/activity.ts';
import { deliver, wantsObject } from './domain/announce.ts';
import { discard, insert } from './domain/change.ts';
import { countAt } from './domain/count-statistics.ts';
import { lookAt, lookAtActivities } from './domain/retention.ts';
import { createEventSender } from './events/create-event-sender.ts';
import { privateUrlError } from './events/private-address.ts';
import { createAssets } from './http/assets.ts';
import { createConsoleLive } from './http/console-live.ts';
import { createDocs } from './http/docs.ts';
import { createGallery } from './http/gallery.ts';
import { createLive } from './http/live.ts';
import { createLoad, type Load } from './http/load.ts';
import { newId } from './id.ts';
import { type Identity, openInstallation } from './installation.ts';
import { bringForward } from './jobs/bring-forward.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { createHoldBack } from './jobs/hold-back.ts';
import { watchForNotices } from './jobs/notice-watch.ts';
import { type RunnerSettings, startRunner } from './jobs/runner.ts';
import { listen, listenForMetrics } from './listen.ts';
import { createLog, type Log } from './log.ts';
import { createMailer } from './mail/mailer.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createRequestFigures } from './metrics/request-figures.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { openObjectStore } from './open-object-store.ts';
import { openStore } from './open-store.ts';
import { actorOf } from './operations/activity-facts.ts';
import { createPortal } from './portal/portal.ts';
import { ownOrigins, requireSameOrigin } from './portal/same-origin.ts';
import { openPremises } from './premises.ts';
import { createPush } from './push/push.ts';
import { vapidSubject } from './push/vapid-subject.ts';
import { lockData } from './store/sqlite/lock.ts';
import type { Store } from './store/store.ts';
import { frameHeaders } from './templates/frame-policy.ts';
import { isTaskLink } from './templates/task-link.ts';
import { createTemplateRenderer } from './templates/templates.ts';
import { readTrustedCertificates } from './trusted-certificates.ts';

export { backUp, type Copied, type Copying, restore } from './backup.ts';
export { moveStore } from './move-store.ts';
export { objectPlaceOf } from './object-place.ts';
export { nameOfPlace } from './object-store/s3/place.ts';

/** The bucket that exists from the first start. */
export const firstBucket = 'holdpoint';

/** Built files for browsers: beside the built server, also when the server runs from its sources. */
const builtFolder = (name: string): string =>
  fileURLToPath(new URL(`${import.meta.url.endsWith('.ts') ? '../dist' : '.'}/${name}`, import.meta.url));

export interface Server {
  /** Base of the portal's links. */
  readonly url: string;
  readonly endpointUrl: string;
  readonly port: number;
  /** Of the listener that serves metrics alone, where there is one. */
  readonly metricsPort?: number | undefined;
  readonly region: string;
  readonly accountId: string;
  readonly files: AwsFiles;
  /** Stops in order: no new requests, replies and jobs under way end, the database closes. */
  close(): Promise<void>;
}

export interface StartOptions {
  readonly clock?: Clock;
  readonly log?: Log;
  /**
   * The server lives for one command only and leaves no sign of itself. Its links lead to where the directory's server was
   * last, or to this address where there has been none; files of a first start name this port.
   */
  readonly passing?: { readonly usualPort: number; readonly usualUrl: string };
}

/**
 * Starts a server on a data directory.
 *
 * @throws Error with a sentence for the operator: directory in use, port taken, database too new, settings that clash.
 */
export async function startServer(config: Config, options: StartOptions = {}): Promise<Server> {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLog(config.logLevel);
  const data = resolve(config.data);
  const caCertificates = readTrustedCertificates(config.caFile, '--ca-file');
  const closing: (() => unknown)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    closing.push(lockData(data));
    mkdirSync(data, { recursive: true });
    // Before anything is made: what a first start fixes must not come from one that fails.
    let app: Handler = async () => ({ status: 503, headers: { 'retry-after': '1' }, body: 'starting' });
    const listening = await listen(config, clock, log, (exchange) => app(exchange));
    let ready = false;
    const closeListening = (): Promise<void> => listening.close();
    closing.push(closeListening);
    const opened = await openObjectStore(config, log);
    const { objectStore } = opened;
    closing.push(() => objectStore.close());
    const { store, settled } = await openStore(config, data, clock, { log, objectsAreShared: opened.isShared });
    closing.push(() => store.close());
    const identity = await openInstallation(store, config, clock);
    await opened.settle(store, identity.linkSecret);
    settled();
    if (!(await objectStore.bucket(firstBucket))) await objectStore.createBucket(firstBucket, clock.now());
    const publicUrl = await choosePublicUrl(store, config, options.passing);
    const installation = addresses({ ...config, publicUrl }, identity, listening.port);
    const load = createLoad(config.requestsInFlight);
    const stopping = new AbortController();
    const { rooms, openApp, live, consoleLive, metrics } = createRooms({
      load,
      config,
      clock,
      log,
      store,
      objectStore,
      shownObjectStore: opened.shown,
      identity,
      installation,
      closing,
      caCertificates,
      stopping: stopping.signal,
    });
    app = openApp(() => ready);
    const measuring = options.passing ? undefined : await listenForMetrics(config, clock, log, metrics.open);
    if (measuring) closing.push(() => measuring.close());
    if (!options.passing) {
      const now = clock.now();
      const looks = [
        ...(config.retentionDays > 0 ? [lookAt(now, now)] : []),
        ...(config.activityDays > 0 ? [lookAtActivities(now, now)] : []),
        countAt(now, now),
      ];
      await store.save(looks);
    }
    for (const { lane, ...limits } of lanes(load)) {
      const context = (now: number) => ({ ...rooms, objectStore, sendEvent: rooms.sendEvent, now });
      const runner = startRunner({ lane, ...limits, store, clock, log, handlers: jobHandlers, context });
      closing.push(() => runner.close());
    }
    if (!options.passing) {
      const watch = watchForNotices({ store, clock, log });
      closing.push(() => watch.close());
    }
    // Ends first: no new requests, and the streams that would keep replies open.
    closing.splice(closing.indexOf(closeListening), 1);
    closing.push(
      closeListening,
      () => live.close(),
      () => consoleLive.close(),
      () => stopping.abort(),
      async () => {
        ready = false;
        if (!options.passing) await pause(config.stopDelaySeconds * 1000);
      },
    );
    const files = writeFiles(data, identity, installation, { config, passing: options.passing });
    if (!options.passing) {
      await keepPublicUrl(store, installation.publicUrl);
      const serverFile = join(data, 'server.json');
      const running = { url: installation.endpointUrl, pid: process.pid, instance: rooms.premises.instance };
      writeWhole(serverFile, `${JSON.stringify(running)}\n`);
      closing.push(() => rmSync(serverFile, { force: true }));
    }
    ready = true;
    return {
      url: installation.publicUrl,
      endpointUrl: installation.endpointUrl,
      port: listening.port,
      metricsPort: measuring?.port,
      region: identity.region,
      accountId: identity.accountId,
      files,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function choosePublicUrl(store: Store, config: Config, passing: StartOptions['passing']): Promise<string> {
  if (!passing || config.publicUrl !== '') return config.publicUrl;
  return (await store.setting('publicUrl'))?.value ?? passing.usualUrl;
}

async function keepPublicUrl(store: Store, value: string): Promise<void> {
  if ((await store.setting('publicUrl'))?.value === value) return;
  await store.save([discard('settings', 'publicUrl'), insert('settings', { name: 'publicUrl', value })]);
}

function writeFiles(
  data: string,
  { root, region }: Identity,
  { endpointUrl }: Installation,
  { config, passing }: { readonly config: Config; readonly passing: StartOptions['passing'] },
): AwsFiles {
  const files = awsFiles(data);
  if (passing && existsSync(files.credentialsFile) && existsSync(files.configFile)) return files;
  return writeAwsFiles(data, {
    accessKeyId: root.accessKeyId,
    secretAccessKey: root.secretAccessKey,
    region,
    endpointUrl: passing ? `http://127.0.0.1:${passing.usualPort}` : endpointUrl,
    inFront: [
      ...(config.textractEndpoint === '' ? [] : ['textract']),
      ...(config.rekognitionEndpoint === '' ? [] : ['rekognition']),
    ],
  });
}

/** With more requests of the API under way than this, the rendering of new loops waits. */
const callersFirst = 6;

/** How much of each lane is under way at once; requests come before the rendering of new loops. */
const lanes = (load: Load): readonly Pick<RunnerSettings, 'lane' | 'concurrency' | 'holdBack'>[] => [
  { lane: 'main', concurrency: 32 },
  { lane: 'outputs', concurrency: 32 },
  { lane: 'prepare', concurrency: 24, holdBack: createHoldBack(() => load.inFlight > callersFirst) },
  { lane: 'events', concurrency: 128 },
];

interface Parts {
  readonly load: Load;
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  readonly objectStore: ObjectStore;
  readonly shownObjectStore: string;
  readonly identity: Identity;
  readonly installation: Installation;
  readonly closing: (() => unknown)[];
  readonly caCertificates: string | undefined;
  readonly stopping: AbortSignal;
}

function createRooms(parts: Parts) {
  const { config, clock, log, store, objectStore, identity, installation, closing } = parts;
  const templates = createTemplateRenderer({ timeLimitMs: config.renderSeconds * 1000 });
  closing.push(() => templates.close());
  const accessKeys = createAccessKeys(store);
  const events = createEventSender({ allowPrivateTargets: config.allowPrivateTargets, clock });
  closing.push(() => events.close());
  const aiServices = createAiServices({
    endpoints: { textract: config.textractEndpoint, rekognition: config.rekognitionEndpoint },
    region: config.aiServicesRegion || identity.region,
    timeoutMs: config.aiServiceSeconds * 1000,
    hashing,
    clock,
    ca: parts.caCertificates,
  });
  closing.push(() => aiServices.close());
  const sendEvent = events.send;
  const mailer = createMailer({ url: config.mailUrl, from: config.mailFrom, ca: parts.caCertificates });
  closing.push(() => mailer.close());
  const rooms: Rooms & { sendEvent: typeof sendEvent } = {
    installation,
    quotas: quotasOf(config),
    retentionDays: config.retentionDays,
    activityDays: config.activityDays,
    store,
    templates,
    clock,
    log,
    linkSecret: identity.linkSecret,
    presign: (expiresInSeconds) => ({
      endpoint: installation.publicUrl,
      region: identity.region,
      accessKeyId: identity.internal.accessKeyId,
      secretAccessKey: identity.internal.secretAccessKey,
      expiresInSeconds,
      now: clock.now(),
    }),
    forget: ({ accessKeyId }) => {
      if (accessKeyId !== undefined) accessKeys.forget(accessKeyId);
    },
    tryEventTarget: async (eventTargetId, event) => {
      const target = await store.eventTarget(eventTargetId);
      if (!target) return { error: 'There is no such event target.' };
      const result = await sendEvent(target, newId(clock.now()), event);
      if (result.delivered && result.isFirst) await bringForward({ store, clock, log }, target.id);
      return {
        ...(result.statusCode !== undefined && { statusCode: result.statusCode }),
        ...(!result.delivered && { error: result.error }),
      };
    },
    targetUrlProblem: (url) => (config.allowPrivateTargets ? undefined : privateUrlError(url)?.message),
    aiServices,
    pictures: createPictures({ objectStore, bucket: firstBucket, capBytes: config.bodiesInFlightBytes }),
    mailer,
    push: createPush({
      vapidKey: identity.vapidKey,
      subject: vapidSubject(config, installation.publicUrl),
      allowPrivateTargets: config.allowPrivateTargets,
      clock,
      ca: parts.caCertificates,
    }),
    hashPassword,
    stopping: parts.stopping,
    premises: openPremises({
      data: resolve(config.data),
      config,
      clock,
      objectStore,
      shownObjectStore: parts.shownObjectStore,
      bucket: firstBucket,
    }),
    sendEvent,
  };
  const authenticator = createAuthenticator({
    accessKeys,
    region: identity.region,
    accountId: identity.accountId,
    skewMs: config.clockSkewSeconds * 1000,
  });
  const live = createLive(store, { clock, log });
  const consoleLive = createConsoleLive(store, { log });
  // Apart, since they take as long as there are bytes.
  const transfers = createLoad(config.requestsInFlight);
  const buckets = createBuckets({
    enter: transfers.enter,
    objectStore,
    clock,
    log,
    region: identity.region,
    accountId: identity.accountId,
    authenticate: async (exchange) => {
      const signed = (await authenticator.begin(exchange, 's3')).finish();
      if (isTaskLink(exchange.rawQuery)) await requireAllowedAddress(rooms, exchange);
      return signed;
    },
    onObjectCreated: (object) => announceObject(rooms, object),
    onBucketChanged: (changed) => recordBucket(rooms, changed),
  });
  const sessions = { idle: config.sessionIdleHours * 3_600_000, absolute: config.sessionDays * 86_400_000 };
  const operatorGroups = config.operatorGroups.split(/\s+/).filter((group) => group !== '');
  const requests = createRequestFigures();
  const metrics = createMetrics(rooms, accessKeys, requests);
  closing.push(() => metrics.close());
  const requireSecondFactor = config.requireSecondFactor as SecondFactorRule;
  const entrance = { sessions, operatorGroups, requireSecondFactor };
  const openApp = (ready: () => boolean): Handler =>
    createApp({
      rooms,
      load: parts.load,
      authenticator,
      buckets,
      sts: createSts({
        accountId: identity.accountId,
        enter: () => parts.load.enter(false),
        log,
        authenticate: (exchange) => authenticator.begin(exchange, 'sts'),
      }),
      portal: createPortal(rooms, {
        ...entrance,
        answerLimitBytes: config.answerLimitBytes,
        undoSeconds: config.undoSeconds,
        mailsLinks: config.mailUrl !== '',
        openEvents: (session) => live.open(session),
        caCertificates: parts.caCertificates,
      }),
      assets: createAssets(builtFolder('assets')),
      docs: createDocs({
        folder: builtFolder('docs'),
        origins: (exchange) => ownOrigins(exchange, installation.publicUrl),
      }),
      gallery: createGallery({
        folder: builtFolder('gallery'),
        isOn: config.gallery,
        origins: (exchange) => ownOrigins(exchange, installation.publicUrl),
        frameHeaders: (origin) => frameHeaders({ assetsOrigin: origin }),
      }),
      onlookerOf: (exchange) => onlookerOf(rooms, exchange, entrance),
      consoleLive,
      operatorOf: async (exchange) => {
        requireSameOrigin(exchange, installation.publicUrl);
        return operatorOf(rooms, exchange, entrance);
      },
      metrics: metrics.guarded,
      requests,
      bodyLimitBytes: config.bodyLimitBytes,
      requestsInFlight: config.requestsInFlight,
      ready,
    });
  return { rooms, openApp, live, consoleLive, metrics };
}

/** A link of a task is for the workforce's people: outside their networks it shows nothing, as the portal does. */
async function requireAllowedAddress({ store, log }: Rooms, { requestId, clientAddress }: Exchange): Promise<void> {
  const [workforce] = await store.workforces();
  if (isAllowedAddress(workforce, clientAddress)) return;
  log.info({ requestId, clientAddress }, 'object refused: the address is outside SourceIpConfig of the workforce');
  throw new ApiError('AccessDenied', 'Access Denied');
}

const quotasOf = (config: Config): Rooms['quotas'] => ({
  inFlightHumanLoops: config.inFlightHumanLoops,
  flowDefinitions: config.flowDefinitions,
  requestsPerSecond: config.requestsPerSecond,
});

type CreatedObject = Omit<Parameters<typeof objectCreatedEvent>[0], 'time' | 'region' | 'accountId' | 'eTag'> & {
  readonly etag: string;
};

/** Queues the event of an object that was written; whoever wrote it is answered when the rows are saved. */
async function announceObject(rooms: Rooms, { etag, ...object }: CreatedObject): Promise<void> {
  const targets = (await rooms.store.eventTargets()).filter((target) => wantsObject(target, object.bucket, object.key));
  if (targets.length === 0) return;
  const now = rooms.clock.now();
  const { region, accountId } = rooms.installation;
  const event = JSON.stringify(objectCreatedEvent({ ...object, eTag: etag, time: new Date(now), region, accountId }));
  await rooms.store.save(targets.flatMap((target) => deliver(target, event, { now, newId: () => newId(now) })));
}

/** Buckets are not rows, so this row of the activity log follows the change, before whoever made it is answered. */
async function recordBucket({ store, clock }: Rooms, { bucket, caller, ...facts }: BucketChanged): Promise<void> {
  const now = clock.now();
  const resource = { type: 'bucket', name: bucket };
  await store.save([activity({ ...facts, actor: actorOf(caller), resource, at: now }, newId(now))]);
}

function addresses(config: Config, identity: Identity, port: number): Installation {
  const scheme = config.tlsCert === '' ? 'http' : 'https';
  const host = ['127.0.0.1', '0.0.0.0', '::', '::1', 'localhost'].includes(config.host) ? '127.0.0.1' : config.host;
  const literal = isIP(host) === 6 ? `[${host}]` : host;
  return {
    accountId: identity.accountId,
    region: identity.region,
    publicUrl: config.publicUrl === '' ? `${scheme}://localhost:${port}` : config.publicUrl.replace(/\/$/, ''),
    // A certificate is made for a name, so with TLS the endpoint is the public one.
    endpointUrl:
      scheme === 'https' && config.publicUrl !== ''
        ? config.publicUrl.replace(/\/$/, '')
        : `${scheme}://${literal}:${port}`,
  };
}

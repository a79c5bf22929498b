/**
 * All chains, one line per step. A request is first an exchange (http/server.ts); `route` decides whose it is; machines go
 * through `callOperation`, people through the portal, objects through the buckets.
 */
import { isUtf8 } from 'node:buffer';
import {
  ApiError,
  decodeJson11Request,
  decodeRestJsonRequest,
  encodeJson11Response,
  encodeRestJsonResponse,
  instanceHeader,
  matchRestRoute,
  type Operation,
  type OperationName,
  operationByTarget,
  operations,
  reservedSegments,
  validate,
  validationMessage,
} from '@holdpoint/protocol';
import { passedOnHeader } from './ai-services/ai-services.ts';
import type { Authenticator } from './auth/authentication.ts';
import { hashing } from './auth/hashing.ts';
import { peekService } from './auth/peek-service.ts';
import { replyToUnservedService } from './auth/unserved-service.ts';
import type { Caller, Exchange, Handler, OperationContext, Reply, Rooms } from './context.ts';
import { type AiService, aiServices, isAiService } from './domain/ai-services.ts';
import { Refusal } from './domain/refusal.ts';
import { aiServiceErrorReply, apiErrorReply, apiReply, preflightReply } from './http/api-reply.ts';
import { BodyAborted } from './http/body.ts';
import type { ConsoleLive } from './http/console-live.ts';
import { createLoad, type Load } from './http/load.ts';
import { createRequestRate } from './http/request-rate.ts';
import { newId } from './id.ts';
import type { RequestFigures } from './metrics/request-figures.ts';
import { activityFacts } from './operations/activity-facts.ts';
import { callAiService } from './operations/ai-service/call-ai-service.ts';
import { operationHandlers } from './operations/handlers.ts';
import { plainPage } from './portal/plain-page.ts';
import { refused } from './portal/reply.ts';
import { ownOrigins } from './portal/same-origin.ts';
import { recordingStore } from './store/recording-store.ts';
import { frameHeaders } from './templates/frame-policy.ts';
import { templateOfLink, templatePath } from './templates/template-link.ts';

export interface AppSettings {
  readonly rooms: Rooms;
  /** Of the API. */
  readonly load: Load;
  /** Most requests of the portal under way at once, and most callers that wait for a change; submissions come first. 0 is no limit. */
  readonly requestsInFlight: number;
  readonly authenticator: Authenticator;
  readonly portal: Handler;
  readonly buckets: Handler;
  readonly sts: Handler;
  readonly assets: Handler;
  readonly docs: Handler;
  readonly gallery: Handler;
  readonly metrics: Handler;
  readonly requests: RequestFigures;
  /** Who asks from the console (`auth/console-visit.ts`). */
  readonly operatorOf: (exchange: Exchange) => Promise<Caller>;
  /** The same for what a browser fetches by itself: streams and frames, which say no word of their own. */
  readonly onlookerOf: (exchange: Exchange) => Promise<Caller>;
  readonly consoleLive: ConsoleLive;
  readonly bodyLimitBytes: number;
  /** Whether the server can serve now. */
  readonly ready: () => boolean;
}

interface Call {
  readonly caller: Caller;
  readonly operation: Operation;
  readonly input: unknown;
}

interface Target {
  readonly operation: Operation;
  readonly labels: Readonly<Record<string, string>>;
}

export function createApp(settings: AppSettings): Handler {
  const { rooms } = settings;
  const visits = createLoad(settings.requestsInFlight);
  const waits = createLoad(settings.requestsInFlight * 10);
  // Apart, since they wait for somebody else: new loops are not rendered while the API has much to do.
  const passedOn = createLoad(settings.requestsInFlight);
  const withinRate = createRequestRate(rooms.quotas.requestsPerSecond, rooms.clock);

  async function route(exchange: Exchange): Promise<Reply> {
    const service = peekService(exchange);
    if (service === 's3') return settings.buckets(exchange);
    if (service === 'sts') return settings.sts(exchange);
    if (isAiService(service)) return passOn(exchange, service);
    if (service !== undefined && service !== 'sagemaker') return replyToUnservedService(exchange, service);
    if (isApi(exchange, service)) return callOperation(exchange);
    return browse(exchange);
  }

  async function callOperation(exchange: Exchange): Promise<Reply> {
    const protocol = exchange.header('x-amz-target') === undefined ? 'rest-json' : 'json-1-1';
    let leave = (): void => {};
    try {
      if (exchange.method === 'OPTIONS') return preflightReply(exchange);
      const target = findOperation(exchange, protocol);
      const { name } = target.operation;
      // A caller that is willing to wait is not one that is kept waiting.
      const seconds = name === 'DescribeHumanLoop' ? waitSeconds(exchange.header('prefer')) : 0;
      const endWait = seconds > 0 ? waits.enter(false) : undefined;
      leave = endWait ?? settings.load.enter(firstOperations.has(name)) ?? refuseBusy();
      const pending = await settings.authenticator.begin(exchange, 'sagemaker');
      // Not before the key is known: nobody else can use up the rate.
      requireRate(withinRate);
      requireMediaType(exchange);
      const body = await exchange.readBody(settings.bodyLimitBytes);
      const { caller } = pending.finish(hashing.sha256Hex(body));
      const input = decode(target, exchange, body);
      requireValid(target.operation, input);
      const context = contextOf(exchange, { caller, operation: target.operation, input }, endWait ? seconds : 0);
      const output = await handlerOf(target.operation)(context, input);
      const encode = protocol === 'rest-json' ? encodeRestJsonResponse : encodeJson11Response;
      return apiReply(exchange, encode(target.operation, output), context.replyHeaders);
    } catch (error) {
      // Nobody is left to be answered, and nothing went wrong here.
      if (error instanceof BodyAborted) throw error;
      return apiErrorReply(exchange, protocol, error, rooms.log);
    } finally {
      leave();
    }
  }

  /** Textract and Rekognition, which are somebody else's; what they answer, errors too, is the reply. */
  async function passOn(exchange: Exchange, service: AiService): Promise<Reply> {
    const leave = passedOn.enter(false);
    const gone = new AbortController();
    exchange.response.once('close', () => gone.abort());
    try {
      if (!leave) refuseBusy();
      const pending = await settings.authenticator.begin(exchange, service);
      requireRate(withinRate);
      const operation = operationOfAiService(exchange, service);
      requireMediaType(exchange);
      const body = await exchange.readBody(settings.bodyLimitBytes);
      const { caller } = pending.finish(hashing.sha256Hex(body));
      const context = contextOf(exchange, { caller, operation: operations.StartHumanLoop, input: {} }, 0);
      const { headers } = exchange;
      const answer = await callAiService(context, { service, operation, headers, body, signal: gone.signal });
      return apiReply(exchange, answer, context.replyHeaders);
    } catch (error) {
      if (error instanceof BodyAborted) throw error;
      if (gone.signal.aborted) throw new BodyAborted('The caller went away.');
      return aiServiceErrorReply(exchange, error, rooms.log);
    } finally {
      leave?.();
    }
  }

  function contextOf(exchange: Exchange, call: Call, waitSeconds: number): OperationContext {
    const { caller } = call;
    const { requestId, clientAddress } = exchange;
    const now = rooms.clock.now();
    const facts = activityFacts({ ...call, clientAddress, requestId, now });
    return {
      ...rooms,
      store: recordingStore(rooms.store, facts, newId),
      requestId,
      caller,
      invocation: invocationOf(caller, exchange.header('amz-sdk-invocation-id')),
      now,
      waitSeconds,
      replyHeaders: {},
    };
  }

  /** The console calls operations, as programs do; a session stands in for the signature. All are answered in JSON 1.1. */
  async function callFromConsole(exchange: Exchange): Promise<Reply> {
    const leave = visits.enter(false);
    try {
      if (!leave) refuseBusy();
      const caller = await settings.operatorOf(exchange);
      const name = exchange.rawPath.slice(consoleApi.length);
      if (exchange.method !== 'POST' || !Object.hasOwn(operations, name))
        throw new ApiError('UnknownOperationException', 'The requested operation is not known.');
      const operation = operations[name as OperationName] as Operation;
      requireMediaType(exchange);
      const body = await exchange.readBody(settings.bodyLimitBytes);
      const input = decodeJson11Request(operation, textOf(body));
      requireValid(operation, input);
      const context = contextOf(exchange, { caller, operation, input }, 0);
      const output = await handlerOf(operation)(context, input);
      return consoleReply(apiReply(exchange, encodeJson11Response(operation, output), context.replyHeaders));
    } catch (error) {
      if (error instanceof BodyAborted) throw error;
      const known = error instanceof Refusal ? new ApiError('AccessDeniedException', error.message) : error;
      return consoleReply(apiErrorReply(exchange, 'json-1-1', known, rooms.log));
    } finally {
      leave?.();
    }
  }

  /** Live events of the console: of all human loops, or of the one that is named. */
  async function watchFromConsole(exchange: Exchange): Promise<Reply> {
    try {
      const operator = await settings.onlookerOf(exchange);
      const name = new URLSearchParams(exchange.rawQuery).get('human-loop');
      const humanLoop = name === null ? undefined : await rooms.store.humanLoopByName(name);
      if (name !== null && !humanLoop) return text(404, 'There is no such human loop.');
      const mayStay = () =>
        settings.onlookerOf(exchange).then(
          () => true,
          () => false,
        );
      return settings.consoleLive.open({ operator, humanLoopId: humanLoop?.id, mayStay });
    } catch (error) {
      return consoleReply(apiErrorReply(exchange, 'json-1-1', error, rooms.log));
    }
  }

  /** The page of a loop's task, for a sandboxed frame of the console: what is wrong with it is a sentence in the same sandbox. */
  async function showLoopPage(exchange: Exchange): Promise<Reply> {
    const [origin = rooms.installation.publicUrl] = ownOrigins(exchange, rooms.installation.publicUrl);
    const headers = frameHeaders({ assetsOrigin: origin });
    const leave = visits.enter(false);
    try {
      if (!leave) refuseBusy();
      const caller = await settings.onlookerOf(exchange);
      const input = { HumanLoopName: decodeURIComponent(exchange.rawPath.slice(consoleFrame.length)), Origin: origin };
      requireValid(operations.PreviewHumanLoop, input);
      const context = contextOf(exchange, { caller, operation: operations.PreviewHumanLoop, input }, 0);
      const { Page, ContentSecurityPolicy, Errors } = await operationHandlers.PreviewHumanLoop(context, input);
      if (Errors.length > 0)
        return { status: 200, headers, body: plainPage('Task', Errors.map(({ Message }) => Message).join(' ')) };
      return { status: 200, headers: { ...headers, 'Content-Security-Policy': ContentSecurityPolicy }, body: Page };
    } catch (error) {
      const { status, body } = apiErrorReply(exchange, 'json-1-1', asApiError(error), rooms.log);
      return { status, headers, body: plainPage('Task', String(JSON.parse(String(body)).message)) };
    } finally {
      leave?.();
    }
  }

  async function browse(exchange: Exchange): Promise<Reply> {
    const segment = exchange.rawPath.split('/')[1] ?? '';
    if (
      exchange.method === 'OPTIONS' &&
      exchange.header('access-control-request-method') &&
      !['portal', 'oauth2', 'console'].includes(segment)
    )
      return segment === 'human-loops' ? preflightReply(exchange) : settings.buckets(exchange);
    if (exchange.rawPath.startsWith(templatePath)) return showTemplate(exchange);
    if (exchange.rawPath.startsWith(consoleApi)) return callFromConsole(exchange);
    if (exchange.rawPath === '/console/events') return watchFromConsole(exchange);
    if (exchange.rawPath.startsWith(consoleFrame)) return showLoopPage(exchange);
    if (segment === 'portal' || segment === 'oauth2' || segment === 'console') return visit(exchange);
    if (segment === 'assets') return settings.assets(exchange);
    if (segment === 'docs') return settings.docs(exchange);
    if (segment === 'gallery') return settings.gallery(exchange);
    if (segment === 'healthz') return signOfLife(rooms.premises);
    if (segment === 'readyz') return readiness();
    if (exchange.rawPath === '/metrics') return settings.metrics(exchange);
    if (exchange.rawPath === '/' && (exchange.method === 'GET' || exchange.method === 'HEAD'))
      return { status: 302, headers: { location: '/portal' } };
    return notFound(exchange);
  }

  async function visit(exchange: Exchange): Promise<Reply> {
    if (!exchange.rawPath.startsWith('/portal/api/')) return settings.portal(exchange);
    const leave = visits.enter(submission.test(exchange.rawPath));
    if (!leave) return refused('try-again', 'The server is busy. Please try again in a moment.');
    try {
      return await settings.portal(exchange);
    } finally {
      leave();
    }
  }

  function readiness(): Reply {
    const problem = rooms.store.problem();
    // Outputs are only delayed then: requests and reviewers are served as ever, so the node stays in rotation.
    const delay = rooms.premises.objectStoreProblem();
    if (settings.ready() && problem === undefined)
      return text(200, delay === undefined ? 'ready' : `ready, but outputs are delayed: ${delay}`);
    return text(503, problem === undefined ? 'not ready' : `not ready: ${problem}`);
  }

  async function showTemplate(exchange: Exchange): Promise<Reply> {
    const sha256 = templateOfLink(exchange.rawPath, exchange.rawQuery, rooms.linkSecret, rooms.clock.now());
    const template = sha256 && (await rooms.store.template(sha256));
    if (!template) return text(403, 'This link is not valid or is over.');
    // A template is somebody's HTML: shown as text, it can do nothing here.
    return text(200, template.content);
  }

  /** Counts what `route` answers; a stream counts when it begins. */
  async function observed(exchange: Exchange): Promise<Reply> {
    const began = performance.now();
    let status = 500;
    try {
      const reply = await route(exchange);
      status = reply.status;
      return reply;
    } finally {
      const isPatient = waitSeconds(exchange.header('prefer')) > 0;
      settings.requests.observe(
        shownName(exchange),
        status,
        isPatient ? undefined : (performance.now() - began) / 1000,
      );
    }
  }

  return observed;
}

/** What a request is counted as: an operation's name or what else was asked for, one of a few. */
function shownName(exchange: Exchange): string {
  const service = peekService(exchange);
  if (service !== undefined && service !== 'sagemaker')
    return service === 's3' || service === 'sts' || isAiService(service) ? service : 'other';
  if (isApi(exchange, service)) {
    const target = exchange.header('x-amz-target');
    const operation =
      target === undefined ? matchRestRoute(exchange.method, exchange.rawPath)?.operation : operationByTarget(target);
    return operation?.name ?? 'unknown operation';
  }
  if (exchange.rawPath.startsWith(consoleApi)) {
    const name = exchange.rawPath.slice(consoleApi.length);
    return Object.hasOwn(operations, name) ? name : 'unknown operation';
  }
  const segment = exchange.rawPath.split('/')[1] ?? '';
  return reservedSegments.has(segment) ? segment : 'other';
}

/** Where the console calls operations: the name of one follows. */
const consoleApi = '/console/api/';

/** Where the console shows the page of a human loop's task: its name follows. */
const consoleFrame = '/console/frame/human-loops/';

/** A name that cannot be decoded is none. */
const asApiError = (error: unknown): unknown =>
  error instanceof URIError ? new ApiError('ResourceNotFound', 'There is no such human loop.') : error;

/** Only the console reads these, and no other origin: a cookie decides. */
function consoleReply(reply: Reply): Reply {
  const {
    'access-control-allow-origin': _origin,
    'access-control-expose-headers': _exposed,
    ...headers
  } = reply.headers;
  return { ...reply, headers: { ...headers, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } };
}

/** A request is the API's when it is signed for it, names an operation or calls its path; unsigned ones are refused there. */
const isApi = (exchange: Exchange, service: string | undefined): boolean =>
  service === 'sagemaker' ||
  exchange.header('x-amz-target') !== undefined ||
  exchange.rawPath === '/human-loops' ||
  exchange.rawPath.startsWith('/human-loops/') ||
  exchange.header('authorization')?.startsWith('AWS') === true;

function findOperation(exchange: Exchange, protocol: 'rest-json' | 'json-1-1'): Target {
  if (protocol === 'rest-json') {
    const match = matchRestRoute(exchange.method, exchange.rawPath);
    if (match) return match;
  } else if (exchange.method === 'POST' && exchange.rawPath === '/') {
    const operation = operationByTarget(exchange.header('x-amz-target')!);
    if (operation) return { operation, labels: {} };
  }
  throw new ApiError('UnknownOperationException', 'The requested operation is not known.');
}

function operationOfAiService(exchange: Exchange, service: AiService): string {
  const { name, targetPrefix, flag } = aiServices[service];
  if (exchange.header(passedOnHeader) !== undefined)
    throw new ApiError(
      'InvalidParameterException',
      `A server that stands in front of ${name} passed this on, and it came back to one: ${flag} must lead to ${name} itself.`,
    );
  const operation = new RegExp(`^${targetPrefix}\\.(\\w{1,128})$`).exec(exchange.header('x-amz-target') ?? '')?.[1];
  if (exchange.method === 'POST' && exchange.rawPath === '/' && operation !== undefined) return operation;
  throw new ApiError(
    'UnknownOperationException',
    `Operations of ${name} are called by POST / with X-Amz-Target: ${targetPrefix}.Operation.`,
  );
}

/** Operations that are refused last: what they bring is lost to a caller that gives up. */
const firstOperations: ReadonlySet<string> = new Set(['StartHumanLoop', 'StopHumanLoop']);
const submission = /^\/portal\/api\/assignments\/[^/]+\/submit$/;

function refuseBusy(): never {
  throw new ApiError('ThrottlingException', 'Too many requests are under way. Please try again in a moment.');
}

function requireRate(withinRate: () => boolean): void {
  if (!withinRate()) throw new ApiError('ThrottlingException', 'Rate exceeded');
}

/** Refused before the body is read: encodings that would have to be undone, and bodies that are not JSON. */
function requireMediaType(exchange: Exchange): void {
  const encoding = exchange.header('content-encoding');
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity')
    throw new ApiError('UnsupportedMediaTypeException', `Content-Encoding ${encoding} is not supported.`);
  const type = exchange.header('content-type');
  if (type !== undefined && type !== '' && !/^application\/(json|x-amz-json-1\.[01])\s*(;|$)/i.test(type))
    throw new ApiError(
      'UnsupportedMediaTypeException',
      `Content-Type ${type} is not supported; send application/json.`,
    );
  const accept = exchange.header('accept');
  if (accept !== undefined && accept !== '' && !/json|\*\/\*|application\/\*/i.test(accept))
    throw new ApiError('NotAcceptableException', 'Only application/json can be answered.');
}

function textOf(body: Buffer): string {
  if (!isUtf8(body)) throw new ApiError('SerializationException', 'The request body is not UTF-8.');
  return body.toString('utf8');
}

function decode({ operation, labels }: Target, exchange: Exchange, body: Buffer): unknown {
  const textBody = textOf(body);
  if (operation.protocol === 'json-1-1') return decodeJson11Request(operation, textBody);
  const { headers, rawQuery } = exchange;
  return decodeRestJsonRequest(operation, { labels, rawQuery, headers, body: textBody });
}

function requireValid(operation: Operation, input: unknown): void {
  const violations = validate(operation.input, input);
  if (violations.length > 0) throw new ApiError('ValidationException', validationMessage(violations));
}

/** The registry's type ties each handler to its operation; here the operation is known at run time only. */
const handlerOf = (operation: Operation) =>
  operationHandlers[operation.name as OperationName] as (context: OperationContext, input: unknown) => Promise<unknown>;

/** SDKs name a call, over all its attempts; of a key that names none, or something else, nothing is remembered. */
const invocationOf = ({ accessKeyId }: Caller, id: string | undefined): string | null =>
  id !== undefined && /^[\w-]{16,64}$/.test(id) ? `${accessKeyId} ${id}` : null;

/** `Prefer: wait=N` (RFC 7240); anything else asks for nothing. */
function waitSeconds(prefer: string | undefined): number {
  const seconds = /(?:^|[,;\s])wait\s*=\s*(\d{1,4})(?:$|[,;\s])/i.exec(prefer ?? '')?.[1];
  return seconds === undefined ? 0 : Number(seconds);
}

function notFound(exchange: Exchange): Reply {
  if (exchange.header('accept')?.includes('text/html')) return text(404, 'There is no such page.');
  const body = JSON.stringify({ __type: 'UnknownOperationException', message: 'There is nothing at this address.' });
  return apiReply(exchange, {
    status: 404,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownOperationException' },
    body,
  });
}

const text = (status: number, body: string): Reply => ({
  status,
  headers: {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  },
  body,
});

const signOfLife = ({ instance }: Rooms['premises']): Reply => {
  const reply = text(200, 'ok');
  return { ...reply, headers: { ...reply.headers, [instanceHeader]: instance } };
};

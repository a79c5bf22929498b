/** The one STS operation that programs call to learn who they are: GetCallerIdentity (query protocol, XML answer). */
import { createHash } from 'node:crypto';
import { ApiError, isApiError } from '@holdpoint/protocol';
import type { Caller, Exchange, Handler, Reply } from '../context.ts';
import type { Log } from '../log.ts';
import { xmlDocument } from './xml.ts';

export interface StsSettings {
  readonly accountId: string;
  readonly log: Log;
  /** A request begins; the returned function ends it. Undefined when too many are under way. */
  readonly enter: () => (() => void) | undefined;
  /** Begins the verification of an STS signature, which covers the body's hash (hexadecimal). */
  readonly authenticate: (
    exchange: Exchange,
  ) => Promise<{ finish(bodySha256Hex: string): { readonly caller: Caller } }>;
}

const maxBody = 64 * 1024;
const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
const statuses: { readonly [code: string]: number } = {
  MissingAuthenticationToken: 403,
  SignatureDoesNotMatch: 403,
  InvalidClientTokenId: 403,
  IncompleteSignature: 400,
  ThrottlingException: 400,
  RequestEntityTooLargeException: 413,
  InternalFailure: 500,
};

/** Serves requests that are signed for `sts`. */
export function createSts(settings: StsSettings): Handler {
  return async (exchange) => {
    const headers = { 'content-type': 'text/xml', 'x-amzn-requestid': exchange.requestId };
    const leave = settings.enter();
    try {
      if (!leave)
        throw new ApiError('ThrottlingException', 'Too many requests are under way. Please try again in a moment.');
      const pending = await settings.authenticate(exchange);
      const body = await exchange.readBody(maxBody);
      const { caller } = pending.finish(createHash('sha256').update(body).digest('hex'));
      const parameters = new URLSearchParams(exchange.method === 'POST' ? body.toString('utf8') : exchange.rawQuery);
      const action = parameters.get('Action') ?? '';
      if (action !== 'GetCallerIdentity') {
        throw new ApiError('InvalidAction', `Holdpoint serves GetCallerIdentity only, not '${action.slice(0, 64)}'.`);
      }
      return { status: 200, headers, body: identity(settings, caller, exchange.requestId) };
    } catch (error) {
      return failure(settings, exchange, error, headers);
    } finally {
      leave?.();
    }
  };
}

function identity(settings: StsSettings, caller: Caller, requestId: string): string {
  const userId = caller.kind === 'root' ? settings.accountId : caller.accessKeyId;
  return xmlDocument(
    'GetCallerIdentityResponse',
    [
      [
        'GetCallerIdentityResult',
        [
          ['Arn', caller.arn],
          ['UserId', userId],
          ['Account', settings.accountId],
        ],
      ],
      ['ResponseMetadata', [['RequestId', requestId]]],
    ],
    namespace,
  );
}

function failure(settings: StsSettings, exchange: Exchange, error: unknown, headers: Reply['headers']): Reply {
  const { requestId } = exchange;
  // A connection that ended in the middle has nobody left to be answered, and is no fault of ours.
  if (!isApiError(error) && !exchange.request.destroyed) {
    settings.log.error({ requestId, stack: error instanceof Error ? error.stack : String(error) }, 'sts failed');
  }
  const code = isApiError(error) ? error.name : 'InternalFailure';
  const message = isApiError(error) ? error.message : 'The request processing has failed because of an unknown error.';
  const status = statuses[code] ?? 400;
  const body = xmlDocument(
    'ErrorResponse',
    [
      [
        'Error',
        [
          ['Type', status >= 500 ? 'Receiver' : 'Sender'],
          ['Code', code],
          ['Message', message],
        ],
      ],
      ['RequestId', requestId],
    ],
    namespace,
  );
  return { status, headers, body };
}

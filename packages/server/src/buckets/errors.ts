/** S3's errors: HTTP statuses by code ("Error responses", Amazon S3 API reference), and the reply that carries one. */
import { ApiError, isApiError } from '@holdpoint/protocol';
import type { Exchange, Reply } from '../context.ts';
import type { Log } from '../log.ts';
import { xmlDocument } from './xml.ts';

const statuses: { readonly [code: string]: number } = {
  AccessDenied: 403,
  BucketAlreadyOwnedByYou: 409,
  BucketNotEmpty: 409,
  ConditionalRequestConflict: 409,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  MissingContentLength: 411,
  NoSuchBucket: 404,
  NoSuchBucketPolicy: 404,
  NoSuchCORSConfiguration: 404,
  NoSuchKey: 404,
  NoSuchLifecycleConfiguration: 404,
  NoSuchPublicAccessBlockConfiguration: 404,
  NoSuchTagSet: 404,
  NoSuchUpload: 404,
  NoSuchVersion: 404,
  NoSuchWebsiteConfiguration: 404,
  NotImplemented: 501,
  ObjectLockConfigurationNotFoundError: 404,
  OwnershipControlsNotFoundError: 404,
  PreconditionFailed: 412,
  ReplicationConfigurationNotFoundError: 404,
  RequestTimeTooSkewed: 403,
  ServerSideEncryptionConfigurationNotFoundError: 404,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
};

/** Errors of other rooms, under the names that S3's clients know. */
const renamed: { readonly [name: string]: string } = {
  RequestEntityTooLargeException: 'MaxMessageLengthExceeded',
  ServiceUnavailableException: 'ServiceUnavailable',
  ThrottlingException: 'SlowDown',
  InvalidKey: 'InvalidURI',
};

/** The reply to a request that failed; what is not an ApiError is logged and becomes InternalError. */
export function errorReply(exchange: Exchange, error: unknown, log: Log): Reply {
  const known = isApiError(error) ? error : internalError(exchange, error, log);
  const code = renamed[known.name] ?? known.name;
  const status = statuses[code] ?? 400;
  const headers = { 'content-type': 'application/xml', ...(statuses[code] === 503 ? { 'retry-after': '1' } : {}) };
  if (exchange.method === 'HEAD') return { status, headers: {} };
  const body = xmlDocument('Error', [
    ['Code', code],
    ['Message', known.message],
    ['Resource', exchange.rawPath.slice(0, 2048)],
    ['RequestId', exchange.requestId],
    ['HostId', exchange.requestId],
  ]);
  return { status, headers, body };
}

function internalError(exchange: Exchange, error: unknown, log: Log): ApiError {
  log.error(
    { requestId: exchange.requestId, stack: error instanceof Error ? error.stack : String(error) },
    's3 failed',
  );
  const { code } = error as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new ApiError('ServiceUnavailable', 'The disk of the buckets is full. Please try again when there is room.');
  return new ApiError('InternalError', 'We encountered an internal error. Please try again.');
}

export const noSuchBucket = (): ApiError => new ApiError('NoSuchBucket', 'The specified bucket does not exist');
export const noSuchKey = (): ApiError => new ApiError('NoSuchKey', 'The specified key does not exist.');
export const notImplemented = (what: string): ApiError =>
  new ApiError(
    'NotImplemented',
    `A header or parameter you provided implies functionality that is not implemented: ${what}`,
  );
export const invalidArgument = (message: string): ApiError => new ApiError('InvalidArgument', message);

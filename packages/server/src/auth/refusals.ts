/**
 * Why a signature is refused, in the words of the service that it was made for: the JSON services' names (as DynamoDB
 * and Cognito answer), S3's ("Error responses", Amazon S3 API reference) or those of the query services such as STS.
 */
import { ApiError, isApiError } from '@holdpoint/protocol';

export type Dialect = 'json' | 's3' | 'query';

export type RefusalKind =
  | 'missing'
  | 'two-forms'
  | 'incomplete'
  | 'bad-date'
  | 'skewed'
  | 'url-expired'
  | 'not-yet'
  | 'unsigned-header'
  | 'wrong-scope'
  | 'unknown-key'
  | 'unknown-token'
  | 'wrong-signature'
  | 'bad-payload-hash'
  | 'wrong-payload-hash';

/** Makes the error for one request, in its dialect. */
export type Refuse = (kind: RefusalKind, message?: string) => ApiError;

/** Wire name for each dialect, and the dialect's own sentence where it has one. */
type Entry = { readonly [D in Dialect]: readonly [name: string, message?: string] };

const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const invalidToken = 'The security token included in the request is invalid.';

const table: { readonly [kind in RefusalKind]: Entry } = {
  missing: {
    json: ['MissingAuthenticationTokenException', 'Request is missing Authentication Token'],
    query: ['MissingAuthenticationToken', 'Request is missing Authentication Token'],
    s3: ['AccessDenied', 'Access Denied'],
  },
  'two-forms': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: [
      'InvalidArgument',
      'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
    ],
  },
  incomplete: {
    json: ['IncompleteSignatureException'],
    query: ['IncompleteSignature'],
    s3: ['AuthorizationHeaderMalformed'],
  },
  'bad-date': {
    json: ['IncompleteSignatureException'],
    query: ['IncompleteSignature'],
    s3: ['AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header'],
  },
  skewed: {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.'],
  },
  'url-expired': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['AccessDenied', 'Request has expired'],
  },
  'not-yet': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['AccessDenied', 'Request is not valid yet'],
  },
  'unsigned-header': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['AccessDenied'],
  },
  'wrong-scope': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['AuthorizationHeaderMalformed'],
  },
  'unknown-key': {
    json: ['UnrecognizedClientException', invalidToken],
    query: ['InvalidClientTokenId', invalidToken],
    s3: ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  'unknown-token': {
    json: ['UnrecognizedClientException', invalidToken],
    query: ['InvalidClientTokenId', invalidToken],
    s3: ['InvalidToken', 'The provided token is malformed or otherwise invalid.'],
  },
  'wrong-signature': {
    json: ['InvalidSignatureException', mismatch],
    query: ['SignatureDoesNotMatch', mismatch],
    s3: [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ],
  },
  'bad-payload-hash': {
    json: ['InvalidSignatureException'],
    query: ['SignatureDoesNotMatch'],
    s3: ['InvalidArgument'],
  },
  'wrong-payload-hash': {
    json: ['InvalidSignatureException', mismatch],
    query: ['SignatureDoesNotMatch', mismatch],
    s3: ['XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed."],
  },
};

/** The error that a client of this dialect understands; `message` is used where the dialect has no sentence of its own. */
export function refusal(dialect: Dialect, kind: RefusalKind, message = mismatch): ApiError {
  const [name, own] = table[kind][dialect];
  return new ApiError(name, own ?? message);
}

/** Runs a parser that refuses in the JSON services' words, and refuses in those of the dialect instead. */
export function inDialect<T>(dialect: Dialect, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!isApiError(error)) throw error;
    const kind = error.name === 'MissingAuthenticationTokenException' ? 'missing' : 'incomplete';
    throw refusal(dialect, kind, error.message);
  }
}

import type { SendResult } from '../event-sender.ts';
import { networkError } from '../network-error.ts';
import { type AwsService, Refused } from './service-client.ts';

const names: Readonly<Record<AwsService, string>> = { eventbridge: 'EventBridge', sns: 'SNS', sqs: 'SQS' };

/**
 * What is wrong with the message itself, which no repetition mends. Rights, keys, quotas, and buses, topics and queues that
 * are missing can be mended while the event waits.
 */
const hopeless: ReadonlySet<string> = new Set([
  'InvalidArgument',
  'InvalidAttributeValue',
  'InvalidMessageContents',
  'InvalidParameter',
  'InvalidParameterException',
  'InvalidParameterValue',
  'InvalidParameterValueException',
  'MalformedDetail',
  'NotAuthorizedForDetailType',
  'NotAuthorizedForDetailTypeException',
  'NotAuthorizedForSource',
  'NotAuthorizedForSourceException',
  'ParameterValueInvalid',
  'ParameterValueInvalidException',
  'UnsupportedOperation',
  'ValidationError',
  'ValidationException',
]);

/** Credentials that are over or wrong; services with JSON answer 400 to them. */
const credentialErrors: ReadonlySet<string> = new Set([
  'ExpiredToken',
  'ExpiredTokenException',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'InvalidAccessKeyId',
  'InvalidClientTokenId',
  'InvalidSecurity',
  'InvalidSignatureException',
  'InvalidToken',
  'MissingAuthenticationToken',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** What the SDK adds to errors of services, and to those of reading what they answered. */
interface SdkError extends Error {
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

export interface Failure {
  readonly result: SendResult & { readonly delivered: false };
  /** Whether other credentials may mend it. */
  readonly isOfCredentials: boolean;
}

/** What became of an event whose sending threw. */
export function failureOf(service: AwsService, error: SdkError): Failure {
  const name = names[service];
  if (/^(CredentialsProviderError|TokenProviderError|ProviderError)$/.test(error.name))
    return {
      result: { delivered: false, error: `The server has no AWS credentials of its own. (${error.message})` },
      isOfCredentials: true,
    };
  const statusCode =
    error instanceof Refused ? error.statusCode : (error.$metadata?.httpStatusCode ?? error.$response?.statusCode);
  if (statusCode === undefined) {
    // So the SDK says of the checksum with which a queue answers.
    const said =
      error.message === 'InvalidChecksumError'
        ? `That was no answer of ${name}: it does not name the checksum of the message.`
        : networkError(error);
    return { result: { delivered: false, error: said }, isOfCredentials: false };
  }
  const code = codeOf(error);
  const permanent = statusCode === 413 || (code !== undefined && hopeless.has(code));
  const said =
    code === undefined
      ? `That was no answer of ${name}: its status was ${statusCode}.`
      : `${name} answered ${code}: ${error.message}`;
  return {
    result: { delivered: false, statusCode, error: said, ...(permanent && { permanent }) },
    isOfCredentials: statusCode === 401 || statusCode === 403 || credentialErrors.has(code ?? ''),
  };
}

/**
 * The service's word for its refusal; undefined when what answered is no such service. Services with two protocols say
 * `AWS.SimpleQueueService.X` in one and `X` in the other.
 */
function codeOf(error: SdkError): string | undefined {
  if (error instanceof Refused) return error.code;
  if (error.$fault === undefined || error instanceof SyntaxError) return undefined;
  const code = error.name.split(/[.#]/).at(-1);
  // So the SDK calls what came without a word.
  return code === 'Unknown' ? undefined : code;
}

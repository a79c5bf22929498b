/**
 * Every error of this package, one class each. Names and sentences are botocore's where it has the same error, so that
 * what is known about them in the field holds here too.
 */
import type { ApiError, OperationOutput } from '@holdpoint/protocol';

export interface ErrorFacts extends ErrorOptions {
  readonly statusCode?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryable?: boolean;
}

/** What is known of an answer besides its members. */
export interface ResponseMetadata {
  /** `x-amzn-RequestId` of the answer, by which the server's log can be searched. */
  readonly RequestId: string | undefined;
  /** The HTTP status. */
  readonly HTTPStatusCode: number;
  /** Names in lower case. */
  readonly HTTPHeaders: Readonly<Record<string, string>>;
  /** How often the call was repeated before this answer. */
  readonly RetryAttempts: number;
}

/** The base of all errors: whatever this package throws on purpose is one. */
export class SdkError extends Error {
  /** The name once more, under the key that programs for Node and AWS read. */
  readonly code: string;
  /** The HTTP status, where there was an answer. */
  readonly statusCode: number | undefined;
  /** `x-amzn-RequestId` of the answer. */
  readonly requestId: string | undefined;
  /** Whether the same call may succeed a little later. */
  readonly retryable: boolean;

  constructor(name: string, message: string, facts: ErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    // Set here, not by the class: minified class names say nothing.
    this.name = name;
    this.code = name;
    this.statusCode = facts.statusCode;
    this.requestId = facts.requestId;
    this.retryable = facts.retryable ?? false;
  }
}

/** An error that the service answered; `code` is the wire's, for example `ConflictException`. */
export class ServiceError extends SdkError {
  /** Of the operation that was called, as on the wire. */
  readonly operationName: string;
  /** Seconds after which the service would like to be asked again. */
  readonly retryAfter: number | undefined;
  readonly ResponseMetadata: ResponseMetadata;

  constructor(operationName: string, error: ApiError, ResponseMetadata: ResponseMetadata) {
    const { name, message, requestId = ResponseMetadata.RequestId } = error;
    const { HTTPStatusCode: statusCode } = ResponseMetadata;
    const retryable = retriedStatuses.has(statusCode) || (statusCode === 400 && throttlingCodes.has(name));
    super(name, message, { cause: error.cause, statusCode, requestId, retryable });
    this.operationName = operationName;
    this.retryAfter = error.retryAfter;
    this.ResponseMetadata = ResponseMetadata;
    // There to be asked for, not to be printed with every stack.
    Object.defineProperty(this, 'ResponseMetadata', { enumerable: false });
  }
}

/** What botocore tries again (its `legacy` mode, which is boto3's default). */
const retriedStatuses: ReadonlySet<number> = new Set([429, 500, 502, 503, 504, 509]);
const throttlingCodes: ReadonlySet<string> = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottledException',
  'ProvisionedThroughputExceededException',
]);

/** The input does not fit the operation. */
export class ValidationException extends ServiceError {}
/** Runtime API: there is no such human loop or flow definition. */
export class ResourceNotFoundException extends ServiceError {}
/** A human loop of this name is active with another input, or the resource is being changed. */
export class ConflictException extends ServiceError {}
/** Too many requests. */
export class ThrottlingException extends ServiceError {}
/** Too many human loops are in flight. */
export class ServiceQuotaExceededException extends ServiceError {}
/** The service failed; the same call may succeed later. */
export class InternalServerException extends ServiceError {}
/** Control plane: there is no such resource. */
export class ResourceNotFound extends ServiceError {}
/** The name is taken, or the resource is used by another. */
export class ResourceInUse extends ServiceError {}
/** Too many resources of this kind. */
export class ResourceLimitExceeded extends ServiceError {}

/** Parameters that cannot be sent; `report` has one sentence for each of them. */
export class ParamValidationError extends SdkError {
  readonly report: readonly string[];
  constructor(report: readonly string[]) {
    super('ParamValidationError', `Parameter validation failed:\n${report.join('\n')}`);
    this.report = report;
  }
}

/** Neither the options nor the surroundings name a region. */
export class NoRegionError extends SdkError {
  constructor() {
    super('NoRegionError', 'You must specify a region.');
  }
}

/** The region cannot be part of a host name. */
export class InvalidRegionError extends SdkError {
  constructor(region: string) {
    super('InvalidRegionError', `Provided region_name '${region}' doesn't match a supported format.`);
  }
}

/** The endpoint is no http or https URL. */
export class InvalidEndpointError extends SdkError {
  constructor(endpoint: string) {
    super('InvalidEndpointError', `Invalid endpoint: ${endpoint}`);
  }
}

/** Holdpoint's own operations were wanted and nothing says where a Holdpoint server is. */
export class NoEndpointError extends SdkError {
  constructor() {
    super(
      'NoEndpointError',
      'No Holdpoint server is named: give endpointUrl, or set AWS_ENDPOINT_URL_SAGEMAKER or endpoint_url in the profile.',
    );
  }
}

/** No place that was looked at has credentials. */
export class NoCredentialsError extends SdkError {
  constructor(hint = '', options?: ErrorOptions) {
    super('NoCredentialsError', `Unable to locate credentials${hint && `. ${hint}`}`, options);
  }
}

/** A place has one half of a key pair and not the other. */
export class PartialCredentialsError extends SdkError {
  constructor(place: string, missing: string) {
    super('PartialCredentialsError', `Partial credentials found in ${place}, missing: ${missing}`);
  }
}

/** A provider of credentials failed or gave something else. */
export class CredentialRetrievalError extends SdkError {
  constructor(provider: string, reason: string, options?: ErrorOptions) {
    super('CredentialRetrievalError', `Error when retrieving credentials from ${provider}: ${reason}`, options);
  }
}

/** No shared file has the profile that is named. */
export class ProfileNotFound extends SdkError {
  constructor(profile: string) {
    super('ProfileNotFound', `The config profile (${profile}) could not be found`);
  }
}

/** What the environment or the shared files say cannot be used. */
export class InvalidConfigError extends SdkError {
  constructor(message: string, options?: ErrorOptions) {
    super('InvalidConfigError', message, options);
  }
}

/** There is no service of this name. */
export class UnknownServiceError extends SdkError {
  constructor(service: string, known: readonly string[]) {
    super('UnknownServiceError', `Unknown service: '${service}'. Valid service names are: ${known.join(', ')}`);
  }
}

/** The client has no method of this name. */
export class UnknownClientMethodError extends SdkError {
  constructor(name: string) {
    super('UnknownClientMethodError', `Client does not have method: ${name}`);
  }
}

/** The operation does not list in pages. */
export class OperationNotPageableError extends SdkError {
  constructor(name: string) {
    super('OperationNotPageableError', `Operation cannot be paginated: ${name}`);
  }
}

/** The pages cannot be read on: the service repeated a token, or the starting token is not one. */
export class PaginationError extends SdkError {
  constructor(message: string) {
    super('PaginationError', message);
  }
}

/** The client has no waiter of this name. */
export class UnknownWaiterError extends SdkError {
  constructor(name: string) {
    super('UnknownWaiterError', `Waiter does not exist: ${name}`);
  }
}

/** A wait that ended without what was waited for; `lastResponse` is the description that was seen last, if there was one. */
export class WaiterError extends SdkError {
  readonly lastResponse: OperationOutput<'DescribeHumanLoop'> | undefined;
  constructor(name: string, reason: string, lastResponse?: WaiterError['lastResponse'], options?: ErrorOptions) {
    super('WaiterError', `Waiter ${name} failed: ${reason}`, options);
    this.lastResponse = lastResponse;
  }
}

/** No answer came; `cause` is what the runtime said. */
export class UnansweredError extends SdkError {
  /** Whether the request may have reached the service. */
  readonly maybeSent: boolean;
  readonly url: string;
  constructor(name: string, message: string, url: string, maybeSent: boolean, cause?: unknown) {
    super(name, message, { cause, retryable: true });
    this.maybeSent = maybeSent;
    this.url = url;
  }
}

/** The endpoint cannot be reached. */
export class EndpointConnectionError extends UnansweredError {
  constructor(url: string, cause?: unknown, maybeSent = false) {
    super('EndpointConnectionError', `Could not connect to the endpoint URL: "${url}"`, url, maybeSent, cause);
  }
}

/** No connection within `connectTimeoutMs`. */
export class ConnectTimeoutError extends UnansweredError {
  constructor(url: string) {
    super('ConnectTimeoutError', `Connect timeout on endpoint URL: "${url}"`, url, false);
  }
}

/** No byte of the answer within `readTimeoutMs`. */
export class ReadTimeoutError extends UnansweredError {
  constructor(url: string) {
    super('ReadTimeoutError', `Read timeout on endpoint URL: "${url}"`, url, true);
  }
}

/** The connection was closed in the middle of the exchange. */
export class ConnectionClosedError extends UnansweredError {
  constructor(url: string, cause?: unknown) {
    const message = `Connection was closed before we received a valid response from endpoint URL: "${url}".`;
    super('ConnectionClosedError', message, url, true, cause);
  }
}

/** The certificate of the other side is not trusted. Another attempt would meet the same one. */
export class SSLError extends SdkError {
  constructor(url: string, cause: Error) {
    super('SSLError', `SSL validation failed for ${url} ${cause.message}`, { cause });
  }
}

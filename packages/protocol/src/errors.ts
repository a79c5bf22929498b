// Every error that goes over the wire: one table, one class.

/** The two wire protocols of the services. */
export type Protocol = 'rest-json' | 'json-1-1';

export interface ErrorEntry {
  /** HTTP status in the REST-JSON protocol. */
  readonly restStatus: number;
  /** HTTP status in the JSON 1.1 protocol. */
  readonly jsonStatus: number;
  /** The protocols whose model has this error: there the text travels as `Message`, elsewhere as `message`. */
  readonly modelled: readonly Protocol[];
  /** Seconds after which a client may try again. */
  readonly retryAfter?: number;
}

const rest = ['rest-json'] as const;
const json = ['json-1-1'] as const;
const both = ['rest-json', 'json-1-1'] as const;
const none = [] as const;

/**
 * Name → statuses. The statuses of modelled errors are those of the service models; those of the common errors are what
 * AWS's front ends answer (403 for REST-JSON, 400 for JSON 1.1 where a signature is refused).
 */
export const errorTable = {
  ValidationException: { restStatus: 400, jsonStatus: 400, modelled: rest },
  ServiceQuotaExceededException: { restStatus: 402, jsonStatus: 400, modelled: rest },
  ResourceNotFoundException: { restStatus: 404, jsonStatus: 400, modelled: rest },
  ConflictException: { restStatus: 409, jsonStatus: 400, modelled: both },
  ThrottlingException: { restStatus: 429, jsonStatus: 400, modelled: rest, retryAfter: 1 },
  InternalServerException: { restStatus: 500, jsonStatus: 500, modelled: rest },
  ResourceInUse: { restStatus: 400, jsonStatus: 400, modelled: json },
  ResourceLimitExceeded: { restStatus: 400, jsonStatus: 400, modelled: json },
  ResourceNotFound: { restStatus: 404, jsonStatus: 400, modelled: json },
  SerializationException: { restStatus: 400, jsonStatus: 400, modelled: none },
  UnknownOperationException: { restStatus: 404, jsonStatus: 400, modelled: none },
  MissingAuthenticationTokenException: { restStatus: 403, jsonStatus: 400, modelled: none },
  IncompleteSignatureException: { restStatus: 403, jsonStatus: 400, modelled: none },
  InvalidSignatureException: { restStatus: 403, jsonStatus: 400, modelled: none },
  UnrecognizedClientException: { restStatus: 403, jsonStatus: 400, modelled: none },
  AccessDeniedException: { restStatus: 403, jsonStatus: 400, modelled: none },
  ExpiredTokenException: { restStatus: 403, jsonStatus: 400, modelled: none },
  RequestEntityTooLargeException: { restStatus: 413, jsonStatus: 413, modelled: none },
  UnsupportedMediaTypeException: { restStatus: 415, jsonStatus: 415, modelled: none },
  NotAcceptableException: { restStatus: 406, jsonStatus: 406, modelled: none },
  RequestTimeoutException: { restStatus: 408, jsonStatus: 408, modelled: none },
  ServiceUnavailableException: { restStatus: 503, jsonStatus: 503, modelled: none, retryAfter: 1 },
} as const satisfies { readonly [name: string]: ErrorEntry };

/** The names in the error table. */
export type ErrorName = keyof typeof errorTable;

/** The entry of an error name; a name that is not in the table is a client error, 400. */
export function errorEntry(name: string): ErrorEntry {
  return Object.hasOwn(errorTable, name)
    ? errorTable[name as ErrorName]
    : { restStatus: 400, jsonStatus: 400, modelled: none };
}

export interface ApiErrorOptions extends ErrorOptions {
  /** Seconds after which a client may try again; a server that sends the error takes the table's without it. */
  readonly retryAfter?: number;
  /** The HTTP status with which a client received this error. */
  readonly status?: number;
  /** The request id with which a client received this error. */
  readonly requestId?: string;
}

/** An error that the caller sees: `name` is the wire's code, for example `ResourceNotFound`. */
export class ApiError extends Error {
  override readonly name: string;
  readonly retryAfter: number | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;

  constructor(name: ErrorName | (string & {}), message: string, options: ApiErrorOptions = {}) {
    super(message, options);
    this.name = name;
    this.retryAfter = options.retryAfter;
    this.status = options.status;
    this.requestId = options.requestId;
  }
}

/** Whether a caught value is an {@link ApiError}, optionally of the given name. */
export function isApiError(value: unknown, name?: ErrorName | (string & {})): value is ApiError {
  return value instanceof ApiError && (name === undefined || value.name === name);
}

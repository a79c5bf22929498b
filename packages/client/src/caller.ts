/** One call: check → encode → as often as it takes (sign → send → decode). */
import {
  ApiError,
  decodeJson11Response,
  decodeRestJsonResponse,
  encodeJson11Request,
  encodeRestJsonRequest,
  isApiError,
  type Operation,
} from '@holdpoint/protocol';
import { checkParameters } from './check-parameters.ts';
import { pathAt } from './endpoint.ts';
import { ParamValidationError, type ResponseMetadata, UnansweredError } from './errors.ts';
import { serviceError } from './exceptions.ts';
import { dumps } from './python-text.ts';
import { delayBefore, isTriedAgain } from './retry.ts';
import type { Settings } from './settings.ts';
import { createSigner, type SignatureScope, type Signer } from './sign.ts';
import { clockSkewOf, createClock, isAboutTime } from './skew.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';

export interface CallOptions {
  /** Ends the call, its waiting times included; the call rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A request that is not signed yet. */
export interface EncodedRequest {
  readonly method: string;
  readonly path: string;
  readonly rawQuery: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Caller {
  readonly settings: Settings;
  readonly signer: Signer;
  /** The moment with which requests are signed. */
  now(): Date;
  /**
   * Calls an operation. `unsigned` headers are sent beside the signed ones.
   *
   * @returns its output; `ResponseMetadata` is a property of it that is not enumerable.
   */
  call(
    operation: Operation,
    input: unknown,
    options?: CallOptions & { unsigned?: Record<string, string> },
  ): Promise<unknown>;
  /** Makes attempts until one succeeds or no further one is due. */
  repeat<T>(options: CallOptions & { readonly creates?: boolean }, attempt: (number: number) => Promise<T>): Promise<T>;
  /** Sends one signed request, once. `endpoint` is the service's own unless it is given. */
  send(request: EncodedRequest, scope: SignatureScope, options?: SendOptions): Promise<HttpResponse>;
}

interface SendOptions extends CallOptions {
  readonly endpoint?: URL | undefined;
  readonly unsigned?: Readonly<Record<string, string>> | undefined;
}

/** @throws ParamValidationError */
export function encodeCall(operation: Operation, input: unknown): EncodedRequest {
  checkParameters(operation.input, input);
  const encode = operation.protocol === 'rest-json' ? encodeRestJsonRequest : encodeJson11Request;
  try {
    return encode(operation, input, { stringify: dumps });
  } catch (error) {
    // A value of the right type that the wire has no room for.
    throw isApiError(error) ? new ParamValidationError([error.message]) : error;
  }
}

export function createCaller(settings: Settings): Caller {
  const signer = createSigner(settings.hashing);
  const clock = createClock(settings.now);
  const scope: SignatureScope = { region: settings.region, service: 'sagemaker' };

  async function send(
    request: EncodedRequest,
    scope: SignatureScope,
    options: SendOptions = {},
  ): Promise<HttpResponse> {
    const { endpoint = settings.endpoint, unsigned, signal } = options;
    const { method, rawQuery, headers, body } = request;
    const rawPath = pathAt(endpoint, request.path);
    const signable = {
      method,
      rawPath,
      rawQuery,
      headers: [['host', endpoint.host] as const, ...Object.entries(headers)],
    };
    const credentials = await settings.credentials();
    const signature = await signer.sign(signable, body, credentials, scope, clock.now());
    const sent: HttpRequest = {
      method,
      url: `${endpoint.origin}${rawPath}${rawQuery && `?${rawQuery}`}`,
      headers: { ...headers, ...unsigned, ...signature },
      body,
    };
    const response = await settings.transport.send(sent, signal);
    clock.observe(clockSkewOf(response.headers, settings.now()));
    return response;
  }

  async function repeat<T>(
    { signal, creates = false }: CallOptions & { readonly creates?: boolean },
    attempt: (number: number) => Promise<T>,
  ): Promise<T> {
    for (let number = 1; ; number++) {
      signal?.throwIfAborted();
      const skew = clock.skew();
      try {
        return await attempt(number);
      } catch (error) {
        // It was made where the connection failed; whoever reads the stack wants to know which call it was.
        if (error instanceof UnansweredError) (Error as Partial<typeof Error>).captureStackTrace?.(error);
        if (number >= settings.maxAttempts) throw error;
        // A refused signature may be the fault of this machine's clock, which the answer has just corrected.
        if (isAboutTime(error) && clock.skew() !== skew) continue;
        if (!isTriedAgain(error, creates)) throw error;
        await settings.wait(delayBefore(number, error), signal);
      }
    }
  }

  return {
    settings,
    signer,
    now: () => clock.now(),
    send,
    repeat,
    async call(operation, input = {}, { signal, unsigned } = {}) {
      const request = encodeCall(operation, input);
      const invocation = crypto.randomUUID();
      return repeat({ signal, creates: operation.creates ?? false }, async (number) => {
        const named = {
          'amz-sdk-invocation-id': invocation,
          'amz-sdk-request': `attempt=${number}; max=${settings.maxAttempts}`,
          ...unsigned,
        };
        return decode(operation, await send(request, scope, { signal, unsigned: named }), number - 1);
      });
    },
  };
}

function decode(operation: Operation, response: HttpResponse, retries: number): unknown {
  const { status, headers } = response;
  const metadata: ResponseMetadata = {
    RequestId: headers['x-amzn-requestid'] ?? headers['x-amz-request-id'],
    HTTPStatusCode: status,
    HTTPHeaders: headers,
    RetryAttempts: retries,
  };
  try {
    const read = operation.protocol === 'rest-json' ? decodeRestJsonResponse : decodeJson11Response;
    return withMetadata(read(operation, response) as object, metadata);
  } catch (error) {
    if (!isApiError(error)) throw error;
    throw serviceError(operation.name, error, metadata);
  }
}

/** Beside the members, not among them: spreading, comparing or printing an output shows what was answered. */
export const withMetadata = <Output extends object>(output: Output, metadata: ResponseMetadata) =>
  Object.defineProperty(output, 'ResponseMetadata', { value: metadata }) as Output & {
    readonly ResponseMetadata: ResponseMetadata;
  };

/** The error of an answer that is not this API's, from a gateway or from an object store. */
export const foreignError = (operationName: string, { status, headers, body }: HttpResponse) =>
  serviceError(
    operationName,
    new ApiError(
      /<Code>([^<]+)/.exec(body)?.[1] ?? String(status),
      /<Message>([^<]+)/.exec(body)?.[1] ?? 'UnknownError',
    ),
    { RequestId: headers['x-amz-request-id'], HTTPStatusCode: status, HTTPHeaders: headers, RetryAttempts: 0 },
  );

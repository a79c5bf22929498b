import {
  ApiError,
  type Credentials,
  decodeJson11Response,
  decodeRestJsonResponse,
  encodeJson11Request,
  encodeRestJsonRequest,
  isApiError,
  type Operation,
  type OperationInput,
  type OperationName,
  type OperationOutput,
  operations,
} from '@holdpoint/protocol';
import { withRetries } from './retry.ts';
import { createSigner } from './sign.ts';
import { unreachable } from './unreachable-error.ts';

export interface ClientOptions {
  /** The server's http or https URL, for example `http://127.0.0.1:7800`. */
  readonly endpointUrl: string;
  /** The region of the server, for example `us-east-1`. */
  readonly region: string;
  readonly credentials: Credentials;
  /** Sends requests; default: the runtime's own `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** How often a request is tried in all when the server is busy or not there yet; default 4. */
  readonly maxAttempts?: number;
  /** Waits so many milliseconds between attempts; default: a timer. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export interface Client {
  /**
   * Calls one operation, AWS's or our own, by its name.
   *
   * @throws ApiError with `name`, `message`, `status` and `requestId` as the server answered.
   * @throws UnreachableError when the server cannot be reached.
   */
  call<Name extends OperationName>(name: Name, input: OperationInput<Name>): Promise<OperationOutput<Name>>;
}

/**
 * A client for Holdpoint and for Amazon Augmented AI's API wherever it is served. It signs with WebCrypto, which browsers
 * have on https and localhost only.
 *
 * @throws TypeError when `endpointUrl` is not an http or https URL.
 */
export function createClient(options: ClientOptions): Client {
  const endpoint = new URL(options.endpointUrl);
  if (!/^https?:$/.test(endpoint.protocol)) throw new TypeError('endpointUrl must be an http or https URL.');
  const send = options.fetch ?? globalThis.fetch;
  const sign = createSigner(options.credentials, options.region);
  const retry = {
    maxAttempts: options.maxAttempts ?? 4,
    wait: options.wait ?? ((milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))),
  };

  async function attempt(operation: Operation, request: EncodedRequest): Promise<unknown> {
    const { method, rawQuery, headers, body } = request;
    const rawPath = `${endpoint.pathname.replace(/\/$/, '')}${request.path}`;
    const signable = {
      method,
      rawPath,
      rawQuery,
      headers: [['host', endpoint.host] as const, ...Object.entries(headers)],
    };
    const signature = await sign(signable, body, new Date());
    const url = `${endpoint.origin}${rawPath}${rawQuery === '' ? '' : `?${rawQuery}`}`;
    const init = { method, headers: { ...headers, ...signature }, ...(body !== '' && { body }) };
    let response: Response;
    let text: string;
    try {
      response = await send(url, init);
      text = await response.text();
    } catch (error) {
      throw unreachable(options.endpointUrl, error);
    }
    return decode(operation, response, text);
  }

  return {
    async call<Name extends OperationName>(name: Name, input: OperationInput<Name>) {
      const operation: Operation = operations[name];
      const request =
        operation.protocol === 'rest-json'
          ? encodeRestJsonRequest(operation, input)
          : encodeJson11Request(operation, input);
      return (await withRetries(() => attempt(operation, request), retry)) as OperationOutput<Name>;
    },
  };
}

type EncodedRequest = ReturnType<typeof encodeJson11Request>;

function decode(operation: Operation, response: Response, body: string): unknown {
  const answer = { status: response.status, headers: response.headers, body };
  try {
    return operation.protocol === 'rest-json'
      ? decodeRestJsonResponse(operation, answer)
      : decodeJson11Response(operation, answer);
  } catch (error) {
    if (!isApiError(error) || error.status !== undefined) throw error;
    // An answer that is no answer of ours, a proxy's page for example: it says at least where it came from.
    const requestId = response.headers.get('x-amzn-requestid') ?? undefined;
    throw new ApiError(error.name, error.message, {
      status: response.status,
      ...(requestId && { requestId }),
      cause: error,
    });
  }
}

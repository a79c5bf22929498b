/** URLs that carry their signature, as botocore makes them. */
import { type Operation, uriEncode } from '@holdpoint/protocol';
import { type Caller, encodeCall } from './caller.ts';
import { pathAt } from './endpoint.ts';
import { ParamValidationError } from './errors.ts';
import { str } from './python-text.ts';

export interface PresignedUrlOptions<Params = unknown> {
  /** Parameters of the call. */
  readonly params?: Params | undefined;
  /** Seconds that the URL works, 1 to 604800; default 3600. */
  readonly expiresIn?: number | undefined;
  /** Signs for another method than the operation's. */
  readonly httpMethod?: string | undefined;
}

/**
 * A URL that calls an operation without further credentials.
 *
 * GET and DELETE work as they are. For an operation with a body it is of little use, in boto3 as here: the members of the
 * body stand in the query, where the service does not look for them, and whoever uses the URL has to send the headers that
 * it names with an empty body.
 *
 * @throws ParamValidationError, NoCredentialsError.
 */
export async function presignCall(caller: Caller, operation: Operation, options: PresignedUrlOptions): Promise<string> {
  const { params = {}, expiresIn = 3600, httpMethod } = options;
  if (!(Number.isInteger(expiresIn) && expiresIn >= 1 && expiresIn <= 604_800))
    throw new ParamValidationError([
      `Invalid value for parameter expiresIn, value: ${expiresIn}, valid values: 1 to 604800`,
    ]);
  const { method, path, rawQuery, headers, body } = encodeCall(operation, params);
  const { endpoint, region, credentials } = caller.settings;
  const query = body === '' ? rawQuery : [rawQuery, bodyInQuery(body)].filter(Boolean).join('&');
  return caller.signer.presign({
    method: (httpMethod ?? method).toUpperCase(),
    url: `${endpoint.origin}${pathAt(endpoint, path)}${query && `?${query}`}`,
    credentials: await credentials(),
    region,
    service: 'sagemaker',
    now: caller.now(),
    expiresIn,
    headers: Object.entries(headers),
  });
}

/** The top-level members of a body as query parameters: lists one by one, anything that is not text as Python's `str`. */
const bodyInQuery = (body: string): string =>
  Object.entries(JSON.parse(body) as Record<string, unknown>)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((item) => `${uriEncode(name)}=${uriEncode(str(item))}`),
    )
    .join('&');

// The REST-JSON protocol: members in path, query, headers and body.
import { ApiError } from '../errors.ts';
import type { Operation } from '../operations/operation.ts';
import type { ListShape, MapShape, StructureShape } from '../shape.ts';
import { uriEncode } from '../sigv4/uri.ts';
import {
  contentTypes,
  decodeApiError,
  type HeaderSource,
  type HttpAnswer,
  headerMap,
  headerValue,
} from './api-error.ts';
import {
  type CodecOptions,
  isRecord,
  type Member,
  membersOf,
  memberValue,
  type RequestOptions,
  setMember,
} from './json-value.ts';
import { encodeQuery, parseQuery, percentDecode, type QueryParameters } from './query.ts';
import { contentMembers, decodeBody, encodeContent } from './rest-content.ts';
import { malformed, misfit } from './serialization-error.ts';
import { decodeHeaderList, decodeText, encodeHeaderList, encodeText } from './text-value.ts';

type Facts = Pick<Operation, 'http' | 'input' | 'output'>;
type Values = Record<string, unknown>;

export interface RestRequest {
  /** From the path, still percent-encoded. */
  readonly labels: { readonly [name: string]: string };
  readonly rawQuery: string;
  readonly headers: HeaderSource;
  /** A blob payload holds one byte per character. */
  readonly body: string;
}

/**
 * The input of a request. Unknown members and query parameters are ignored.
 * @throws ApiError SerializationException, or UnsupportedMediaTypeException for a body that says it is not JSON
 */
export function decodeRestJsonRequest(operation: Pick<Facts, 'input'>, request: RestRequest): unknown {
  const shape = operation.input;
  const result: Values = {};
  const bound = membersOf(shape).filter(({ binding }) => binding?.location !== undefined);
  if (bound.length > 0) {
    const headers = headerMap(request.headers);
    const query = parseQuery(request.rawQuery);
    for (const member of bound) {
      const value = decodeBound(member, request.labels, query, headers);
      if (value !== undefined) setMember(result, member.name, value);
    }
  }
  if (request.body !== '') checkContentType(shape, request.headers);
  return Object.assign(result, decodeBody(shape, request.body, { side: 'request' }));
}

function decodeBound(
  member: Member,
  labels: RestRequest['labels'],
  query: QueryParameters,
  headers: ReadonlyMap<string, string>,
): unknown {
  switch (member.binding?.location) {
    case 'label': {
      const label = Object.hasOwn(labels, member.wireName) ? labels[member.wireName] : undefined;
      return label === undefined
        ? undefined
        : decodeText(member.shape, percentDecode(label, member.wireName), 'label', member.wireName);
    }
    case 'query':
      return decodeQueryMember(member, query.get(member.wireName));
    case 'query-map':
      return decodeQueryMap(member, query);
    case 'header':
      return decodeHeader(member, headers.get(member.wireName.toLowerCase()));
    case 'headers':
      return decodePrefixHeaders(member, headers);
    default:
      return undefined;
  }
}

function decodeQueryMember(member: Member, values: readonly string[] | undefined): unknown {
  if (values === undefined) return undefined;
  const path = member.wireName;
  const { shape } = member;
  if (shape.type === 'list') return values.map((value) => decodeText(shape.member, value, 'query', path));
  if (values.length > 1) throw malformed(path, 'one value, not several,');
  return decodeText(shape, values[0] ?? '', 'query', path);
}

/** All parameters, those of other members included. */
function decodeQueryMap(member: Member, query: QueryParameters): Values | undefined {
  const shape = (member.shape as MapShape).value;
  const result: Values = {};
  for (const [name, values] of query) {
    setMember(result, name, decodeQueryMember({ ...member, wireName: name, shape }, values));
  }
  return query.size === 0 ? undefined : result;
}

function decodeHeader(member: Member, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (member.shape.type === 'list') return decodeHeaderList(member.shape, text, member.wireName);
  return decodeText(member.shape, text, 'header', member.wireName);
}

function decodePrefixHeaders(member: Member, headers: ReadonlyMap<string, string>): Values | undefined {
  const prefix = (member.binding?.wireName ?? '').toLowerCase();
  const result: Values = {};
  for (const [name, value] of headers) {
    if (name.startsWith(prefix)) setMember(result, name.slice(prefix.length), value);
  }
  return Object.keys(result).length === 0 ? undefined : result;
}

function checkContentType(shape: StructureShape, headers: HeaderSource): void {
  const contentType = headerValue(headers, 'content-type');
  if (contentType === undefined) return;
  const payload = shape.payload === undefined ? undefined : shape.members[shape.payload];
  if (payload?.type === 'blob' || payload?.type === 'string' || contentMembers(shape).length === 0) return;
  const type = (contentType.split(';')[0] ?? '').trim().toLowerCase();
  // Both JSON types are taken, since one listener serves both protocols.
  if (type === 'application/json' || type === 'application/x-amz-json-1.1') return;
  throw new ApiError('UnsupportedMediaTypeException', 'The Content-Type of the request must be application/json.');
}

/** The request of an input. */
export function encodeRestJsonRequest(
  operation: Pick<Facts, 'http' | 'input'>,
  input: unknown,
  chosen: RequestOptions = {},
): { method: string; path: string; rawQuery: string; headers: Record<string, string>; body: string } {
  if (!isRecord(input ?? {})) throw misfit('', 'an object', input);
  const values = (input ?? {}) as Values;
  const options: CodecOptions = { ...chosen, side: 'request' };
  const [template = '', fixedQuery = ''] = operation.http.uri.split('?');
  const content = encodeContent(operation.input, values, options);
  const query = encodeQuery(operation.input, values, options);
  return {
    method: operation.http.method,
    path: fillPath(template, operation.input, values, options),
    rawQuery: [fixedQuery, query].filter((part) => part !== '').join('&'),
    headers: {
      ...(content.contentType === undefined ? {} : { 'content-type': content.contentType }),
      ...encodeHeaders(operation.input, values, options),
    },
    body: content.body,
  };
}

function fillPath(template: string, shape: StructureShape, values: Values, options: CodecOptions): string {
  return template.replace(/\{([^}+]+)(\+?)\}/g, (_, wireName: string, greedy: string) => {
    const member = membersOf(shape).find(
      (candidate) => candidate.binding?.location === 'label' && candidate.wireName === wireName,
    );
    const value = member && memberValue(member, values, options);
    const text = value === undefined || !member ? '' : encodeText(member.shape, value, 'label', options, member.name);
    if (text === '') throw malformed(wireName, 'a value that is not empty');
    return uriEncode(text, greedy !== '');
  });
}

function encodeHeaders(shape: StructureShape, values: Values, options: CodecOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const member of membersOf(shape)) {
    const location = member.binding?.location;
    if (location !== 'header' && location !== 'headers') continue;
    const value = memberValue(member, values, options);
    if (value === undefined) continue;
    if (location === 'headers') Object.assign(headers, encodePrefixHeaders(member, value, options));
    else {
      const encode = member.shape.type === 'list' ? encodeListHeader : encodeTextHeader;
      headers[member.wireName.toLowerCase()] = encode(member, value, options);
    }
  }
  return headers;
}

function encodeTextHeader(member: Member, value: unknown, options: CodecOptions): string {
  return encodeText(member.shape, value, 'header', options, member.name);
}

function encodeListHeader(member: Member, value: unknown, options: CodecOptions): string {
  return encodeHeaderList(member.shape as ListShape, value, options, member.name);
}

function encodePrefixHeaders(member: Member, value: unknown, options: CodecOptions): Record<string, string> {
  if (!isRecord(value)) throw misfit(member.name, 'an object', value);
  const headers: Record<string, string> = {};
  const item = (member.shape as MapShape).value;
  for (const [key, text] of Object.entries(value)) {
    const name = `${member.binding?.wireName ?? ''}${key}`.toLowerCase();
    headers[name] = encodeText(item, text, 'header', options, `${member.name}.${key}`);
  }
  return headers;
}

/** The response of an output; an empty output is `{}`. */
export function encodeRestJsonResponse(operation: Pick<Facts, 'output'>, output: unknown): HttpAnswer {
  const shape = operation.output;
  if (!isRecord(output ?? {})) throw misfit('', 'an object', output);
  const values = (output ?? {}) as Values;
  const options: CodecOptions = { side: 'response' };
  const content = encodeContent(shape, values, options);
  const status = membersOf(shape).find((member) => member.binding?.location === 'status-code');
  const empty = content.body === '' && shape.payload === undefined;
  return {
    status: Number((status && memberValue(status, values, options)) ?? 200),
    headers: {
      'content-type': content.contentType ?? contentTypes['rest-json'],
      ...encodeHeaders(shape, values, options),
    },
    body: empty ? '{}' : content.body,
  };
}

/**
 * The output of a response.
 * @throws ApiError the error that the service answered, or SerializationException
 */
export function decodeRestJsonResponse(
  operation: Pick<Facts, 'output'>,
  answer: { readonly status: number; readonly headers: HeaderSource; readonly body: string },
): unknown {
  const status = membersOf(operation.output).find((member) => member.binding?.location === 'status-code');
  if (answer.status >= 300 && status === undefined) throw decodeApiError('rest-json', answer);
  return decodeRestJsonOutput(operation.output, answer);
}

/** The value of a response's shape, whatever the status. */
export function decodeRestJsonOutput(
  shape: StructureShape,
  answer: { readonly status: number; readonly headers: HeaderSource; readonly body: string },
): unknown {
  const headers = headerMap(answer.headers);
  const result: Values = {};
  for (const member of membersOf(shape)) {
    const location = member.binding?.location;
    const value =
      location === 'status-code'
        ? answer.status
        : location === 'header' || location === 'headers'
          ? decodeBound(member, {}, new Map(), headers)
          : undefined;
    if (value !== undefined) setMember(result, member.name, value);
  }
  return Object.assign(result, decodeBody(shape, answer.body, { side: 'response' }));
}

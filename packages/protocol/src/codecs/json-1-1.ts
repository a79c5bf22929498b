// The JSON 1.1 protocol: everything in the body, the operation in a header.
import type { Operation } from '../operations/operation.ts';
import type { StructureShape } from '../shape.ts';
import { contentTypes, decodeApiError, type HeaderSource, type HttpAnswer } from './api-error.ts';
import {
  decodeStructure,
  encodeStructure,
  type Member,
  membersOf,
  parseJson,
  type RequestOptions,
} from './json-value.ts';

type Facts = Pick<Operation, 'input' | 'output'> & { readonly target?: string };

const bodyMembers = new WeakMap<StructureShape, readonly Member[]>();

/** This protocol knows no locations: a member that is bound elsewhere travels in the body under its own name. */
function inBody(shape: StructureShape): readonly Member[] {
  const known = bodyMembers.get(shape);
  if (known !== undefined) return known;
  const members = membersOf(shape).map((member) =>
    member.binding?.location === undefined ? member : { ...member, wireName: member.name },
  );
  bodyMembers.set(shape, members);
  return members;
}

/**
 * The input of a request; an empty body is `{}`.
 * @throws ApiError SerializationException
 */
export function decodeJson11Request(operation: Pick<Facts, 'input'>, body: string): unknown {
  return decodeStructure(operation.input, inBody(operation.input), parseJson(body), { side: 'request' });
}

/** The response of an output. */
export function encodeJson11Response(operation: Pick<Facts, 'output'>, output: unknown): HttpAnswer {
  const value = encodeStructure(operation.output, inBody(operation.output), output ?? {}, { side: 'response' });
  return { status: 200, headers: { 'content-type': contentTypes['json-1-1'] }, body: JSON.stringify(value) };
}

/** The request of an input. */
export function encodeJson11Request(
  operation: Pick<Facts, 'input' | 'target'>,
  input: unknown,
  options: RequestOptions = {},
): { method: string; path: string; rawQuery: string; headers: Record<string, string>; body: string } {
  const value = encodeStructure(operation.input, inBody(operation.input), input ?? {}, { ...options, side: 'request' });
  return {
    method: 'POST',
    path: '/',
    rawQuery: '',
    headers: { 'content-type': contentTypes['json-1-1'], 'x-amz-target': operation.target ?? '' },
    body: (options.stringify ?? JSON.stringify)(value),
  };
}

/**
 * The output of a response.
 * @throws ApiError the error that the service answered, or SerializationException
 */
export function decodeJson11Response(
  operation: Pick<Facts, 'output'>,
  answer: { readonly status: number; readonly headers: HeaderSource; readonly body: string },
): unknown {
  if (answer.status >= 300) throw decodeApiError('json-1-1', answer);
  if (Object.keys(operation.output.members).length === 0) return {};
  return decodeStructure(operation.output, inBody(operation.output), parseJson(answer.body), { side: 'response' });
}

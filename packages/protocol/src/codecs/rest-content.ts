// Bodies of the REST-JSON protocol: a JSON object of the members that are bound nowhere else, or one member alone.
import type { Shape, StructureShape } from '../shape.ts';
import { latin1Bytes } from '../sigv4/uri.ts';
import { contentTypes } from './api-error.ts';
import {
  type CodecOptions,
  decodeStructure,
  decodeValue,
  encodeStructure,
  encodeValue,
  type Member,
  membersOf,
  memberValue,
  parseJson,
} from './json-value.ts';
import { misfit } from './serialization-error.ts';
import { encodeText } from './text-value.ts';

type Values = Record<string, unknown>;

const contentCache = new WeakMap<StructureShape, readonly Member[]>();

/** The members that travel in a JSON body under their own names, or the payload member alone. */
export function contentMembers(shape: StructureShape): readonly Member[] {
  const known = contentCache.get(shape);
  if (known !== undefined) return known;
  const members = membersOf(shape).filter((member) =>
    shape.payload === undefined ? member.binding?.location === undefined : member.name === shape.payload,
  );
  contentCache.set(shape, members);
  return members;
}

/** The members that a body gives. */
export function decodeBody(shape: StructureShape, body: string, options: CodecOptions): Values {
  const members = contentMembers(shape);
  if (shape.payload === undefined) {
    return members.length === 0 ? {} : decodeStructure(shape, members, parseJson(body), options);
  }
  const [payload] = members;
  if (payload === undefined || body === '') return {};
  return { [payload.name]: decodePayload(payload.shape, body, options) };
}

function decodePayload(shape: Shape, body: string, options: CodecOptions): unknown {
  if (shape.type === 'blob') return latin1Bytes(body);
  if (shape.type === 'string') return body;
  return decodeValue(shape, parseJson(body), options);
}

export interface Content {
  readonly contentType: string | undefined;
  readonly body: string;
}

/** The body of the given values; no content type where nothing travels in it. */
export function encodeContent(shape: StructureShape, values: Values, options: CodecOptions): Content {
  const members = contentMembers(shape);
  const json = contentTypes['rest-json'];
  if (shape.payload === undefined) {
    if (members.length === 0) return { contentType: undefined, body: '' };
    return { contentType: json, body: textOf(encodeStructure(shape, members, values, options), options) };
  }
  const [payload] = members;
  if (payload === undefined) return { contentType: undefined, body: '' };
  const value = memberValue(payload, values, options);
  if (payload.shape.type === 'blob') {
    if (value === undefined) return { contentType: undefined, body: '' };
    if (!(value instanceof Uint8Array)) throw misfit(payload.name, 'a Uint8Array', value);
    return { contentType: 'application/octet-stream', body: binaryString(value) };
  }
  if (payload.shape.type === 'string') {
    if (value === undefined) return { contentType: undefined, body: '' };
    return { contentType: 'text/plain', body: encodeText(payload.shape, value, 'payload', options, payload.name) };
  }
  if (value === undefined) {
    // An absent structure is an empty object, an absent union or document no body at all.
    return payload.shape.type === 'structure' && !payload.shape.union
      ? { contentType: json, body: '{}' }
      : { contentType: undefined, body: '' };
  }
  return { contentType: json, body: textOf(encodeValue(payload.shape, value, options, payload.name), options) };
}

const textOf = (value: unknown, { stringify = JSON.stringify }: CodecOptions): string => stringify(value);

function binaryString(bytes: Uint8Array): string {
  let text = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return text;
}

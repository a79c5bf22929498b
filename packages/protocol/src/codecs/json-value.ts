// Values ↔ JSON, by shape; both protocols' bodies are made of this.
import { ApiError } from '../errors.ts';
import type { Binding, NumberShape, Shape, StructureShape } from '../shape.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { malformed, misfit } from './serialization-error.ts';
import { decodeTimestamp, encodeTimestamp } from './timestamp.ts';

export interface CodecOptions {
  /** Responses are read leniently: null items of a list are dropped, unknown members of a union too. */
  readonly side: 'request' | 'response';
  /** Fills idempotency tokens of requests. */
  readonly makeToken?: () => string;
  /** Writes the body of a request; `JSON.stringify` by default. */
  readonly stringify?: (value: unknown) => string;
}

/** What a client may choose about the requests that it encodes. */
export type RequestOptions = Omit<CodecOptions, 'side'>;

export interface Member {
  readonly name: string;
  readonly wireName: string;
  readonly shape: Shape;
  readonly binding: Binding | undefined;
}

const depthLimit = 128;
const memberCache = new WeakMap<StructureShape, readonly Member[]>();

/** The members of a structure with their names on the wire. */
export function membersOf(shape: StructureShape): readonly Member[] {
  const known = memberCache.get(shape);
  if (known !== undefined) return known;
  const members = Object.entries(shape.members).map(([name, member]) => {
    const binding = shape.bindings?.[name];
    return { name, wireName: binding?.wireName ?? name, shape: member, binding };
  });
  memberCache.set(shape, members);
  return members;
}

/** Parses JSON text; an empty text is an empty object. */
export function parseJson(text: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    // The engine's own message would repeat the input.
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const where = position === undefined ? '' : ` It breaks at character ${position}.`;
    throw new ApiError('SerializationException', `The body is not valid JSON.${where}`);
  }
}

/** Sets a member of a plain object whose key may be anything, `__proto__` included. */
export function setMember(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[key] = value;
  }
}

/** Whether a value is an object with members. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a shape from parsed JSON. Unknown members are ignored, null members count as absent. */
export function decodeValue(shape: Shape, value: unknown, options: CodecOptions, path = '', depth = 0): unknown {
  switch (shape.type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw misfit(path, 'a string', value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw misfit(path, 'a boolean', value);
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return decodeNumber(shape, value, path);
    case 'timestamp':
      return decodeTimestamp(value, path);
    case 'blob':
      return decodeBlob(value, path);
    case 'document':
      return checkDepth(value, path, depth);
    case 'list':
      return decodeList(shape, value, options, path, deeper(depth, path));
    case 'map':
      return decodeMap(shape, value, options, path, deeper(depth, path));
    case 'structure':
      return decodeStructure(shape, membersOf(shape), value, options, path, deeper(depth, path));
  }
}

function deeper(depth: number, path: string): number {
  if (depth >= depthLimit) throw malformed(path, `no more than ${depthLimit} levels`);
  return depth + 1;
}

/** The given members of a structure from parsed JSON. */
export function decodeStructure(
  shape: StructureShape,
  members: readonly Member[],
  value: unknown,
  options: CodecOptions,
  path = '',
  depth = 1,
): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(path, 'an object', value);
  const result: Record<string, unknown> = {};
  let found = 0;
  for (const { name, wireName, shape: memberShape } of members) {
    if (!Object.hasOwn(value, wireName)) continue;
    const item = value[wireName];
    if (item === null || item === undefined) continue;
    found++;
    setMember(
      result,
      name,
      decodeValue(memberShape, item, options, path === '' ? wireName : `${path}.${wireName}`, depth),
    );
  }
  if (shape.union && found > 1 && options.side === 'request') throw malformed(path, 'exactly one member');
  return result;
}

function decodeNumber(shape: NumberShape, value: unknown, path: string): number {
  const whole = shape.type === 'integer' || shape.type === 'long';
  if (typeof value === 'number') {
    if (whole) checkWhole(shape, value, path);
    return value;
  }
  if (!whole && (value === 'NaN' || value === 'Infinity' || value === '-Infinity')) return Number(value);
  throw misfit(path, whole ? 'a whole number' : 'a number', value);
}

/** Refuses a number that is not whole or does not fit the shape's width. */
export function checkWhole(shape: NumberShape, value: number, path: string): void {
  const limit = shape.type === 'integer' ? 2 ** 31 : 2 ** 63;
  if (!Number.isInteger(value) || value < -limit || value >= limit) {
    throw malformed(path, `a whole number of ${shape.type === 'integer' ? 32 : 64} bits`);
  }
}

function decodeBlob(value: unknown, path: string): Uint8Array {
  if (typeof value !== 'string') throw misfit(path, 'a base64 string', value);
  const bytes = fromBase64(value);
  if (bytes === undefined) throw malformed(path, 'a base64 string');
  return bytes;
}

function decodeList(
  shape: Extract<Shape, { type: 'list' }>,
  value: unknown,
  options: CodecOptions,
  path: string,
  depth: number,
): unknown[] {
  if (!Array.isArray(value)) throw misfit(path, 'a list', value);
  const result: unknown[] = [];
  for (const [index, item] of value.entries()) {
    if (item !== null) result.push(decodeValue(shape.member, item, options, `${path}[${index}]`, depth));
    else if (shape.sparse) result.push(null);
    else if (options.side === 'request') throw misfit(`${path}[${index}]`, 'an item', null);
  }
  return result;
}

function decodeMap(
  shape: Extract<Shape, { type: 'map' }>,
  value: unknown,
  options: CodecOptions,
  path: string,
  depth: number,
): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(path, 'an object', value);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== null) setMember(result, key, decodeValue(shape.value, item, options, `${path}.${key}`, depth));
    else if (shape.sparse) setMember(result, key, null);
    else if (options.side === 'request') throw misfit(`${path}.${key}`, 'a value', null);
  }
  return result;
}

/** Lets a document through unless it is nested deeper than the limit. */
function checkDepth(value: unknown, path: string, depth: number): unknown {
  const rest: { readonly value: unknown; readonly depth: number }[] = [{ value, depth }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const inner = deeper(next.depth, path);
    for (const item of Object.values(next.value)) rest.push({ value: item, depth: inner });
  }
  return value;
}

/** The JSON value of a value, by shape. Undefined and null members are left out. */
export function encodeValue(shape: Shape, value: unknown, options: CodecOptions, path = '', depth = 0): unknown {
  switch (shape.type) {
    case 'timestamp':
      return encodeTimestamp(value, shape.format ?? 'epoch-seconds', path, fraction(options));
    case 'blob':
      if (value instanceof Uint8Array) return toBase64(value);
      throw misfit(path, 'a Uint8Array', value);
    case 'float':
    case 'double':
      if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
      return decodeNumber(shape, value, path);
    case 'list':
      return encodeList(shape, value, options, path, deeper(depth, path));
    case 'map':
      return encodeMap(shape, value, options, path, deeper(depth, path));
    case 'structure':
      return encodeStructure(shape, membersOf(shape), value, options, path, deeper(depth, path));
    default:
      // Strings, booleans, whole numbers and documents look the same on both sides.
      return decodeValue(shape, value, options, path, depth);
  }
}

/** Clients write a fraction only where there is one, in microseconds as botocore does; a service always milliseconds. */
export function fraction(options: CodecOptions): 'milliseconds' | 'when-set' {
  return options.side === 'request' ? 'when-set' : 'milliseconds';
}

/**
 * The members in the order in which they are written: that of the given value in requests, as botocore sends them, so that
 * the same call is the same bytes; then those that the value lacks.
 */
export function inOrder(members: readonly Member[], value: Record<string, unknown>, side: CodecOptions['side']) {
  if (side === 'response' || members.length < 2) return members;
  const rank = new Map(Object.keys(value).map((name, index) => [name, index]));
  const rankOf = ({ name }: Member): number => rank.get(name) ?? rank.size;
  return [...members].sort((a, b) => rankOf(a) - rankOf(b));
}

/** The given members of a structure as a JSON object. */
export function encodeStructure(
  shape: StructureShape,
  members: readonly Member[],
  value: unknown,
  options: CodecOptions,
  path = '',
  depth = 1,
): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(path, 'an object', value);
  const result: Record<string, unknown> = {};
  let set = 0;
  for (const member of inOrder(members, value, options.side)) {
    const item = memberValue(member, value, options);
    if (item === undefined) continue;
    set++;
    const memberPath = path === '' ? member.name : `${path}.${member.name}`;
    setMember(result, member.wireName, encodeValue(member.shape, item, options, memberPath, depth));
  }
  if (shape.union && set > 1) throw malformed(path, 'exactly one member');
  return result;
}

/** A member's value, undefined when there is none; an absent idempotency token is made up. */
export function memberValue(member: Member, value: Record<string, unknown>, options: CodecOptions): unknown {
  const item = Object.hasOwn(value, member.name) ? value[member.name] : undefined;
  if (item !== null && item !== undefined) return item;
  if (!member.binding?.idempotencyToken || options.side !== 'request') return undefined;
  return (options.makeToken ?? (() => crypto.randomUUID()))();
}

function encodeList(
  shape: Extract<Shape, { type: 'list' }>,
  value: unknown,
  options: CodecOptions,
  path: string,
  depth: number,
): unknown[] {
  if (!Array.isArray(value)) throw misfit(path, 'a list', value);
  return value.map((item, index) =>
    item === null && shape.sparse ? null : encodeValue(shape.member, item, options, `${path}[${index}]`, depth),
  );
}

function encodeMap(
  shape: Extract<Shape, { type: 'map' }>,
  value: unknown,
  options: CodecOptions,
  path: string,
  depth: number,
): Record<string, unknown> {
  if (!isRecord(value)) throw misfit(path, 'an object', value);
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const encoded =
      item === null && shape.sparse ? null : encodeValue(shape.value, item, options, `${path}.${key}`, depth);
    setMember(result, key, encoded);
  }
  return result;
}

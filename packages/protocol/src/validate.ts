// Bounds of shapes, in the sentences of AWS's services.
import { isRecord } from './codecs/json-value.ts';
import type { BlobShape, ListShape, MapShape, NumberShape, Shape, StringShape, StructureShape } from './shape.ts';

/** How much of a refused value a message repeats, in characters. */
const quoteLimit = 256;
/** What the Message of an error may hold, in characters. */
const messageLimit = 1024;

/**
 * All violations of a shape's bounds by a decoded value, as AWS words them: `Value 'x' at 'humanLoopConfig.taskCount'
 * failed to satisfy constraint: Member must …`. Lengths count Unicode code points, patterns match the whole string.
 * Empty when the value is good.
 */
export function validate(shape: Shape, value: unknown): string[] {
  const violations: string[] = [];
  check(shape, value, '', violations);
  return violations;
}

/** `N validation error(s) detected: …`, at most 1024 characters. */
export function validationMessage(violations: readonly string[]): string {
  const count = violations.length;
  const message = `${count} validation error${count === 1 ? '' : 's'} detected: ${violations.join('; ')}`;
  if (message.length <= messageLimit) return message;
  const characters = [...message];
  return characters.length <= messageLimit ? message : `${characters.slice(0, messageLimit - 1).join('')}…`;
}

function check(shape: Shape, value: unknown, path: string, violations: string[]): void {
  switch (shape.type) {
    case 'string':
      if (typeof value === 'string') checkString(shape, value, path, violations);
      return;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (typeof value === 'number') checkNumber(shape, value, path, violations);
      return;
    case 'blob':
      if (value instanceof Uint8Array) checkLength(shape, value.length, undefined, path, violations);
      return;
    case 'list':
      if (Array.isArray(value)) checkList(shape, value, path, violations);
      return;
    case 'map':
      if (isRecord(value)) checkMap(shape, value, path, violations);
      return;
    case 'structure':
      checkStructure(shape, isRecord(value) ? value : {}, path, violations);
      return;
    default:
      return;
  }
}

function checkStructure(
  shape: StructureShape,
  value: Record<string, unknown>,
  path: string,
  violations: string[],
): void {
  for (const name of Object.keys(shape.members)) {
    const memberPath = path === '' ? lowerFirst(name) : `${path}.${lowerFirst(name)}`;
    const item = Object.hasOwn(value, name) ? value[name] : undefined;
    if (item !== undefined && item !== null) {
      check(shape.members[name] as Shape, item, memberPath, violations);
    } else if (shape.required?.includes(name)) {
      violations.push(`Value null at '${memberPath}' failed to satisfy constraint: Member must not be null`);
    }
  }
}

function checkString(shape: StringShape, value: string, path: string, violations: string[]): void {
  const shown = shape.sensitive ? undefined : value;
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    fail(shown, path, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`, violations);
  }
  // A text that is too long never reaches a pattern, so a slow pattern cannot be fed.
  if (!checkLength(shape, lengthOf(shape, value), shown, path, violations)) return;
  if (shape.pattern !== undefined && !compiled(shape.pattern).test(value)) {
    fail(shown, path, `Member must satisfy regular expression pattern: ${shape.pattern}`, violations);
  }
}

/** Code points of the value; counted only where a bound depends on it. */
function lengthOf(shape: StringShape, value: string): number {
  const { length } = value;
  const max = shape.max ?? Number.POSITIVE_INFINITY;
  const min = shape.min ?? 0;
  // A code point takes one or two units: beyond twice the bound or within it the units tell enough.
  if ((length <= max && Math.floor(length / 2) >= min) || length > 2 * max) return length;
  return codePoints(value);
}

function codePoints(value: string): number {
  let pairs = 0;
  for (let index = 0; index + 1 < value.length; index++) {
    if ((value.charCodeAt(index) & 0xfc00) === 0xd800 && (value.charCodeAt(index + 1) & 0xfc00) === 0xdc00) {
      pairs++;
      index++;
    }
  }
  return value.length - pairs;
}

/** Reports a length out of bounds; false when it is above them. */
function checkLength(
  shape: StringShape | BlobShape | ListShape | MapShape,
  length: number,
  shown: string | undefined,
  path: string,
  violations: string[],
): boolean {
  if (shape.min !== undefined && length < shape.min) {
    fail(shown, path, `Member must have length greater than or equal to ${shape.min}`, violations);
  }
  if (shape.max !== undefined && length > shape.max) {
    fail(shown, path, `Member must have length less than or equal to ${shape.max}`, violations);
    return false;
  }
  return true;
}

function checkNumber(shape: NumberShape, value: number, path: string, violations: string[]): void {
  // Written so that NaN, which is neither, fails.
  if (shape.min !== undefined && !(value >= shape.min)) {
    fail(String(value), path, `Member must have value greater than or equal to ${shape.min}`, violations);
  }
  if (shape.max !== undefined && !(value <= shape.max)) {
    fail(String(value), path, `Member must have value less than or equal to ${shape.max}`, violations);
  }
}

function checkList(shape: ListShape, value: readonly unknown[], path: string, violations: string[]): void {
  if (!checkLength(shape, value.length, listText(shape, value), path, violations)) return;
  for (const [index, item] of value.entries()) check(shape.member, item, `${path}.${index + 1}.member`, violations);
}

function checkMap(shape: MapShape, value: Record<string, unknown>, path: string, violations: string[]): void {
  const keys = Object.keys(value);
  if (!checkLength(shape, keys.length, mapText(shape, value), path, violations)) return;
  for (const key of keys) {
    const shown = key.length > 64 ? `${key.slice(0, 64)}…` : key;
    check(shape.key, key, `${path}.${shown}.key`, violations);
    check(shape.value, value[key], `${path}.${shown}.value`, violations);
  }
}

/** A list of plain words is shown, `[a, b]`; of anything else only its size. */
function listText(shape: ListShape, value: readonly unknown[]): string {
  const plain = shape.member.type === 'string' && !shape.member.sensitive;
  return plain ? `[${value.slice(0, quoteLimit).join(', ')}]` : `[${value.length} items]`;
}

function mapText(shape: MapShape, value: Record<string, unknown>): string {
  const size = Object.keys(value).length;
  return shape.key.sensitive || size > 16 ? `{${size} entries}` : `{${Object.keys(value).join(', ')}}`;
}

function fail(shown: string | undefined, path: string, constraint: string, violations: string[]): void {
  // A sensitive value is left out, as AWS does.
  const value = shown === undefined ? 'Value' : `Value '${quote(shown)}'`;
  violations.push(`${value} at '${path}' failed to satisfy constraint: ${constraint}`);
}

function quote(text: string): string {
  if (text.length <= quoteLimit) return text;
  return `${text.slice(0, quoteLimit).toWellFormed()}…`;
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

const patterns = new Map<string, RegExp>();

function compiled(pattern: string): RegExp {
  let expression = patterns.get(pattern);
  if (expression === undefined) {
    expression = new RegExp(`^(?:${pattern})$`, 'u');
    patterns.set(pattern, expression);
  }
  return expression;
}

/**
 * What botocore checks before it sends a call: required, unknown, type and lower bounds, all violations together, in its
 * sentences and its order. Types are named as TypeScript names them; upper bounds, patterns and words are the service's.
 */
import { decodeTimestamp, isRecord, type Shape, type StructureShape } from '@holdpoint/protocol';
import { ParamValidationError } from './errors.ts';

/** @throws ParamValidationError */
export function checkParameters(shape: StructureShape, input: unknown): void {
  const report: string[] = [];
  check(shape, input, '', report);
  if (report.length > 0) throw new ParamValidationError(report);
}

/** @throws ParamValidationError */
export function requireLeast(name: string, value: number, least: number): void {
  if (!(value >= least)) throw new ParamValidationError([belowLeast(name, value, least)]);
}

const belowLeast = (name: string, value: unknown, least: number): string =>
  `Invalid value for parameter ${name}, value: ${value}, valid min value: ${least}`;

const typeNames: { readonly [type in Shape['type']]?: string } = {
  structure: 'object',
  map: 'object',
  list: 'Array',
  integer: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  timestamp: 'Date, timestamp-string',
  blob: 'Uint8Array',
};

function check(shape: Shape, value: unknown, name: string, report: string[]): void {
  if (!isOfType(shape, value)) {
    report.push(
      `Invalid type for parameter ${named(name)}, value: ${shown(value)}, type: ${typeOf(value)}, ` +
        `valid types: ${typeNames[shape.type] ?? shape.type}`,
    );
    return;
  }
  switch (shape.type) {
    case 'structure':
      checkStructure(shape, value as Record<string, unknown>, name, report);
      return;
    case 'string':
      checkLength(shape.min, () => [...(value as string)].length, name, report);
      return;
    case 'list':
      checkLength(shape.min, () => (value as readonly unknown[]).length, name, report);
      for (const [index, item] of (value as readonly unknown[]).entries())
        check(shape.member, item, `${name}[${index}]`, report);
      return;
    case 'map':
      for (const [key, item] of Object.entries(value as Record<string, unknown>)) {
        check(shape.key, key, `${name} (key: ${key})`, report);
        check(shape.value, item, `${name}.${key}`, report);
      }
      return;
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      if (shape.min !== undefined && (value as number) < shape.min)
        report.push(belowLeast(named(name), value, shape.min));
      return;
    default:
  }
}

function checkStructure(shape: StructureShape, value: Record<string, unknown>, name: string, report: string[]): void {
  // A member that is undefined is not there, as JavaScript programs write it.
  const given = Object.keys(value).filter((key) => value[key] !== undefined);
  for (const required of shape.required ?? [])
    if (!given.includes(required)) report.push(`Missing required parameter in ${named(name)}: "${required}"`);
  const known = given.filter((key) => Object.hasOwn(shape.members, key));
  for (const key of given)
    if (!known.includes(key))
      report.push(
        `Unknown parameter in ${named(name)}: "${key}", must be one of: ${Object.keys(shape.members).join(', ')}`,
      );
  for (const key of known) check(shape.members[key]!, value[key], `${name}.${key}`, report);
}

function checkLength(min: number | undefined, lengthOf: () => number, name: string, report: string[]): void {
  const length = min === undefined ? 0 : lengthOf();
  if (min !== undefined && length < min)
    report.push(`Invalid length for parameter ${named(name)}, value: ${length}, valid min length: ${min}`);
}

function isOfType(shape: Shape, value: unknown): boolean {
  switch (shape.type) {
    case 'structure':
    case 'map':
      // A Map or an array of bytes would look like an object without members.
      return isRecord(value) && !(value instanceof Date) && !(Symbol.iterator in value);
    case 'list':
      return Array.isArray(value);
    case 'integer':
    case 'long':
      return Number.isInteger(value);
    case 'float':
    case 'double':
      return typeof value === 'number';
    case 'timestamp':
      return isMoment(value);
    case 'blob':
      return value instanceof Uint8Array;
    case 'document':
      return true;
    default:
      return typeof value === shape.type;
  }
}

function isMoment(value: unknown): boolean {
  try {
    const year = (value instanceof Date ? value : decodeTimestamp(value, '')).getUTCFullYear();
    // Beyond the years of RFC 3339 and of Python: a number of milliseconds, say, where seconds are expected.
    return year >= 1 && year <= 9999;
  } catch {
    return false;
  }
}

const named = (name: string): string => (name === '' ? 'input' : name.replace(/^\./, ''));

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return typeof value === 'object' ? (value.constructor?.name ?? 'object') : typeof value;
};

function shown(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
  return text.length > 256 ? `${text.slice(0, 256)}…` : text;
}

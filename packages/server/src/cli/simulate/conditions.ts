/** Conditions on the input of a task. */
import type { Json } from '@holdpoint/protocol';
import { valueAt } from './value-at.ts';

/** Takes what is wrong, and where. */
export type Complain = (where: string, what: string) => void;

/** All that is given holds. */
export interface Condition {
  readonly equals?: Json;
  readonly in?: readonly Json[];
  readonly exists?: boolean;
  /** Numbers by their size, texts by their order. */
  readonly greaterThan?: number | string;
  readonly lessThan?: number | string;
  readonly matches?: RegExp;
}

const operators = ['equals', 'in', 'exists', 'greaterThan', 'lessThan', 'matches'];

/** A condition as it stands in a file; a plain value is one to be equal to. */
export function checkCondition(value: unknown, where: string, complain: Complain): Condition {
  if (Array.isArray(value)) {
    complain(where, 'is a list; write { "in": […] } or { "equals": […] }');
    return {};
  }
  if (typeof value !== 'object' || value === null) return { equals: value as Json };
  const given = value as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(given))
    if (!operators.includes(name))
      complain(where, `has an unknown condition '${name}'; there are ${operators.join(', ')}`);
  if (Object.keys(given).length === 0) complain(where, 'has no condition');
  if ('in' in given && !Array.isArray(given.in)) complain(`${where}.in`, 'must be a list');
  if ('exists' in given && typeof given.exists !== 'boolean') complain(`${where}.exists`, 'must be true or false');
  for (const name of ['greaterThan', 'lessThan'])
    if (name in given && !['number', 'string'].includes(typeof given[name]))
      complain(`${where}.${name}`, 'must be a number or a text');
  const { matches, ...rest } = given;
  return { ...rest, ...('matches' in given && { matches: expressionOf(matches, `${where}.matches`, complain) }) };
}

function expressionOf(value: unknown, where: string, complain: Complain): RegExp {
  try {
    if (typeof value === 'string') return new RegExp(value, 'u');
  } catch {
    // Told of below, like everything that is no expression.
  }
  complain(where, 'must be a regular expression');
  return /^/;
}

/** Whether the value at a path meets a condition. What is not there meets only `"exists": false`. */
export function meets(input: Json, path: string, condition: Condition): boolean {
  const value = valueAt(input, path);
  if (condition.exists !== undefined && condition.exists !== (value !== undefined)) return false;
  if (value === undefined) return condition.exists === false;
  const { equals, in: among, greaterThan, lessThan, matches } = condition;
  return (
    (equals === undefined || isEqual(value, equals)) &&
    (among === undefined || among.some((one) => isEqual(value, one))) &&
    (greaterThan === undefined || compare(value, greaterThan) > 0) &&
    (lessThan === undefined || compare(value, lessThan) < 0) &&
    (matches === undefined || (typeof value === 'string' && matches.test(value)))
  );
}

/** Negative, 0 or positive; NaN for what cannot be compared. */
function compare(value: Json, other: number | string): number {
  if (typeof value === 'number' && typeof other === 'number') return value - other;
  if (typeof value !== 'string' || typeof other !== 'string') return Number.NaN;
  return value < other ? -1 : value > other ? 1 : 0;
}

function isEqual(value: Json, other: Json): boolean {
  if (typeof value !== 'object' || value === null || typeof other !== 'object' || other === null)
    return value === other;
  if (Array.isArray(value) !== Array.isArray(other)) return false;
  const [a, b] = [value, other] as unknown as Readonly<Record<string, Json>>[];
  const names = Object.keys(a!);
  return (
    names.length === Object.keys(b!).length &&
    names.every((name) => Object.hasOwn(b!, name) && isEqual(a![name]!, b![name]!))
  );
}

import { ExpressionFault, isEqual, type Steps, takeSteps, takeStepsOfValue } from './expression-steps.ts';

// The functions of JMESPath (its specification, "Built-in Functions"), with types that are checked and steps that are counted.

/** What an expression reference (`&name`) is, handed to a function. */
export interface Reference {
  readonly apply: (value: unknown) => unknown;
}

type Type = 'any' | 'number' | 'string' | 'array' | 'object' | 'numbers' | 'strings' | 'expression';

interface BuiltIn {
  /** The types that each argument may have; `rest` of them may follow. */
  readonly takes: readonly (readonly Type[])[];
  readonly rest?: boolean;
  readonly call: (args: readonly never[], steps: Steps) => unknown;
}

const builtIn = <A extends readonly unknown[]>(
  takes: readonly (readonly Type[])[],
  call: (args: A, steps: Steps) => unknown,
  rest = false,
): BuiltIn => ({ takes, rest, call: call as unknown as BuiltIn['call'] });

type Ordered = number | string;
type Members = Readonly<Record<string, unknown>>;

const compare = (one: Ordered, other: Ordered): number => (one < other ? -1 : one > other ? 1 : 0);

const builtIns: Readonly<Record<string, BuiltIn>> = {
  abs: builtIn([['number']], ([value]: [number]) => Math.abs(value)),
  avg: builtIn([['numbers']], ([values]: [number[]]) => (values.length > 0 ? sum(values) / values.length : null)),
  ceil: builtIn([['number']], ([value]: [number]) => Math.ceil(value)),
  contains: builtIn([['string', 'array'], ['any']], ([subject, search]: [string | unknown[], unknown], steps) => {
    if (typeof subject !== 'string') return subject.some((each) => isEqual(each, search, steps));
    if (typeof search !== 'string') return false;
    takeSteps(steps, 1 + (subject.length * search.length) / 1024);
    return subject.includes(search);
  }),
  ends_with: builtIn([['string'], ['string']], ([subject, end]: [string, string]) => subject.endsWith(end)),
  floor: builtIn([['number']], ([value]: [number]) => Math.floor(value)),
  join: builtIn([['string'], ['strings']], ([glue, parts]: [string, string[]], steps) => {
    for (const part of parts) takeSteps(steps, 1 + ((part.length + glue.length) >> 4));
    return parts.join(glue);
  }),
  keys: builtIn([['object']], ([value]: [Members], steps) => counted(Object.keys(value), steps)),
  length: builtIn([['string', 'array', 'object']], ([value]: [string | unknown[] | Members]) =>
    typeof value === 'string' || Array.isArray(value) ? value.length : Object.keys(value).length,
  ),
  map: builtIn([['expression'], ['array']], ([reference, values]: [Reference, unknown[]]) =>
    values.map((value) => reference.apply(value)),
  ),
  max: builtIn([['numbers', 'strings']], ([values]: [Ordered[]], steps) => extreme(values, (value) => value, 1, steps)),
  max_by: builtIn([['array'], ['expression']], ([values, by]: [unknown[], Reference], steps) =>
    extreme(values, keyOf(by), 1, steps),
  ),
  merge: builtIn(
    [['object']],
    (values: Members[], steps) => Object.fromEntries(values.flatMap((value) => counted(Object.entries(value), steps))),
    true,
  ),
  min: builtIn([['numbers', 'strings']], ([values]: [Ordered[]], steps) =>
    extreme(values, (value) => value, -1, steps),
  ),
  min_by: builtIn([['array'], ['expression']], ([values, by]: [unknown[], Reference], steps) =>
    extreme(values, keyOf(by), -1, steps),
  ),
  not_null: builtIn([['any']], (values: unknown[]) => values.find((value) => value !== null) ?? null, true),
  reverse: builtIn([['string', 'array']], ([value]: [string | unknown[]], steps) => {
    takeSteps(steps, value.length);
    return typeof value === 'string' ? [...value].reverse().join('') : [...value].reverse();
  }),
  sort: builtIn([['numbers', 'strings']], ([values]: [Ordered[]], steps) => {
    takeSteps(steps, values.length * 8);
    return [...values].sort(compare);
  }),
  sort_by: builtIn([['array'], ['expression']], ([values, by]: [unknown[], Reference], steps) => {
    takeSteps(steps, values.length * 8);
    const keys = keysOf(values, keyOf(by));
    return keys.sort((one, other) => compare(one.key, other.key)).map(({ value }) => value);
  }),
  starts_with: builtIn([['string'], ['string']], ([subject, start]: [string, string]) => subject.startsWith(start)),
  sum: builtIn([['numbers']], ([values]: [number[]]) => sum(values)),
  to_array: builtIn([['any']], ([value]: [unknown]) => (Array.isArray(value) ? value : [value])),
  to_number: builtIn([['any']], ([value]: [unknown]) => {
    if (typeof value === 'number') return value;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
    return Number.isFinite(number) ? number : null;
  }),
  to_string: builtIn([['any']], ([value]: [unknown], steps) => {
    if (typeof value === 'string') return value;
    takeStepsOfValue(value, steps);
    return JSON.stringify(value);
  }),
  type: builtIn([['any']], ([value]: [unknown]) => typeOf(value)),
  values: builtIn([['object']], ([value]: [Members], steps) => counted(Object.values(value), steps)),
};

/** What is wrong with a call, as the rest of a sentence, as far as it can be known without a value. */
export function callProblem(name: string, isReference: readonly boolean[]): string | undefined {
  const found = Object.hasOwn(builtIns, name) ? builtIns[name] : undefined;
  if (!found) return `calls the function ${name}(), which is unknown.`;
  const { takes, rest } = found;
  const fits = rest ? isReference.length >= takes.length : isReference.length === takes.length;
  if (!fits)
    return `gives ${name}() ${isReference.length} arguments; it takes ${takes.length}${rest ? ' or more' : ''}.`;
  const wrong = isReference.findIndex((is, index) => is !== (takes[index] ?? takes.at(-1))!.includes('expression'));
  if (wrong < 0) return undefined;
  return `gives ${name}() ${isReference[wrong] ? 'an expression' : 'a value'} as argument ${wrong + 1}, which takes ${isReference[wrong] ? 'a value' : 'an expression (&name)'}.`;
}

/** Calls a function that `callProblem` has nothing against; throws an ExpressionFault where an argument is of another type. */
export function callFunction(name: string, args: readonly unknown[], steps: Steps): unknown {
  const { takes, call } = builtIns[name]!;
  for (const [index, arg] of args.entries()) {
    const types = takes[index] ?? takes.at(-1)!;
    takeSteps(steps, Array.isArray(arg) ? 1 + arg.length : 1);
    if (!types.some((type) => isOf(type, arg)))
      throw new ExpressionFault(
        `gives ${name}() ${described(arg)}; it takes ${types.map((type) => words[type]).join(' or ')}.`,
      );
  }
  return call(args as readonly never[], steps);
}

const words: Readonly<Record<Type, string>> = {
  any: 'anything',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
  numbers: 'a list of numbers',
  strings: 'a list of texts',
  expression: 'an expression',
};

function isOf(type: Type, value: unknown): boolean {
  if (type === 'any' || type === 'expression') return true;
  if (type === 'numbers') return Array.isArray(value) && value.every((each) => typeof each === 'number');
  if (type === 'strings') return Array.isArray(value) && value.every((each) => typeof each === 'string');
  return typeOf(value) === type;
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

/** A value by its type, as in "a list" or "nothing". */
export function described(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (typeof value === 'boolean') return String(value);
  return words[typeOf(value) as 'number' | 'string' | 'array' | 'object'];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function counted<T>(values: T[], steps: Steps): T[] {
  takeSteps(steps, values.length);
  return values;
}

const keyOf =
  ({ apply }: Reference) =>
  (value: unknown): Ordered => {
    const key = apply(value);
    if (typeof key === 'number' || typeof key === 'string') return key;
    throw new ExpressionFault(`finds ${described(key)} where a list is ordered; it takes numbers or texts.`);
  };

function keysOf(values: readonly unknown[], key: (value: unknown) => Ordered): { value: unknown; key: Ordered }[] {
  const keys = values.map((value) => ({ value, key: key(value) }));
  if (new Set(keys.map((each) => typeof each.key)).size > 1)
    throw new ExpressionFault('finds numbers and texts where a list is ordered; it takes one of them.');
  return keys;
}

/** The first of the greatest (`sign` 1) or least (−1) by their keys; null of none. */
function extreme<T>(values: readonly T[], key: (value: T) => Ordered, sign: 1 | -1, steps: Steps): T | null {
  takeSteps(steps, values.length);
  let best: { value: unknown; key: Ordered } | undefined;
  for (const each of keysOf(values, key as (value: unknown) => Ordered))
    if (!best || sign * compare(each.key, best.key) > 0) best = each;
  return (best?.value ?? null) as T | null;
}

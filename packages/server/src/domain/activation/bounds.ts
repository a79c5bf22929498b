import type { ParameterReader } from './parameter-reader.ts';

/** Comparators of one number, or of one text; all that are given must hold. */
export interface Bounds<T extends number | string = number> {
  readonly equals: T | undefined;
  readonly lessThan: T | undefined;
  readonly lessThanEquals: T | undefined;
  readonly greaterThan: T | undefined;
  readonly greaterThanEquals: T | undefined;
}

export function isWithin<T extends number | string>(bounds: Bounds<T>, value: T): boolean {
  const { equals, lessThan, lessThanEquals, greaterThan, greaterThanEquals } = bounds;
  return (
    (equals === undefined || value === equals) &&
    (lessThan === undefined || value < lessThan) &&
    (lessThanEquals === undefined || value <= lessThanEquals) &&
    (greaterThan === undefined || value > greaterThan) &&
    (greaterThanEquals === undefined || value >= greaterThanEquals)
  );
}

/**
 * Reads `<prefix>Equals`, `<prefix>LessThan`, …; undefined when none is given. What no number from `least` to `most` can
 * satisfy is complained of, at the member that makes it impossible.
 */
export function readBounds(read: ParameterReader, prefix: string, least: number, most: number): Bounds | undefined {
  const number = (name: string): number | undefined => read.number(`${prefix}${name}`, least, most);
  const bounds: Bounds = {
    equals: number('Equals'),
    lessThan: number('LessThan'),
    lessThanEquals: number('LessThanEquals'),
    greaterThan: number('GreaterThan'),
    greaterThanEquals: number('GreaterThanEquals'),
  };
  if (Object.values(bounds).every((bound) => bound === undefined)) return undefined;
  const range = `from ${least} to ${most}`;
  if (bounds.lessThan === least) read.complain(`${prefix}LessThan`, `can never hold: no number ${range} is less.`);
  if (bounds.greaterThan === most)
    read.complain(`${prefix}GreaterThan`, `can never hold: no number ${range} is greater.`);
  complainOfContradiction(read, prefix, bounds);
  return bounds;
}

/** Complains of the first two comparators that cannot both hold. */
export function complainOfContradiction<T extends number | string>(
  read: ParameterReader,
  prefix: string,
  bounds: Bounds<T>,
): void {
  const contradiction = contradictionOf(bounds);
  if (!contradiction) return;
  const [first, second] = contradiction;
  read.complain(`${prefix}${first}`, `can never hold together with ${prefix}${second}.`);
}

function contradictionOf<T extends number | string>(bounds: Bounds<T>): readonly [string, string] | undefined {
  const { equals, lessThan, lessThanEquals, greaterThan, greaterThanEquals } = bounds;
  const lower = [
    ['GreaterThan', greaterThan],
    ['GreaterThanEquals', greaterThanEquals],
  ] as const;
  const upper = [
    ['LessThan', lessThan],
    ['LessThanEquals', lessThanEquals],
  ] as const;
  for (const [name, bound] of [...lower, ...upper])
    if (equals !== undefined && bound !== undefined && !isWithin<T>({ ...open, [memberOf(name)]: bound }, equals))
      return [name, 'Equals'];
  for (const [low, least] of lower)
    for (const [high, most] of upper) {
      if (least === undefined || most === undefined) continue;
      const both = low === 'GreaterThanEquals' && high === 'LessThanEquals';
      if (both ? least > most : least >= most) return [high, low];
    }
  return undefined;
}

const open = {
  equals: undefined,
  lessThan: undefined,
  lessThanEquals: undefined,
  greaterThan: undefined,
  greaterThanEquals: undefined,
};

const memberOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

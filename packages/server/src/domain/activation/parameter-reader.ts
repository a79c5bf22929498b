import { isRecord } from '@holdpoint/protocol';
import type { JsonMembers } from './condition-tree.ts';

/** Says what is wrong at a path. */
export type Complain = (path: string, sentence: string) => void;

/** Reads `ConditionParameters`; what is wrong with a member is complained of once, with its path. */
export interface ParameterReader {
  /** A text that is not empty; complains when it is missing, unless `isOptional`. */
  text(name: string, isOptional?: boolean): string | undefined;
  /** A list of texts, empty when it is missing. */
  texts(name: string): readonly string[];
  /** A number in a range, undefined when it is missing. */
  number(name: string, least: number, most: number): number | undefined;
  /** Any JSON value, undefined when it is missing. */
  any(name: string): unknown;
  has(name: string): boolean;
  complain(name: string, sentence: string): void;
}

/**
 * @param known the names of all parameters of the type: others are complained of, since a comparator with a slip in its name
 *   would silently never be asked.
 */
export function parameterReader(
  given: unknown,
  path: string,
  type: string,
  known: readonly string[],
  complain: Complain,
): ParameterReader {
  const members: JsonMembers = isRecord(given) ? given : {};
  if (given !== undefined && !isRecord(given)) complain(path, 'must be an object.');
  for (const name of Object.keys(members))
    if (!known.includes(name))
      complain(
        `${path}.${name}`,
        `is not a parameter of ${type}; ${known.length > 0 ? `known: ${known.join(', ')}` : 'it has none'}.`,
      );
  const has = (name: string): boolean => Object.hasOwn(members, name);
  const say = (name: string, sentence: string): void => complain(`${path}.${name}`, sentence);
  return {
    has,
    complain: say,
    any: (name) => (has(name) ? members[name] : undefined),
    text(name, isOptional) {
      const value = has(name) ? members[name] : undefined;
      if (value === undefined && isOptional) return undefined;
      if (value === undefined) say(name, 'is missing.');
      else if (typeof value !== 'string' || value === '') say(name, 'must be a text that is not empty.');
      else return value;
      return undefined;
    },
    texts(name) {
      const value = has(name) ? members[name] : [];
      if (Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== '')) return value;
      say(name, 'must be a list of texts that are not empty.');
      return [];
    },
    number(name, least, most) {
      if (!has(name)) return undefined;
      const value = members[name];
      if (typeof value === 'number' && value >= least && value <= most) return value;
      const isAny = least === Number.NEGATIVE_INFINITY;
      say(name, isAny ? 'must be a number.' : `must be a number from ${least} to ${most}.`);
      return undefined;
    },
  };
}

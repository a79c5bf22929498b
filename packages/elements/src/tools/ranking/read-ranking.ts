// What a template gives to be ranked, and by what.
import { isPlainObject } from '../../base.ts';
import { rankingMessages } from './messages.ts';

export interface Dimension {
  readonly name: string;
  readonly allowTie: boolean;
}

/** What is wrong with an attribute: a reason for the author and a sentence for the worker. */
export interface Fault {
  readonly reason: string;
  readonly sentence: string | undefined;
}

export interface Read<T> {
  readonly list: readonly T[];
  readonly fault?: Fault;
}

const notAList: Fault = { reason: 'it is not a list', sentence: undefined };

const isNone = (value: unknown): boolean => value === undefined || value === null || value === '';

/**
 * Ranks are parallel to the responses that were given, so none is left out, whatever it is: neither a repeated one nor one that
 * is no text.
 */
export function readResponses(value: unknown): Read<string> {
  if (isNone(value)) return { list: [] };
  if (!Array.isArray(value)) return { list: [], fault: notAList };
  const list = value.map((each: unknown) =>
    typeof each === 'string' ? each : ((JSON.stringify(each) as string | undefined) ?? ''),
  );
  if (value.some((each: unknown) => each === null || typeof each === 'object'))
    return { list, fault: { reason: 'some responses are no texts', sentence: rankingMessages.notTexts } };
  if (list.length === 1)
    return { list, fault: { reason: 'there is only one response', sentence: rankingMessages.oneResponse } };
  return { list };
}

/** One without a name is left out: nobody could look its ranks up. Ties are allowed by `true`, or by that text. */
export function readDimensions(value: unknown): Read<Dimension> {
  if (isNone(value)) return { list: [] };
  if (!Array.isArray(value)) return { list: [], fault: notAList };
  const list: Dimension[] = [];
  let fault: Fault | undefined;
  for (const [index, each] of value.entries()) {
    const given: unknown = isPlainObject(each) ? each.name : each;
    const name = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
    if (name === '')
      fault ??= { reason: `dimension ${index + 1} has no name`, sentence: rankingMessages.unnamed(index + 1) };
    else if (list.some((other) => other.name === name))
      fault ??= { reason: `"${name}" is there more than once`, sentence: rankingMessages.repeated(name) };
    else list.push({ name, allowTie: isPlainObject(each) && (each.allowTie === true || each.allowTie === 'true') });
  }
  return fault ? { list, fault } : { list };
}

/** A, B … Z, AA …: letters, since ranks are numbers. */
export function letterOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letterOf(Math.floor(index / 26) - 1) + letter;
}

/**
 * Agreement between workers: of a completed loop with several answers every two of them are a pair. A pair is equal when both
 * answers are the same JSON value, whatever the order of members. For each top-level field a pair counts when one of the two has
 * it at least, and is equal when both have it with the same value. Agreement by chance is not taken off.
 */
import { type Json, stringifySorted } from '@holdpoint/protocol';
import type { Agreement } from './statistics.ts';

/** Fields of one loop that are looked at, those first that come first in the first answer; forms have far fewer. */
const mostFields = 50;

/** @param answers contents as JSON text, each of another worker. */
export function agreementOf(answers: readonly string[]): Agreement {
  const parsed = answers.map((text) => JSON.parse(text) as Json);
  const whole = parsed.map(stringifySorted);
  const fields = parsed.map(fieldsOf);
  const names = [...new Set(fields.flatMap((one) => [...one.keys()]))].slice(0, mostFields);
  const sums = new Map<string, [number, number]>(names.map((name) => [name, [0, 0]]));
  let pairs = 0;
  let equal = 0;
  for (let one = 0; one < parsed.length; one++)
    for (let other = 0; other < one; other++) {
      pairs += 1;
      if (whole[one] === whole[other]) equal += 1;
      for (const [name, sum] of sums) {
        const [a, b] = [fields[one]?.get(name), fields[other]?.get(name)];
        if (a === undefined && b === undefined) continue;
        sum[0] += 1;
        if (a === b) sum[1] += 1;
      }
    }
  return { pairs, equal, fields: Object.fromEntries(sums) };
}

function fieldsOf(answer: Json): ReadonlyMap<string, string> {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return new Map();
  return new Map(Object.entries(answer).map(([name, value]) => [name, stringifySorted(value)]));
}

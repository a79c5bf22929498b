import type { JudgeContext } from './condition-tree.ts';

/** Below 1, evenly: 52 bits of a hash, as many as a double holds. */
const digits = 13;

/**
 * Whether an input is in a sample. The same input and the same configuration always give the same answer, as in the service
 * (developer guide, activation conditions, note on Sampling); samples of different configurations are independent.
 *
 * @param configuration the condition as JSON and where it stands.
 * @param percentage above 0, up to 100.
 */
export function isSampled(context: JudgeContext, configuration: string, percentage: number): boolean {
  if (percentage >= 100) return true;
  const hash = context.hash(`${context.inputHash()}\n${configuration}`);
  return Number.parseInt(hash.slice(0, digits), 16) / 16 ** digits < percentage / 100;
}

/** JSON with the members of objects in order, so that conditions that mean the same sample the same. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}

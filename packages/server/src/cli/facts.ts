import { printable } from './table.ts';

/** A name and what is to be said about it; several lines stand under each other. Facts without a value are left out. */
export type Fact = readonly [name: string, value: string | undefined];

/** Facts under each other, their values in one column. What would steer a terminal is shown as a replacement character. */
export function formatFacts(facts: readonly Fact[]): string {
  const told = facts.filter((fact): fact is readonly [string, string] => fact[1] !== undefined);
  const width = Math.max(...told.map(([name]) => name.length)) + 2;
  return told
    .map(([name, value]) => {
      const lines = value.split('\n').map(printable);
      return `${name.padEnd(width)}${lines.join(`\n${' '.repeat(width)}`)}`.trimEnd();
    })
    .join('\n');
}

import { styleText } from 'node:util';
import { printable } from '../table.ts';
import type { Output } from '../terminal.ts';
import type { Check } from './check.ts';

const signs = {
  Ok: ['✓', 'green'],
  Warning: ['!', 'yellow'],
  Failed: ['✗', 'red'],
  Skipped: ['–', 'dim'],
} as const;

/** Checks under each other, their names in one column; what to do stands below. */
export function formatChecks(checks: readonly Check[], output: Output): string {
  const names = checks.map(({ Name }) => inWords(Name));
  const width = Math.max(...names.map((name) => name.length));
  const indent = ' '.repeat(width + 4);
  const room = Math.max(40, (output.isTTY ? (output.columns ?? 80) : Number.POSITIVE_INFINITY) - indent.length - 1);
  return checks
    .map(({ Status, Message, Advice }, index) => {
      const [sign, colour] = signs[Status];
      const mark = output.isTTY ? styleText(colour, sign) : sign;
      const lines = [...wrap(printable(Message), room), ...(Advice === undefined ? [] : adviceLines(Advice, room))];
      return `${mark} ${(names[index] ?? '').padEnd(width)}  ${lines.join(`\n${indent}`)}`;
    })
    .join('\n');
}

const adviceLines = (advice: string, room: number): string[] =>
  wrap(printable(advice), room - 2).map((line, index) => (index === 0 ? `→ ${line}` : `  ${line}`));

/** `EventTargets` → `Event targets` */
const inWords = (name: string): string =>
  name
    .replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/ url$/, ' URL')
    .replace(/^Ai /, 'AI ');

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line === '') lines[lines.length - 1] = word;
    else if (line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

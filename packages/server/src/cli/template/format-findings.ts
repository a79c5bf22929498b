/** Findings about a template as lines that people and editors read: `FILE:LINE:COLUMN error CODE message`. */
import { styleText } from 'node:util';
import type { OperationOutput } from '@holdpoint/protocol';
import { printable } from '../table.ts';
import type { Output } from '../terminal.ts';

export type Finding = OperationOutput<'CheckUiTemplate'>['Findings'][number];

/** A line of the template is shown as far as it fits beside this many characters before the place. */
const before = 40;

/** @param output a TTY is shown the place in the template too, and colours. */
export function formatFindings(file: string, source: string, findings: readonly Finding[], output: Output): string {
  const lines = source.split(/\r\n|[\n\r]/);
  return findings
    .map((finding) => {
      const { Severity, Code, Message, Line, Column } = finding;
      const place = Line === undefined ? file : `${file}:${Line}:${Column ?? 1}`;
      const severity = Severity.toLowerCase();
      if (!output.isTTY) return printable(`${place} ${severity} ${Code} ${Message}`);
      const colour = Severity === 'Error' ? 'red' : 'yellow';
      const head = `${styleText('bold', printable(place))} ${styleText(colour, severity)} ${styleText('dim', printable(Code))} ${printable(Message)}`;
      const line = Line === undefined ? undefined : lines[Line - 1];
      return line === undefined ? head : `${head}\n${excerpt(line, Column ?? 1, output.columns ?? 80, colour)}`;
    })
    .join('\n');
}

/** The part of the line around the place, and a caret under it. */
function excerpt(line: string, column: number, columns: number, colour: 'red' | 'yellow'): string {
  const width = Math.max(before + 10, columns - 4);
  const from = line.length <= width ? 0 : Math.max(0, Math.min(column - 1 - before, line.length - width));
  const shown = printable(line.slice(from, from + width).replaceAll('\t', ' '));
  const caret = `${' '.repeat(Math.max(0, column - 1 - from))}${styleText(colour, '^')}`;
  return `    ${shown.trimEnd()}\n    ${caret}`;
}

/** `2 errors and 1 warning` */
export function countFindings(findings: readonly Finding[]): { errors: number; warnings: number; text: string } {
  const errors = findings.filter(({ Severity }) => Severity === 'Error').length;
  const warnings = findings.length - errors;
  const parts = [
    ...(errors > 0 ? [`${errors} error${errors === 1 ? '' : 's'}`] : []),
    ...(warnings > 0 ? [`${warnings} warning${warnings === 1 ? '' : 's'}`] : []),
  ];
  return { errors, warnings, text: parts.join(' and ') };
}

// Answers side by side: each field once, with what every worker gave for it, and whether they agree.
import type { OperationOutput } from '@holdpoint/protocol';
import { shapesOf } from './shapes.ts';

export type LoopAnswer = OperationOutput<'ListHumanLoopAnswers'>['Answers'][number];

export interface FieldRow {
  /** `annotatedResult.boundingBoxes` and so on. */
  readonly path: string;
  /** In the order of the answers; undefined where an answer lacks the field. */
  readonly values: readonly unknown[];
  readonly differs: boolean;
}

/** @returns the fields of all answers, in the order in which they are first met */
export function fieldRows(answers: readonly unknown[]): FieldRow[] {
  const fields = answers.map((answer) => new Map(leaves(answer, '')));
  const paths = [...new Set(fields.flatMap((one) => [...one.keys()]))];
  return paths.map((path) => {
    const values = fields.map((one) => one.get(path));
    const texts = new Set(values.map((value) => canonical(value)));
    return { path, values, differs: texts.size > 1 };
  });
}

/** Objects are walked into; lists, such as boxes, are one field. */
function leaves(value: unknown, path: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [[path || 'answer', value]];
  const members = Object.entries(value);
  if (members.length === 0) return path === '' ? [] : [[path, value]];
  return members.flatMap(([name, member]) => leaves(member, path === '' ? name : `${path}.${name}`));
}

/** The same for values that differ in the order of their members alone. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, member: unknown) =>
      typeof member === 'object' && member !== null && !Array.isArray(member)
        ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
        : member,
    ) ?? ''
  );
}

/** Whether somebody drew something there. */
export const isDrawn = ({ path, values }: FieldRow): boolean =>
  values.some((value) => shapesOf(path, value) !== undefined);

/** Whether several workers answered, and drew something. */
export const areDrawn = (answers: readonly LoopAnswer[]): boolean =>
  answers.length > 1 && fieldRows(answers.map(({ AnswerContent }) => JSON.parse(AnswerContent))).some(isDrawn);

/** As much of a value as is read at once; masks are no reading matter. */
const mostText = 2000;

/** A value as it stands in a table: what somebody wrote as it is, a list with a line for each item, so that boxes are read beside each other. */
export function valueText(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : Array.isArray(value)
        ? value.map((item) => JSON.stringify(item)).join('\n')
        : JSON.stringify(value);
  return text.length <= mostText ? text : `${text.slice(0, mostText)}…`;
}

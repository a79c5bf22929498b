// Which field of a form an error is about: the shapes of operations say what is wrong before they are called, and the server's
// sentences name what they mean.
import { type OperationInput, type OperationName, operations, validate } from '@holdpoint/protocol';

/** Sentences by the path of the member, such as `HumanLoopConfig.TaskTitle`; '' is for the whole. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What is wrong with an input, before it is sent. */
export function problemsOf<Name extends OperationName>(name: Name, input: OperationInput<Name>): FieldErrors {
  const errors: Record<string, string> = {};
  for (const violation of validate(operations[name].input, input)) {
    const [, path = '', constraint = ''] =
      / at '([^']*)' failed to satisfy constraint: Member must (.*)$/s.exec(violation) ?? [];
    errors[memberPath(path)] ??= constraint === '' ? violation : plain(constraint);
  }
  return errors;
}

/** The wire says `humanLoopConfig.taskKeywords.1.member`; what the form knows is `HumanLoopConfig.TaskKeywords`. */
const memberPath = (path: string): string =>
  path
    .replace(/(?:\.\d+\.member|\[\d+\])+/g, '')
    .split('.')
    .map((name) => name.charAt(0).toUpperCase() + name.slice(1))
    .join('.');

function plain(constraint: string): string {
  if (constraint.startsWith('not be null')) return 'This is needed.';
  const [, bound, number] = /^have length (less|greater) than or equal to (\d+)/.exec(constraint) ?? [];
  if (bound === 'less') return `This can have ${number} characters at most.`;
  if (bound === 'greater') return number === '1' ? 'This is needed.' : `This needs ${number} characters at least.`;
  const [, least, limit] = /^have value (less|greater) than or equal to (\d+)/.exec(constraint) ?? [];
  if (least !== undefined) return `This must be ${limit} or ${least === 'less' ? 'less' : 'more'}.`;
  const pattern = /^satisfy regular expression pattern: (.*)$/s.exec(constraint)?.[1];
  if (pattern !== undefined)
    return patterns.find(([part]) => pattern.includes(part))?.[1] ?? `This must fit ${pattern}`;
  return `This must ${constraint}.`;
}

/** What patterns of names mean, by a part of them. */
const patterns: readonly (readonly [part: string, sentence: string])[] = [
  ['[a-z0-9](-*[a-z0-9])', 'Use small letters, digits and hyphens between them.'],
  ['[A-Za-z0-9](-*[A-Za-z0-9])', 'Use letters, digits and hyphens between them.'],
  ['[a-zA-Z0-9](-*[a-zA-Z0-9])', 'Use letters, digits and hyphens between them.'],
  ['[A-Za-z0-9]+( [A-Za-z0-9]+)', 'Keywords are of letters and digits, with one space between words.'],
  ['(https|s3)://', 'Write it as s3://bucket/prefix.'],
  ['iam::', 'Write it as arn:aws:iam::000000000000:role/NAME.'],
  ['.+', 'This must be one line of text.'],
];

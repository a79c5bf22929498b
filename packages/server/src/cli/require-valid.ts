import { type OperationInput, type OperationName, operations, validate, validationMessage } from '@holdpoint/protocol';
import { UsageError } from './usage-error.ts';

/**
 * Finds all that the API would refuse in an operation's input, before anything is made.
 *
 * @param sources where members come from, by their paths: `{ 'humanLoopConfig.taskTitle': '--title' }`.
 * @throws UsageError that names the options.
 */
export function requireValid<Name extends OperationName>(
  operation: Name,
  input: OperationInput<Name>,
  sources: Readonly<Record<string, string>>,
): void {
  const violations = validate(operations[operation].input, input).map((violation) =>
    violation.replace(/ at '([^']+)' failed/, (all, path: string) => {
      const member = Object.keys(sources).find((each) => path === each || path.startsWith(`${each}.`));
      return member === undefined ? all : ` at '${sources[member]}' failed`;
    }),
  );
  if (violations.length === 0) return;
  const error = new UsageError(validationMessage(violations));
  // Under this name the API's wording of constraints is shown in ours.
  error.name = 'ValidationException';
  throw error;
}

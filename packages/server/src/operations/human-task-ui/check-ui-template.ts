import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import type { Finding } from '../../templates/templates.ts';

/** Links that the trial makes are never opened. */
const trialSeconds = 900;

type WireFinding = OperationOutput<'CheckUiTemplate'>['Findings'][number];

/** Looks a template over, with a sample input if there is one; whatever is wrong with either is data, never an error. */
export const checkUiTemplate: OperationHandler<'CheckUiTemplate'> = async (context, { UiTemplate, Task }) => {
  const problem = Task && problemOfInput(Task.Input);
  const findings = await context.templates.inspect({
    template: UiTemplate.Content,
    presign: context.presign(trialSeconds),
    ...(Task && problem === undefined && { input: Task.Input }),
  });
  return {
    Findings: [
      ...(problem === undefined ? [] : [{ Severity: 'Error', Code: 'InvalidInput', Message: problem } as const]),
      ...findings.map(wireFinding),
    ],
  };
};

/** The engine's own sentence quotes the input, which is nobody's business but the caller's: only the place is kept. */
function problemOfInput(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const [, line, column] = /\(line (\d+) column (\d+)\)$/.exec((error as Error).message) ?? [];
    const place = line === undefined ? '' : ` It breaks at line ${line}, column ${column} of the input.`;
    return `The sample input is not valid JSON.${place}`;
  }
}

const wireFinding = ({ severity, code, message, line, column }: Finding): WireFinding => ({
  Severity: severity,
  Code: code,
  Message: message,
  ...(line !== undefined && { Line: line }),
  ...(column !== undefined && { Column: column }),
});

import type { Call, Calling } from '../api-command.ts';
import { readText } from '../read-text.ts';
import { UsageError } from '../usage-error.ts';
import { countFindings, type Finding, formatFindings } from './format-findings.ts';
import { readSampleInputs, type SampleInput } from './sample-inputs.ts';

export interface CheckOptions {
  readonly input?: readonly string[];
  readonly strict?: boolean;
}

/** Looks templates over and prints what is wrong with them, each thing once. */
export const checkTemplates: Call<CheckOptions> = async (calling, ...args) => {
  const { options, terminal } = calling;
  const files = args.flat();
  if ([...files, ...(options.input ?? [])].filter((path) => path === '-').length > 1)
    throw new UsageError('Standard input can be read once only: give - for one file.');
  const sources: { file: string; source: string }[] = [];
  for (const file of files) sources.push({ file, source: await readText(file, terminal) });
  const inputs = await readSampleInputs(options.input ?? [], terminal);
  const checked: { File: string; Findings: readonly Finding[] }[] = [];
  const texts: string[] = [];
  for (const { file, source } of sources) {
    const findings = await findingsOf(calling, source, inputs);
    checked.push({ File: file, Findings: findings });
    if (findings.length > 0) texts.push(formatFindings(file, source, findings, terminal.output));
  }
  const { errors, warnings, text } = countFindings(checked.flatMap(({ Findings }) => Findings));
  const where = files.length === 1 ? files[0]?.replace(/^-$/, 'standard input') : `${files.length} templates`;
  const failed = errors > 0 || (options.strict === true && warnings > 0);
  if (text === '') texts.push(`There is nothing to say about ${where}.`);
  else if (!failed) texts.push(`${text} in ${where}.`);
  return {
    output: { Templates: checked },
    text: texts.join('\n'),
    failure: failed ? `There are ${text} in ${where}.`.replace(/^There are 1 /, 'There is 1 ') : undefined,
  };
};

/** What is found with every one of the inputs, in the order of the template. */
export async function findingsOf(
  { client }: Pick<Calling<unknown>, 'client'>,
  source: string,
  inputs: readonly SampleInput[],
): Promise<readonly Finding[]> {
  const UiTemplate = { Content: source };
  const found = new Map<string, Finding>();
  for (const input of inputs.length === 0 ? [undefined] : inputs) {
    const Task = input && { Task: { Input: input.text } };
    const { Findings } = await client.call('CheckUiTemplate', { UiTemplate, ...Task });
    for (const finding of Findings) found.set(JSON.stringify(finding), finding);
  }
  const place = ({ Line = 0, Column = 0 }: Finding): number => Line * 1e6 + Column;
  return [...found.values()].sort((a, b) => place(a) - place(b));
}

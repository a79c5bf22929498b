import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { wholeNumber } from '../loop/whole-number.ts';
import { readJsonText } from '../read-text.ts';
import { printable } from '../table.ts';
import { UsageError } from '../usage-error.ts';

export interface EvaluateOptions {
  readonly conditions?: string;
  readonly inputFile?: string;
  readonly last?: string;
}

type Input = OperationInput<'EvaluateActivationConditions'>;
type Output = OperationOutput<'EvaluateActivationConditions'>;
type Node = Readonly<Record<string, unknown>>;

/** What the conditions of a flow, or others, say about one input or about its last ones. */
export const evaluateConditions: Call<EvaluateOptions> = async ({ client, options, terminal }, name = '') => {
  const { conditions, inputFile, last } = options;
  if (inputFile !== undefined && last !== undefined) throw new UsageError('Give either --input-file or --last.');
  if (conditions === '-' && inputFile === '-')
    throw new UsageError('Only one of --conditions and --input-file can be standard input.');
  const input: Input = {
    FlowDefinitionName: name,
    ...(conditions !== undefined && { HumanLoopActivationConditions: await readJsonText(conditions, terminal) }),
    ...(inputFile === undefined
      ? { LastInputs: wholeNumber(last ?? '100', '--last', 1, 5000) }
      : { InputContent: await readJsonText(inputFile, terminal) }),
  };
  const { ResponseMetadata: _, ...output } = await client.call('EvaluateActivationConditions', input);
  return { output, text: textOf(output) };
};

function textOf({ Activation, Inputs }: Output): string {
  if (Activation)
    return [
      Activation.Activated ? 'People would be asked.' : 'Nobody would be asked.',
      ...Activation.Reasons.map((reason) => `The conditions could not be judged: ${printable(reason)}`),
      ...treeOf(Activation.EvaluationResults, (node) => (node.EvaluationResult ? 'yes' : 'no ')),
    ].join('\n');
  if (!Inputs) return '';
  const { EvaluatedInputs: evaluated, ActivatedInputs: activated, DoubtfulInputs: doubtful } = Inputs;
  if (evaluated === 0) return 'The flow has no inputs that are kept.';
  const width = number(evaluated).length;
  return [
    `These conditions would have sent ${number(activated)} of ${number(evaluated)} inputs to people (${share(activated, evaluated)}).`,
    ...(doubtful > 0 ? [`${number(doubtful)} of them because the conditions could not be judged:`] : []),
    ...Inputs.Reasons.map((reason) => `  ${printable(reason)}`),
    ...treeOf(Inputs.EvaluationCounts, (node) => number(Number(node.EvaluationCount)).padStart(width)),
  ].join('\n');
}

const number = (value: number): string => value.toLocaleString('en-US');
const share = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;

/** A line for each node, what stands in a group under it. */
function treeOf(json: string | undefined, mark: (node: Node) => string): string[] {
  const lines = (nodes: unknown, indent: string): string[] =>
    (nodes as readonly Node[]).flatMap((node) => {
      const group = 'And' in node ? 'And' : 'Or' in node ? 'Or' : undefined;
      if (group) return [`${mark(node)}  ${indent}${group}`, ...lines(node[group], `${indent}  `)];
      const { ConditionType: type, ConditionParameters: parameters } = node;
      return [`${mark(node)}  ${indent}${printable(`${type} ${JSON.stringify(parameters ?? {})}`)}`];
    });
  return json === undefined ? [] : lines((JSON.parse(json) as { Conditions: unknown }).Conditions, '');
}

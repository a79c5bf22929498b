import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { formatFacts } from '../facts.ts';
import type { ServerOptions } from '../server-options.ts';
import { formatTable, printable } from '../table.ts';

export interface ConsolidationCommandOptions extends ServerOptions {
  readonly method?: 'majority' | 'weighted' | 'dawid-skene';
  readonly numbers?: 'median' | 'mean';
}

type Consolidated = OperationOutput<'DescribeConsolidation'>;

/** Characters of one value that are shown; `--json` has the whole. */
const mostShown = 80;

/** What the answers of a loop come to. */
export const consolidation: Call<ConsolidationCommandOptions> = async ({ client, options }, name = '') => {
  const { method, numbers } = options;
  const output = await client.call('DescribeConsolidation', {
    HumanLoopName: name,
    ...(method && { Method: method }),
    ...(numbers && { Numbers: numbers }),
  });
  return { output, text: textOf(output) };
};

function textOf(output: Consolidated): string {
  const { HumanLoopName, Answers, Fields, Workers, Method, Numbers, DetailsS3Uri } = output;
  if (Answers === 0) return `${printable(HumanLoopName)} has no answers, or they are not kept any more.`;
  const rows = Fields.map(({ Name, Value, Procedure, Confidence, Posterior, Agreement }) => [
    Name,
    Value === undefined ? '(left out)' : shortened(Value),
    Procedure,
    percent(Confidence),
    percent(Posterior),
    percent(Agreement),
  ]);
  const table = formatTable(
    ['FIELD', 'VALUE', 'HOW', 'CONFIDENCE', 'POSTERIOR', 'AGREEMENT'],
    rows,
    'The answers have no fields.',
  );
  const facts = formatFacts([
    ['Method', `${Method}, numbers by their ${Numbers}`],
    ['Answers', String(Answers)],
    ['Confidence', percent(output.Confidence)],
    ['Posterior', percent(output.Posterior)],
    ['Agreement', percent(output.Agreement)],
    [
      'Workers',
      Workers.map(
        ({ WorkerEmail, WorkerId = '?', Match }) => `${WorkerEmail ?? WorkerId} agrees by ${percent(Match)}`,
      ).join('\n'),
    ],
    ['Details', DetailsS3Uri],
  ]);
  return `${table}\n\n${facts}`;
}

const percent = (share: number): string => `${Math.round(share * 1000) / 10} %`;

const shortened = (text: string): string =>
  text.length <= mostShown ? text : `${text.slice(0, mostShown).toWellFormed()}…`;

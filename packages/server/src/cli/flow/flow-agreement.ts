import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { formatFacts } from '../facts.ts';
import type { ServerOptions } from '../server-options.ts';
import { formatTable, minuteOf } from '../table.ts';

export interface FlowAgreementOptions extends ServerOptions {
  readonly anew?: boolean;
}

type Agreement = OperationOutput<'GetFlowAgreement'>;

/** How far the workers of a flow agree, and how often each is right. */
export const flowAgreement: Call<FlowAgreementOptions> = async ({ client, options }, name = '') => {
  const output = await client.call('GetFlowAgreement', {
    FlowDefinitionName: name,
    ...(options.anew && { MaxAgeSeconds: 0 }),
  });
  return { output, text: textOf(output) };
};

function textOf({ Loops, Answers, CountedAt, Fields, Workers }: Agreement): string {
  const facts = formatFacts([
    ['Loops', `${Loops} finished with several answers`],
    ['Answers', String(Answers)],
    ['Worked out', minuteOf(CountedAt)],
  ]);
  if (Loops === 0) return facts;
  const fields = formatTable(
    ['FIELD', 'KIND', 'LOOPS', 'AGREEMENT', 'ALPHA', 'KAPPA'],
    Fields.map(({ Name, Kind, Loops: loops, Agreement, Alpha, Kappa }) => [
      Name,
      Kind,
      String(loops),
      percent(Agreement),
      figure(Alpha),
      figure(Kappa),
    ]),
    'The answers have no fields in common.',
  );
  const workers = formatTable(
    ['WORKER', 'ANSWERS', 'RIGHT', 'BY FIELD'],
    Workers.map(({ WorkerEmail, WorkerId, Answers: answers, Accuracy, Fields: own }) => [
      WorkerEmail ?? WorkerId ?? 'deleted',
      String(answers),
      own.length === 0 ? '-' : percent(Accuracy),
      own.map((field) => `${field.Name} ${percent(field.Accuracy)}`).join(', '),
    ]),
    '',
  );
  return `${facts}\n\n${fields}\n\n${workers}\n\nALPHA (Krippendorff), KAPPA (Cohen): 1 is perfect agreement, 0 is chance.`;
}

const percent = (share: number | undefined): string =>
  share === undefined ? '-' : `${Math.round(share * 1000) / 10} %`;
const figure = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(3));

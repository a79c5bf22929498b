import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { formatDuration } from '../duration.ts';
import { formatFacts } from '../facts.ts';
import { minuteOf, printable } from '../table.ts';

type Described = OperationOutput<'DescribeHumanLoop'>;
type Loop = OperationOutput<'GetHumanLoop'>;

/** Lines of the input, and characters of one of them, that are shown. */
const mostLines = 40;
const mostCharacters = 400;

/** All that is known of a loop. */
export const show: Call<unknown> = async ({ client }, name = '') => {
  const [described, loop] = await Promise.all([
    client.call('DescribeHumanLoop', { HumanLoopName: name }),
    client.call('GetHumanLoop', { HumanLoopName: name }),
  ]);
  const facts = formatFacts(factsOf(described, loop));
  return { output: { ...described, ...loop }, text: `${facts}\n\nInput\n${shownInput(loop.InputContent)}` };
};

function factsOf(described: Described, loop: Loop) {
  const { HumanLoopOutput, FailureCode, FailureReason } = described;
  const classifiers = loop.DataAttributes?.ContentClassifiers?.join(', ');
  return [
    ['Name', loop.HumanLoopName],
    ['ARN', loop.HumanLoopArn],
    ['Status', described.HumanLoopStatus],
    ['Failure', FailureReason && (FailureCode ? `${FailureReason} (${FailureCode})` : FailureReason)],
    ['Answers', answersOf(loop)],
    ['Conditions', loop.Activation && activationOf(loop.Activation)],
    ['Flow', loop.FlowDefinitionArn.split('/').at(-1)],
    ['Title', loop.TaskTitle],
    ['Created', minuteOf(loop.CreationTime)],
    ['Finished', loop.FinishTime && minuteOf(loop.FinishTime)],
    ['Expires', described.HumanLoopStatus === 'InProgress' ? expiryOf(loop) : undefined],
    ['Content', classifiers],
    // A loop that goes on names the object that will be there at its end.
    ['Output', loop.FinishTime && HumanLoopOutput?.OutputS3Uri],
  ] as const;
}

function activationOf({ Activated, Reasons }: NonNullable<Loop['Activation']>): string {
  if (Reasons.length > 0) return printable(`people are asked, since they could not be judged: ${Reasons.join(' ')}`);
  return Activated ? 'people are asked' : 'nobody is asked';
}

function answersOf({
  AnswersDone = 0,
  AnswersNeeded,
  AnswersInProgress = 0,
  MostAnswers,
  StopReason,
}: Loop): string | undefined {
  if (AnswersNeeded === undefined) return undefined;
  const working = AnswersInProgress === 0 ? '' : `, ${AnswersInProgress} in progress`;
  const most = MostAnswers === undefined || MostAnswers <= AnswersNeeded ? '' : `, at most ${MostAnswers}`;
  return `${AnswersDone} of ${AnswersNeeded}${StopReason === undefined ? most : ` (${StopReason})`}${working}`;
}

function expiryOf({ ExpirationTime }: Loop): string | undefined {
  if (ExpirationTime === undefined) return undefined;
  const seconds = (ExpirationTime.getTime() - Date.now()) / 1000;
  return `${minuteOf(ExpirationTime)}, ${seconds > 0 ? `in ${formatDuration(roughly(seconds))}` : 'which is over'}`;
}

/** Seconds are told of in the last hour only. */
const roughly = (seconds: number): number => (seconds > 3600 ? Math.floor(seconds / 60) * 60 : Math.floor(seconds));

function shownInput(json: string | undefined): string {
  if (json === undefined) return '(purged: it is kept only for so many days after the end of the loop)';
  const lines = pretty(json).split('\n');
  const shown = lines.slice(0, mostLines).map((line) => {
    const text = printable(line);
    return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters).toWellFormed()}…`;
  });
  const isCut = lines.length > mostLines || lines.some((line) => line.length > mostCharacters);
  if (!isCut) return shown.join('\n');
  return [...shown, `… cut; --json has all ${json.length.toLocaleString('en-US')} characters.`].join('\n');
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

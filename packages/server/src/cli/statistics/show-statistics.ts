import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { formatDuration } from '../duration.ts';
import { formatFacts } from '../facts.ts';
import { formatTable, minuteOf } from '../table.ts';
import { UsageError } from '../usage-error.ts';

export interface StatisticsOptions {
  readonly json?: boolean;
  readonly csv?: boolean;
  readonly flow?: string;
  readonly range: '1h' | '1d' | '7d' | '30d';
  readonly step?: '5m' | '1h' | '1d';
  readonly timeZone?: string;
}

type Statistics = OperationOutput<'GetStatistics'>;
type Step = Statistics['Steps'][number];

const ranges = { '1h': 'Hour', '1d': 'Day', '7d': 'Week', '30d': 'Month' } as const;
const steps = { '5m': 'FiveMinutes', '1h': 'Hour', '1d': 'Day' } as const;

/** Figures of a time, as a table of its steps with what is now; for spreadsheets without the latter. */
export const showStatistics: Call<StatisticsOptions> = async ({ client, options }) => {
  if (options.csv && options.json) throw new UsageError('Give either --csv or --json.');
  const input: OperationInput<'GetStatistics'> = {
    Range: ranges[options.range],
    TimeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(options.step && { Step: steps[options.step] }),
    ...(options.flow !== undefined && { FlowDefinitionName: options.flow }),
  };
  const output = await client.call('GetStatistics', input);
  return { output, text: options.csv ? csvOf(output) : textOf(output) };
};

const columns: readonly (readonly [csv: string, heading: string, value: (step: Step) => number | undefined])[] = [
  ['Started', 'STARTED', ({ Started }) => Started],
  ['Completed', 'COMPLETED', ({ Completed }) => Completed],
  ['Failed', 'FAILED', ({ Failed }) => Failed],
  ['Expired', 'EXPIRED', ({ Expired }) => Expired],
  ['Stopped', 'STOPPED', ({ Stopped }) => Stopped],
  ['Answers', 'ANSWERS', ({ Answers }) => Answers],
];
const times: readonly (readonly [csv: string, heading: string, value: (step: Step) => number | undefined])[] = [
  ['AcceptanceP50Seconds', 'ACCEPTED', ({ TimeToAcceptance }) => TimeToAcceptance.P50],
  ['AcceptanceP90Seconds', '', ({ TimeToAcceptance }) => TimeToAcceptance.P90],
  ['CompletionP50Seconds', 'DONE', ({ TimeToCompletion }) => TimeToCompletion.P50],
  ['CompletionP90Seconds', '', ({ TimeToCompletion }) => TimeToCompletion.P90],
  ['ActiveP50Seconds', 'ACTIVE', ({ ActiveTime }) => ActiveTime.P50],
  ['ActiveP90Seconds', '', ({ ActiveTime }) => ActiveTime.P90],
];

const csvOf = ({ Steps }: Statistics): string =>
  [
    ['From', ...columns.map(([name]) => name), ...times.map(([name]) => name)],
    ...Steps.map((step) => [
      step.StartTime.toISOString(),
      ...[...columns, ...times].map(([, , value]) => String(value(step) ?? '')),
    ]),
  ]
    .map((line) => line.join(','))
    .join('\n');

const shortTimes = times.filter(([, heading]) => heading !== '');

/** Steps in which nothing happened are left out. */
function textOf({ Totals, Steps, Agreement, Now, Forecast, Complete }: Statistics): string {
  const cells = (step: Omit<Step, 'StartTime'>): string[] => [
    ...columns.map(([, , value]) => String(value(step as Step))),
    ...shortTimes.map(([, , value]) => secondsText(value(step as Step))),
  ];
  const busy = Steps.filter((step) => columns.some(([, , value]) => value(step) !== 0));
  const rows = busy.map((step) => [minuteOf(step.StartTime), ...cells(step)]);
  const headings = ['FROM', ...columns.map(([, heading]) => heading), ...shortTimes.map(([, heading]) => heading)];
  const table = formatTable(
    headings,
    rows.length > 0 ? [...rows, ['Total', ...cells(Totals)]] : [],
    'Nothing happened in this time.',
  );
  const facts = formatFacts([
    ['Waiting', `${Now.WaitingTasks} tasks, ${Now.AnswersNeeded} answers missing`],
    ['Oldest since', Now.OldestWaitingSince && minuteOf(Now.OldestWaitingSince)],
    ['Held', `${Now.Held} by workers`],
    ['Pace', `${Forecast.AnswersPerHour} answers an hour in the last three hours`],
    ['Will be late', `${Forecast.LateTasks} tasks at this pace`],
    [
      'Nothing waits',
      Forecast.EmptyTime === undefined ? 'never at this pace' : `at ${minuteOf(Forecast.EmptyTime)} at this pace`,
    ],
    [
      'Agreement',
      Agreement.Pairs === 0 ? undefined : `${Agreement.EqualPairs} of ${Agreement.Pairs} pairs of answers are equal`,
    ],
    ['Remark', Complete ? undefined : 'Older figures of this time are still being counted.'],
  ]);
  return `${table}\n\n${facts}\n\nACCEPTED, DONE, ACTIVE: half of the loops took no longer.`;
}

const secondsText = (seconds: number | undefined): string =>
  seconds === undefined ? '-' : seconds < 10 ? `${Math.round(seconds * 10) / 10}s` : formatDuration(seconds);

import { setTimeout as pause } from 'node:timers/promises';
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { parseMoment } from '../loop/moment.ts';
import { openStreamOutput, untilReaderGone } from '../loop/stream-output.ts';
import { wholeNumber } from '../loop/whole-number.ts';
import { pages } from '../pages.ts';
import { formatRows, printable, widthsOf } from '../table.ts';
import { UsageError } from '../usage-error.ts';

export interface ActivityOptions {
  readonly actor?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly administration?: boolean;
  readonly after?: string;
  readonly before?: string;
  readonly limit: string;
  readonly follow?: boolean;
  readonly json?: boolean;
}

type Activity = OperationOutput<'ListActivities'>['Activities'][number];
type Filter = OperationInput<'ListActivities'>;

/** How often it is looked for more. */
const followMs = 1000;
/** Nodes write at the same time: what came from one of them a moment ago may be older than what was shown. */
const overlapMs = 10_000;

/** The log as pages of it arrive; with `--json` a line for each row. */
export const showActivity: Call<ActivityOptions> = async (calling) => {
  const { options, terminal } = calling;
  const limit = wholeNumber(options.limit, '--limit', 0) || Number.POSITIVE_INFINITY;
  if (options.follow && options.before !== undefined)
    throw new UsageError('Give either --follow or --before: nothing new is before a moment that is over.');
  const filter = filterOf(options);
  const output = openStreamOutput(terminal.output);
  const textOf = options.json ? jsonLines : table();
  const began = Date.now();
  await untilReaderGone(async () => {
    const seen = new Set<string>();
    const { rows, hasMore } = await newest(calling, filter, limit);
    for (const { ActivityId } of rows) seen.add(ActivityId);
    // Followed, the log reads downwards.
    if (rows.length > 0) await output.write(textOf(options.follow ? rows.toReversed() : rows));
    else if (!options.follow && !options.json) await output.write('There is no such activity.\n');
    if (hasMore && !options.json)
      terminal.errors.write(`There may be more: --limit takes another number, now ${options.limit}, or 0 for all.\n`);
    if (options.follow) await follow(calling, { filter, began, seen, show: (more) => output.write(textOf(more)) });
  });
  return undefined;
};

async function follow(
  { client, signal }: Calling<ActivityOptions>,
  given: {
    readonly filter: Filter;
    readonly began: number;
    readonly seen: Set<string>;
    readonly show: (rows: readonly Activity[]) => Promise<void>;
  },
): Promise<void> {
  const { filter, seen, show } = given;
  for (let last = given.began; !signal.aborted; ) {
    await pause(followMs, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const asked = { ...filter, TimeAfter: new Date(last - overlapMs), MaxResults: 1000 };
    const fetch = (NextToken: string | undefined) => client.call('ListActivities', { ...asked, NextToken }, { signal });
    const found: Activity[] = [];
    for await (const { Activities } of pages(fetch)) found.push(...Activities);
    const more = found.filter(({ ActivityId }) => !seen.has(ActivityId));
    for (const { ActivityId } of more) seen.add(ActivityId);
    if (more.length > 0) await show(more.toReversed());
    last = Math.max(last, ...more.map(({ Time }) => Time.getTime()));
  }
}

async function newest({ client, signal }: Calling<ActivityOptions>, filter: Filter, limit: number) {
  const rows: Activity[] = [];
  const fetch = (NextToken: string | undefined) =>
    client.call('ListActivities', { ...filter, MaxResults: Math.min(1000, limit), NextToken }, { signal });
  for await (const { Activities, NextToken } of pages(fetch)) {
    rows.push(...Activities.slice(0, limit - rows.length));
    if (rows.length >= limit) return { rows, hasMore: NextToken !== undefined };
  }
  return { rows, hasMore: false };
}

function filterOf({ actor, action, resource, administration, after, before }: ActivityOptions): Filter {
  const [, type, name] = /^([a-z-]+)(?:\/(.+))?$/.exec(resource ?? '') ?? [];
  if (resource !== undefined && type === undefined)
    throw new UsageError(
      `--resource takes a type such as human-loop, or a type and a name as in workteam/reviewers, not '${resource}'.`,
    );
  return {
    ...(actor !== undefined && { Actor: actor }),
    ...(action !== undefined && { Action: action }),
    ...(type !== undefined && { ResourceType: type }),
    ...(name !== undefined && { ResourceName: name }),
    ...(administration && { ExcludeHumanLoops: true }),
    ...(after !== undefined && { TimeAfter: parseMoment(after, '--after') }),
    ...(before !== undefined && { TimeBefore: parseMoment(before, '--before') }),
  };
}

const jsonLines = (rows: readonly Activity[]): string =>
  rows.map((row) => `${JSON.stringify({ ...row, Details: row.Details && JSON.parse(row.Details) })}\n`).join('');

function table(): (rows: readonly Activity[]) => string {
  const headings = ['TIME', 'WHO', 'FROM', 'ACTION', 'ON', 'DETAILS'];
  let widths: number[] | undefined;
  return (rows) => {
    const cells = rows.map((row) => cellsOf(row).map(printable));
    const lines = widths === undefined ? [headings, ...cells] : cells;
    const before = widths ?? [];
    widths = widthsOf(lines).map((width, column) => Math.max(width, before[column] ?? 0));
    return `${formatRows(lines, widths).join('\n')}\n`;
  };
}

const cellsOf = (row: Activity): string[] => [
  `${row.Time.toISOString().slice(0, 19).replace('T', ' ')}Z`,
  [row.ActorKind === 'Caller' ? row.ActorId : (row.ActorName ?? row.ActorId), row.ActorKind.toLowerCase()]
    .filter(Boolean)
    .join(' '),
  row.ClientAddress ?? '',
  row.Action,
  row.ResourceType === undefined ? '' : `${row.ResourceType}/${row.ResourceName}`,
  row.Details ?? '',
];

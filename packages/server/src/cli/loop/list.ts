import type { OperationOutput } from '@holdpoint/protocol';
import type { Call } from '../api-command.ts';
import { pages } from '../pages.ts';
import { formatRows, minuteOf, printable, widthsOf } from '../table.ts';
import { UsageError } from '../usage-error.ts';
import { findFlow } from './find-flow.ts';
import { parseMoment } from './moment.ts';
import { parseStatuses } from './statuses.ts';
import { openStreamOutput, untilReaderGone } from './stream-output.ts';
import { wholeNumber } from './whole-number.ts';

export interface ListOptions {
  readonly json?: boolean;
  readonly status?: readonly string[];
  readonly newest?: boolean;
  readonly oldest?: boolean;
  readonly limit: string;
  readonly after?: string;
  readonly before?: string;
}

type Summary = OperationOutput<'ListHumanLoops'>['HumanLoopSummaries'][number];

/** A flow's loops. They are shown as pages of them arrive, however many there are. */
export const list: Call<ListOptions> = async ({ client, options, terminal, signal }, flow = '') => {
  if (options.newest && options.oldest) throw new UsageError('Give either --newest or --oldest.');
  const limit = wholeNumber(options.limit, '--limit', 0) || Number.POSITIVE_INFINITY;
  const statuses = parseStatuses(options.status);
  const { after, before } = options;
  const asked = {
    SortOrder: options.oldest ? 'Ascending' : 'Descending',
    ...(after !== undefined && { CreationTimeAfter: parseMoment(after, '--after') }),
    ...(before !== undefined && { CreationTimeBefore: parseMoment(before, '--before') }),
  } as const;
  const { FlowDefinitionArn } = await findFlow(client, flow);
  const fetch = (NextToken: string | undefined) =>
    client.call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 100, ...asked, NextToken }, { signal });
  const output = openStreamOutput(terminal.output);
  const texts = options.json ? jsonTexts() : tableTexts();
  let shown = 0;
  let hasMore = false;
  await untilReaderGone(async () => {
    for await (const { HumanLoopSummaries, NextToken } of pages(fetch)) {
      const found = HumanLoopSummaries.filter((loop) => statuses?.has(loop.HumanLoopStatus!) ?? true);
      const fitting = found.slice(0, limit - shown);
      shown += fitting.length;
      hasMore = found.length > fitting.length || (shown >= limit && NextToken !== undefined);
      if (fitting.length > 0) await output.write(texts.of(fitting));
      if (shown >= limit) break;
    }
    await output.write(texts.end());
  });
  if (hasMore && !options.json)
    terminal.errors.write(`There may be more: --limit takes another number, now ${options.limit}, or 0 for all.\n`);
  return undefined;
};

/** What is written for the loops of a page, and at the end. */
interface Texts {
  of(loops: readonly Summary[]): string;
  end(): string;
}

function jsonTexts(): Texts {
  let count = 0;
  const before = (): string => (count++ === 0 ? '{\n  "HumanLoopSummaries": [' : ',');
  return {
    of: (loops) => loops.map((loop) => `${before()}\n    ${JSON.stringify(loop)}`).join(''),
    end: () => (count === 0 ? '{\n  "HumanLoopSummaries": []\n}\n' : '\n  ]\n}\n'),
  };
}

function tableTexts(): Texts {
  const headings = ['NAME', 'STATUS', 'CREATED', 'REASON'];
  let widths: number[] | undefined;
  return {
    of(loops) {
      const rows = loops.map((loop) => rowOf(loop).map(printable));
      const lines = widths === undefined ? [headings, ...rows] : rows;
      // As wide as the page needs, and never narrower than the pages before it.
      const before = widths ?? [];
      widths = widthsOf(lines).map((width, column) => Math.max(width, before[column] ?? 0));
      return `${formatRows(lines, widths).join('\n')}\n`;
    },
    end: () => (widths === undefined ? 'There are no such human loops.\n' : ''),
  };
}

const rowOf = ({ HumanLoopName, HumanLoopStatus, CreationTime, FailureReason }: Summary): string[] => [
  HumanLoopName ?? '',
  HumanLoopStatus ?? '',
  CreationTime === undefined ? '' : minuteOf(CreationTime),
  FailureReason ?? '',
];

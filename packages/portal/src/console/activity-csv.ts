// The activity log as CSV, page by page, as far as the filter goes.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { call } from './console-api.ts';

type Activity = OperationOutput<'ListActivities'>['Activities'][number];
type Filter = OperationInput<'ListActivities'>;

const columns: readonly (readonly [name: string, of: (row: Activity) => string | undefined])[] = [
  ['time', ({ Time }) => Time.toISOString()],
  ['actorKind', ({ ActorKind }) => ActorKind],
  ['actorId', ({ ActorId }) => ActorId],
  ['actorName', ({ ActorName }) => ActorName],
  ['clientAddress', ({ ClientAddress }) => ClientAddress],
  ['requestId', ({ RequestId }) => RequestId],
  ['action', ({ Action }) => Action],
  ['resourceType', ({ ResourceType }) => ResourceType],
  ['resourceName', ({ ResourceName }) => ResourceName],
  ['details', ({ Details }) => Details],
];

/** What spreadsheets would take for a formula gets an apostrophe before it. */
function cell(value: string | undefined): string {
  const text = /^[=+\-@\t\r]/.test(value ?? '') ? `'${value}` : (value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly (string | undefined)[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * Reads all rows of a filter and gives them as one file; what is read goes into parts that the browser keeps outside the page.
 *
 * @param told is called with how many rows there are so far
 */
export async function activityCsv(filter: Filter, told: (rows: number) => void, signal: AbortSignal): Promise<Blob> {
  let file = new Blob([line(columns.map(([name]) => name))], { type: 'text/csv;charset=utf-8' });
  let rows = 0;
  for (let NextToken: string | undefined; ; ) {
    const page = await call('ListActivities', { ...filter, MaxResults: 1000, ...(NextToken && { NextToken }) }, signal);
    const text = page.Activities.map((row) => line(columns.map(([, of]) => of(row)))).join('');
    file = new Blob([file, text], { type: file.type });
    rows += page.Activities.length;
    told(rows);
    NextToken = page.NextToken;
    if (NextToken === undefined) return file;
  }
}

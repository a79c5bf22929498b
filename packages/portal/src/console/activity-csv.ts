// The activity log as CSV, page by page, as far as the filter goes.
import type { OperationInput, OperationOutput } from '@holdpoint/protocol';
import { call } from './console-api.ts';
import { type Cell, csvLines } from './csv.ts';

type Activity = OperationOutput<'ListActivities'>['Activities'][number];
type Filter = OperationInput<'ListActivities'>;

const columns: readonly (readonly [name: string, of: (row: Activity) => Cell])[] = [
  ['time', ({ Time }) => Time],
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

/**
 * Reads all rows of a filter and gives them as one file; what is read goes into parts that the browser keeps outside the page.
 *
 * @param told is called with how many rows there are so far
 */
export async function activityCsv(filter: Filter, told: (rows: number) => void, signal: AbortSignal): Promise<Blob> {
  let file = new Blob([csvLines([columns.map(([name]) => name)])]);
  let rows = 0;
  for (let NextToken: string | undefined; ; ) {
    const page = await call('ListActivities', { ...filter, MaxResults: 1000, ...(NextToken && { NextToken }) }, signal);
    file = new Blob([file, csvLines(page.Activities.map((row) => columns.map(([, of]) => of(row))))]);
    rows += page.Activities.length;
    told(rows);
    NextToken = page.NextToken;
    if (NextToken === undefined) return file;
  }
}

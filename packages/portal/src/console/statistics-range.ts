// Which figures are wanted, as the address of the page says and as operations take it.
import type { OperationInput } from '@holdpoint/protocol';

type Asked = OperationInput<'GetStatistics'>;

export const rangeNames = {
  Hour: 'Last hour',
  Day: 'Last day',
  Week: 'Last 7 days',
  Month: 'Last 30 days',
} as const;
export type RangeName = keyof typeof rangeNames;

export interface Wish {
  /** A flow definition's name; '' for all. */
  readonly flow: string;
  readonly range: RangeName | 'Dates';
  /** Days as `2026-01-31`, both inclusive, with `Dates`. */
  readonly from: string;
  readonly to: string;
}

const day = /^\d{4}-\d\d-\d\d$/;

export function readWish(search: string): Wish {
  const query = new URLSearchParams(search);
  const range = query.get('range') ?? '';
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? ''];
  const hasDates = day.test(from) && day.test(to) && from <= to;
  return {
    flow: query.get('flow') ?? '',
    range: Object.hasOwn(rangeNames, range) ? (range as RangeName) : hasDates ? 'Dates' : 'Day',
    from: hasDates ? from : '',
    to: hasDates ? to : '',
  };
}

export function searchOf({ flow, range, from, to }: Wish): string {
  const query = new URLSearchParams();
  if (flow !== '') query.set('flow', flow);
  if (range === 'Dates') {
    query.set('from', from);
    query.set('to', to);
  } else if (range !== 'Day') query.set('range', range);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

export function inputOf({ flow, range, from, to }: Wish): Asked {
  const input: Asked = {
    TimeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    ...(flow !== '' && { FlowDefinitionName: flow }),
  };
  if (range !== 'Dates') return { ...input, Range: range };
  // Midnight where the browser is; the day after the last one ends it.
  const start = new Date(`${from}T00:00`);
  const end = new Date(`${to}T00:00`);
  end.setDate(end.getDate() + 1);
  return { ...input, StartTime: start, ...(end.getTime() <= Date.now() && { EndTime: end }) };
}

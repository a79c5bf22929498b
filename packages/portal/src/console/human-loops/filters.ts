// What of the list of human loops stands in the address, so that a link shows another operator the same.
import type { OperationInput } from '@holdpoint/protocol';

export type SearchInput = OperationInput<'SearchHumanLoops'>;

export const statuses = ['InProgress', 'Stopping', 'Completed', 'Failed', 'Stopped'] as const;
export const failureCodes = ['ValidationError', 'Expired', 'InternalError'] as const;
export const sortings = ['CreationTime', 'FinishTime', 'HumanLoopName'] as const;

/** As in the address: texts, empty where nothing is asked for. */
export interface Filters {
  readonly name: string;
  /** Names of flow definitions. */
  readonly flow: readonly string[];
  readonly status: readonly string[];
  /** Days, `2026-01-31`, in the browser's time zone. */
  readonly createdFrom: string;
  readonly createdTo: string;
  readonly endedFrom: string;
  readonly endedTo: string;
  readonly answers: string;
  readonly work: string;
  /** Hours for which nobody has been at it. */
  readonly waitingHours: string;
  readonly heldBy: string;
  readonly failure: readonly string[];
  readonly reason: string;
  readonly sort: string;
  readonly order: string;
}

const lists = ['flow', 'status', 'failure'] as const;
const texts = [
  'name',
  'createdFrom',
  'createdTo',
  'endedFrom',
  'endedTo',
  'answers',
  'work',
  'waitingHours',
  'heldBy',
  'reason',
  'sort',
  'order',
] as const;

export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  return Object.fromEntries([
    ...lists.map((name) => [name, query.getAll(name)]),
    ...texts.map((name) => [name, query.get(name) ?? '']),
  ]) as unknown as Filters;
}

/** The part of the address from `?` on; empty when nothing is asked for. */
export function writeFilters(filters: Filters): string {
  const query = new URLSearchParams();
  for (const name of lists) for (const value of filters[name]) query.append(name, value);
  for (const name of texts) if (filters[name] !== '') query.set(name, filters[name]);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

/** How many columns are narrowed. */
export const countFilters = ({ sort: _sort, order: _order, ...filters }: Filters): number =>
  Object.values(filters).filter((value) => value.length > 0).length;

const known = <W extends string>(words: readonly W[], given: readonly string[]): W[] =>
  words.filter((word) => given.includes(word));

/** What is asked of the API; what an address of somebody's own making has besides is left out. */
export function searchInput(filters: Filters, arnOf: (flow: string) => string | undefined, now: number): SearchInput {
  const status = known(statuses, filters.status);
  const failure = known(failureCodes, filters.failure);
  const flows = filters.flow.flatMap((flow) => arnOf(flow) ?? []);
  const [answers] = known(['None', 'Some', 'All'] as const, [filters.answers]);
  const [work] = known(['Held', 'Waiting'] as const, [filters.work]);
  const [sort] = known(sortings, [filters.sort]);
  const hours = Number(filters.waitingHours);
  const times = {
    CreationTimeAfter: startOf(filters.createdFrom),
    CreationTimeBefore: startOf(filters.createdTo, 1),
    FinishTimeAfter: startOf(filters.endedFrom),
    FinishTimeBefore: startOf(filters.endedTo, 1),
  };
  return {
    ...(filters.name.trim() !== '' && { NameContains: filters.name.trim().slice(0, 63) }),
    ...(flows.length > 0 && { FlowDefinitionArns: flows }),
    ...(status.length > 0 && { Statuses: status }),
    ...Object.fromEntries(Object.entries(times).filter(([, time]) => time !== undefined)),
    ...(failure.length > 0 && { FailureCodes: failure }),
    ...(filters.reason.trim() !== '' && { FailureReasonContains: filters.reason.trim().slice(0, 200) }),
    ...(answers && { Answers: answers }),
    ...(work && { Work: work }),
    ...(filters.waitingHours !== '' && hours >= 0 && { WaitingSinceBefore: new Date(now - hours * 3_600_000) }),
    ...(filters.heldBy.trim() !== '' && { HeldBy: filters.heldBy.trim() }),
    ...(sort && { SortBy: sort }),
    ...(filters.order === 'Ascending' && { SortOrder: 'Ascending' as const }),
  };
}

/** The beginning of a day, or of one so many days later. */
function startOf(day: string, later = 0): Date | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const time = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

// Which waiting tasks the worker wants, and in which order: it stands in the address, so that a reload, the way back and a
// link find the same list again.
import { type TaskWish, taskSorts } from '@holdpoint/protocol';

/** The parts that leave tasks out. */
export const filterParts = ['text', 'flowDefinitionName', 'keyword'] as const;
export type FilterPart = (typeof filterParts)[number];

const inAddress = { text: 'text', flowDefinitionName: 'flow', keyword: 'keyword', sort: 'sort' } as const;

/** Reads an address; what no list can be asked for is left out. */
export function wishOf(query: URLSearchParams): TaskWish {
  const sort = taskSorts.find((one) => one === query.get(inAddress.sort));
  return withChange({}, { ...Object.fromEntries(filterParts.map((part) => [part, query.get(inAddress[part])])), sort });
}

export function addressOf(wish: TaskWish): string {
  const query = new URLSearchParams();
  for (const [part, name] of Object.entries(inAddress)) {
    const value = wish[part as keyof TaskWish];
    if (value !== undefined) query.set(name, value);
  }
  return query.size === 0 ? '/portal' : `/portal?${query}`;
}

const kept = 'holdpoint:wish';

/** Remembers, for as long as the window is there, what the list shows: what follows a task is of it too. */
export function keepWish(wish: TaskWish): void {
  try {
    sessionStorage.setItem(kept, addressOf(wish));
  } catch {
    // Private windows may refuse storage: then whatever has waited longest follows.
  }
}

export function keptWish(): TaskWish {
  try {
    return wishOf(new URL(sessionStorage.getItem(kept) ?? '/portal', location.origin).searchParams);
  } catch {
    return {};
  }
}

/** A wish with other parts; empty ones are taken out, and so is the order in which tasks are anyway. */
export function withChange(
  wish: TaskWish,
  change: { readonly [part in keyof TaskWish]: string | null | undefined },
): TaskWish {
  const entries = Object.entries({ ...wish, ...change }).filter(
    ([part, value]) => value != null && value.trim() !== '' && !(part === 'sort' && value === 'oldest'),
  );
  return Object.fromEntries(entries) as TaskWish;
}

export const isFiltered = (wish: TaskWish): boolean => filterParts.some((part) => wish[part] !== undefined);

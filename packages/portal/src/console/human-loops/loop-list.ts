// The loops that are shown: pages as they were found, kept up to date in place. What is new is counted and shown on request, so
// that nothing moves under the reader's hand.
import type { OperationOutput } from '@holdpoint/protocol';
import { call } from '../console-api.ts';
import type { SearchInput } from './filters.ts';

export type Loop = OperationOutput<'SearchHumanLoops'>['HumanLoops'][number];

export interface LoopGroup {
  readonly key: number;
  readonly loops: readonly Loop[];
}

const pageSize = 50;
/** As many names as one request may have. */
const mostNames = 100;

export interface LoopList {
  readonly groups: readonly LoopGroup[];
  /** Whether a first page was ever there. */
  readonly isThere: boolean;
  readonly isLoading: boolean;
  /** Where the next page begins. */
  readonly next: string | undefined;
  /** How many were looked at when the search stopped before the last loop. */
  readonly searched: number;
  /** How many that fit have come since the first page was loaded; more than a page counts as a page. */
  readonly fresh: number;
  /** Those that were deleted since they were shown. */
  readonly gone: ReadonlySet<string>;
  /** @throws ConsoleError */
  begin(input: SearchInput): Promise<void>;
  more(): Promise<void>;
  /** Brings the loops of these groups up to date, and counts what is new. */
  refresh(keys: readonly number[]): Promise<void>;
}

/** @param changed is called whenever something else is to be drawn */
export function createLoopList(changed: () => void): LoopList {
  let groups: LoopGroup[] = [];
  let input: SearchInput = {};
  let turn = 0;
  let key = 0;
  const state = { isThere: false, isLoading: false, next: undefined as string | undefined, searched: 0, fresh: 0 };
  let gone = new Set<string>();

  async function load(token: string | undefined): Promise<void> {
    const mine = turn;
    state.isLoading = true;
    changed();
    try {
      const page = await call('SearchHumanLoops', {
        ...input,
        MaxResults: pageSize,
        ...(token !== undefined && { NextToken: token }),
      });
      if (mine !== turn) return;
      if (token === undefined) groups = [];
      // One that its name brought to the top is met again where it stands.
      const known = new Set(groups.flatMap(({ loops }) => loops.map(({ HumanLoopName }) => HumanLoopName)));
      const loops = page.HumanLoops.filter(({ HumanLoopName }) => !known.has(HumanLoopName));
      if (loops.length > 0) groups.push({ key: key++, loops });
      state.next = page.NextToken;
      state.searched = page.Searched === undefined ? 0 : (token === undefined ? 0 : state.searched) + page.Searched;
      state.isThere = true;
    } finally {
      if (mine === turn) {
        state.isLoading = false;
        changed();
      }
    }
  }

  async function refresh(keys: readonly number[]): Promise<void> {
    const mine = turn;
    const names = groups
      .filter((group) => keys.includes(group.key))
      .flatMap(({ loops }) => loops.map(({ HumanLoopName }) => HumanLoopName));
    const found = new Map<string, Loop>();
    for (let from = 0; from < names.length; from += mostNames) {
      const HumanLoopNames = names.slice(from, from + mostNames);
      const page = await call('SearchHumanLoops', { HumanLoopNames, MaxResults: mostNames });
      for (const loop of page.HumanLoops) found.set(loop.HumanLoopName, loop);
    }
    const first = await call('SearchHumanLoops', { ...input, MaxResults: pageSize });
    if (mine !== turn) return;
    gone = new Set([...gone, ...names.filter((name) => !found.has(name))].filter((name) => !found.has(name)));
    groups = groups.map((group) =>
      keys.includes(group.key)
        ? { ...group, loops: group.loops.map((loop) => found.get(loop.HumanLoopName) ?? loop) }
        : group,
    );
    const known = new Set(groups.flatMap(({ loops }) => loops.map(({ HumanLoopName }) => HumanLoopName)));
    state.fresh = first.HumanLoops.filter(({ HumanLoopName }) => !known.has(HumanLoopName)).length;
    changed();
  }

  return {
    get groups() {
      return groups;
    },
    get isThere() {
      return state.isThere;
    },
    get isLoading() {
      return state.isLoading;
    },
    get next() {
      return state.next;
    },
    get searched() {
      return state.searched;
    },
    get fresh() {
      return state.fresh;
    },
    get gone() {
      return gone;
    },
    async begin(wanted) {
      input = wanted;
      turn += 1;
      state.fresh = 0;
      gone = new Set();
      await load(undefined);
    },
    async more() {
      if (!state.isLoading && state.next !== undefined) await load(state.next);
    },
    refresh,
  };
}

// Keeps the queue as it is on the server: one request after the other, only for what is wished, missing or seen.
import type { QueueResponse, TaskWish } from '@holdpoint/protocol';
import { api } from '../api.ts';
import {
  countWithoutEach,
  type LoadedTasks,
  loadMore,
  loadTasks,
  refreshPage,
  stale,
  type WithoutPart,
} from '../task-pages.ts';
import { isFiltered } from '../task-wish.ts';
import { secondsOfToday } from '../time.ts';

/** What sends tasks changes rarely: milliseconds for which it is taken as it was. */
const queueLasts = 10_000;

export interface QueueState {
  readonly loaded?: LoadedTasks;
  readonly queue?: QueueResponse;
  /** What waits when one part of the filter is left out; known when the filter leaves nothing. */
  readonly without?: readonly WithoutPart[];
  readonly failure?: unknown;
}

export interface QueueView {
  /** Shows a state; resolves when it is drawn. */
  show: (state: QueueState) => Promise<void>;
  /** Whether a page of tasks is near the window. */
  isNear: (pageKey: number) => boolean;
  isEndNear: () => boolean;
  /** More was drawn: the end may still be near. */
  lookAgain: () => void;
}

export interface QueueLoader {
  wish: (wish: TaskWish) => void;
  /** Something has changed, nobody knows what. */
  changed: () => void;
  /** Loads what can be seen, and again what failed. */
  follow: () => void;
  /** Loads the next page, also where a search stopped. */
  more: () => void;
  stop: () => void;
}

export function createQueueLoader(view: QueueView, firstWish: TaskWish): QueueLoader {
  let wish = firstWish;
  let state: QueueState = {};
  let changes = 0;
  let queueReadAt = Number.NEGATIVE_INFINITY;
  let wantsMore = false;
  let isBusy = false;
  let isAgain = false;
  let isStopped = false;

  async function follow(): Promise<void> {
    isAgain = true;
    if (isBusy) return;
    isBusy = true;
    while (isAgain && !isStopped) {
      isAgain = false;
      for (let step = nextStep(); step !== undefined && !isStopped; step = nextStep()) if (!(await take(step))) break;
    }
    isBusy = false;
  }

  function nextStep(): (() => Promise<QueueState>) | undefined {
    const { loaded } = state;
    if (loaded === undefined || loaded.wish !== wish) return () => head(() => loadTasks(wish));
    const outdated = loaded.pages.find(({ isStale, key }, index) => isStale && (index === 0 || view.isNear(key)));
    if (outdated !== undefined) {
      const refresh = () => refreshPage(loaded, outdated);
      return outdated.cursor === undefined ? () => head(refresh) : async () => ({ ...state, loaded: await refresh() });
    }
    if (loaded.next === undefined) return undefined;
    // A search that stopped goes on when somebody says so.
    const goesOn = wantsMore || (view.isEndNear() && loaded.searched === undefined);
    return goesOn ? () => more(loaded) : undefined;
  }

  /** The first page, and what stands around it. */
  async function head(load: () => Promise<LoadedTasks>): Promise<QueueState> {
    const isKnown = state.queue !== undefined && Date.now() - queueReadAt < queueLasts;
    const isFirst = state.queue === undefined;
    const [loaded, queue] = await Promise.all([load(), isKnown ? state.queue : readQueue()]);
    const isNothing = loaded.waiting === 0 && loaded.next === undefined;
    // Whoever sees that nothing comes wants to know the moment that something may.
    const fresh = isNothing && isKnown && !isFirst ? await readQueue() : queue;
    const without = isNothing && isFiltered(loaded.wish) ? await countWithoutEach(loaded.wish) : [];
    return { loaded, without, ...(fresh && { queue: fresh }) };
  }

  async function readQueue(): Promise<QueueResponse> {
    const read = await api.queue(secondsOfToday(Date.now()));
    queueReadAt = Date.now();
    return read;
  }

  async function more(loaded: LoadedTasks): Promise<QueueState> {
    wantsMore = false;
    return { ...state, loaded: await loadMore(loaded) };
  }

  /** @returns whether to go on */
  async function take(step: () => Promise<QueueState>): Promise<boolean> {
    const [wishBefore, changesBefore, pagesBefore] = [wish, changes, state.loaded?.pages.length ?? 0];
    try {
      const { failure: _over, ...next } = await step();
      if (wish !== wishBefore) return true;
      // What was read while something changed may be what was there before.
      state = next.loaded && changes !== changesBefore ? { ...next, loaded: stale(next.loaded) } : next;
    } catch (failure) {
      if (wish !== wishBefore) return true;
      wantsMore = false;
      state = { ...state, failure };
      await view.show(state);
      return false;
    }
    await view.show(state);
    if ((state.loaded?.pages.length ?? 0) > pagesBefore) view.lookAgain();
    return true;
  }

  return {
    wish(wanted) {
      wish = wanted;
      void follow();
    },
    changed() {
      changes += 1;
      if (state.loaded) state = { ...state, loaded: stale(state.loaded) };
      void follow();
    },
    follow: () => void follow(),
    more() {
      wantsMore = true;
      void follow();
    },
    stop() {
      isStopped = true;
    },
  };
}

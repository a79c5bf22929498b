/**
 * Keeps an eye on a whole flow. The list of its loops tells which have begun, and how those stand that no lane of the follower
 * looks at; what is in a lane is known sooner. A look at the list takes in what is new, and all since the oldest open loop
 * only where there are more of them than lanes.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, UnansweredError } from '@holdpoint/client';
import type { OperationOutput } from '@holdpoint/protocol';
import { pages } from '../../pages.ts';
import { isFinished } from '../statuses.ts';
import type { Follower } from './follow.ts';

export interface SweepSettings {
  readonly client: Client;
  readonly flowDefinitionArn: string;
  readonly follower: Follower;
  readonly lanes: number;
  readonly signal: AbortSignal;
  /** Told once, after the first look at all loops. */
  readonly onFirst: () => void;
}

type Summary = OperationOutput<'ListHumanLoops'>['HumanLoopSummaries'][number];

/** Milliseconds between two looks at the list, and how much longer than a look they are. */
const leastPause = 2000;
const pauseFactor = 20;
/** Milliseconds in which a loop may come into the list behind one that began later. */
const lateness = 5000;

/** Looks at the list now and then, until every loop is finished. */
export async function sweep({ client, flowDefinitionArn, follower, lanes, signal, onFirst }: SweepSettings) {
  let isFirst = true;
  let oldestOpen = 0;
  /** What began before was seen, and of the rest these. */
  let edge = 0;
  const seen = new Map<string, number>();

  function take({ HumanLoopName: name = '', HumanLoopStatus, CreationTime, FailureReason }: Summary): number {
    const time = CreationTime?.getTime() ?? 0;
    const isNew = !isFirst && time >= edge && !seen.has(name);
    seen.set(name, time);
    if (!isFinished(HumanLoopStatus) || follower.open.has(name) || isNew)
      follower.add({ HumanLoopName: name, status: HumanLoopStatus!, FailureReason });
    return time;
  }

  async function look(): Promise<void> {
    const isFull = isFirst || follower.open.size > lanes;
    const CreationTimeAfter = new Date(isFull ? oldestOpen : edge);
    const asked = {
      FlowDefinitionArn: flowDefinitionArn,
      SortOrder: 'Ascending',
      MaxResults: 100,
      CreationTimeAfter,
    } as const;
    let firstOpen: number | undefined;
    let newest = edge + lateness;
    const fetch = (NextToken: string | undefined) => client.call('ListHumanLoops', { ...asked, NextToken }, { signal });
    for await (const { HumanLoopSummaries } of pages(fetch)) {
      for (const loop of HumanLoopSummaries) {
        newest = Math.max(newest, take(loop));
        if (!isFinished(loop.HumanLoopStatus)) firstOpen ??= loop.CreationTime?.getTime();
      }
      for (const [name, time] of seen) if (time < newest - lateness) seen.delete(name);
    }
    edge = newest - lateness;
    if (isFull) oldestOpen = firstOpen ?? edge;
  }

  for (; ; isFirst = false) {
    const begun = performance.now();
    await look().catch((error: unknown) => {
      // The follower tells of it, and knows when it is enough.
      if (isFirst || !(error instanceof UnansweredError)) throw error;
    });
    if (isFirst) onFirst();
    if (follower.open.size === 0) return;
    const rest = new AbortController();
    const waited = pause(Math.max(leastPause, pauseFactor * (performance.now() - begun)), undefined, {
      signal: rest.signal,
    });
    await Promise.race([waited, follower.finished()]).finally(() => rest.abort());
    await waited.catch(() => {});
  }
}

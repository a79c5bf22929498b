/**
 * Loops that failed as soon as they were started, since their page could not be rendered: nobody will ever be asked, though
 * each start went well. Pages are rendered after the start, so that what is found is what has failed so far, among the first
 * few thousand.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@holdpoint/client';
import { pages } from '../../pages.ts';
import type { Plan } from './plan.ts';

export interface FailedLoop {
  readonly name: string;
  readonly reason: string;
}

export interface FailedLoops {
  readonly count: number;
  /** One of them. */
  readonly example: FailedLoop | undefined;
  /** A loop was started now. */
  started(name: string): void;
  /** A loop that was there before has failed. */
  failed(loop: FailedLoop): void;
  /** Looks for failed ones among those that were started. @throws what a call failed with; the signal's reason */
  look(): Promise<void>;
}

/** Milliseconds after the last start in which a page is most likely rendered. */
const renderTime = 1000;
/** Pages of a hundred loops that are read: what fails for a reason that many share shows itself among the first. */
const mostPages = 50;
/** Milliseconds that a loop may have begun before the one whose start was answered first. */
const overtaking = 1000;

export function createFailedLoops({ fields, common }: Plan, client: Client, signal: AbortSignal): FailedLoops {
  let first: string | undefined;
  let lastStart = 0;
  let count = 0;
  let example: FailedLoop | undefined;
  const isOurs = (name: string): boolean =>
    fields.prefix === '' ||
    (name.startsWith(`${fields.prefix}-`) && /^\d+$/.test(name.slice(fields.prefix.length + 1)));

  function failed(loop: FailedLoop): void {
    count++;
    example ??= loop;
  }

  return {
    get count() {
      return count;
    },
    get example() {
      return example;
    },
    started(name) {
      first ??= name;
      lastStart = performance.now();
    },
    failed,
    async look() {
      if (first === undefined) return;
      const left = Math.max(0, lastStart + renderTime - performance.now());
      await pause(left, undefined, { signal }).catch(() => signal.throwIfAborted());
      const { CreationTime } = await client.call('DescribeHumanLoop', { HumanLoopName: first }, { signal });
      const asked = {
        FlowDefinitionArn: common.FlowDefinitionArn,
        SortOrder: 'Ascending',
        MaxResults: 100,
        CreationTimeAfter: new Date(CreationTime.getTime() - overtaking),
      } as const;
      const fetch = (NextToken: string | undefined) =>
        client.call('ListHumanLoops', { ...asked, NextToken }, { signal });
      let read = 0;
      for await (const { HumanLoopSummaries } of pages(fetch)) {
        for (const { HumanLoopName = '', HumanLoopStatus, FailureReason = '' } of HumanLoopSummaries)
          if (HumanLoopStatus === 'Failed' && isOurs(HumanLoopName))
            failed({ name: HumanLoopName, reason: FailureReason });
        if (++read === mostPages) return;
      }
    },
  };
}

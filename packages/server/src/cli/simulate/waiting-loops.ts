/** Whether human loops still wait for workers, also those whose task is being made and is in no list yet. */
import type { Client } from '@holdpoint/client';
import { pages } from '../pages.ts';
import type { RecentNames } from './recent-names.ts';

/** Milliseconds for which a task may be in the making. */
const making = 15_000;

export interface WaitingLoops {
  /** Whether a loop waits that was offered to nobody yet. */
  any(): Promise<boolean>;
}

/**
 * Looks at the newest loops: older ones have a task, which a worker would have found.
 *
 * @param flow the ARN of the only flow that counts.
 * @param offered loops that a worker came upon.
 */
export function createWaitingLoops(client: Client, flow: string | undefined, offered: RecentNames): WaitingLoops {
  const since = new Map<string, number>();

  async function* flows(): AsyncGenerator<string> {
    if (flow !== undefined) return yield flow;
    const fetch = (NextToken: string | undefined) => client.call('ListFlowDefinitions', { MaxResults: 100, NextToken });
    for await (const { FlowDefinitionSummaries } of pages(fetch))
      for (const { FlowDefinitionArn } of FlowDefinitionSummaries) yield FlowDefinitionArn;
  }

  /** Whether answers are missing that nobody is at. */
  async function isOpen(HumanLoopName: string): Promise<boolean> {
    const loop = await client.call('GetHumanLoop', { HumanLoopName }).catch(() => undefined);
    if (loop?.HumanLoopStatus !== 'InProgress') return false;
    const { AnswersNeeded = 1, AnswersDone = 0, AnswersInProgress = 0 } = loop;
    return AnswersDone + AnswersInProgress < AnswersNeeded;
  }

  return {
    async any() {
      const now = performance.now();
      for (const [name, begun] of since) if (offered.has(name) || now - begun > 10 * making) since.delete(name);
      for await (const FlowDefinitionArn of flows()) {
        const { HumanLoopSummaries } = await client.call('ListHumanLoops', { FlowDefinitionArn, MaxResults: 100 });
        for (const { HumanLoopName: name = '', HumanLoopStatus } of HumanLoopSummaries) {
          if (HumanLoopStatus !== 'InProgress' || offered.has(name)) continue;
          const begun = since.get(name) ?? now;
          since.set(name, begun);
          if (now - begun <= making && (await isOpen(name))) return true;
        }
      }
      return false;
    },
  };
}

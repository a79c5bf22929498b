/** Makes what a plan says, in its order. Nothing that is there is changed; a failure costs only what needs it. */
import type { Client } from '@holdpoint/client';
import type { Objects } from '../objects.ts';
import type { Progress } from '../progress.ts';
import { oneSentence } from './sentences.ts';
import { type Creation, isThere, keyOf, type Step } from './step.ts';

export interface Outcome {
  readonly step: Step;
  readonly status: 'created' | 'failed' | 'not tried';
  readonly arn?: string;
  readonly reason?: string;
}

/** Errors after which no further call would reach the server. */
const unreachable = new Set(['EndpointConnectionError', 'ConnectTimeoutError', 'SSLError']);

/** @returns what became of each step that was to be made; the rest is not tried when `signal` is aborted. */
export async function applyPlan(
  steps: readonly Step[],
  { client, objects }: { readonly client: Client; readonly objects: Objects },
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const there = new Set(steps.filter((step) => isThere(step) && step.action !== 'create').map(keyOf));
  const outcomes: Outcome[] = [];
  let end: string | undefined;
  for (const step of steps) {
    const { create } = step;
    if (step.action !== 'create' || create === undefined) continue;
    if (signal.aborted) end = 'It was interrupted.';
    const missing = step.needs.filter((need) => !there.has(need));
    if (end !== undefined || missing.length > 0) {
      outcomes.push({ step, status: 'not tried', reason: end ?? `It needs the ${missing.join(' and the ')}.` });
      continue;
    }
    try {
      // Not to be broken off: what was begun is known to be made, or not.
      const arn = await make(create, client, objects);
      there.add(keyOf(step));
      outcomes.push({ step, status: 'created', ...(arn !== undefined && { arn }) });
    } catch (error) {
      const { name } = error as Error;
      const reason =
        name === 'ResourceInUse'
          ? 'Somebody else made one of this name meanwhile; run this again.'
          : oneSentence(error);
      outcomes.push({ step, status: 'failed', reason });
      if (unreachable.has(name)) end = 'The server cannot be reached.';
    }
    progress.update(outcomes.length, step.target);
  }
  return outcomes;
}

async function make(create: Creation, client: Client, objects: Objects): Promise<string | undefined> {
  switch (create.operation) {
    case 'CreateBucket':
      await objects.createBucket(create.bucket);
      return undefined;
    case 'CreateWorkforce':
      return (await client.call('CreateWorkforce', create.input)).WorkforceArn;
    case 'CreateWorkteam':
      return (await client.call('CreateWorkteam', create.input)).WorkteamArn;
    case 'CreateHumanTaskUi':
      return (await client.call('CreateHumanTaskUi', create.input)).HumanTaskUiArn;
    case 'CreateFlowDefinition':
      return (await client.call('CreateFlowDefinition', create.input)).FlowDefinitionArn;
  }
}

/** Which event targets hear of what, as rows: a delivery and the job that sends it, in the commit of the change itself. */
import {
  type ArnSettings,
  type FinalStatus,
  flowDefinitionArn,
  humanLoopArn,
  humanLoopEvent,
} from '@holdpoint/protocol';
import { type Change, insert } from './change.ts';
import type { Announce } from './human-loop.ts';
import { addJob } from './jobs.ts';
import type { EventTarget, HumanLoop } from './rows.ts';

export interface AnnounceSettings {
  readonly eventTargets: readonly EventTarget[];
  readonly installation: ArnSettings;
  readonly now: number;
  /** Makes ids of deliveries and events (UUIDs). */
  readonly newId: () => string;
}

/** Announces loops that reached a final state; the event's id is the same for every target and attempt. */
export function announceWith(settings: AnnounceSettings): Announce {
  return (humanLoop) => {
    if (humanLoop.goldItemId) return [];
    const targets = settings.eventTargets.filter((target) => wants(target, humanLoop, settings.installation));
    if (targets.length === 0) return [];
    const event = JSON.stringify(eventOf(humanLoop, settings));
    return targets.flatMap((target) => deliver(target, event, settings, humanLoop.name));
  };
}

/**
 * The rows that send one event to one target.
 *
 * @param orderKey events with the same key reach the target in the order in which they were made.
 */
export function deliver(
  target: EventTarget,
  event: string,
  settings: Pick<AnnounceSettings, 'now' | 'newId'>,
  orderKey: string | null = null,
): Change[] {
  const { now } = settings;
  const id = settings.newId();
  return [
    insert('eventDeliveries', {
      id,
      eventTargetId: target.id,
      event,
      orderKey,
      createdAt: now,
      attempts: 0,
      lastError: null,
      failedAt: null,
    }),
    addJob('send-event', id, now, now),
  ];
}

/** Whether the target wants to hear of an object that was written. */
export function wantsObject(target: EventTarget, bucket: string, key: string): boolean {
  return (
    target.kind === 'object-created' &&
    (target.bucket === null || target.bucket === bucket) &&
    key.startsWith(target.prefix ?? '') &&
    key.endsWith(target.suffix ?? '')
  );
}

function wants(target: EventTarget, humanLoop: HumanLoop, installation: ArnSettings): boolean {
  if (target.kind !== 'human-loop') return false;
  if (target.statuses.length > 0 && !target.statuses.includes(humanLoop.status)) return false;
  const arn = flowDefinitionArn(installation, humanLoop.flowDefinitionName);
  return target.flowDefinitionArn === null || target.flowDefinitionArn === arn;
}

function eventOf(humanLoop: HumanLoop, settings: AnnounceSettings): object {
  const { installation, now } = settings;
  return humanLoopEvent({
    id: settings.newId(),
    time: new Date(now),
    region: installation.region,
    accountId: installation.accountId,
    humanLoopName: humanLoop.name,
    humanLoopArn: humanLoopArn(installation, humanLoop.name),
    flowDefinitionArn: flowDefinitionArn(installation, humanLoop.flowDefinitionName),
    creationTime: new Date(humanLoop.createdAt),
    status: humanLoop.status as FinalStatus,
    failureCode: humanLoop.failureCode ?? undefined,
    failureReason: humanLoop.failureReason ?? undefined,
    // A failed loop has no file, so its event names none.
    outputS3Uri: humanLoop.status === 'Failed' ? undefined : humanLoop.outputS3Uri,
  });
}

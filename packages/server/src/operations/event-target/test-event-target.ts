import { flowDefinitionArn, humanLoopArn, humanLoopEvent, objectCreatedEvent } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { EventTarget } from '../../domain/rows.ts';
import { newRequestId } from '../../id.ts';
import { loadEventTarget } from './load-event-target.ts';

/** The name of everything in a sample event, by which a receiver can tell it. */
const sample = 'holdpoint-test';

/** Sends a sample event now, once, and answers how the target took it. */
export const testEventTarget: OperationHandler<'TestEventTarget'> = async (context, { EventTargetId: id }) => {
  const target = await loadEventTarget(context, id);
  const event = target.kind === 'human-loop' ? loopEvent(context, target) : objectEvent(context, target);
  const { statusCode, error } = await context.tryEventTarget(id, JSON.stringify(event));
  return {
    Service: target.service,
    ...(statusCode !== undefined && { StatusCode: statusCode }),
    ...(error !== undefined && { Error: error }),
  };
};

function loopEvent({ installation, now }: OperationContext, target: EventTarget): object {
  const status =
    (['Completed', 'Failed', 'Stopped'] as const).find((one) => target.statuses.includes(one)) ?? 'Completed';
  return humanLoopEvent({
    id: newRequestId(),
    time: new Date(now),
    region: installation.region,
    accountId: installation.accountId,
    humanLoopName: sample,
    humanLoopArn: humanLoopArn(installation, sample),
    flowDefinitionArn: target.flowDefinitionArn ?? flowDefinitionArn(installation, sample),
    creationTime: new Date(now),
    status,
    ...(status === 'Failed'
      ? { failureCode: 'InternalError', failureReason: 'This is a test.' }
      : { outputS3Uri: `s3://${sample}/output.json` }),
  });
}

function objectEvent({ installation, now }: OperationContext, target: EventTarget): object {
  return objectCreatedEvent({
    eventName: 'ObjectCreated:Put',
    time: new Date(now),
    region: installation.region,
    accountId: installation.accountId,
    bucket: target.bucket ?? sample,
    key: `${target.prefix ?? ''}${sample}${target.suffix ?? ''}`,
    size: 0,
    // The MD5 of nothing, as an empty object has it.
    eTag: 'd41d8cd98f00b204e9800998ecf8427e',
    sequencer: now.toString(16).toUpperCase().padStart(16, '0'),
  });
}

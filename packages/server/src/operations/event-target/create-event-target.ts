import { randomBytes } from 'node:crypto';
import { ApiError, type OperationInput } from '@holdpoint/protocol';
import type { OperationContext, OperationHandler } from '../../context.ts';
import { type Change, guard, insert } from '../../domain/change.ts';
import { newId } from '../../id.ts';
import { decide } from '../decide.ts';
import { nameInArn } from '../own-arn.ts';
import { placeOfEvents } from './place-of-events.ts';

type Input = OperationInput<'CreateEventTarget'>;

/** Makes an event target; the secret of a webhook is shown here and never again. */
export const createEventTarget: OperationHandler<'CreateEventTarget'> = async (context, input) => {
  const kind = input.Kind ?? 'human-loop';
  const place = placeOfEvents(context, input);
  requireFilters(kind, input);
  const secret = place.service === 'webhook' ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
  const id = newId(context.now);
  await decide(context, async () => ({
    changes: [
      ...(await guardFlowDefinition(context, input.FlowDefinitionArn)),
      insert('eventTargets', {
        id,
        kind,
        ...place,
        secret: secret ?? '',
        flowDefinitionArn: input.FlowDefinitionArn ?? null,
        statuses: [...new Set(input.Statuses ?? [])],
        bucket: input.Bucket ?? null,
        prefix: input.Prefix ?? null,
        suffix: input.Suffix ?? null,
        createdAt: context.now,
      }),
    ],
  }));
  return { EventTargetId: id, ...(secret !== undefined && { Secret: secret }) };
};

/** Filters of the other kind would silently let everything or nothing through. */
function requireFilters(kind: Input['Kind'], input: Input): void {
  const foreign =
    kind === 'human-loop' ? (['Bucket', 'Prefix', 'Suffix'] as const) : (['FlowDefinitionArn', 'Statuses'] as const);
  const given = foreign.filter((name) => input[name] !== undefined);
  if (given.length > 0)
    throw new ApiError('ValidationException', `${given.join(', ')} cannot be given for event targets of kind ${kind}.`);
}

async function guardFlowDefinition(context: OperationContext, arn: string | undefined): Promise<readonly Change[]> {
  if (arn === undefined) return [];
  const name = nameInArn(context.installation, arn, 'flow-definition');
  const flowDefinition = name === undefined ? undefined : await context.store.flowDefinitionByName(name);
  if (!flowDefinition) throw new ApiError('ResourceNotFound', `There is no flow definition ${arn}.`);
  return [guard('flowDefinitions', flowDefinition)];
}

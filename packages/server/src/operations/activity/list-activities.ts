import { ApiError, type OperationOutput } from '@holdpoint/protocol';
import { emailKey } from '../../auth/email.ts';
import type { OperationContext, OperationHandler } from '../../context.ts';
import type { Activity, ActorKind } from '../../domain/rows.ts';
import { decodeToken, defaultPageSize, encodeToken } from '../next-token.ts';

type Listed = OperationOutput<'ListActivities'>['Activities'][number];

/** One page of the activity log, newest first. */
export const listActivities: OperationHandler<'ListActivities'> = async (context, input) => {
  const { ResourceType: resourceType, ResourceName: resourceName, MaxResults: limit = defaultPageSize } = input;
  if (resourceName !== undefined && resourceType === undefined)
    throw new ApiError(
      'ValidationException',
      'ResourceName needs ResourceType: names of several types can be the same.',
    );
  const before = decodeToken(input.NextToken);
  const { activities: found, stopped } = await context.store.activities({
    actorId: await actorIdOf(context, input.Actor),
    actorKind: input.ActorKind?.toLowerCase() as ActorKind | undefined,
    action: input.Action,
    resourceType,
    resourceName,
    isAdministration: input.ExcludeHumanLoops,
    since: input.TimeAfter?.getTime(),
    until: input.TimeBefore?.getTime(),
    before: before && { at: before.createdAt, id: before.id },
    limit: limit + 1,
  });
  const activities = found.slice(0, limit);
  const next = found.length > limit ? activities.at(-1) : stopped;
  return {
    Activities: activities.map(describe),
    ...(next && { NextToken: encodeToken({ createdAt: next.at, id: next.id }) }),
  };
};

/** People are known by their addresses, and recorded by an id that no change of address touches. */
async function actorIdOf({ store }: OperationContext, actor: string | undefined): Promise<string | undefined> {
  if (!actor?.includes('@')) return actor;
  return (await store.workerByEmail(emailKey(actor)))?.identity.workerId ?? actor;
}

const kinds = { caller: 'Caller', operator: 'Operator', worker: 'Worker', system: 'System' } as const;

const describe = (row: Activity): Listed => ({
  ActivityId: row.id,
  Time: new Date(row.at),
  ActorKind: kinds[row.actorKind],
  ...(row.actorId !== '' && { ActorId: row.actorId }),
  ...(row.actorName !== '' && { ActorName: row.actorName }),
  ...(row.clientAddress !== null && { ClientAddress: row.clientAddress }),
  ...(row.requestId !== null && { RequestId: row.requestId }),
  Action: row.action,
  ...(row.resourceType !== '' && { ResourceType: row.resourceType, ResourceName: row.resourceName }),
  ...(row.details !== null && { Details: row.details }),
});

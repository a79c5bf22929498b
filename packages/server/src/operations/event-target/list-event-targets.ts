import type { OperationOutput } from '@holdpoint/protocol';
import type { OperationHandler } from '../../context.ts';
import type { EventTarget } from '../../domain/rows.ts';

type Listed = OperationOutput<'ListEventTargets'>['EventTargets'][number];

/** Every event target without its secret, and how its deliveries stand. */
export const listEventTargets: OperationHandler<'ListEventTargets'> = async ({ store }) => {
  const targets = await store.eventTargets();
  const listed = targets.map(async (target): Promise<Listed> => {
    const { waiting, failed, lastError } = await store.countDeliveries(target.id);
    return {
      ...describe(target),
      PendingDeliveries: waiting,
      FailedDeliveries: failed,
      ...(lastError !== null && { LastError: lastError }),
    };
  });
  return { EventTargets: await Promise.all(listed) };
};

/** The member that says where events go. */
const addressMember = { webhook: 'Url', eventbridge: 'EventBus', sns: 'TopicArn', sqs: 'QueueUrl' } as const;

const describe = (target: EventTarget) => ({
  EventTargetId: target.id,
  Service: target.service,
  [addressMember[target.service]]: target.url,
  ...(target.endpoint !== null && { Endpoint: target.endpoint }),
  ...(target.region !== null && { Region: target.region }),
  ...(target.source !== null && { Source: target.source }),
  Kind: target.kind,
  ...(target.flowDefinitionArn !== null && { FlowDefinitionArn: target.flowDefinitionArn }),
  ...(target.statuses.length > 0 && { Statuses: target.statuses as NonNullable<Listed['Statuses']> }),
  ...(target.bucket !== null && { Bucket: target.bucket }),
  ...(target.prefix !== null && { Prefix: target.prefix }),
  ...(target.suffix !== null && { Suffix: target.suffix }),
  CreationTime: new Date(target.createdAt),
});

// Operations of our own on event targets: who is told when a human loop ends or an object is written.
import { holdpointOperations } from '../operations/operation.ts';
import { integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

const EventTargetId = string({ min: 1, max: 64, pattern: '[\\w-]+' });
const Url = string({ min: 8, max: 2048, pattern: 'https?://\\S+' });
const Kind = oneOf('human-loop', 'object-created');
const filters = {
  FlowDefinitionArn: string({
    max: 1024,
    pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:flow-definition/.*',
  }),
  Statuses: list(oneOf('Completed', 'Failed', 'Stopped'), { max: 3 }),
  Bucket: string({ min: 3, max: 63 }),
  Prefix: string({ max: 1024 }),
  Suffix: string({ max: 1024 }),
} as const;
const byId = structure({ EventTargetId }, ['EventTargetId']);

export const eventTargetOperations = holdpointOperations({
  CreateEventTarget: {
    input: structure({ Url, Kind, ...filters }, ['Url']),
    output: structure({ EventTargetId, Secret: string({ sensitive: true }) }, ['EventTargetId', 'Secret']),
    errors: ['ResourceNotFound'],
  },
  ListEventTargets: {
    input: structure({}),
    output: structure(
      {
        EventTargets: list(
          structure(
            {
              EventTargetId,
              Url,
              Kind,
              ...filters,
              CreationTime: timestamp,
              PendingDeliveries: integer(),
              FailedDeliveries: integer(),
              LastError: string(),
            },
            ['EventTargetId', 'Url', 'Kind', 'CreationTime', 'FailedDeliveries'],
          ),
        ),
      },
      ['EventTargets'],
    ),
  },
  TestEventTarget: {
    input: byId,
    output: structure({ StatusCode: integer(), Error: string() }),
    errors: ['ResourceNotFound'],
  },
  DeleteEventTarget: { input: byId, output: structure({}), errors: ['ResourceNotFound'] },
  ReplayEventTarget: {
    input: byId,
    output: structure({ Replayed: integer() }, ['Replayed']),
    errors: ['ResourceNotFound'],
  },
});

// Operations of our own on event targets: who is told when a human loop ends or an object is written.
import { holdpointOperations } from '../operations/operation.ts';
import { boolean, integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The id that CreateEventTarget answered. */
const EventTargetId = string({ min: 1, max: 64, pattern: '[\\w-]+' });
const address = { min: 8, max: 2048, pattern: 'https?://\\S+' } as const;
/** Where events are sent to: exactly one of the first four is given. */
const addresses = {
  /** A webhook: an http or https address that events are posted to. */
  Url: string(address),
  /** An event bus of EventBridge, by name or ARN: events are put on it (`PutEvents`). */
  EventBus: string({
    max: 1600,
    pattern: '[\\w./\\-]+|arn:aws[a-z\\-]*:events:[a-z0-9\\-]+:[0-9]{12}:event-bus/[\\w./\\-]+',
  }),
  /** The ARN of an SNS topic: events are published to it (`Publish`). */
  TopicArn: string({ max: 512, pattern: 'arn:aws[a-z\\-]*:sns:[a-z0-9\\-]+:[0-9]{12}:[\\w\\-]+(\\.fifo)?' }),
  /** The URL of an SQS queue: events are sent to it (`SendMessage`). */
  QueueUrl: string(address),
  /** Not for webhooks: where the service is, when it is not AWS's own of the region. */
  Endpoint: string(address),
  /** Not for webhooks: the region of the service; that of the ARN or URL, or the server's own, without it. */
  Region: string({ min: 1, max: 32, pattern: '[a-z0-9\\-]+' }),
  /** For an event bus: the `source` of the events; `holdpoint` without it, since AWS takes none that begins with `aws.`. */
  Source: string({ min: 1, max: 256 }),
} as const;
/** What events are sent to: `webhook`, `eventbridge`, `sns` or `sqs`. */
const Service = oneOf('webhook', 'eventbridge', 'sns', 'sqs');
/** What it hears of: `human-loop` (loops that end) or `object-created`; `human-loop` without it. */
const Kind = oneOf('human-loop', 'object-created');
const filters = {
  /** Only loops of this flow definition. */
  FlowDefinitionArn: string({
    max: 1024,
    pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:flow-definition/.*',
  }),
  /** Only loops that are Completed, Failed or Stopped. */
  Statuses: list(oneOf('Completed', 'Failed', 'Stopped'), { max: 3 }),
  /** Only objects of this bucket. */
  Bucket: string({ min: 3, max: 63 }),
  /** Only objects whose key begins so. */
  Prefix: string({ max: 1024 }),
  /** Only objects whose key ends so. */
  Suffix: string({ max: 1024 }),
} as const;
const byId = structure({ EventTargetId }, ['EventTargetId']);
const DeliveryId = string({ min: 1, max: 64, pattern: '[\\w-]+' });
/** Only these dead letters; all of the target without it. */
const DeliveryIds = list(DeliveryId, { min: 1, max: 100 });

export const eventTargetOperations = holdpointOperations({
  /**
   * Creates an event target: a webhook, an event bus of EventBridge, an SNS topic or an SQS queue that is told when human
   * loops end or objects are written. The secret in the answer signs the events of a webhook, as Standard Webhooks
   * describes; requests to the other services are signed with the server's own AWS credentials.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  CreateEventTarget: {
    creates: true,
    input: structure({ ...addresses, Kind, ...filters }),
    output: structure(
      {
        EventTargetId,
        /** Signs the events of a webhook, `whsec_…`; it is in this answer and nowhere else. */
        Secret: string({ sensitive: true }),
      },
      ['EventTargetId'],
    ),
    errors: ['ResourceNotFound'],
  },
  /** Lists the event targets, and how their deliveries stand. */
  ListEventTargets: {
    input: structure({}),
    output: structure(
      {
        /** All of them. */
        EventTargets: list(
          structure(
            {
              EventTargetId,
              Service,
              ...addresses,
              Kind,
              ...filters,
              /** When the target was created. */
              CreationTime: timestamp,
              /** Events that wait to be sent. */
              PendingDeliveries: integer(),
              /** Events that were given up, and are kept as dead letters. */
              FailedDeliveries: integer(),
              /** What went wrong last. */
              LastError: string(),
            },
            ['EventTargetId', 'Service', 'Kind', 'CreationTime', 'FailedDeliveries'],
          ),
        ),
      },
      ['EventTargets'],
    ),
  },
  /**
   * Sends a sample event now. What the target answered is part of the answer, also when it took nothing.
   *
   * @error ResourceNotFound there is no such event target
   */
  TestEventTarget: {
    creates: true,
    input: byId,
    output: structure({
      /** The status of the answer; absent when there was none. */
      StatusCode: integer(),
      /** Why the event was not taken; absent when it was. */
      Error: string(),
      /** What the event was sent to. */
      Service,
    }),
    errors: ['ResourceNotFound'],
  },
  /**
   * Deletes an event target and what waits for it.
   *
   * @error ResourceNotFound there is no such event target
   * @error ResourceInUse there are dead letters of it, and `Force` is not given
   */
  DeleteEventTarget: {
    input: structure(
      {
        EventTargetId,
        /** Its dead letters go too. */
        Force: boolean,
      },
      ['EventTargetId'],
    ),
    output: structure({}),
    errors: ['ResourceNotFound', 'ResourceInUse'],
  },
  /**
   * Sends again what was given up, in the order in which it happened; ids of events stay.
   *
   * @error ResourceNotFound there is no such event target, or no such dead letter of it
   */
  ReplayEventTarget: {
    input: structure({ EventTargetId, DeliveryIds }, ['EventTargetId']),
    output: structure(
      {
        /** How many events are sent again. */
        Replayed: integer(),
      },
      ['Replayed'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Lists the dead letters of an event target, events that were given up: those that were given up first come first.
   *
   * @error ResourceNotFound there is no such event target
   */
  ListDeadLetters: {
    input: structure(
      {
        EventTargetId,
        /** At most so many; 10 without it. */
        MaxResults: integer(1, 100),
        /** From the answer before. */
        NextToken: string({ max: 8192 }),
      },
      ['EventTargetId'],
    ),
    output: structure(
      {
        /** One page of them. */
        DeadLetters: list(
          structure(
            {
              /** The id of the delivery: the same at every attempt, another for every target. */
              DeliveryId,
              /** When the event was made. */
              CreationTime: timestamp,
              /** When it was given up. */
              FailureTime: timestamp,
              /** How often it was tried, in all. */
              Attempts: integer(),
              /** What went wrong last. */
              LastError: string(),
              /** The event, as JSON text. */
              Event: string(),
            },
            ['DeliveryId', 'CreationTime', 'FailureTime', 'Attempts', 'Event'],
          ),
        ),
        /** Where the next page begins; absent at the end. */
        NextToken: string({ max: 8192 }),
      },
      ['DeadLetters'],
    ),
    errors: ['ResourceNotFound'],
  },
  /**
   * Deletes dead letters of an event target, which are never sent then.
   *
   * @error ResourceNotFound there is no such event target, or no such dead letter of it
   */
  DeleteDeadLetters: {
    input: structure({ EventTargetId, DeliveryIds }, ['EventTargetId']),
    output: structure(
      {
        /** How many were deleted. */
        Deleted: integer(),
      },
      ['Deleted'],
    ),
    errors: ['ResourceNotFound'],
  },
});

// Operations of our own on event targets: who is told when a human loop ends or an object is written.
import { holdpointOperations } from '../operations/operation.ts';
import { integer, list, oneOf, string, structure, timestamp } from '../shape.ts';

/** The id that CreateEventTarget answered. */
const EventTargetId = string({ min: 1, max: 64, pattern: '[\\w-]+' });
/** An http or https address that events are posted to. */
const Url = string({ min: 8, max: 2048, pattern: 'https?://\\S+' });
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

export const eventTargetOperations = holdpointOperations({
  /**
   * Creates an event target: an address that is told when human loops end or objects are written. The secret in the
   * answer signs the events, as Standard Webhooks describes.
   *
   * @error ResourceNotFound there is no such flow definition
   */
  CreateEventTarget: {
    creates: true,
    input: structure({ Url, Kind, ...filters }, ['Url']),
    output: structure(
      {
        EventTargetId,
        /** Signs the events, `whsec_…`; it is in this answer and nowhere else. */
        Secret: string({ sensitive: true }),
      },
      ['EventTargetId', 'Secret'],
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
              Url,
              Kind,
              ...filters,
              /** When the target was created. */
              CreationTime: timestamp,
              /** Events that wait to be sent. */
              PendingDeliveries: integer(),
              /** Events that were given up. */
              FailedDeliveries: integer(),
              /** What went wrong last. */
              LastError: string(),
            },
            ['EventTargetId', 'Url', 'Kind', 'CreationTime', 'FailedDeliveries'],
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
    }),
    errors: ['ResourceNotFound'],
  },
  /**
   * Deletes an event target and what waits for it.
   *
   * @error ResourceNotFound there is no such event target
   */
  DeleteEventTarget: { input: byId, output: structure({}), errors: ['ResourceNotFound'] },
  /**
   * Sends again what was given up.
   *
   * @error ResourceNotFound there is no such event target
   */
  ReplayEventTarget: {
    input: byId,
    output: structure(
      {
        /** How many events are sent again. */
        Replayed: integer(),
      },
      ['Replayed'],
    ),
    errors: ['ResourceNotFound'],
  },
});

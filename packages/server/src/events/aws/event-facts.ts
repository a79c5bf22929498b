import { createHash } from 'node:crypto';
import type { HumanLoopEvent, ObjectCreatedEvent } from '@holdpoint/protocol';

/** What the services want to know of an event beside its text. */
export interface EventFacts {
  /** Tells a repetition from another event, for five minutes at least. */
  readonly id: string;
  /** Events of one group are handed on in the order in which they came: those of a loop, of an object. */
  readonly group: string;
  readonly subject: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** The members of an event on a bus; `detail` is JSON text. */
  readonly time: Date;
  readonly detailType: string;
  readonly detail: string;
  readonly resources: readonly string[];
}

/**
 * @param deliveryId the same at every attempt.
 * @param text the event's JSON.
 */
export function eventFacts(deliveryId: string, text: string): EventFacts {
  const event = JSON.parse(text) as HumanLoopEvent | ObjectCreatedEvent;
  return 'detail' in event ? ofHumanLoop(event) : ofObject(deliveryId, event);
}

function ofHumanLoop({ id, time, detail, resources, ...event }: HumanLoopEvent): EventFacts {
  return {
    id,
    group: groupOf(detail.humanLoopArn),
    subject: `Human loop ${detail.humanLoopName}: ${detail.humanLoopStatus}`,
    attributes: {
      eventId: id,
      'detail-type': event['detail-type'],
      humanLoopName: detail.humanLoopName,
      humanLoopStatus: detail.humanLoopStatus,
      flowDefinitionArn: detail.flowDefinitionArn,
    },
    time: new Date(time),
    detailType: event['detail-type'],
    detail: JSON.stringify(detail),
    resources,
  };
}

/** Why an object was written, in the words of S3's events on EventBridge. */
const reasons: Readonly<Record<string, string>> = {
  'ObjectCreated:Put': 'PutObject',
  'ObjectCreated:Post': 'POST Object',
  'ObjectCreated:Copy': 'CopyObject',
  'ObjectCreated:CompleteMultipartUpload': 'CompleteMultipartUpload',
};

function ofObject(deliveryId: string, { Records: [record] }: ObjectCreatedEvent): EventFacts {
  const { bucket, object } = record.s3;
  const detailType = 'Object Created';
  return {
    id: deliveryId,
    group: groupOf(`${bucket.name}/${object.key}`),
    subject: `Object created in ${bucket.name}`,
    attributes: { eventId: deliveryId, 'detail-type': detailType, eventName: record.eventName, bucket: bucket.name },
    time: new Date(record.eventTime),
    detailType,
    // The S3 user guide's page on the structure of EventBridge messages: here the key is not encoded.
    detail: JSON.stringify({
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key: decodeURIComponent(object.key.replaceAll('+', ' ')),
        size: object.size,
        etag: object.eTag,
        sequencer: object.sequencer,
      },
      'request-id': record.responseElements['x-amz-request-id'],
      requester: record.userIdentity.principalId,
      'source-ip-address': record.requestParameters.sourceIPAddress,
      reason: reasons[record.eventName],
    }),
    resources: [bucket.arn],
  };
}

/** Groups of FIFO queues are at most 128 characters of ASCII without spaces. */
const groupOf = (text: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(text) ? text : createHash('sha256').update(text).digest('hex');

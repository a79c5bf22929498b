// The envelopes that event targets receive: EventBridge's for human loops, S3's record for objects.

/** The statuses in which a human loop ends and is announced. */
export type FinalStatus = 'Completed' | 'Failed' | 'Stopped';

export interface HumanLoopEventFacts {
  /** A UUID, the same at every delivery of this event. */
  readonly id: string;
  /** When the loop reached its status. */
  readonly time: Date;
  readonly region: string;
  readonly accountId: string;
  readonly humanLoopName: string;
  readonly humanLoopArn: string;
  readonly flowDefinitionArn: string;
  readonly creationTime: Date;
  readonly status: FinalStatus;
  readonly failureCode?: string | undefined;
  readonly failureReason?: string | undefined;
  readonly outputS3Uri?: string | undefined;
}

export interface HumanLoopEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'SageMaker A2I HumanLoop Status Change';
  readonly source: 'aws.sagemaker';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly [string];
  readonly detail: {
    readonly creationTime: string;
    readonly failureCode: string | null;
    readonly failureReason: string | null;
    readonly flowDefinitionArn: string;
    readonly humanLoopArn: string;
    readonly humanLoopName: string;
    readonly humanLoopOutput: { readonly outputS3Uri: string } | null;
    readonly humanLoopStatus: FinalStatus;
  };
}

/** The event of a loop that ended, in the form of the A2I developer guide's page on EventBridge: `time` in whole seconds, `creationTime` with milliseconds, failure members explicitly null. */
export function humanLoopEvent(facts: HumanLoopEventFacts): HumanLoopEvent {
  return {
    version: '0',
    id: facts.id,
    'detail-type': 'SageMaker A2I HumanLoop Status Change',
    source: 'aws.sagemaker',
    account: facts.accountId,
    time: `${facts.time.toISOString().slice(0, 19)}Z`,
    region: facts.region,
    resources: [facts.humanLoopArn],
    detail: {
      creationTime: facts.creationTime.toISOString(),
      failureCode: facts.failureCode ?? null,
      failureReason: facts.failureReason ?? null,
      flowDefinitionArn: facts.flowDefinitionArn,
      humanLoopArn: facts.humanLoopArn,
      humanLoopName: facts.humanLoopName,
      humanLoopOutput: facts.outputS3Uri === undefined ? null : { outputS3Uri: facts.outputS3Uri },
      humanLoopStatus: facts.status,
    },
  };
}

export interface ObjectCreatedFacts {
  readonly eventName:
    | 'ObjectCreated:Put'
    | 'ObjectCreated:Post'
    | 'ObjectCreated:Copy'
    | 'ObjectCreated:CompleteMultipartUpload';
  readonly time: Date;
  readonly region: string;
  readonly accountId: string;
  readonly bucket: string;
  /** The key as it is, not encoded. */
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Without quotes. */
  readonly eTag: string;
  /** Hexadecimal; grows with every write of the same key. */
  readonly sequencer: string;
  readonly requestId?: string | undefined;
  readonly sourceIpAddress?: string | undefined;
  /** The name of the event target, shown as `configurationId`. */
  readonly configurationId?: string | undefined;
}

export interface ObjectCreatedEvent {
  readonly Records: readonly [
    {
      readonly eventVersion: '2.1';
      readonly eventSource: 'aws:s3';
      readonly awsRegion: string;
      readonly eventTime: string;
      readonly eventName: ObjectCreatedFacts['eventName'];
      readonly userIdentity: { readonly principalId: string };
      readonly requestParameters: { readonly sourceIPAddress: string };
      readonly responseElements: { readonly 'x-amz-request-id': string; readonly 'x-amz-id-2': string };
      readonly s3: {
        readonly s3SchemaVersion: '1.0';
        readonly configurationId: string;
        readonly bucket: {
          readonly name: string;
          readonly ownerIdentity: { readonly principalId: string };
          readonly arn: string;
        };
        readonly object: {
          readonly key: string;
          readonly size: number;
          readonly eTag: string;
          readonly sequencer: string;
        };
      };
    },
  ];
}

/** The record of a new object, in the form of the S3 user guide's page on event message structure; the key is URL-encoded, spaces as `+`. */
export function objectCreatedEvent(facts: ObjectCreatedFacts): ObjectCreatedEvent {
  const requestId = facts.requestId ?? '';
  return {
    Records: [
      {
        eventVersion: '2.1',
        eventSource: 'aws:s3',
        awsRegion: facts.region,
        eventTime: facts.time.toISOString(),
        eventName: facts.eventName,
        userIdentity: { principalId: facts.accountId },
        requestParameters: { sourceIPAddress: facts.sourceIpAddress ?? '127.0.0.1' },
        responseElements: { 'x-amz-request-id': requestId, 'x-amz-id-2': requestId },
        s3: {
          s3SchemaVersion: '1.0',
          configurationId: facts.configurationId ?? 'holdpoint',
          bucket: {
            name: facts.bucket,
            ownerIdentity: { principalId: facts.accountId },
            arn: `arn:aws:s3:::${facts.bucket}`,
          },
          object: { key: encodeEventKey(facts.key), size: facts.size, eTag: facts.eTag, sequencer: facts.sequencer },
        },
      },
    ],
  };
}

function encodeEventKey(key: string): string {
  // S3 leaves slashes alone and writes spaces as plus signs.
  return encodeURIComponent(key.toWellFormed())
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

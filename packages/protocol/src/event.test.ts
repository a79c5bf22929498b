import { expect, it } from 'vitest';
import { humanLoopEvent, objectCreatedEvent } from './event.ts';

const facts = {
  id: 'id',
  time: new Date('2022-05-27T16:19:09.876Z'),
  region: 'us-east-1',
  accountId: '000000000000',
  humanLoopName: 'loop',
  humanLoopArn: 'arn:aws:sagemaker:us-east-1:000000000000:human-loop/loop',
  flowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/flow',
  creationTime: new Date('2022-05-26T20:14:20.455Z'),
};

it('humanLoopEvent is the envelope that EventBridge rules know', () => {
  expect(humanLoopEvent({ ...facts, status: 'Completed', outputS3Uri: 's3://b/output.json' })).toEqual({
    version: '0',
    id: 'id',
    'detail-type': 'SageMaker A2I HumanLoop Status Change',
    source: 'aws.sagemaker',
    account: '000000000000',
    time: '2022-05-27T16:19:09Z',
    region: 'us-east-1',
    resources: [facts.humanLoopArn],
    detail: {
      creationTime: '2022-05-26T20:14:20.455Z',
      failureCode: null,
      failureReason: null,
      flowDefinitionArn: facts.flowDefinitionArn,
      humanLoopArn: facts.humanLoopArn,
      humanLoopName: 'loop',
      humanLoopOutput: { outputS3Uri: 's3://b/output.json' },
      humanLoopStatus: 'Completed',
    },
  });
});

it('humanLoopEvent tells why a loop failed', () => {
  const { detail } = humanLoopEvent({ ...facts, status: 'Failed', failureCode: 'Expired', failureReason: 'Late.' });
  expect([detail.failureCode, detail.failureReason, detail.humanLoopOutput]).toEqual(['Expired', 'Late.', null]);
});

it.each([
  ['a/b c.json', 'a/b+c.json'],
  ['é+=(1).txt', '%C3%A9%2B%3D%281%29.txt'],
  ['\ud800', '%EF%BF%BD'],
])('objectCreatedEvent encodes the key %j', (key, expected) => {
  const event = objectCreatedEvent({
    eventName: 'ObjectCreated:Put',
    time: facts.time,
    region: 'us-east-1',
    accountId: '000000000000',
    bucket: 'bucket',
    key,
    size: 3,
    eTag: 'e',
    sequencer: '01',
  });
  const [record] = event.Records;
  expect(record).toMatchObject({
    eventSource: 'aws:s3',
    eventName: 'ObjectCreated:Put',
    eventTime: '2022-05-27T16:19:09.876Z',
  });
  expect(record.s3.bucket).toEqual({
    name: 'bucket',
    ownerIdentity: { principalId: '000000000000' },
    arn: 'arn:aws:s3:::bucket',
  });
  expect(record.s3.object).toEqual({ key: expected, size: 3, eTag: 'e', sequencer: '01' });
});

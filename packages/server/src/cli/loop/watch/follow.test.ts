import { createA2IRuntimeClient, type HttpResponse } from '@holdpoint/client';
import { describe, expect, it } from 'vitest';
import { createFollower, type Seen } from './follow.ts';

type Answer = Partial<HttpResponse> | Error;

const described = (HumanLoopName: string, HumanLoopStatus: string): Answer => ({
  // As a server says that has waited: the next look is made at once.
  headers: { 'preference-applied': 'wait=20' },
  body: JSON.stringify({
    HumanLoopName,
    HumanLoopStatus,
    HumanLoopArn: `arn:aws:sagemaker:us-east-1:000000000000:human-loop/${HumanLoopName}`,
    FlowDefinitionArn: 'arn:aws:sagemaker:us-east-1:000000000000:flow-definition/mood',
    CreationTime: '2026-01-02T03:04:05Z',
  }),
});

/** Follows one loop through these answers of the server. @returns what is told of it */
async function follow(first: Seen['status'], answers: readonly Answer[]) {
  const told: string[] = [];
  const left = [...answers];
  const runtime = createA2IRuntimeClient({
    endpointUrl: 'http://127.0.0.1:1',
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAHPTEST', secretAccessKey: 'secret' },
    ignoreConfiguration: true,
    maxAttempts: 1,
    transport: {
      async send() {
        const answer = left.shift() ?? new Error('The script is over.');
        if (answer instanceof Error) throw answer;
        return { status: 200, headers: {}, body: '{}', ...answer };
      },
      close() {},
    },
  });
  const follower = createFollower({
    runtime,
    lanes: 2,
    signal: new AbortController().signal,
    onStatus: ({ status }) => told.push(status),
    onTrouble: () => {},
  });
  follower.add({ HumanLoopName: 'first', status: first });
  await follower.finished();
  expect(left).toEqual([]);
  return told;
}

describe('a follower', () => {
  it('tells a status once, however often the server answers that nothing has changed', async () => {
    const same = described('first', 'InProgress');
    const told = await follow('InProgress', [
      same,
      same,
      described('first', 'Stopping'),
      described('first', 'Stopping'),
      described('first', 'Stopped'),
    ]);
    expect(told).toEqual(['InProgress', 'Stopping', 'Stopped']);
  });

  it('tells of a loop that is deleted meanwhile', async () => {
    const gone = { status: 404, body: '{"__type":"ResourceNotFoundException","message":"It does not exist."}' };
    expect(await follow('InProgress', [described('first', 'InProgress'), gone])).toEqual(['InProgress', 'Deleted']);
  });

  it('has nothing to ask about a loop that is finished', async () => {
    expect(await follow('Completed', [])).toEqual(['Completed']);
  });
});

// What every reviewed loop has in common, whatever its program is: statuses, the place of its output and its event.
import { type HumanLoopEvent, humanLoopArn } from '@holdpoint/protocol';
import { expect } from 'vitest';
import { describeLoop } from './human-loops.ts';
import type { TestServer } from './test-server.ts';
import { receiveWebhooks, verifySignature, type WebhookReceiver } from './webhook-receiver.ts';

export interface HumanLoopEvents {
  readonly receiver: WebhookReceiver<HumanLoopEvent>;
  /** Signs the deliveries. */
  readonly secret: string;
}

/** Has the server deliver the events of all loops to this test, which looks at each loop before it takes its event. */
export async function receiveHumanLoopEvents(server: TestServer): Promise<HumanLoopEvents> {
  const receiver = await receiveWebhooks<HumanLoopEvent>(({ detail }) => describeLoop(server, detail.humanLoopName));
  const { Secret } = await server.client.call('CreateEventTarget', { Url: receiver.url, Kind: 'human-loop' });
  return { receiver, secret: Secret! };
}

/** Checks a loop that is Completed and was InProgress with `uri` before; returns its event. */
export async function expectCompleted(
  server: TestServer,
  { receiver, secret }: HumanLoopEvents,
  loop: { readonly name: string; readonly uri: string },
): Promise<HumanLoopEvent> {
  const delivery = await receiver.find(({ detail }) => detail.humanLoopName === loop.name);
  const described = await describeLoop(server, loop.name);
  expect(described).toMatchObject({ HumanLoopStatus: 'Completed', HumanLoopOutput: { OutputS3Uri: loop.uri } });
  // The status is there before the event.
  expect(delivery.seen).toMatchObject({ HumanLoopStatus: 'Completed' });
  verifySignature(secret, delivery);
  const { event } = delivery;
  const arn = humanLoopArn(server, loop.name);
  expect(event).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    'detail-type': 'SageMaker A2I HumanLoop Status Change',
    source: 'aws.sagemaker',
    account: server.accountId,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    region: server.region,
    resources: [arn],
    detail: {
      creationTime: described.CreationTime.toISOString(),
      failureCode: null,
      failureReason: null,
      flowDefinitionArn: described.FlowDefinitionArn,
      humanLoopArn: arn,
      humanLoopName: loop.name,
      humanLoopOutput: { outputS3Uri: loop.uri },
      humanLoopStatus: 'Completed',
    },
  });
  expect(receiver.deliveries.filter((one) => one.event.detail.humanLoopName === loop.name)).toHaveLength(1);
  return event;
}

/** The address that a loop of this flow, made at this time, has to have. */
export function expectedUri(prefix: string, flowName: string, created: Date, loopName: string): string {
  const [date = '', time = ''] = created.toISOString().split('T');
  return `${prefix}/${flowName}/${date.replaceAll('-', '/')}/${time.slice(0, 8).replaceAll(':', '/')}/${loopName}/output.json`;
}

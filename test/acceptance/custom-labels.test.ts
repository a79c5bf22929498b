// AC-12: a stack that makes and deletes its own assets and learns of answers by the event of the bucket.
import type { ObjectCreatedEvent } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectCompleted } from '../testing/common-frame.ts';
import { eventually } from '../testing/eventually.ts';
import { describeLoop, untilStatus } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import { describeWith } from '../testing/tools.ts';
import { receiveWebhooks, type WebhookReceiver } from '../testing/webhook-receiver.ts';

interface Started {
  loop: string;
  uri: string;
  sent: Record<string, unknown>;
}

interface Handled {
  handled: {
    loop: string;
    label: string;
    submitted: string;
    inputContent: unknown;
    copied: [string, number, string];
    objectKey: string;
  };
  size: number;
  left: string;
  openLoop: string;
}

describeWith('Python with boto3', 'Chromium')('custom_labels.py', () => {
  const notebook = useNotebook();
  let objects: WebhookReceiver<ObjectCreatedEvent>;

  beforeAll(async () => {
    objects = await receiveWebhooks<ObjectCreatedEvent>();
    await notebook.server.client.call('CreateEventTarget', {
      Url: objects.url,
      Kind: 'object-created',
      Bucket: 'custom-labels',
      Prefix: 'a2i-human-loop-data/',
    });
  });
  afterAll(() => objects?.close());

  test('an image is judged, its event arrives once, and the stack goes with a loop still open', async () => {
    const { server, events } = notebook;
    const program = notebook.run('custom_labels.py');
    const { loop, uri, sent } = await program.shown<Started>();

    const ada = await notebook.signIn();
    await ada.start('Judge the image');
    const image = ada.task.getByRole('img', { name: 'The image to judge' });
    await eventually(() =>
      image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(1);
    await ada.task.getByRole('radio', { name: "dog's bowl" }).check();
    await ada.submit();
    await ada.list();
    await expectCompleted(server, events, { name: loop, uri });

    const { event } = await objects.find(() => true);
    const record = event.Records[0];
    expect(record).toMatchObject({ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', awsRegion: 'us-east-1' });
    expect(record.s3.bucket.name).toBe('custom-labels');
    expect(record.s3.object.key).toBe(uri.replace('s3://custom-labels/', ''));
    program.goOn(event);
    const { handled, size, left, openLoop } = await program.shown<Handled>();
    await program.end();
    expect(handled).toEqual({
      loop,
      label: "dog's bowl",
      submitted: expect.stringMatching(/Z$/),
      inputContent: sent,
      copied: ["images_labeled_by_folder/dog's bowl/été & co.png", size, 'image/png'],
      objectKey: record.s3.object.key,
    });

    expect(['Deleting', 'gone']).toContain(left);
    await eventually(() => flowNames()).toEqual(['custom-labels-2']);
    await untilStatus(server, openLoop, 'Stopped');
    // The loop that was stopped has an output, so it has an event; the first one still has but one.
    const stopped = (await describeLoop(server, openLoop)).HumanLoopOutput!.OutputS3Uri;
    await objects.find(({ Records }) => stopped.endsWith(Records[0].s3.object.key));
    expect(objects.deliveries).toHaveLength(2);
  });

  const flowNames = async (): Promise<string[]> => {
    const { FlowDefinitionSummaries } = await notebook.server.client.call('ListFlowDefinitions', {});
    return FlowDefinitionSummaries.map(({ FlowDefinitionName }) => FlowDefinitionName);
  };
});

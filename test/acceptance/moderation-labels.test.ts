// AC-08: reviewers look at what Rekognition found; the program is written for AWS, and this server stands in front of it.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { Output } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { answerWith } from '../testing/ai-upstream.ts';
import { expectCompleted } from '../testing/common-frame.ts';
import { eventually } from '../testing/eventually.ts';
import { createManagedFlow, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { useNotebook } from '../testing/notebook.ts';
import { onePixel } from '../testing/one-pixel.ts';
import { describeWith } from '../testing/tools.ts';

interface Started {
  loops: string[];
  uris: string[];
  /** Of each image, whether its conditions were met. */
  evaluated: boolean[];
}

const source = 'AWS/Rekognition/DetectModerationLabels/Image/V3';

const label = (Name: string, ParentName: string, Confidence: number) => ({ Name, ParentName, Confidence });
/** What is found in an image, by its width. */
const found: Readonly<Record<number, readonly object[]>> = {
  96: [
    label('Drugs & Tobacco', '', 88.5),
    label('Smoking', 'Drugs & Tobacco', 88.5),
    label('Violence', '', 61.2),
    label('Weapon Violence', 'Violence', 61.2),
    label('"Adult" Toys', 'Explicit', 12.25),
  ],
  64: [label('Alcohol', '', 99.5)],
};

describeWith('Python with boto3', 'Chromium')('moderation_labels.py', () => {
  const notebook = useNotebook({ hasAiServices: true });

  test('7.2 — the second image is sure enough; of the first, the answer has the labels that were ticked, with their parents, and no others', async () => {
    const { server, events, upstream } = notebook;
    upstream.play('RekognitionService.DetectModerationLabels', (response, call) => {
      const image = Buffer.from((call.input.Image as { Bytes: string }).Bytes, 'base64');
      const ModerationLabels = found[image.readUInt32BE(16)];
      answerWith({ ModerationLabels, ModerationModelVersion: '4.0' })(response, call);
    });
    const program = notebook.run('moderation_labels.py');
    const { loops, uris, evaluated } = await program.shown<Started>();
    expect(evaluated).toEqual([true, false]);
    expect(loops).toHaveLength(1);
    const loop = { name: loops[0]!, uri: uris[0]! };
    expect(upstream.calls.map(({ input }) => Object.keys(input))).toEqual([['Image'], ['Image']]);

    const ada = await notebook.signIn();
    await ada.start('Review an image');
    await ada.task.getByText('Tick what is there. If nothing is, press None.').waitFor();
    const image = ada.task.locator('crowd-rekognition-detect-moderation-labels img').first();
    await eventually(() =>
      image.evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(96);
    // What was found surely is not asked for.
    const boxes = ada.task.getByRole('checkbox');
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as unknown as { value: string }).value))).toEqual([
      'Smoking',
      'Violence',
      'Weapon Violence',
      '"Adult" Toys',
      'None',
    ]);
    await ada.task.getByRole('button', { name: 'Submit', exact: true }).click();
    await ada.task.getByText('Please choose at least one category.').waitFor();
    await ada.task.getByRole('checkbox', { name: '"Adult" Toys' }).check();
    await ada.task.getByRole('checkbox', { name: 'Violence', exact: true }).check();
    await ada.task.getByRole('checkbox', { name: 'Violence', exact: true }).uncheck();
    await ada.task.getByRole('checkbox', { name: 'Smoking' }).check();
    await ada.submit();
    await expectCompleted(server, events, loop);

    program.goOn();
    const { output, labels } = await program.shown<{ output: Output; labels: unknown }>();
    await program.end();
    const ticked = [
      { name: 'Smoking', parentName: 'Drugs & Tobacco' },
      { name: '"Adult" Toys', parentName: 'Explicit' },
    ];
    expect(labels).toEqual(ticked);
    expect(output.awsManagedHumanLoopRequestSource).toBe(source);
    expect(output.humanAnswers.map(({ answerContent }) => answerContent)).toEqual([
      { [source]: { moderationLabels: ticked } },
    ]);
    expect(output.inputContent).toMatchObject({
      aiServiceRequest: {
        humanLoopConfig: {
          dataAttributes: { contentClassifiers: ['FreeOfPersonallyIdentifiableInformation'] },
          flowDefinitionArn: output.flowDefinitionArn,
          humanLoopName: loop.name,
        },
        image: { s3Object: { bucket: 'moderation-labels', name: 'images/party & games.png' } },
      },
      selectedAiServiceResponse: {
        moderationLabels: [
          { confidence: 88.5, name: 'Smoking', parentName: 'Drugs & Tobacco' },
          { confidence: 61.2, name: 'Violence', parentName: '' },
          { confidence: 61.2, name: 'Weapon Violence', parentName: 'Violence' },
          { confidence: 12.25, name: '"Adult" Toys', parentName: 'Explicit' },
        ],
      },
    });
  });

  test('7.2 — the page that comes with the server asks for what the conditions selected', async () => {
    const { server } = notebook;
    await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'a b.png', Body: onePixel }));
    const flow = await createManagedFlow(server, source);
    const moderationLabels = [{ confidence: 51.5, name: 'Smoking "pipes"', parentName: 'Drugs & Tobacco' }];
    await startLoop(server, flow, 'by-default', {
      aiServiceRequest: { image: { s3Object: { bucket: 'holdpoint', name: 'a b.png' } } },
      selectedAiServiceResponse: { moderationLabels },
    });
    const ada = await notebook.signIn();
    await ada.start(flow.name);
    await eventually(() =>
      ada.task
        .locator('crowd-rekognition-detect-moderation-labels img')
        .first()
        .evaluate((element) => (element as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(1);
    await ada.task.getByRole('checkbox', { name: 'Smoking "pipes"' }).check();
    await ada.task.getByRole('checkbox', { name: 'None of these' }).check();
    await ada.submit();
    await untilStatus(server, 'by-default', 'Completed');
    const { humanAnswers, awsManagedHumanLoopRequestSource } = await outputOf(server, 'by-default');
    expect(humanAnswers.map(({ answerContent }) => answerContent)).toEqual([{ [source]: { moderationLabels: [] } }]);
    expect(awsManagedHumanLoopRequestSource).toBe(source);
  });
});

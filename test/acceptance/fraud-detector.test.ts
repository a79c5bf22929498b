// AC-04: a notebook whose reviewers judge a transaction with nested fields.
import type { HumanAnswer, Output } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { expectCompleted } from '../testing/common-frame.ts';
import { useNotebook } from '../testing/notebook.ts';
import { describeWith } from '../testing/tools.ts';

interface Started {
  loop: string;
  arn: string;
  uri: string;
  listed: [string, string][];
}

interface Collected {
  output: Output;
  statuses: string[];
  uri: string;
  secondsType: string;
  flowName: string;
}

describeWith('Python with boto3', 'Chromium')('fraud_detector.py', () => {
  const notebook = useNotebook();

  test('the output has the documented keys and nothing else', async () => {
    const { server, events } = notebook;
    const program = notebook.run('fraud_detector.py');
    const { loop, arn, uri, listed } = await program.shown<Started>();
    expect(loop).toMatch(/^Fraud-detector-\d+$/);
    expect(listed).toEqual([[loop, 'InProgress']]);

    const ada = await notebook.signIn();
    await ada.start('Review and Approve / Reject Amazon Fraud Detector predictions.');
    await ada.task.getByText('Risk Score (out of 1000): 996', { exact: true }).waitFor();
    await ada.task.getByText("Email : o'brien+test@example.com", { exact: true }).waitFor();
    await ada.task.getByText('Name : Zoë, 41', { exact: true }).waitFor();
    await ada.task.getByRole('radio', { name: 'Fraud, Manual Review' }).check();
    await ada.submit();
    program.goOn();
    const collected = await program.shown<Collected>();
    await program.end();

    const event = await expectCompleted(server, events, { name: loop, uri });
    expect(event.resources).toEqual([arn]);
    expect(collected.statuses).toEqual(['InProgress', 'Completed']);
    expect(collected.uri).toBe(uri);
    const { output, flowName } = collected;
    expect(Object.keys(output)).toEqual(['flowDefinitionArn', 'humanAnswers', 'humanLoopName', 'inputContent']);
    expect(output.flowDefinitionArn).toBe(`arn:aws:sagemaker:us-east-1:000000000000:flow-definition/${flowName}`);
    expect(output.humanLoopName).toBe(loop);
    expect(output.inputContent).toEqual({
      score: { sample_fraud_detection_model_insightscore: 996 },
      taskObject: {
        email_address: "o'brien+test@example.com",
        ip_address: '192.0.2.7',
        user: { age: 41, name: 'Zoë' },
      },
    });
    expect(output.humanAnswers).toHaveLength(1);
    expectAnswer(output.humanAnswers[0]!);
    expect(collected.secondsType).toBe('float');
  });

  function expectAnswer(answer: HumanAnswer): void {
    expect(Object.keys(answer)).toEqual([
      'acceptanceTime',
      'answerContent',
      'submissionTime',
      'timeSpentInSeconds',
      'workerId',
      'workerMetadata',
    ]);
    expect(answer.answerContent).toEqual({ category: { label: 'Fraud, Manual Review' } });
    expect(answer.workerId).toMatch(/^[0-9a-f]{16}$/);
    expect(answer.workerMetadata).toEqual({
      identityData: {
        identityProviderType: 'Cognito',
        issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Holdpoint',
        sub: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      },
    });
    const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
    expect(answer.acceptanceTime).toMatch(iso);
    expect(answer.submissionTime).toMatch(iso);
    const elapsed = (Date.parse(answer.submissionTime) - Date.parse(answer.acceptanceTime)) / 1000;
    expect(answer.timeSpentInSeconds).toBeGreaterThan(0);
    expect(answer.timeSpentInSeconds).toBeLessThanOrEqual(elapsed);
  }
});

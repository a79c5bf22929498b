// The first human loop with the AWS SDK for JavaScript: asks a person for the mood of a text and prints the answer.
//
//   export AWS_SHARED_CREDENTIALS_FILE=$PWD/data/aws/credentials AWS_CONFIG_FILE=$PWD/data/aws/config
//   node examples/javascript/first-loop.mjs "I love it"
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  DescribeFlowDefinitionCommand,
  DescribeWorkteamCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  DescribeHumanLoopCommand,
  SageMakerA2IRuntimeClient,
  StartHumanLoopCommand,
} from '@aws-sdk/client-sagemaker-a2i-runtime';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>`;

const sagemaker = new SageMakerClient();
const a2i = new SageMakerA2IRuntimeClient();
const text = process.argv[2] ?? 'I love it';

/** The ARN of the flow definition, which is made when it is not there. */
async function flowDefinition(name, workteam) {
  try {
    const found = await sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: name }));
    return found.FlowDefinitionArn;
  } catch (error) {
    if (error.name !== 'ResourceNotFound') throw error;
  }
  const { HumanTaskUiArn } = await sagemaker.send(
    new CreateHumanTaskUiCommand({ HumanTaskUiName: name, UiTemplate: { Content: template } }),
  );
  const made = await sagemaker.send(
    new CreateFlowDefinitionCommand({
      FlowDefinitionName: name,
      RoleArn: 'arn:aws:iam::000000000000:role/any',
      OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
      HumanLoopConfig: {
        WorkteamArn: workteam.WorkteamArn,
        HumanTaskUiArn,
        TaskTitle: 'Mood of a text',
        TaskDescription: 'Read the text and choose the mood',
        TaskCount: 1,
      },
    }),
  );
  return made.FlowDefinitionArn;
}

/** The parsed output.json of a loop. */
async function readOutput(uri) {
  const { host, pathname } = new URL(uri);
  const key = decodeURIComponent(pathname.slice(1));
  const { Body } = await new S3Client().send(new GetObjectCommand({ Bucket: host, Key: key }));
  return JSON.parse(await Body.transformToString());
}

const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'reviewers' }));
const HumanLoopName = `first-loop-${randomUUID()}`;
await a2i.send(
  new StartHumanLoopCommand({
    HumanLoopName,
    FlowDefinitionArn: await flowDefinition('first-loop-js', Workteam),
    HumanLoopInput: { InputContent: JSON.stringify({ text }) },
  }),
);
console.log(`Started ${HumanLoopName}. Answer it at ${Workteam.SubDomain}/portal …`);

let loop;
for (;;) {
  loop = await a2i.send(new DescribeHumanLoopCommand({ HumanLoopName }));
  if (loop.HumanLoopStatus !== 'InProgress' && loop.HumanLoopStatus !== 'Stopping') break;
  await delay(1000);
}
console.log(`The loop is ${loop.HumanLoopStatus}. ${loop.FailureReason ?? ''}`);
if (loop.HumanLoopStatus === 'Completed') {
  const { humanAnswers } = await readOutput(loop.HumanLoopOutput.OutputS3Uri);
  for (const { answerContent } of humanAnswers) console.log(JSON.stringify(answerContent));
}

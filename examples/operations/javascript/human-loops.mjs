// Human loops, one operation after the other.
//
// Somebody may answer the first one in the portal; otherwise it fails after a minute and the program goes on.
import { setTimeout as delay } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  DeleteFlowDefinitionCommand,
  DeleteHumanTaskUiCommand,
  DescribeWorkteamCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';
import {
  ConflictException,
  DeleteHumanLoopCommand,
  DescribeHumanLoopCommand,
  paginateListHumanLoops,
  ResourceNotFoundException,
  SageMakerA2IRuntimeClient,
  StartHumanLoopCommand,
  StopHumanLoopCommand,
} from '@aws-sdk/client-sagemaker-a2i-runtime';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>Invoice {{ task.input.number }}</p>
  <crowd-input name="total" label="Total" value="{{ task.input.total }}" required></crowd-input>
</crowd-form>
`;

const sagemaker = new SageMakerClient();
const a2i = new SageMakerA2IRuntimeClient();
const s3 = new S3Client();

const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'reviewers' }));
const { HumanTaskUiArn } = await sagemaker.send(
  new CreateHumanTaskUiCommand({ HumanTaskUiName: 'example-invoices', UiTemplate: { Content: template } }),
);
const { FlowDefinitionArn } = await sagemaker.send(
  new CreateFlowDefinitionCommand({
    FlowDefinitionName: 'example-invoices',
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    HumanLoopConfig: {
      WorkteamArn: Workteam.WorkteamArn,
      HumanTaskUiArn,
      TaskTitle: 'Check an invoice',
      TaskDescription: 'Correct the total if it is wrong',
      TaskCount: 1,
      TaskAvailabilityLifetimeInSeconds: 60,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
  }),
);

// #region StartHumanLoop
async function review(invoice) {
  const HumanLoopName = `example-invoice-${invoice.number}`;
  const HumanLoopInput = { InputContent: JSON.stringify(invoice) };
  const command = new StartHumanLoopCommand({ HumanLoopName, FlowDefinitionArn, HumanLoopInput });
  try {
    const { HumanLoopArn } = await a2i.send(command);
    console.log(`Started ${HumanLoopArn}`);
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
    console.log(`Not started: ${error.message}`);
  }
}
// #endregion StartHumanLoop

await review({ number: '4711', total: '1,299.00' });
await review({ number: '4711', total: '1,399.00' });
console.log(`Answer at ${Workteam.SubDomain}/portal, or wait a minute`);

// #region ListHumanLoops
const pages = paginateListHumanLoops({ client: a2i, pageSize: 100 }, { FlowDefinitionArn, SortOrder: 'Ascending' });
for await (const { HumanLoopSummaries } of pages) {
  for (const { HumanLoopName, HumanLoopStatus, CreationTime } of HumanLoopSummaries) {
    console.log(`${HumanLoopName} is ${HumanLoopStatus} since ${CreationTime.toLocaleTimeString()}`);
  }
}
// #endregion ListHumanLoops

// #region DescribeHumanLoop
let loop;
do {
  await delay(1000);
  loop = await a2i.send(new DescribeHumanLoopCommand({ HumanLoopName: 'example-invoice-4711' }));
} while (loop.HumanLoopStatus === 'InProgress' || loop.HumanLoopStatus === 'Stopping');
if (loop.HumanLoopStatus === 'Completed') {
  const [, Bucket, Key] = /^s3:\/\/([^/]+)\/(.*)$/.exec(loop.HumanLoopOutput.OutputS3Uri);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  const { humanAnswers } = JSON.parse(await Body.transformToString());
  for (const { answerContent } of humanAnswers) console.log(`The total is ${answerContent.total}`);
} else {
  console.log(`${loop.HumanLoopStatus}: ${loop.FailureReason}`);
}
// #endregion DescribeHumanLoop

await review({ number: '4712', total: '86.50' });

// #region StopHumanLoop
await a2i.send(new StopHumanLoopCommand({ HumanLoopName: 'example-invoice-4712' }));
let stopped;
do {
  // Whoever is working on it may finish.
  await delay(1000);
  stopped = await a2i.send(new DescribeHumanLoopCommand({ HumanLoopName: 'example-invoice-4712' }));
} while (stopped.HumanLoopStatus === 'Stopping');
console.log(`${stopped.HumanLoopName} is ${stopped.HumanLoopStatus}`);
// #endregion StopHumanLoop

// #region DeleteHumanLoop
// Its output.json stays in the bucket.
await a2i.send(new DeleteHumanLoopCommand({ HumanLoopName: 'example-invoice-4711' }));
try {
  await a2i.send(new DescribeHumanLoopCommand({ HumanLoopName: 'example-invoice-4711' }));
} catch (error) {
  if (!(error instanceof ResourceNotFoundException)) throw error;
  console.log('example-invoice-4711 is deleted');
}
// #endregion DeleteHumanLoop

await a2i.send(new DeleteHumanLoopCommand({ HumanLoopName: 'example-invoice-4712' }));
await sagemaker.send(new DeleteFlowDefinitionCommand({ FlowDefinitionName: 'example-invoices' }));
await sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'example-invoices' }));

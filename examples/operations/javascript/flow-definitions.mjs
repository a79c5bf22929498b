// Flow definitions, one operation after the other.
import { setTimeout as delay } from 'node:timers/promises';
import {
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  DeleteFlowDefinitionCommand,
  DeleteHumanTaskUiCommand,
  DescribeFlowDefinitionCommand,
  DescribeWorkteamCommand,
  paginateListFlowDefinitions,
  ResourceNotFound,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
`;

const sagemaker = new SageMakerClient();
const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'reviewers' }));
const { HumanTaskUiArn } = await sagemaker.send(
  new CreateHumanTaskUiCommand({ HumanTaskUiName: 'example-mood', UiTemplate: { Content: template } }),
);

// #region CreateFlowDefinition
const { FlowDefinitionArn } = await sagemaker.send(
  new CreateFlowDefinitionCommand({
    FlowDefinitionName: 'example-mood',
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    HumanLoopConfig: {
      WorkteamArn: Workteam.WorkteamArn,
      HumanTaskUiArn,
      TaskTitle: 'Mood of a text',
      TaskDescription: 'Read the text and choose the mood',
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
  }),
);
console.log(`Created ${FlowDefinitionArn}`);
// #endregion CreateFlowDefinition

// #region DescribeFlowDefinition
let flow;
do {
  await delay(1000);
  flow = await sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: 'example-mood' }));
} while (flow.FlowDefinitionStatus === 'Initializing');
console.log(`${flow.FlowDefinitionName} is ${flow.FlowDefinitionStatus}: ${flow.HumanLoopConfig.TaskTitle}`);
// #endregion DescribeFlowDefinition

// #region ListFlowDefinitions
for await (const page of paginateListFlowDefinitions({ client: sagemaker }, { SortOrder: 'Ascending' })) {
  for (const { FlowDefinitionName, FlowDefinitionArn } of page.FlowDefinitionSummaries) {
    console.log(`${FlowDefinitionName}: ${FlowDefinitionArn}`);
  }
}
// #endregion ListFlowDefinitions

// #region DeleteFlowDefinition
await sagemaker.send(new DeleteFlowDefinitionCommand({ FlowDefinitionName: 'example-mood' }));
try {
  // It is there until nobody works on its human loops any more.
  while (await sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: 'example-mood' })))
    await delay(1000);
} catch (error) {
  if (!(error instanceof ResourceNotFound)) throw error;
  console.log('example-mood is deleted');
}
// #endregion DeleteFlowDefinition

await sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'example-mood' }));

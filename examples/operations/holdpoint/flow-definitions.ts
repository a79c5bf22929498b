// Flow definitions, one operation after the other.
import { setTimeout as delay } from 'node:timers/promises';
import { createSageMakerClient, ResourceNotFound } from '@holdpoint/client';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
`;

const sagemaker = createSageMakerClient();
const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });
const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({
  HumanTaskUiName: 'example-mood',
  UiTemplate: { Content: template },
});

// #region CreateFlowDefinition
const { FlowDefinitionArn } = await sagemaker.createFlowDefinition({
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
});
console.log(`Created ${FlowDefinitionArn}`);
// #endregion CreateFlowDefinition

// #region DescribeFlowDefinition
let flow = await sagemaker.describeFlowDefinition({ FlowDefinitionName: 'example-mood' });
while (flow.FlowDefinitionStatus === 'Initializing') {
  await delay(1000);
  flow = await sagemaker.describeFlowDefinition({ FlowDefinitionName: 'example-mood' });
}
console.log(`${flow.FlowDefinitionName} is ${flow.FlowDefinitionStatus}: ${flow.HumanLoopConfig?.TaskTitle}`);
// #endregion DescribeFlowDefinition

// #region ListFlowDefinitions
const flows = sagemaker.getPaginator('listFlowDefinitions').paginate({ SortOrder: 'Ascending' });
for await (const { FlowDefinitionName, FlowDefinitionArn } of flows.items()) {
  console.log(`${FlowDefinitionName}: ${FlowDefinitionArn}`);
}
// #endregion ListFlowDefinitions

// #region DeleteFlowDefinition
await sagemaker.deleteFlowDefinition({ FlowDefinitionName: 'example-mood' });
try {
  // It is there until nobody works on its human loops any more.
  while (await sagemaker.describeFlowDefinition({ FlowDefinitionName: 'example-mood' })) await delay(1000);
} catch (error) {
  if (!(error instanceof ResourceNotFound)) throw error;
  console.log('example-mood is deleted');
}
// #endregion DeleteFlowDefinition

await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-mood' });

// Flow definitions, one operation after the other.
import { setTimeout as delay } from 'node:timers/promises';
import { createHoldpointClient, createSageMakerClient, ResourceNotFound } from '@holdpoint/client';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>
`;

const sagemaker = createSageMakerClient();
const holdpoint = createHoldpointClient();
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

// #region ListFlowDefinitionDetails
const users = holdpoint.getPaginator('listFlowDefinitionDetails').paginate({ HumanTaskUiArn });
for await (const { FlowDefinitionName, UnfinishedHumanLoops } of users.items()) {
  console.log(`${FlowDefinitionName} has ${UnfinishedHumanLoops} unfinished loops`);
}
// #endregion ListFlowDefinitionDetails

// #region CheckOutputPath
const path = await holdpoint.checkOutputPath({ S3OutputPath: 's3://holdpoint/moods' });
console.log(path.Problem ?? (path.BucketExists ? 'The bucket is there' : 'The bucket is made with the first output'));
// #endregion CheckOutputPath

// #region EvaluateActivationConditions
const conditions = {
  Conditions: [
    {
      ConditionType: 'holdpoint:ConfidenceCheck',
      ConditionParameters: { Expression: 'moods[*].score', ConfidenceLessThan: 0.8 },
    },
  ],
};
const { Activation } = await holdpoint.evaluateActivationConditions({
  HumanLoopActivationConditions: JSON.stringify(conditions),
  InputContent: JSON.stringify({ text: 'Well.', moods: [{ name: 'Positive', score: 0.55 }] }),
});
console.log(Activation?.Activated ? 'People would be asked' : 'Nobody would be asked');
// #endregion EvaluateActivationConditions

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

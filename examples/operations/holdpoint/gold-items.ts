// Gold items: inputs whose answer is known, and how workers answer them.
import { createHoldpointClient, Session } from '@holdpoint/client';

const session = new Session();
const sagemaker = session.createClient('sagemaker');
const holdpoint = createHoldpointClient();

const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });
const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({
  HumanTaskUiName: 'example-gold',
  UiTemplate: { Content: '<crowd-form><crowd-input name="mood"></crowd-input></crowd-form>' },
});
await sagemaker.createFlowDefinition({
  FlowDefinitionName: 'example-gold',
  RoleArn: 'arn:aws:iam::000000000000:role/any',
  HumanLoopConfig: {
    WorkteamArn: Workteam.WorkteamArn,
    HumanTaskUiArn,
    TaskTitle: 'Mood of a text',
    TaskDescription: 'Say how the writer feels',
    TaskCount: 1,
  },
  OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
  Tags: [{ Key: 'holdpoint:gold-rate', Value: '0.05' }],
});

// #region CreateGoldItem
const { GoldItemId } = await holdpoint.createGoldItem({
  FlowDefinitionName: 'example-gold',
  InputContent: JSON.stringify({ text: 'What a day!' }),
  ExpectedAnswer: JSON.stringify({ mood: 'pleased' }),
});
// #endregion CreateGoldItem

// #region ListGoldItems
const { GoldItems } = await holdpoint.listGoldItems({ FlowDefinitionName: 'example-gold' });
for (const { ExpectedAnswer, Answers, RightAnswers } of GoldItems)
  console.log(`${ExpectedAnswer}: ${RightAnswers} of ${Answers} answers were right`);
// #endregion ListGoldItems

// #region ListGoldWorkers
const { Workers } = await holdpoint.listGoldWorkers({ FlowDefinitionName: 'example-gold' });
for (const { Name, Accuracy = 1, IsBarred } of Workers)
  console.log(`${Name} is right in ${Math.round(Accuracy * 100)} of 100${IsBarred ? ' and gets no more' : ''}`);
console.log(`${Workers.length} workers have answered gold items`);
// #endregion ListGoldWorkers

// #region ReadmitWorker
const { Workers: known } = await holdpoint.listWorkers();
for (const { Email } of known) await holdpoint.readmitWorker({ FlowDefinitionName: 'example-gold', Email });
console.log('Everybody gets tasks again');
// #endregion ReadmitWorker

// #region DeleteGoldItem
await holdpoint.deleteGoldItem({ GoldItemId });
console.log('The gold item is deleted');
// #endregion DeleteGoldItem

await sagemaker.deleteFlowDefinition({ FlowDefinitionName: 'example-gold' });
await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-gold' });

// Consolidation: what several answers to one human loop come to, and how far workers agree.
//
// As nobody answers here, the loop has no answers and the flow no figures yet.
import { setTimeout as delay } from 'node:timers/promises';
import { ResourceNotFound, Session } from '@holdpoint/client';

const session = new Session();
const a2i = session.createClient('sagemaker-a2i-runtime');
const sagemaker = session.createClient('sagemaker');
const holdpoint = session.createClient('holdpoint');

const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });
const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({
  HumanTaskUiName: 'example-receipts',
  UiTemplate: { Content: '<crowd-form><crowd-input name="total" label="Total"></crowd-input></crowd-form>' },
});
const { FlowDefinitionArn } = await sagemaker.createFlowDefinition({
  FlowDefinitionName: 'example-receipts',
  RoleArn: 'arn:aws:iam::000000000000:role/any',
  HumanLoopConfig: {
    WorkteamArn: Workteam.WorkteamArn,
    HumanTaskUiArn,
    TaskTitle: 'Read a receipt',
    TaskDescription: 'Write down the total',
    TaskCount: 3,
  },
  OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
  Tags: [
    { Key: 'holdpoint:consolidation', Value: 'weighted' },
    { Key: 'holdpoint:details-uri', Value: 's3://holdpoint-details/loops' },
  ],
});
const HumanLoopInput = { InputContent: '{}' };
await a2i.startHumanLoop({ HumanLoopName: 'example-receipt', FlowDefinitionArn, HumanLoopInput });

// #region DescribeConsolidation
const { Answers, AnswerContent, Confidence, Fields } = await holdpoint.describeConsolidation({
  HumanLoopName: 'example-receipt',
});
console.log(`${Answers} answers come to ${AnswerContent ?? 'nothing'}, with a confidence of ${Confidence}`);
for (const { Name, Value, Agreement } of Fields) console.log(`${Name} is ${Value}; workers agree by ${Agreement}`);
// #endregion DescribeConsolidation

// #region GetFlowAgreement
const agreement = await holdpoint.getFlowAgreement({ FlowDefinitionName: 'example-receipts' });
console.log(`${agreement.Loops} finished loops have several answers`);
for (const { Name, Alpha, Kappa } of agreement.Fields) console.log(`${Name}: alpha ${Alpha}, kappa ${Kappa}`);
for (const { WorkerName, Accuracy } of agreement.Workers) console.log(`${WorkerName} is right in ${Accuracy} of all`);
// #endregion GetFlowAgreement

await a2i.stopHumanLoop({ HumanLoopName: 'example-receipt' });
await a2i.getWaiter('human_loop_stopped').wait({ HumanLoopName: 'example-receipt' });
await a2i.deleteHumanLoop({ HumanLoopName: 'example-receipt' });
await sagemaker.deleteFlowDefinition({ FlowDefinitionName: 'example-receipts' });
try {
  while (await sagemaker.describeFlowDefinition({ FlowDefinitionName: 'example-receipts' })) await delay(1000);
} catch (error) {
  if (!(error instanceof ResourceNotFound)) throw error;
}
await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-receipts' });

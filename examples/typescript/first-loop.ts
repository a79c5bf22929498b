// The first human loop with @holdpoint/client: makes a page and a flow unless they are there, asks about a text, waits for the
// person's answer and prints it.
//
//   export AWS_SHARED_CREDENTIALS_FILE=$PWD/data/aws/credentials AWS_CONFIG_FILE=$PWD/data/aws/config
//   node examples/typescript/first-loop.ts "I love it"
// #region session
import { ResourceInUse, Session } from '@holdpoint/client';

const session = new Session();
const sagemaker = session.createClient('sagemaker');
const a2i = session.createClient('sagemaker-a2i-runtime');
// #endregion session

const name = 'mood-of-a-text';
const text = process.argv[2] ?? 'I love it';

const template = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <crowd-classifier name="mood" categories="['Positive', 'Negative']" header="What is the mood?">
    <classification-target>{{ task.input.text }}</classification-target>
  </crowd-classifier>
</crowd-form>`;

// #region flow
async function makeFlow(): Promise<void> {
  const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });
  const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({
    HumanTaskUiName: name,
    UiTemplate: { Content: template },
  });
  await sagemaker.createFlowDefinition({
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: Workteam.WorkteamArn,
      HumanTaskUiArn,
      TaskTitle: 'Mood of a text',
      TaskDescription: 'Choose the mood',
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/results' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
}
// #endregion flow

// #region errors
try {
  await makeFlow();
} catch (error) {
  // It is there from the last time.
  if (!(error instanceof ResourceInUse)) throw error;
}
// #endregion errors
const { FlowDefinitionArn } = await sagemaker.describeFlowDefinition({ FlowDefinitionName: name });
const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });

// #region loop
const HumanLoopName = `first-loop-${Date.now()}`;
await a2i.startHumanLoop({
  HumanLoopName,
  FlowDefinitionArn,
  HumanLoopInput: { InputContent: JSON.stringify({ text }) },
});
// #endregion loop
console.log(`Started ${HumanLoopName}. Answer it at ${Workteam.SubDomain}/portal …`);

// #region answer
const { humanAnswers } = await a2i.waitForAnswer(HumanLoopName);
for (const { answerContent } of humanAnswers) console.log(JSON.stringify(answerContent));
// #endregion answer
a2i.close();
sagemaker.close();

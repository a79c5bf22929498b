// Human loops, one operation after the other.
//
// Somebody may answer the first one in the portal; otherwise it fails after a minute and the program goes on.
import { ConflictException, ResourceNotFoundException, Session, WaiterError } from '@holdpoint/client';

const template = `
<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form>
  <p>Invoice {{ task.input.number }}</p>
  <crowd-input name="total" label="Total" value="{{ task.input.total }}" required></crowd-input>
</crowd-form>
`;

const session = new Session();
const a2i = session.createClient('sagemaker-a2i-runtime');
const sagemaker = session.createClient('sagemaker');
const holdpoint = session.createClient('holdpoint');

const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName: 'reviewers' });
const { HumanTaskUiArn } = await sagemaker.createHumanTaskUi({
  HumanTaskUiName: 'example-invoices',
  UiTemplate: { Content: template },
});
const { FlowDefinitionArn } = await sagemaker.createFlowDefinition({
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
});

// #region StartHumanLoop
async function review(invoice: { number: string; total: string }) {
  try {
    const { HumanLoopArn } = await a2i.startHumanLoop({
      HumanLoopName: `example-invoice-${invoice.number}`,
      FlowDefinitionArn,
      HumanLoopInput: { InputContent: JSON.stringify(invoice) },
    });
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
const loops = a2i.getPaginator('listHumanLoops').paginate({
  FlowDefinitionArn,
  SortOrder: 'Ascending',
  PaginationConfig: { PageSize: 100 },
});
for await (const { HumanLoopName, HumanLoopStatus, CreationTime } of loops.items()) {
  console.log(`${HumanLoopName} is ${HumanLoopStatus} since ${CreationTime?.toLocaleTimeString()}`);
}
// #endregion ListHumanLoops

// #region DescribeHumanLoop
const HumanLoopName = 'example-invoice-4711';
const { HumanLoopStatus } = await a2i.describeHumanLoop({ HumanLoopName });
const link = await a2i.generatePresignedUrl('describeHumanLoop', { params: { HumanLoopName }, expiresIn: 600 });
console.log(`${HumanLoopName} is ${HumanLoopStatus}. For ten minutes this link says so too: ${link}`);
try {
  const { humanAnswers } = await a2i.waitForAnswer(HumanLoopName);
  for (const { answerContent } of humanAnswers) console.log(`The total is ${answerContent.total}`);
} catch (error) {
  if (!(error instanceof WaiterError)) throw error;
  console.log(error.message);
}
// #endregion DescribeHumanLoop
console.log(`The link answers ${(await fetch(link)).status}`);

await review({ number: '4712', total: '86.50' });

// #region GetHumanLoop
const { InputContent, TaskTitle, AnswersDone, AnswersNeeded } = await holdpoint.getHumanLoop({
  HumanLoopName: 'example-invoice-4712',
});
console.log(`${TaskTitle}: ${AnswersDone} of ${AnswersNeeded} answers to ${InputContent}`);
// #endregion GetHumanLoop

// #region SearchHumanLoops
// Of all flow definitions: by a part of the name, the oldest first.
const found = holdpoint.getPaginator('searchHumanLoops').paginate({ NameContains: '-4712', SortOrder: 'Ascending' });
for await (const { HumanLoopName, HumanLoopStatus } of found.items())
  console.log(`${HumanLoopName}, found: ${HumanLoopStatus}`);
// #endregion SearchHumanLoops

// #region ListHumanLoopEvents
const { Events } = await holdpoint.listHumanLoopEvents({ HumanLoopName: 'example-invoice-4712' });
for (const { Time, Kind, WorkerName = '' } of Events) console.log(`${Time.toLocaleTimeString()} ${Kind} ${WorkerName}`);
// #endregion ListHumanLoopEvents

// #region ListHumanLoopAnswers
const { Answers } = await holdpoint.listHumanLoopAnswers({ HumanLoopName: 'example-invoice-4712' });
for (const { WorkerName, AnswerContent, TimeSpentInSeconds } of Answers)
  console.log(`${WorkerName} answered ${AnswerContent} in ${TimeSpentInSeconds} seconds`);
// #endregion ListHumanLoopAnswers

// #region PreviewHumanLoop
// To be served with this policy, as the portal does.
const { Page, ContentSecurityPolicy } = await holdpoint.previewHumanLoop({ HumanLoopName: 'example-invoice-4712' });
console.log(`${Page.length} characters under ${ContentSecurityPolicy.split(';')[0]}`);
// #endregion PreviewHumanLoop

// #region RetryJobs
const { Jobs } = await holdpoint.retryJobs({ HumanLoopName: 'example-invoice-4712' });
console.log(Jobs.length === 0 ? 'Nothing has failed.' : `Tried again: ${Jobs.join(', ')}`);
// #endregion RetryJobs

// #region StopHumanLoop
await a2i.stopHumanLoop({ HumanLoopName: 'example-invoice-4712' });
// Whoever is working on it may finish.
const stopped = await a2i.getWaiter('human_loop_stopped').wait({ HumanLoopName: 'example-invoice-4712' });
console.log(`${stopped.HumanLoopName} is ${stopped.HumanLoopStatus}`);
// #endregion StopHumanLoop

// #region DeleteHumanLoop
// Its output.json stays in the bucket.
await a2i.deleteHumanLoop({ HumanLoopName: 'example-invoice-4711' });
try {
  await a2i.describeHumanLoop({ HumanLoopName: 'example-invoice-4711' });
} catch (error) {
  if (!(error instanceof ResourceNotFoundException)) throw error;
  console.log('example-invoice-4711 is deleted');
}
// #endregion DeleteHumanLoop

await a2i.deleteHumanLoop({ HumanLoopName: 'example-invoice-4712' });
await sagemaker.deleteFlowDefinition({ FlowDefinitionName: 'example-invoices' });
await sagemaker.deleteHumanTaskUi({ HumanTaskUiName: 'example-invoices' });

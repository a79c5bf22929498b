// Workforces, one operation after the other.
//
// There is one workforce at a time. The program takes away the one of a new server, whose only workteam is "reviewers",
// and puts both back; where there is more, it changes nothing.
import {
  CreateWorkforceCommand,
  CreateWorkteamCommand,
  DeleteWorkforceCommand,
  DeleteWorkteamCommand,
  DescribeWorkforceCommand,
  ListFlowDefinitionsCommand,
  ListWorkforcesCommand,
  ListWorkteamsCommand,
  paginateListWorkforces,
  SageMakerClient,
  UpdateWorkforceCommand,
} from '@aws-sdk/client-sagemaker';

const sagemaker = new SageMakerClient();
const { FlowDefinitionSummaries } = await sagemaker.send(new ListFlowDefinitionsCommand());
const { Workteams } = await sagemaker.send(new ListWorkteamsCommand());
if (FlowDefinitionSummaries.length > 0 || Workteams.map((team) => team.WorkteamName).join() !== 'reviewers') {
  console.error('This needs a new server: one without flow definitions and with no other workteam than reviewers.');
  process.exit(1);
}
const { Workforce: former } = await sagemaker.send(new DescribeWorkforceCommand({ WorkforceName: 'default' }));
await sagemaker.send(new DeleteWorkteamCommand({ WorkteamName: 'reviewers' }));

// #region DeleteWorkforce
// Its workteams have to be deleted before.
await sagemaker.send(new DeleteWorkforceCommand({ WorkforceName: 'default' }));
const { Workforces: left } = await sagemaker.send(new ListWorkforcesCommand());
console.log(`${left.length} workforces are left`);
// #endregion DeleteWorkforce

// #region CreateWorkforce
const { WorkforceArn } = await sagemaker.send(
  new CreateWorkforceCommand({
    WorkforceName: 'example-workforce',
    CognitoConfig: { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' },
  }),
);
console.log(`Created ${WorkforceArn}`);
// #endregion CreateWorkforce

// #region DescribeWorkforce
const { Workforce: made } = await sagemaker.send(new DescribeWorkforceCommand({ WorkforceName: 'example-workforce' }));
console.log(`${made.WorkforceName} is ${made.Status}, its workers sign in at ${made.SubDomain}`);
// #endregion DescribeWorkforce

// #region ListWorkforces
for await (const { Workforces } of paginateListWorkforces({ client: sagemaker }, { SortBy: 'Name' })) {
  for (const { WorkforceName, WorkforceArn } of Workforces) console.log(`${WorkforceName}: ${WorkforceArn}`);
}
// #endregion ListWorkforces

// #region UpdateWorkforce
const { Workforce } = await sagemaker.send(
  new UpdateWorkforceCommand({
    WorkforceName: 'example-workforce',
    SourceIpConfig: { Cidrs: ['192.0.2.0/24'] },
  }),
);
console.log(`Workers come from ${Workforce.SourceIpConfig.Cidrs.join(', ')}`);
// #endregion UpdateWorkforce

const { CognitoConfig } = former;
const [{ WorkteamName, Description, MemberDefinitions }] = Workteams;
await sagemaker.send(new DeleteWorkforceCommand({ WorkforceName: 'example-workforce' }));
await sagemaker.send(new CreateWorkforceCommand({ WorkforceName: 'default', CognitoConfig }));
await sagemaker.send(new CreateWorkteamCommand({ WorkteamName, Description, MemberDefinitions }));

// Workforces, one operation after the other.
//
// There is one workforce at a time. The program takes away the one of a new server, whose only workteam is "reviewers",
// and puts both back; where there is more, it changes nothing.
import { createSageMakerClient } from '@holdpoint/client';

const sagemaker = createSageMakerClient();
const { FlowDefinitionSummaries } = await sagemaker.listFlowDefinitions();
const { Workteams } = await sagemaker.listWorkteams();
if (FlowDefinitionSummaries.length > 0 || Workteams.map((team) => team.WorkteamName).join() !== 'reviewers') {
  console.error('This needs a new server: one without flow definitions and with no other workteam than reviewers.');
  process.exit(1);
}
const { Workforce: former } = await sagemaker.describeWorkforce({ WorkforceName: 'default' });
await sagemaker.deleteWorkteam({ WorkteamName: 'reviewers' });

// #region DeleteWorkforce
// Its workteams have to be deleted before.
await sagemaker.deleteWorkforce({ WorkforceName: 'default' });
const { Workforces: left } = await sagemaker.listWorkforces();
console.log(`${left.length} workforces are left`);
// #endregion DeleteWorkforce

// #region CreateWorkforce
const { WorkforceArn } = await sagemaker.createWorkforce({
  WorkforceName: 'example-workforce',
  CognitoConfig: { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' },
});
console.log(`Created ${WorkforceArn}`);
// #endregion CreateWorkforce

// #region DescribeWorkforce
const { Workforce: made } = await sagemaker.describeWorkforce({ WorkforceName: 'example-workforce' });
console.log(`${made.WorkforceName} is ${made.Status}, its workers sign in at ${made.SubDomain}`);
// #endregion DescribeWorkforce

// #region ListWorkforces
const workforces = sagemaker.getPaginator('listWorkforces').paginate({ SortBy: 'Name' });
for await (const { WorkforceName, WorkforceArn } of workforces.items()) {
  console.log(`${WorkforceName}: ${WorkforceArn}`);
}
// #endregion ListWorkforces

// #region UpdateWorkforce
const { Workforce } = await sagemaker.updateWorkforce({
  WorkforceName: 'example-workforce',
  SourceIpConfig: { Cidrs: ['192.0.2.0/24'] },
});
console.log(`Workers come from ${Workforce.SourceIpConfig?.Cidrs.join(', ')}`);
// #endregion UpdateWorkforce

const { CognitoConfig } = former;
const { Description, MemberDefinitions } = Workteams[0]!;
await sagemaker.deleteWorkforce({ WorkforceName: 'example-workforce' });
await sagemaker.createWorkforce({ WorkforceName: 'default', CognitoConfig });
await sagemaker.createWorkteam({ WorkteamName: 'reviewers', Description, MemberDefinitions });

// Workteams, one operation after the other.
import {
  CreateWorkteamCommand,
  DeleteWorkteamCommand,
  DescribeSubscribedWorkteamCommand,
  DescribeWorkforceCommand,
  DescribeWorkteamCommand,
  paginateListSubscribedWorkteams,
  paginateListWorkteams,
  SageMakerClient,
  UpdateWorkteamCommand,
} from '@aws-sdk/client-sagemaker';

const sagemaker = new SageMakerClient();
const { Workforce } = await sagemaker.send(new DescribeWorkforceCommand({ WorkforceName: 'default' }));
const directory = Workforce.CognitoConfig;

// #region CreateWorkteam
const { WorkteamArn } = await sagemaker.send(
  new CreateWorkteamCommand({
    WorkteamName: 'example-accounting',
    WorkforceName: 'default',
    Description: 'Whoever checks invoices',
    MemberDefinitions: [{ CognitoMemberDefinition: { ...directory, UserGroup: 'accounting' } }],
  }),
);
console.log(`Created ${WorkteamArn}`);
// #endregion CreateWorkteam

// #region DescribeWorkteam
async function describe(WorkteamName) {
  try {
    const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName }));
    console.log(`${WorkteamName}: ${Workteam.Description}, portal at ${Workteam.SubDomain}`);
  } catch (error) {
    // A missing workteam has no error of its own.
    if (error.name !== 'ValidationException') throw error;
    console.log(error.message);
  }
}
// #endregion DescribeWorkteam

await describe('example-accounting');
await describe('example-accountants');

// #region ListWorkteams
const search = { SortBy: 'Name', NameContains: 'example' };
for await (const { Workteams } of paginateListWorkteams({ client: sagemaker }, search)) {
  for (const { WorkteamName, WorkteamArn } of Workteams) console.log(`${WorkteamName}: ${WorkteamArn}`);
}
// #endregion ListWorkteams

// #region UpdateWorkteam
const { Workteam } = await sagemaker.send(
  new UpdateWorkteamCommand({
    WorkteamName: 'example-accounting',
    MemberDefinitions: ['accounting', 'controlling'].map((group) => ({
      CognitoMemberDefinition: { ...directory, UserGroup: group },
    })),
  }),
);
for (const { CognitoMemberDefinition: member } of Workteam.MemberDefinitions)
  console.log(`Asks the group ${member.UserGroup}`);
// #endregion UpdateWorkteam

// #region ListSubscribedWorkteams
const titles = [];
for await (const { SubscribedWorkteams } of paginateListSubscribedWorkteams({ client: sagemaker }, {}))
  titles.push(...SubscribedWorkteams.map((team) => team.MarketplaceTitle));
console.log(`Vendors' workteams: ${titles.join(', ') || 'none'}`);
// #endregion ListSubscribedWorkteams

// #region DescribeSubscribedWorkteam
const vendorArn = WorkteamArn.replace('private-crowd/example-accounting', 'vendor-crowd/example');
try {
  const command = new DescribeSubscribedWorkteamCommand({ WorkteamArn: vendorArn });
  const { SubscribedWorkteam: vendor } = await sagemaker.send(command);
  console.log(`${vendor.MarketplaceTitle} by ${vendor.SellerName}`);
} catch (error) {
  if (error.name !== 'ValidationException') throw error;
  console.log(error.message);
}
// #endregion DescribeSubscribedWorkteam

// #region DeleteWorkteam
const { Success } = await sagemaker.send(new DeleteWorkteamCommand({ WorkteamName: 'example-accounting' }));
if (Success) console.log('example-accounting is deleted');
// #endregion DeleteWorkteam

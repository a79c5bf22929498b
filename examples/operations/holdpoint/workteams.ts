// Workteams, one operation after the other.
import { createSageMakerClient, ValidationException } from '@holdpoint/client';

const sagemaker = createSageMakerClient();
const { Workforce } = await sagemaker.describeWorkforce({ WorkforceName: 'default' });
const directory = Workforce.CognitoConfig!;

// #region CreateWorkteam
const { WorkteamArn } = await sagemaker.createWorkteam({
  WorkteamName: 'example-accounting',
  WorkforceName: 'default',
  Description: 'Whoever checks invoices',
  MemberDefinitions: [{ CognitoMemberDefinition: { ...directory, UserGroup: 'accounting' } }],
});
console.log(`Created ${WorkteamArn}`);
// #endregion CreateWorkteam

// #region DescribeWorkteam
async function describe(WorkteamName: string) {
  try {
    const { Workteam } = await sagemaker.describeWorkteam({ WorkteamName });
    console.log(`${WorkteamName}: ${Workteam.Description}, portal at ${Workteam.SubDomain}`);
  } catch (error) {
    // A missing workteam has no error of its own.
    if (!(error instanceof ValidationException)) throw error;
    console.log(error.message);
  }
}
// #endregion DescribeWorkteam

await describe('example-accounting');
await describe('example-accountants');

// #region ListWorkteams
const teams = sagemaker.getPaginator('listWorkteams').paginate({ SortBy: 'Name', NameContains: 'example' });
for await (const { WorkteamName, WorkteamArn } of teams.items()) {
  console.log(`${WorkteamName}: ${WorkteamArn}`);
}
// #endregion ListWorkteams

// #region UpdateWorkteam
const { Workteam } = await sagemaker.updateWorkteam({
  WorkteamName: 'example-accounting',
  MemberDefinitions: ['accounting', 'controlling'].map((group) => ({
    CognitoMemberDefinition: { ...directory, UserGroup: group },
  })),
});
for (const { CognitoMemberDefinition: member } of Workteam.MemberDefinitions)
  console.log(`Asks the group ${member?.UserGroup}`);
// #endregion UpdateWorkteam

// #region ListSubscribedWorkteams
const vendors = await Array.fromAsync(sagemaker.getPaginator('listSubscribedWorkteams').paginate().items());
console.log(`Vendors' workteams: ${vendors.map((team) => team.MarketplaceTitle).join(', ') || 'none'}`);
// #endregion ListSubscribedWorkteams

// #region DescribeSubscribedWorkteam
const vendorArn = Workteam.WorkteamArn.replace('private-crowd/example-accounting', 'vendor-crowd/example');
try {
  const { SubscribedWorkteam: vendor } = await sagemaker.describeSubscribedWorkteam({ WorkteamArn: vendorArn });
  console.log(`${vendor.MarketplaceTitle} by ${vendor.SellerName}`);
} catch (error) {
  if (!(error instanceof ValidationException)) throw error;
  console.log(error.message);
}
// #endregion DescribeSubscribedWorkteam

// #region DeleteWorkteam
const { Success } = await sagemaker.deleteWorkteam({ WorkteamName: 'example-accounting' });
if (Success) console.log('example-accounting is deleted');
// #endregion DeleteWorkteam

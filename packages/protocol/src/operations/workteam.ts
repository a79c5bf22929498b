// Workteams: some of the workers; and subscribed (vendor) workteams.
import { boolean, list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import {
  anyString,
  ClientId,
  CognitoUserPool,
  MaxResults,
  NextToken,
  SortOrder,
  TagList,
  WorkforceName,
  WorkteamArn,
  WorkteamName,
} from './shapes.ts';

const groupPattern = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';
const MemberDefinitions = list(
  structure({
    CognitoMemberDefinition: structure(
      { UserPool: CognitoUserPool, UserGroup: string({ min: 1, max: 128, pattern: groupPattern }), ClientId },
      ['UserPool', 'UserGroup', 'ClientId'],
    ),
    OidcMemberDefinition: structure({
      Groups: list(string({ min: 1, max: 63, pattern: groupPattern }), { min: 1, max: 10 }),
    }),
  }),
  { min: 1, max: 10 },
);
const Description = string({ min: 1, max: 200, pattern: '.+' });
const NotificationConfiguration = structure({
  NotificationTopicArn: string({ pattern: 'arn:aws[a-z\\-]*:sns:[a-z0-9\\-]*:[0-9]{12}:[a-zA-Z0-9_.-]*' }),
});
const EnabledOrDisabled = oneOf('Enabled', 'Disabled');
const WorkerAccessConfiguration = structure({
  S3Presign: structure({
    IamPolicyConstraints: structure({ SourceIp: EnabledOrDisabled, VpcSourceIp: EnabledOrDisabled }),
  }),
});
const Workteam = structure(
  {
    WorkteamName,
    MemberDefinitions,
    WorkteamArn,
    WorkforceArn: string({
      max: 256,
      pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workforce/.*',
    }),
    ProductListingIds: list(anyString),
    Description,
    SubDomain: anyString,
    CreateDate: timestamp,
    LastUpdatedDate: timestamp,
    NotificationConfiguration,
    WorkerAccessConfiguration,
  },
  ['WorkteamName', 'MemberDefinitions', 'WorkteamArn', 'Description'],
);
const SubscribedWorkteam = structure(
  {
    WorkteamArn,
    MarketplaceTitle: Description,
    SellerName: anyString,
    MarketplaceDescription: Description,
    ListingId: anyString,
  },
  ['WorkteamArn'],
);

export const workteamOperations = sageMakerOperations({
  CreateWorkteam: {
    input: structure(
      {
        WorkteamName,
        WorkforceName,
        MemberDefinitions,
        Description,
        NotificationConfiguration,
        WorkerAccessConfiguration,
        Tags: TagList,
      },
      ['WorkteamName', 'MemberDefinitions', 'Description'],
    ),
    output: structure({ WorkteamArn }),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  DescribeWorkteam: {
    input: structure({ WorkteamName }, ['WorkteamName']),
    output: structure({ Workteam }, ['Workteam']),
  },
  ListWorkteams: {
    input: structure({
      SortBy: oneOf('Name', 'CreateDate'),
      SortOrder,
      NameContains: WorkteamName,
      NextToken,
      MaxResults,
    }),
    output: structure({ Workteams: list(Workteam), NextToken }, ['Workteams']),
    pages: 'Workteams',
  },
  UpdateWorkteam: {
    input: structure(
      { WorkteamName, MemberDefinitions, Description, NotificationConfiguration, WorkerAccessConfiguration },
      ['WorkteamName'],
    ),
    output: structure({ Workteam }, ['Workteam']),
    errors: ['ResourceLimitExceeded'],
  },
  DeleteWorkteam: {
    input: structure({ WorkteamName }, ['WorkteamName']),
    output: structure({ Success: boolean }, ['Success']),
    errors: ['ResourceLimitExceeded'],
  },
  ListSubscribedWorkteams: {
    input: structure({ NameContains: WorkteamName, NextToken, MaxResults }),
    output: structure({ SubscribedWorkteams: list(SubscribedWorkteam), NextToken }, ['SubscribedWorkteams']),
    pages: 'SubscribedWorkteams',
  },
  DescribeSubscribedWorkteam: {
    input: structure({ WorkteamArn }, ['WorkteamArn']),
    output: structure({ SubscribedWorkteam }, ['SubscribedWorkteam']),
  },
});

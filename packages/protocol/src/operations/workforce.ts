// Workforces: everyone who can be asked.
import { list, oneOf, string, structure, timestamp } from '../shape.ts';
import { sageMakerOperations } from './operation.ts';
import {
  anyString,
  ClientId,
  CognitoUserPool,
  MaxResults,
  NextToken,
  nothing,
  SortOrder,
  TagList,
  WorkforceName,
} from './shapes.ts';

const WorkforceArn = string({
  max: 256,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workforce/.*',
});
const CognitoConfig = structure({ UserPool: CognitoUserPool, ClientId }, ['UserPool', 'ClientId']);

const OidcEndpoint = string({ max: 500, pattern: 'https://\\S+' });
const ExtraParam = string({ max: 512, pattern: '.*' });
const oidcEndpoints = {
  Issuer: OidcEndpoint,
  AuthorizationEndpoint: OidcEndpoint,
  TokenEndpoint: OidcEndpoint,
  UserInfoEndpoint: OidcEndpoint,
  LogoutEndpoint: OidcEndpoint,
  JwksUri: OidcEndpoint,
  Scope: string({ max: 1024, pattern: '[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*' }),
  AuthenticationRequestExtraParams: { type: 'map', key: ExtraParam, value: ExtraParam, max: 10 },
} as const;
const OidcConfig = structure(
  { ClientId, ClientSecret: string({ min: 1, max: 1024, pattern: '[ -~]+', sensitive: true }), ...oidcEndpoints },
  [
    'ClientId',
    'ClientSecret',
    'Issuer',
    'AuthorizationEndpoint',
    'TokenEndpoint',
    'UserInfoEndpoint',
    'LogoutEndpoint',
    'JwksUri',
  ],
);

/** AWS's pattern as it stands in the model, with its slips (`s*` and `d` without a backslash, `.` for a dot). */
const Cidr = string({
  min: 4,
  max: 64,
  pattern:
    '(^(([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\\.){3}([0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\\/(3[0-2]|[1-2][0-9]|[0-9]))$)|(^s*((([0-9A-Fa-f]{1,4}:){7}([0-9A-Fa-f]{1,4}|:))|(([0-9A-Fa-f]{1,4}:){6}(:[0-9A-Fa-f]{1,4}|((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3})|:))|(([0-9A-Fa-f]{1,4}:){5}(((:[0-9A-Fa-f]{1,4}){1,2})|:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3})|:))|(([0-9A-Fa-f]{1,4}:){4}(((:[0-9A-Fa-f]{1,4}){1,3})|((:[0-9A-Fa-f]{1,4})?:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3}))|:))|(([0-9A-Fa-f]{1,4}:){3}(((:[0-9A-Fa-f]{1,4}){1,4})|((:[0-9A-Fa-f]{1,4}){0,2}:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3}))|:))|(([0-9A-Fa-f]{1,4}:){2}(((:[0-9A-Fa-f]{1,4}){1,5})|((:[0-9A-Fa-f]{1,4}){0,3}:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3}))|:))|(([0-9A-Fa-f]{1,4}:){1}(((:[0-9A-Fa-f]{1,4}){1,6})|((:[0-9A-Fa-f]{1,4}){0,4}:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3}))|:))|(:(((:[0-9A-Fa-f]{1,4}){1,7})|((:[0-9A-Fa-f]{1,4}){0,5}:((25[0-5]|2[0-4]d|1dd|[1-9]?d)(.(25[0-5]|2[0-4]d|1dd|[1-9]?d)){3}))|:)))(%.+)?s*(\\/(12[0-8]|1[0-1][0-9]|[1-9][0-9]|[0-9]))$)',
});
const SourceIpConfig = structure({ Cidrs: list(Cidr) }, ['Cidrs']);

const vpcMembers = {
  VpcId: string({ max: 32, pattern: 'vpc-[0-9a-z]*' }),
  SecurityGroupIds: list(string({ max: 32, pattern: 'sg-[0-9a-z]*' }), { min: 1, max: 5 }),
  Subnets: list(string({ max: 32, pattern: 'subnet-[0-9a-z]*' }), { min: 1, max: 16 }),
};
const WorkforceVpcConfig = structure(vpcMembers);
const IpAddressType = oneOf('ipv4', 'dualstack');

const Workforce = structure(
  {
    WorkforceName,
    WorkforceArn,
    LastUpdatedDate: timestamp,
    SourceIpConfig,
    SubDomain: anyString,
    CognitoConfig,
    OidcConfig: structure({ ClientId, ...oidcEndpoints }),
    CreateDate: timestamp,
    WorkforceVpcConfig: structure(
      { ...vpcMembers, VpcEndpointId: string({ min: 1, max: 255, pattern: 'vpce-[0-9a-z]*' }) },
      ['VpcId', 'SecurityGroupIds', 'Subnets'],
    ),
    Status: oneOf('Initializing', 'Updating', 'Deleting', 'Failed', 'Active'),
    FailureReason: string({ min: 1, max: 1024, pattern: '.+' }),
    IpAddressType,
  },
  ['WorkforceName', 'WorkforceArn'],
);

export const workforceOperations = sageMakerOperations({
  CreateWorkforce: {
    input: structure(
      {
        CognitoConfig,
        OidcConfig,
        SourceIpConfig,
        WorkforceName,
        Tags: TagList,
        WorkforceVpcConfig,
        IpAddressType,
      },
      ['WorkforceName'],
    ),
    output: structure({ WorkforceArn }, ['WorkforceArn']),
  },
  DescribeWorkforce: {
    input: structure({ WorkforceName }, ['WorkforceName']),
    output: structure({ Workforce }, ['Workforce']),
  },
  ListWorkforces: {
    input: structure({
      SortBy: oneOf('Name', 'CreateDate'),
      SortOrder,
      NameContains: WorkforceName,
      NextToken,
      MaxResults,
    }),
    output: structure({ Workforces: list(Workforce), NextToken }, ['Workforces']),
    pages: 'Workforces',
  },
  UpdateWorkforce: {
    input: structure({ WorkforceName, SourceIpConfig, OidcConfig, WorkforceVpcConfig, IpAddressType }, [
      'WorkforceName',
    ]),
    output: structure({ Workforce }, ['Workforce']),
    errors: ['ConflictException'],
  },
  DeleteWorkforce: {
    input: structure({ WorkforceName }, ['WorkforceName']),
    output: nothing,
  },
});

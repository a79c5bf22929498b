// Valid calls of all of AWS's operations, with values that a careless client would write otherwise than botocore.
import type { Call } from './two-clients.ts';

const flowArn = 'arn:aws:sagemaker:us-east-1:123456789012:flow-definition/fd-1';
const uiArn = 'arn:aws:sagemaker:us-east-1:123456789012:human-task-ui/ui-1';
const teamArn = 'arn:aws:sagemaker:us-east-1:123456789012:workteam/private-crowd/team';
const roleArn = 'arn:aws:iam::123456789012:role/any';

/** Texts on which ways of writing JSON, paths and queries part. */
export const oddTexts: Readonly<Record<string, string>> = {
  quotes: `"double" 'single' \`back\``,
  backslashes: 'C:\\new\\u0041\\',
  'control characters': Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join(''),
  'U+007F and C1 controls': '\x7f\x80\x85\x9f\xa0',
  'separators of lines': 'a\u2028b\u2029c\r\nd',
  'the basic plane': 'é ß 漢字 العربية \u00ad\u200b\ufeff\ufffd\uffff',
  'beyond the basic plane': '😀 𝒳 👩‍🚀 \u{10ffff}',
  'what URLs escape': ' %41%zz+&=?#/;:@!$*(),[]{}|^~<>',
  'what HTML escapes': '<script>&amp;</script>',
  'a name of Object.prototype': '__proto__',
  'three kilobytes': 'Long text. '.repeat(280),
};

/** Each operation with everything that its input can have. */
export const fullCalls: readonly Call[] = [
  {
    operation: 'StartHumanLoop',
    input: {
      HumanLoopName: 'loop-1',
      FlowDefinitionArn: flowArn,
      HumanLoopInput: { InputContent: '{"text": "I love it"}' },
      DataAttributes: { ContentClassifiers: ['FreeOfAdultContent', 'FreeOfPersonallyIdentifiableInformation'] },
    },
  },
  { operation: 'DescribeHumanLoop', input: { HumanLoopName: 'loop-1' } },
  {
    operation: 'ListHumanLoops',
    input: {
      CreationTimeAfter: new Date('2020-02-24T00:00:00Z'),
      CreationTimeBefore: new Date('2020-02-25T01:02:03.004Z'),
      FlowDefinitionArn: flowArn,
      SortOrder: 'Ascending',
      NextToken: 'a+b/c= d',
      MaxResults: 100,
    },
  },
  { operation: 'StopHumanLoop', input: { HumanLoopName: 'loop-1' } },
  { operation: 'DeleteHumanLoop', input: { HumanLoopName: 'loop-1' } },
  {
    operation: 'CreateFlowDefinition',
    input: {
      FlowDefinitionName: 'flow',
      HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Textract/AnalyzeDocument/Forms/V1' },
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: {
          HumanLoopActivationConditions: '{"Conditions": [{"ConditionType": "Sampling"}]}',
        },
      },
      HumanLoopConfig: {
        WorkteamArn: teamArn,
        HumanTaskUiArn: uiArn,
        TaskTitle: 'Mood',
        TaskDescription: 'Choose the mood',
        TaskCount: 3,
        TaskAvailabilityLifetimeInSeconds: 864_000,
        TaskTimeLimitInSeconds: 30,
        TaskKeywords: ['mood', 'text'],
        PublicWorkforceTaskPrice: { AmountInUsd: { Dollars: 0, Cents: 99, TenthFractionsOfACent: 9 } },
      },
      OutputConfig: { S3OutputPath: 's3://bucket/prefix', KmsKeyId: 'alias/key' },
      RoleArn: roleArn,
      Tags: [
        { Key: 'a', Value: '' },
        { Key: 'b', Value: 'c' },
      ],
    },
  },
  { operation: 'DescribeFlowDefinition', input: { FlowDefinitionName: 'flow' } },
  {
    operation: 'ListFlowDefinitions',
    input: {
      CreationTimeAfter: new Date('2020-02-24T00:00:00Z'),
      CreationTimeBefore: new Date('2038-01-19T03:14:08Z'),
      SortOrder: 'Descending',
      NextToken: 'next',
      MaxResults: 1,
    },
  },
  { operation: 'DeleteFlowDefinition', input: { FlowDefinitionName: 'flow' } },
  {
    operation: 'CreateHumanTaskUi',
    input: { HumanTaskUiName: 'ui', UiTemplate: { Content: '<crowd-form></crowd-form>' }, Tags: [] },
  },
  { operation: 'DescribeHumanTaskUi', input: { HumanTaskUiName: 'ui' } },
  {
    operation: 'ListHumanTaskUis',
    input: {
      CreationTimeAfter: 0,
      CreationTimeBefore: '2020-02-25',
      SortOrder: 'Ascending',
      NextToken: '',
      MaxResults: 7,
    },
  },
  { operation: 'DeleteHumanTaskUi', input: { HumanTaskUiName: 'ui' } },
  {
    operation: 'RenderUiTemplate',
    input: {
      UiTemplate: { Content: '{{ task.input.text }}' },
      Task: { Input: '{"text":"é"}' },
      RoleArn: roleArn,
      HumanTaskUiArn: uiArn,
    },
  },
  {
    operation: 'CreateWorkteam',
    input: {
      WorkteamName: 'team',
      WorkforceName: 'default',
      MemberDefinitions: [
        { CognitoMemberDefinition: { UserPool: 'us-east-1_pool', UserGroup: 'group', ClientId: 'client' } },
        { OidcMemberDefinition: { Groups: ['a', 'b'] } },
      ],
      Description: 'Some people',
      NotificationConfiguration: { NotificationTopicArn: 'arn:aws:sns:us-east-1:123456789012:topic' },
      Tags: [{ Key: 'a', Value: 'b' }],
    },
  },
  { operation: 'DescribeWorkteam', input: { WorkteamName: 'team' } },
  {
    operation: 'ListWorkteams',
    input: { SortBy: 'CreateDate', SortOrder: 'Descending', NameContains: 'te', NextToken: 'next', MaxResults: 2 },
  },
  {
    operation: 'UpdateWorkteam',
    input: {
      WorkteamName: 'team',
      MemberDefinitions: [{ OidcMemberDefinition: { Groups: ['a'] } }],
      Description: 'Other people',
      NotificationConfiguration: {},
    },
  },
  { operation: 'DeleteWorkteam', input: { WorkteamName: 'team' } },
  { operation: 'ListSubscribedWorkteams', input: { NameContains: 'te', NextToken: 'next', MaxResults: 3 } },
  { operation: 'DescribeSubscribedWorkteam', input: { WorkteamArn: teamArn } },
  {
    operation: 'CreateWorkforce',
    input: {
      CognitoConfig: { UserPool: 'us-east-1_pool', ClientId: 'client' },
      OidcConfig: {
        ClientId: 'client',
        ClientSecret: 'secret',
        Issuer: 'https://id.example.com',
        AuthorizationEndpoint: 'https://id.example.com/authorize',
        TokenEndpoint: 'https://id.example.com/token',
        UserInfoEndpoint: 'https://id.example.com/userinfo',
        LogoutEndpoint: 'https://id.example.com/logout',
        JwksUri: 'https://id.example.com/jwks',
      },
      SourceIpConfig: { Cidrs: ['10.0.0.0/8', '::/0'] },
      WorkforceName: 'default',
      Tags: [{ Key: 'a', Value: 'b' }],
      WorkforceVpcConfig: { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'], Subnets: ['subnet-1', 'subnet-2'] },
    },
  },
  { operation: 'DescribeWorkforce', input: { WorkforceName: 'default' } },
  {
    operation: 'ListWorkforces',
    input: { SortBy: 'Name', SortOrder: 'Ascending', NameContains: 'de', NextToken: 'next', MaxResults: 10 },
  },
  {
    operation: 'UpdateWorkforce',
    input: { WorkforceName: 'default', SourceIpConfig: { Cidrs: [] }, WorkforceVpcConfig: {} },
  },
  { operation: 'DeleteWorkforce', input: { WorkforceName: 'default' } },
  {
    operation: 'AddTags',
    input: {
      ResourceArn: flowArn,
      Tags: [
        { Value: 'b', Key: 'a' },
        { Key: 'holdpoint:quorum', Value: '2' },
      ],
    },
  },
  { operation: 'ListTags', input: { ResourceArn: flowArn, NextToken: 'next', MaxResults: 50 } },
  { operation: 'DeleteTags', input: { ResourceArn: flowArn, TagKeys: ['a', 'b'] } },
];

/** Members that the model of Debian 12's botocore lacks, each with a call that has it. */
export const newerCalls: readonly (Call & { readonly member: string; readonly unknownAs: string })[] = [
  {
    operation: 'CreateWorkteam',
    member: 'WorkerAccessConfiguration.S3Presign.IamPolicyConstraints.SourceIp',
    unknownAs: 'WorkerAccessConfiguration',
    input: {
      WorkteamName: 'team',
      MemberDefinitions: [{}],
      Description: 'Some people',
      WorkerAccessConfiguration: {
        S3Presign: { IamPolicyConstraints: { VpcSourceIp: 'Disabled', SourceIp: 'Enabled' } },
      },
    },
  },
  {
    operation: 'UpdateWorkteam',
    member: 'WorkerAccessConfiguration.S3Presign',
    unknownAs: 'WorkerAccessConfiguration',
    input: { WorkteamName: 'team', WorkerAccessConfiguration: { S3Presign: {} } },
  },
  {
    operation: 'CreateWorkforce',
    member: 'OidcConfig.AuthenticationRequestExtraParams',
    unknownAs: 'Scope',
    input: {
      WorkforceName: 'default',
      OidcConfig: {
        ClientId: 'client',
        ClientSecret: 'secret',
        Issuer: 'https://id.example.com',
        AuthorizationEndpoint: 'https://id.example.com/authorize',
        TokenEndpoint: 'https://id.example.com/token',
        UserInfoEndpoint: 'https://id.example.com/userinfo',
        LogoutEndpoint: 'https://id.example.com/logout',
        JwksUri: 'https://id.example.com/jwks',
        Scope: 'openid email',
        AuthenticationRequestExtraParams: { 'prompt "x"': 'é\u2028', '': '', zz: 'a', aa: 'b' },
      },
    },
  },
  {
    operation: 'UpdateWorkforce',
    member: 'OidcConfig.Scope',
    unknownAs: 'Scope',
    input: {
      OidcConfig: {
        ClientId: 'client',
        ClientSecret: 'secret',
        Issuer: 'i',
        AuthorizationEndpoint: 'a',
        TokenEndpoint: 't',
        UserInfoEndpoint: 'u',
        LogoutEndpoint: 'l',
        JwksUri: 'j',
        Scope: '',
        AuthenticationRequestExtraParams: {},
      },
      WorkforceName: 'default',
    },
  },
  {
    operation: 'CreateWorkforce',
    member: 'IpAddressType',
    unknownAs: 'IpAddressType',
    input: { WorkforceName: 'default', IpAddressType: 'dualstack' },
  },
  {
    operation: 'UpdateWorkforce',
    member: 'IpAddressType',
    unknownAs: 'IpAddressType',
    input: { WorkforceName: 'default', IpAddressType: 'ipv4' },
  },
];

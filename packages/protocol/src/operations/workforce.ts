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

/** The workforce's ARN. */
const WorkforceArn = string({
  max: 256,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workforce/.*',
});
/** The user pool with the workers' accounts; the built-in directory stands for any. */
const CognitoConfig = structure(
  {
    /** The id of the user pool. The built-in directory is the one pool, whatever its name. */
    UserPool: CognitoUserPool,
    ClientId,
  },
  ['UserPool', 'ClientId'],
);

const OidcEndpoint = string({ max: 500, pattern: 'https://\\S+' });
const ExtraParam = string({ max: 512, pattern: '.*' });
const oidcEndpoints = {
  /** The provider's name for itself, an https URL. */
  Issuer: OidcEndpoint,
  /** Where workers sign in. */
  AuthorizationEndpoint: OidcEndpoint,
  /** Where codes are exchanged for tokens. */
  TokenEndpoint: OidcEndpoint,
  /** Where the provider tells about a worker. */
  UserInfoEndpoint: OidcEndpoint,
  /** Where workers sign out. */
  LogoutEndpoint: OidcEndpoint,
  /** Where the provider's public keys are. */
  JwksUri: OidcEndpoint,
  /** Scopes that are asked for, with spaces between. */
  Scope: string({ max: 1024, pattern: '[!#-\\[\\]-~]+( [!#-\\[\\]-~]+)*' }),
  /** Further parameters of the request that signs a worker in, such as `prompt`; not those that every sign-in sets itself. */
  AuthenticationRequestExtraParams: { type: 'map', key: ExtraParam, value: ExtraParam, max: 10 },
} as const;
/** The identity provider at which workers sign in; it speaks OpenID Connect. */
const OidcConfig = structure(
  {
    ClientId,
    /** The secret of the application at the identity provider; no answer has it. */
    ClientSecret: string({ min: 1, max: 1024, pattern: '[ -~]+', sensitive: true }),
    ...oidcEndpoints,
  },
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
/** Address blocks from which workers may come; from elsewhere there is no portal. Without any they may come from everywhere. */
const SourceIpConfig = structure(
  {
    /** Blocks in CIDR notation, such as `192.0.2.0/24`. */
    Cidrs: list(Cidr),
  },
  ['Cidrs'],
);

const vpcMembers = {
  /** The VPC. */
  VpcId: string({ max: 32, pattern: 'vpc-[0-9a-z]*' }),
  /** Its security groups. */
  SecurityGroupIds: list(string({ max: 32, pattern: 'sg-[0-9a-z]*' }), { min: 1, max: 5 }),
  /** Its subnets. */
  Subnets: list(string({ max: 32, pattern: 'subnet-[0-9a-z]*' }), { min: 1, max: 16 }),
};
/** A VPC from which the portal is reached; kept, not applied. */
const WorkforceVpcConfig = structure(vpcMembers);
/** Addresses of the portal; kept, not applied. */
const IpAddressType = oneOf('ipv4', 'dualstack');

/** The workforce. */
const Workforce = structure(
  {
    WorkforceName,
    WorkforceArn,
    /** When the workforce was changed last. */
    LastUpdatedDate: timestamp,
    SourceIpConfig,
    /** Host and port of the portal, without a scheme. */
    SubDomain: anyString,
    CognitoConfig,
    /** The identity provider at which workers sign in, without its secret. */
    OidcConfig: structure({ ClientId, ...oidcEndpoints }),
    /** When the workforce was created. */
    CreateDate: timestamp,
    /** A VPC from which the portal is reached; kept, not applied. */
    WorkforceVpcConfig: structure(
      {
        ...vpcMembers,
        /** The endpoint in the VPC; never there, as none is made. */
        VpcEndpointId: string({ min: 1, max: 255, pattern: 'vpce-[0-9a-z]*' }),
      },
      ['VpcId', 'SecurityGroupIds', 'Subnets'],
    ),
    /** Always Active here. */
    Status: oneOf('Initializing', 'Updating', 'Deleting', 'Failed', 'Active'),
    /** Why the last change failed; never there, as changes are made at once. */
    FailureReason: string({ min: 1, max: 1024, pattern: '.+' }),
    IpAddressType,
  },
  ['WorkforceName', 'WorkforceArn'],
);

export const workforceOperations = sageMakerOperations({
  /**
   * Creates the workforce: where the workers' accounts are. There is one from the first start, named `default`, with
   * the built-in directory.
   *
   * @error ValidationException there is a workforce already, not exactly one of `CognitoConfig` and `OidcConfig`
   * is given, or `AuthenticationRequestExtraParams` has a parameter that every sign-in sets itself
   * @source SageMaker API reference, CreateWorkforce
   */
  CreateWorkforce: {
    input: structure(
      {
        CognitoConfig,
        OidcConfig,
        SourceIpConfig,
        WorkforceName,
        /** Checked and kept; ListTags answers none of them, as workforces are not among its resources. */
        Tags: TagList,
        WorkforceVpcConfig,
        IpAddressType,
      },
      ['WorkforceName'],
    ),
    output: structure({ WorkforceArn }, ['WorkforceArn']),
  },
  /**
   * Describes a workforce. The secret of its application is never in the answer.
   *
   * @error ValidationException there is no such workforce; the message contains "No workforce"
   * @source SageMaker API reference, DescribeWorkforce
   */
  DescribeWorkforce: {
    input: structure({ WorkforceName }, ['WorkforceName']),
    output: structure({ Workforce }, ['Workforce']),
  },
  /**
   * Lists the workforces.
   *
   * @source SageMaker API reference, ListWorkforces
   */
  ListWorkforces: {
    input: structure({
      /** By `Name` or by `CreateDate`. */
      SortBy: oneOf('Name', 'CreateDate'),
      SortOrder,
      /** Only names that contain this text. */
      NameContains: WorkforceName,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        /** The workforces of this page. */
        Workforces: list(Workforce),
        NextToken,
      },
      ['Workforces'],
    ),
    pages: 'Workforces',
  },
  /**
   * Changes the given members of a workforce. The identity provider can be changed while there is no workteam.
   *
   * @error ConflictException it has workteams, which keep its identity provider
   * @error ValidationException there is no such workforce, or its accounts are in a user pool
   * @source SageMaker API reference, UpdateWorkforce
   */
  UpdateWorkforce: {
    input: structure({ WorkforceName, SourceIpConfig, OidcConfig, WorkforceVpcConfig, IpAddressType }, [
      'WorkforceName',
    ]),
    output: structure({ Workforce }, ['Workforce']),
    errors: ['ConflictException'],
  },
  /**
   * Deletes a workforce that has no workteams.
   *
   * @error ValidationException there is no such workforce
   * @error ResourceInUse it has workteams
   * @source SageMaker API reference, DeleteWorkforce
   */
  DeleteWorkforce: {
    input: structure({ WorkforceName }, ['WorkforceName']),
    output: nothing,
  },
});

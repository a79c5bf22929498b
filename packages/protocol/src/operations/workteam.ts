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
/**
 * 1 to 10 groups of the built-in directory (`CognitoMemberDefinition`) or of an identity provider
 * (`OidcMemberDefinition`).
 */
const MemberDefinitions = list(
  structure({
    /** A group of the built-in directory. */
    CognitoMemberDefinition: structure(
      {
        /** The id of the user pool. The built-in directory is the one pool, whatever its name. */
        UserPool: CognitoUserPool,
        /** The group. */
        UserGroup: string({ min: 1, max: 128, pattern: groupPattern }),
        ClientId,
      },
      ['UserPool', 'UserGroup', 'ClientId'],
    ),
    /** Groups of the identity provider. */
    OidcMemberDefinition: structure({
      /** Their names. */
      Groups: list(string({ min: 1, max: 63, pattern: groupPattern }), { min: 1, max: 10 }),
    }),
  }),
  { min: 1, max: 10 },
);
/** A sentence, at most 200 characters. */
const Description = string({ min: 1, max: 200, pattern: '.+' });
/** An SNS topic for news of new work; kept, nothing is sent. */
const NotificationConfiguration = structure({
  /** The topic by its ARN. */
  NotificationTopicArn: string({ pattern: 'arn:aws[a-z\\-]*:sns:[a-z0-9\\-]*:[0-9]{12}:[a-zA-Z0-9_.-]*' }),
});
const EnabledOrDisabled = oneOf('Enabled', 'Disabled');
/** Ties links to objects to the worker's address; kept, not enforced. */
const WorkerAccessConfiguration = structure({
  /** For links to objects. */
  S3Presign: structure({
    /** What such a link is tied to. */
    IamPolicyConstraints: structure({
      /** The worker's address. */
      SourceIp: EnabledOrDisabled,
      /** The worker's address within the VPC. */
      VpcSourceIp: EnabledOrDisabled,
    }),
  }),
});
/** The workteam. */
const Workteam = structure(
  {
    WorkteamName,
    MemberDefinitions,
    WorkteamArn,
    /** The workforce whose workers are asked. */
    WorkforceArn: string({ max: 256, pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workforce/.*' }),
    /** Vendors' offers in AWS's marketplace; never there. */
    ProductListingIds: list(anyString),
    Description,
    /** Host and port of the portal, without a scheme. */
    SubDomain: anyString,
    /** When the workteam was created. */
    CreateDate: timestamp,
    /** When the workteam was changed last. */
    LastUpdatedDate: timestamp,
    NotificationConfiguration,
    WorkerAccessConfiguration,
  },
  ['WorkteamName', 'MemberDefinitions', 'WorkteamArn', 'Description'],
);
/** A vendor's workteam. */
const SubscribedWorkteam = structure(
  {
    WorkteamArn,
    /** What the marketplace calls it. */
    MarketplaceTitle: Description,
    /** The vendor's name. */
    SellerName: anyString,
    /** What the marketplace says about it. */
    MarketplaceDescription: Description,
    /** Its offer in the marketplace. */
    ListingId: anyString,
  },
  ['WorkteamArn'],
);

export const workteamOperations = sageMakerOperations({
  /**
   * Creates a workteam: those workers who are in one of its groups.
   *
   * @error ResourceInUse a workteam of this name exists
   * @error ResourceLimitExceeded there are too many workteams
   * @source A2I developer guide, "Create and manage workforces"; SageMaker API reference, CreateWorkteam
   */
  CreateWorkteam: {
    input: structure(
      {
        WorkteamName,
        WorkforceName,
        MemberDefinitions,
        Description,
        NotificationConfiguration,
        WorkerAccessConfiguration,
        /** The tags that it gets, at most 50. */
        Tags: TagList,
      },
      ['WorkteamName', 'MemberDefinitions', 'Description'],
    ),
    output: structure({ WorkteamArn }),
    errors: ['ResourceInUse', 'ResourceLimitExceeded'],
  },
  /**
   * Describes a workteam. `SubDomain` is the host of the portal, without a scheme.
   *
   * @error ValidationException there is no such workteam; the message begins "The work team"
   * @source SageMaker API reference, DescribeWorkteam
   */
  DescribeWorkteam: {
    input: structure({ WorkteamName }, ['WorkteamName']),
    output: structure({ Workteam }, ['Workteam']),
  },
  /**
   * Lists the workteams, oldest first unless asked otherwise.
   *
   * @source SageMaker API reference, ListWorkteams
   */
  ListWorkteams: {
    input: structure({
      /** By `Name` or by `CreateDate`. */
      SortBy: oneOf('Name', 'CreateDate'),
      SortOrder,
      /** Only names that contain this text. */
      NameContains: WorkteamName,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        /** The workteams of this page. */
        Workteams: list(Workteam),
        NextToken,
      },
      ['Workteams'],
    ),
    pages: 'Workteams',
  },
  /**
   * Changes the given members of a workteam; `MemberDefinitions` are replaced as a whole.
   *
   * @error ValidationException there is no such workteam
   * @source SageMaker API reference, UpdateWorkteam
   */
  UpdateWorkteam: {
    input: structure(
      { WorkteamName, MemberDefinitions, Description, NotificationConfiguration, WorkerAccessConfiguration },
      ['WorkteamName'],
    ),
    output: structure({ Workteam }, ['Workteam']),
    errors: ['ResourceLimitExceeded'],
  },
  /**
   * Deletes a workteam that no flow definition uses.
   *
   * @error ValidationException there is no such workteam, or a flow definition uses it
   * @source SageMaker API reference, DeleteWorkteam
   */
  DeleteWorkteam: {
    input: structure({ WorkteamName }, ['WorkteamName']),
    output: structure(
      {
        /** True; a refusal is an error. */
        Success: boolean,
      },
      ['Success'],
    ),
    errors: ['ResourceLimitExceeded'],
  },
  /**
   * Lists vendors' workteams of AWS's marketplace; here the list is empty.
   *
   * @source SageMaker API reference, ListSubscribedWorkteams
   */
  ListSubscribedWorkteams: {
    input: structure({
      /** Only names that contain this text. */
      NameContains: WorkteamName,
      NextToken,
      MaxResults,
    }),
    output: structure(
      {
        /** Empty. */
        SubscribedWorkteams: list(SubscribedWorkteam),
        NextToken,
      },
      ['SubscribedWorkteams'],
    ),
    pages: 'SubscribedWorkteams',
  },
  /**
   * Describes a vendor's workteam of AWS's marketplace; here there is none.
   *
   * @error ValidationException always
   * @source SageMaker API reference, DescribeSubscribedWorkteam
   */
  DescribeSubscribedWorkteam: {
    input: structure({ WorkteamArn }, ['WorkteamArn']),
    output: structure({ SubscribedWorkteam }, ['SubscribedWorkteam']),
  },
});

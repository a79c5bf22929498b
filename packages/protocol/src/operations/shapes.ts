// Shapes that several resources of the SageMaker API use.
import { integer, list, oneOf, string, structure } from '../shape.ts';

export const nothing = structure({});
export const anyString = string();
/** Where the next page begins; absent on the last one. */
export const NextToken = string({ max: 8192, pattern: '.*' });
/** The most items of one page, 1 to 100; 10 without it. */
export const MaxResults = integer(1, 100);
/** Ascending or Descending. */
export const SortOrder = oneOf('Ascending', 'Descending');
/** Why it failed, in a sentence. */
export const FailureReason = string({ max: 1024 });
/** A role's ARN. It is checked for its form and kept; objects are read and written with the server's own rights. */
export const RoleArn = string({
  min: 20,
  max: 2048,
  pattern: 'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
});
/** The human task UI by its ARN. */
export const HumanTaskUiArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:human-task-ui/.*',
});
/** The workteam by its ARN, `…:workteam/private-crowd/NAME`. */
export const WorkteamArn = string({
  max: 256,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workteam/.*',
});
/** Letters, digits and inner hyphens, at most 63. */
export const WorkteamName = string({ min: 1, max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}' });
/** Letters, digits and hyphens, at most 63. */
export const WorkforceName = string({ min: 1, max: 63, pattern: '[a-zA-Z0-9]([a-zA-Z0-9\\-]){0,62}' });
/** Scheme, host and port; it goes into a policy, so nothing else may be in it. */
export const Origin = string({
  max: 300,
  pattern: 'https?://(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::[0-9]{1,5})?',
});
/** The id of the application at the identity provider. */
export const ClientId = string({ min: 1, max: 1024, pattern: '[ -~]+' });
/** The id of the user pool. The built-in directory is the one pool, whatever its name. */
export const CognitoUserPool = string({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' });

/** Names that begin with `holdpoint:` are Holdpoint's own. */
export const TagKey = string({ min: 1, max: 128, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
export const Tag = structure(
  {
    /** Names that begin with `holdpoint:` are Holdpoint's own. */
    Key: TagKey,
    /** Any text; it may be empty. */
    Value: string({ max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' }),
  },
  ['Key', 'Value'],
);
/** At most 50 tags. */
export const TagList = list(Tag, { max: 50 });

// Shapes that several resources of the SageMaker API use.
import { integer, list, oneOf, string, structure } from '../shape.ts';

export const nothing = structure({});
export const anyString = string();
export const NextToken = string({ max: 8192, pattern: '.*' });
export const MaxResults = integer(1, 100);
export const SortOrder = oneOf('Ascending', 'Descending');
export const FailureReason = string({ max: 1024 });
export const RoleArn = string({
  min: 20,
  max: 2048,
  pattern: 'arn:aws[a-z\\-]*:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
});
export const HumanTaskUiArn = string({
  max: 1024,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]+:[0-9]{12}:human-task-ui/.*',
});
export const WorkteamArn = string({
  max: 256,
  pattern: 'arn:aws[a-z\\-]*:sagemaker:[a-z0-9\\-]*:[0-9]{12}:workteam/.*',
});
export const WorkteamName = string({ min: 1, max: 63, pattern: '[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}' });
export const WorkforceName = string({ min: 1, max: 63, pattern: '[a-zA-Z0-9]([a-zA-Z0-9\\-]){0,62}' });
export const ClientId = string({ min: 1, max: 1024, pattern: '[ -~]+' });
export const CognitoUserPool = string({ min: 1, max: 55, pattern: '[\\w-]+_[0-9a-zA-Z]+' });

export const TagKey = string({ min: 1, max: 128, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' });
export const Tag = structure(
  { Key: TagKey, Value: string({ max: 256, pattern: '([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)' }) },
  ['Key', 'Value'],
);
export const TagList = list(Tag, { max: 50 });

// The human task UIs that come with a server, for the two managed task types.
import { type ArnSettings, formatArn, parseArn } from './arn.ts';

/** The account in which AWS keeps human task UIs that it manages. */
const managedAccount = '394669845002';

/** By request source. AWS names those of Ground Truth so; of A2I no public source names any. */
const managedNames = {
  'AWS/Rekognition/DetectModerationLabels/Image/V3': 'RekognitionDetectModerationLabels',
  'AWS/Textract/AnalyzeDocument/Forms/V1': 'TextractAnalyzeDocument',
} as const;

/** The request sources that flow definitions can have. */
export type ManagedSource = keyof typeof managedNames;

/** The ARN that stands for the page of a managed task type when a flow definition is made. */
export const managedHumanTaskUiArn = ({ region }: Pick<ArnSettings, 'region'>, source: ManagedSource): string =>
  formatArn({ region, accountId: managedAccount, resource: `human-task-ui/${managedNames[source]}` });

/** The request source whose page an ARN stands for; undefined for any other ARN. */
export function managedSourceOf(arn: string): ManagedSource | undefined {
  const parsed = parseArn(arn);
  if (parsed?.accountId !== managedAccount || parsed.resourceType !== 'human-task-ui') return undefined;
  const sources = Object.keys(managedNames) as ManagedSource[];
  return sources.find((source) => managedNames[source] === parsed.resourceName);
}

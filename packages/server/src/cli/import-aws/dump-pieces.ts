/** What the JSON of the aws CLI is, told by its members: the answers of list and describe commands, in any file. */
import { isRecord } from '@holdpoint/protocol';
import type { FlowDescription, TagList, UnreadThing, WorkforceDescription, WorkteamDescription } from './inventory.ts';

type Values = Record<string, unknown>;
export type TaskUiDescription = {
  readonly HumanTaskUiArn: string;
  readonly HumanTaskUiName: string;
  readonly HumanTaskUiStatus?: string;
  readonly UiTemplate: { readonly ContentSha256?: string };
};

export type Piece =
  | { readonly kind: 'flow'; readonly description: FlowDescription }
  | { readonly kind: 'flow list'; readonly things: readonly UnreadThing[] }
  | { readonly kind: 'task UI'; readonly description: TaskUiDescription }
  | { readonly kind: 'task UI list'; readonly things: readonly UnreadThing[] }
  | { readonly kind: 'workteam'; readonly description: WorkteamDescription }
  | { readonly kind: 'workforce'; readonly description: WorkforceDescription }
  | { readonly kind: 'tags'; readonly arn: string | undefined; readonly tags: TagList }
  | { readonly kind: 'people'; readonly group: string | undefined; readonly users: readonly Values[] }
  | { readonly kind: 'loops'; readonly loops: readonly Values[] }
  | { readonly kind: 'other' };

/** Takes a JSON value apart; arrays are looked through. */
export function piecesOf(value: unknown): Piece[] {
  if (Array.isArray(value)) return value.flatMap(piecesOf);
  if (!isRecord(value)) return [{ kind: 'other' }];
  const all = (key: string): Values[] => (Array.isArray(value[key]) ? value[key].filter(isRecord) : []);
  if (Array.isArray(value.FlowDefinitionSummaries))
    return [{ kind: 'flow list', things: all('FlowDefinitionSummaries').flatMap(listedFlow) }];
  if (Array.isArray(value.HumanTaskUiSummaries))
    return [{ kind: 'task UI list', things: all('HumanTaskUiSummaries').flatMap(listedUi) }];
  if (Array.isArray(value.Workteams)) return all('Workteams').flatMap(piecesOf);
  if (Array.isArray(value.Workforces)) return all('Workforces').flatMap(piecesOf);
  if (isRecord(value.Workteam)) return piecesOf(value.Workteam);
  if (isRecord(value.Workforce)) return piecesOf(value.Workforce);
  if (Array.isArray(value.HumanLoopSummaries)) return [{ kind: 'loops', loops: all('HumanLoopSummaries') }];
  if (Array.isArray(value.Tags) && has(value, [], ['ResourceArn']))
    return [{ kind: 'tags', arn: value.ResourceArn as string | undefined, tags: all('Tags') as unknown as TagList }];
  if (Array.isArray(value.Users))
    return [
      {
        kind: 'people',
        group: has(value, ['GroupName']) ? (value.GroupName as string) : undefined,
        users: all('Users'),
      },
    ];
  return [single(value)];
}

/** Somebody may have cut a list down to its names. */
function listedFlow({ FlowDefinitionArn, FlowDefinitionName, FlowDefinitionStatus: status }: Values): UnreadThing[] {
  const arn = FlowDefinitionArn ?? FlowDefinitionName;
  if (typeof arn !== 'string') return [];
  return [{ kind: 'flow-definition', arn, ...(typeof status === 'string' && { status }) }];
}

function listedUi({ HumanTaskUiArn, HumanTaskUiName }: Values): UnreadThing[] {
  const arn = HumanTaskUiArn ?? HumanTaskUiName;
  return typeof arn === 'string' ? [{ kind: 'human-task-ui', arn }] : [];
}

function single(value: Values): Piece {
  if (has(value, ['FlowDefinitionArn', 'FlowDefinitionName', 'RoleArn']) && isFlow(value))
    return { kind: 'flow', description: value as unknown as FlowDescription };
  if (has(value, ['HumanTaskUiArn', 'HumanTaskUiName']) && isRecord(value.UiTemplate))
    return { kind: 'task UI', description: value as unknown as TaskUiDescription };
  if (has(value, ['WorkteamArn', 'WorkteamName', 'Description']) && isListOfRecords(value.MemberDefinitions))
    return { kind: 'workteam', description: value as unknown as WorkteamDescription };
  if (has(value, ['WorkforceArn', 'WorkforceName']))
    return { kind: 'workforce', description: value as unknown as WorkforceDescription };
  return { kind: 'other' };
}

const isFlow = ({ OutputConfig: output, HumanLoopConfig: config }: Values): boolean =>
  isRecord(output) &&
  has(output, ['S3OutputPath']) &&
  (config === undefined || (isRecord(config) && has(config, ['WorkteamArn', 'HumanTaskUiArn'])));

const isListOfRecords = (value: unknown): boolean => Array.isArray(value) && value.every(isRecord);

/** Whether the members are texts; those of the second list may be missing. */
const has = (value: Values, required: readonly string[], optional: readonly string[] = []): boolean =>
  required.every((key) => typeof value[key] === 'string') &&
  optional.every((key) => value[key] === undefined || typeof value[key] === 'string');

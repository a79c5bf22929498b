// A flow definition as a form has it, and as the operation takes it.
import { extensionTagProblem, extensionTags, type OperationInput, type OperationOutput } from '@holdpoint/protocol';
import { type Duration, durationOf, secondsOf } from '../duration-field.ts';
import { type FieldErrors, problemsOf } from '../field-errors.ts';
import { nextName } from '../names.ts';
import { type ExtensionValues, extensionsIn } from './extension-fields.ts';

export interface FlowDraft {
  readonly name: string;
  readonly workteamArn: string;
  readonly humanTaskUiArn: string;
  readonly title: string;
  readonly description: string;
  /** Separated by commas. */
  readonly keywords: string;
  readonly count: string;
  readonly timeLimit: Duration;
  readonly lifetime: Duration;
  readonly outputPath: string;
  readonly role: string;
  readonly kmsKeyId: string;
  readonly source: string;
  readonly conditions: string;
  /** Of our own tags, by name; '' where it is not set. */
  readonly extensions: ExtensionValues;
  /** One `name=value` in a line. */
  readonly tags: string;
}

type Flow = OperationOutput<'DescribeFlowDefinition'>;
type Tag = { readonly Key: string; readonly Value: string };
type CreateInput = OperationInput<'CreateFlowDefinition'>;

export const emptyDraft: FlowDraft = {
  name: '',
  workteamArn: '',
  humanTaskUiArn: '',
  title: '',
  description: '',
  keywords: '',
  count: '1',
  timeLimit: durationOf(3600),
  lifetime: durationOf(864_000),
  outputPath: 's3://holdpoint/outputs',
  role: 'arn:aws:iam::000000000000:role/holdpoint',
  kmsKeyId: '',
  source: '',
  conditions: '',
  extensions: extensionsIn([]),
  tags: '',
};

/** Everything of a flow definition under another name. */
export function cloneOf(flow: Flow, tags: readonly Tag[], taken: Iterable<string>): FlowDraft {
  const asked = flow.HumanLoopConfig!;
  const own = new Set<string>(extensionTags.map(({ name }) => name));
  return {
    name: nextName(flow.FlowDefinitionName, taken),
    workteamArn: asked.WorkteamArn,
    humanTaskUiArn: asked.HumanTaskUiArn,
    title: asked.TaskTitle,
    description: asked.TaskDescription,
    keywords: asked.TaskKeywords?.join(', ') ?? '',
    count: String(asked.TaskCount),
    timeLimit: durationOf(asked.TaskTimeLimitInSeconds, 'hours'),
    lifetime: durationOf(asked.TaskAvailabilityLifetimeInSeconds, 'days'),
    outputPath: flow.OutputConfig.S3OutputPath,
    role: flow.RoleArn,
    kmsKeyId: flow.OutputConfig.KmsKeyId ?? '',
    source: flow.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource ?? '',
    conditions: flow.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions ?? '',
    extensions: extensionsIn(tags),
    tags: tags
      .filter(({ Key }) => !own.has(Key))
      .map(({ Key, Value }) => `${Key}=${Value}`)
      .join('\n'),
  };
}

/** The tags that the draft asks for. */
export function tagsOf(draft: Pick<FlowDraft, 'extensions' | 'tags'>): Tag[] {
  const times = new Set<string>(extensionTags.filter(({ kind }) => kind === 'seconds').map(({ name }) => name));
  const own = Object.entries(draft.extensions).flatMap(([Key, duration]) => {
    const text = duration.amount.trim();
    if (!times.has(Key)) return text === '' ? [] : [{ Key, Value: text }];
    const seconds = secondsOf(duration);
    return seconds === undefined ? [] : [{ Key, Value: Number.isNaN(seconds) ? duration.amount : String(seconds) }];
  });
  const others = draft.tags
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const at = line.indexOf('=');
      return { Key: (at < 0 ? line : line.slice(0, at)).trim(), Value: at < 0 ? '' : line.slice(at + 1).trim() };
    });
  return [...own, ...others];
}

export function inputOf(draft: FlowDraft): CreateInput {
  const keywords = draft.keywords
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  const lifetime = secondsOf(draft.lifetime);
  const timeLimit = secondsOf(draft.timeLimit);
  const tags = tagsOf(draft);
  const text = <Name extends string>(name: Name, value: string) =>
    (value.trim() === '' ? {} : { [name]: value.trim() }) as { readonly [N in Name]?: string };
  return {
    FlowDefinitionName: draft.name.trim(),
    ...(draft.source !== '' && {
      HumanLoopRequestSource: {
        AwsManagedHumanLoopRequestSource: draft.source as 'AWS/Textract/AnalyzeDocument/Forms/V1',
      },
    }),
    ...(draft.conditions.trim() !== '' && {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: draft.conditions },
      },
    }),
    HumanLoopConfig: {
      WorkteamArn: draft.workteamArn,
      HumanTaskUiArn: draft.humanTaskUiArn,
      TaskTitle: draft.title.trim(),
      TaskDescription: draft.description.trim(),
      TaskCount: Number(draft.count),
      ...(lifetime !== undefined && { TaskAvailabilityLifetimeInSeconds: lifetime }),
      ...(timeLimit !== undefined && { TaskTimeLimitInSeconds: timeLimit }),
      ...(keywords.length > 0 && { TaskKeywords: keywords }),
    },
    OutputConfig: { S3OutputPath: draft.outputPath.trim(), ...text('KmsKeyId', draft.kmsKeyId) },
    RoleArn: draft.role.trim(),
    ...(tags.length > 0 && { Tags: tags }),
  };
}

/** What is wrong with a draft before it is sent, by the operation's members; own tags by their names. */
export function problemsOfDraft(draft: FlowDraft): FieldErrors {
  const errors: Record<string, string> = { ...problemsOf('CreateFlowDefinition', inputOf(draft)) };
  const say = (path: string, sentence: string) => {
    errors[path] = sentence;
  };
  if (draft.humanTaskUiArn === '') say('HumanLoopConfig.HumanTaskUiArn', 'Choose a human task UI.');
  if (draft.workteamArn === '') say('HumanLoopConfig.WorkteamArn', 'Choose a workteam.');
  if (Number.isNaN(secondsOf(draft.timeLimit))) say('HumanLoopConfig.TaskTimeLimitInSeconds', 'This must be a number.');
  if (Number.isNaN(secondsOf(draft.lifetime)))
    say('HumanLoopConfig.TaskAvailabilityLifetimeInSeconds', 'This must be a number.');
  if (draft.keywords.split(',').filter((word) => word.trim() !== '').length > 5)
    say('HumanLoopConfig.TaskKeywords', 'There can be five keywords at most.');
  if (draft.conditions.trim() !== '' && !isJson(draft.conditions))
    say('HumanLoopActivationConfig', 'This is not valid JSON.');
  return { ...errors, ...problemsOfTags(tagsOf(draft)) };
}

/** Of our own tags by their names, of the others as `Tags`. */
export function problemsOfTags(tags: readonly Tag[]): FieldErrors {
  const errors: Record<string, string> = {};
  const own = new Set<string>(extensionTags.map(({ name }) => name));
  for (const { Key, Value } of tags) {
    const problem = Key.startsWith('holdpoint:') ? extensionTagProblem(Key, Value) : undefined;
    if (problem !== undefined) errors[own.has(Key) ? Key : 'Tags'] ??= problem;
  }
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) errors.Tags ??= `The tag ${twice} is there twice.`;
  return errors;
}

/** The member that a refusal of the server is about. */
export function memberOf(code: string, message: string): string {
  if (code === 'ResourceInUse') return 'FlowDefinitionName';
  if (/OutputConfig\.S3OutputPath/.test(message)) return 'OutputConfig.S3OutputPath';
  if (/Workteam '/.test(message)) return 'HumanLoopConfig.WorkteamArn';
  if (/HumanTaskUi '/.test(message)) return 'HumanLoopConfig.HumanTaskUiArn';
  if (/HumanLoopActivationConditions/.test(message)) return 'HumanLoopActivationConfig';
  return /\bholdpoint:[\w-]+/.exec(message)?.[0] ?? (/\btags?\b/i.test(message) ? 'Tags' : '');
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

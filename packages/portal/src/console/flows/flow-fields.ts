// The fields of a flow definition, in groups.
import { type ManagedSource, managedHumanTaskUiArn } from '@holdpoint/protocol';
import { html, nothing, type TemplateResult } from 'lit';
import { durationField } from '../duration-field.ts';
import type { FieldErrors } from '../field-errors.ts';
import { areaField, type Choice, selectField, textField } from '../fields.ts';
import { nameIn, uisPath } from '../names.ts';
import { extensionFields } from './extension-fields.ts';
import type { FlowDraft } from './flow-draft.ts';

export interface FormLists {
  readonly workteams: readonly Choice[];
  readonly uis: readonly Choice[];
  readonly flowNames: readonly string[];
}

export interface FlowForm {
  readonly draft: FlowDraft;
  readonly lists: FormLists;
  readonly errors: FieldErrors;
  /** What is known of the output path's bucket. */
  readonly pathNote: string | undefined;
  readonly change: (part: Partial<FlowDraft>) => void;
  /** The output path was written to its end. */
  readonly leftPath: () => void;
}

/** What is chosen stays in the list, also when it is not there any more: the server says so. */
const withChosen = (choices: readonly Choice[], chosen: string, none: string): readonly Choice[] => [
  { value: '', text: none },
  ...choices,
  ...(chosen === '' || choices.some(({ value }) => value === chosen)
    ? []
    : [{ value: chosen, text: `${nameIn(chosen)} (deleted)` }]),
];

export const flowFields = (form: FlowForm): TemplateResult => html`
  ${group('Name', nameFields(form))} ${group('Who answers, with which page', askedFields(form))}
  ${group('What workers read', wordFields(form))} ${group('How many, for how long', limitFields(form))}
  ${group('Where answers go', outputFields(form))} ${group('Beyond A2I', ownFields(form))} ${moreFields(form)}`;

const group = (legend: string, fields: TemplateResult): TemplateResult =>
  html`<fieldset class="panel form-group"><legend>${legend}</legend>${fields}</fieldset>`;

const nameFields = ({ draft, errors, change }: FlowForm): TemplateResult =>
  textField({
    id: 'name',
    label: 'Name',
    hint: 'Small letters, digits and hyphens, 63 at most. Outputs lie under it.',
    value: draft.name,
    error: errors.FlowDefinitionName,
    required: true,
    changed: (name) => change({ name }),
  });

/** Of the managed task type, the page that comes with the server. */
const managedUi = ({ source }: FlowDraft): readonly Choice[] =>
  isManagedSource(source)
    ? [{ value: managedHumanTaskUiArn({ region: 'us-east-1' }, source), text: 'The page that comes with Holdpoint' }]
    : [];

const askedFields = ({ draft, lists, errors, change }: FlowForm): TemplateResult => html`
  ${selectField({
    id: 'workteam',
    label: 'Workteam',
    value: draft.workteamArn,
    choices: withChosen(lists.workteams, draft.workteamArn, 'Choose a workteam'),
    error: errors['HumanLoopConfig.WorkteamArn'],
    changed: (workteamArn) => change({ workteamArn }),
  })}
  ${selectField({
    id: 'ui',
    label: 'Human task UI',
    hint: html`Its template as it is now; <a href="${uisPath}/new">create another one</a>.`,
    value: draft.humanTaskUiArn,
    choices: withChosen([...managedUi(draft), ...lists.uis], draft.humanTaskUiArn, 'Choose a human task UI'),
    error: errors['HumanLoopConfig.HumanTaskUiArn'],
    changed: (humanTaskUiArn) => change({ humanTaskUiArn }),
  })}`;

const wordFields = ({ draft, errors, change }: FlowForm): TemplateResult => html`
  ${textField({
    id: 'title',
    label: 'Task title',
    value: draft.title,
    error: errors['HumanLoopConfig.TaskTitle'],
    required: true,
    changed: (title) => change({ title }),
  })}
  ${textField({
    id: 'description',
    label: 'Task description',
    hint: 'One sentence in the list of tasks.',
    value: draft.description,
    error: errors['HumanLoopConfig.TaskDescription'],
    required: true,
    changed: (description) => change({ description }),
  })}
  ${textField({
    id: 'keywords',
    label: 'Keywords',
    hint: 'Words by which workers find the task, separated by commas; five at most.',
    value: draft.keywords,
    error: errors['HumanLoopConfig.TaskKeywords'],
    changed: (keywords) => change({ keywords }),
  })}`;

const limitFields = ({ draft, errors, change }: FlowForm): TemplateResult => html`
  ${selectField({
    id: 'count',
    label: 'Workers for each loop',
    hint: 'So many different workers answer each loop.',
    value: draft.count,
    choices: ['1', '2', '3'].map((value) => ({ value, text: value })),
    error: errors['HumanLoopConfig.TaskCount'],
    changed: (count) => change({ count }),
  })}
  ${durationField({
    id: 'time-limit',
    label: 'Time for one task',
    hint: 'What a worker has from accepting it; an hour without it.',
    value: draft.timeLimit,
    error: errors['HumanLoopConfig.TaskTimeLimitInSeconds'],
    changed: (timeLimit) => change({ timeLimit }),
  })}
  ${durationField({
    id: 'lifetime',
    label: 'Offered for',
    hint: 'From the start of a loop; when it is over and answers are missing, the loop is Failed. Ten days without it.',
    value: draft.lifetime,
    error: errors['HumanLoopConfig.TaskAvailabilityLifetimeInSeconds'],
    changed: (lifetime) => change({ lifetime }),
  })}`;

const outputFields = ({ draft, errors, pathNote, change, leftPath }: FlowForm): TemplateResult => html`
  ${textField({
    id: 'output',
    label: 'Output path',
    hint: html`A bucket, with a prefix if you like: s3://BUCKET/PREFIX.
      <span role="status">${pathNote ?? nothing}</span>`,
    value: draft.outputPath,
    error: errors['OutputConfig.S3OutputPath'],
    required: true,
    changed: (outputPath) => change({ outputPath }),
    left: leftPath,
  })}`;

const ownFields = ({ draft, errors, change }: FlowForm): TemplateResult => html`
  <p class="muted small">Tags that only Holdpoint understands. Empty leaves what stands in brackets.</p>
${extensionFields({ values: draft.extensions, errors, change: (extensions) => change({ extensions }) })}`;

const sources: readonly ManagedSource[] = [
  'AWS/Rekognition/DetectModerationLabels/Image/V3',
  'AWS/Textract/AnalyzeDocument/Forms/V1',
];

const isManagedSource = (source: string): source is ManagedSource => (sources as readonly string[]).includes(source);

const moreFields = ({ draft, errors, change }: FlowForm): TemplateResult => html`<details class="panel form-group">
  <summary>More: tags, activation conditions, role, key</summary>
  ${areaField({
    id: 'tags',
    label: 'Other tags',
    hint: 'One in a line, as name=value.',
    value: draft.tags,
    error: errors.Tags,
    mono: true,
    changed: (tags) => change({ tags }),
  })}
  ${selectField({
    id: 'source',
    label: 'Managed task type',
    hint: 'For loops that calls of Rekognition or Textract through this server start.',
    value: draft.source,
    choices: [{ value: '', text: 'None: your own content' }, ...sources.map((value) => ({ value, text: value }))],
    error: errors['HumanLoopRequestSource.AwsManagedHumanLoopRequestSource'],
    changed: (source) => change({ source }),
  })}
  ${areaField({
    id: 'conditions',
    label: 'Activation conditions (JSON)',
    hint: 'Kept and given back.',
    value: draft.conditions,
    error:
      errors.HumanLoopActivationConfig ??
      errors['HumanLoopActivationConfig.HumanLoopActivationConditionsConfig.HumanLoopActivationConditions'],
    rows: 5,
    mono: true,
    changed: (conditions) => change({ conditions }),
  })}
  ${textField({
    id: 'role',
    label: 'Role',
    hint: "Checked for its form and kept; objects are read and written with the server's own rights.",
    value: draft.role,
    error: errors.RoleArn,
    required: true,
    changed: (role) => change({ role }),
  })}
  ${textField({
    id: 'kms',
    label: 'Key of AWS KMS for outputs',
    value: draft.kmsKeyId,
    error: errors['OutputConfig.KmsKeyId'],
    changed: (kmsKeyId) => change({ kmsKeyId }),
  })}
</details>`;

import {
  type ArnSettings,
  humanTaskUiArn,
  managedHumanTaskUiArn,
  type OperationInput,
  operations,
  parseArn,
  partitionOf,
  workteamArn,
} from '@holdpoint/protocol';
import type { Call, Calling } from '../api-command.ts';
import { type DurationBounds, parseDuration } from '../duration.ts';
import { nextCommand } from '../next-command.ts';
import { readJsonText, readText } from '../read-text.ts';
import { requireValid } from '../require-valid.ts';
import { sayMore } from '../say-more.ts';
import type { ServerOptions } from '../server-options.ts';
import { printable } from '../table.ts';
import { parseTags } from '../tags.ts';
import { requireNoErrors } from '../template/require-no-errors.ts';
import { requireTemplate } from '../template/require-template.ts';
import { flowsThatShow } from '../template/used-by.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { waitUntil } from '../wait-until.ts';
import { type ChosenUi, chooseHumanTaskUi, createHumanTaskUi, describeUi } from './choose-human-task-ui.ts';
import { makeOutputBucket } from './make-output-bucket.ts';

export interface CreateFlowOptions extends ServerOptions {
  readonly template?: string;
  readonly check: boolean;
  readonly humanTaskUi?: string;
  readonly replaceTemplate?: boolean;
  readonly output: string;
  readonly workteam: string;
  readonly title?: string;
  readonly description?: string;
  readonly taskCount: string;
  readonly timeLimit?: string;
  readonly availableFor?: string;
  readonly keyword?: readonly string[];
  readonly conditions?: string;
  readonly requestSource?: keyof typeof requestSources;
  readonly kmsKey?: string;
  readonly tag?: readonly string[];
  readonly role?: string;
}

type Input = OperationInput<'CreateFlowDefinition'>;

const requestSources = {
  rekognition: 'AWS/Rekognition/DetectModerationLabels/Image/V3',
  textract: 'AWS/Textract/AnalyzeDocument/Forms/V1',
} as const;

/** Makes a flow, and the human task UI that it shows where a template is given; what is half done is undone or named. */
export const createFlow: Call<CreateFlowOptions> = async (calling, name = '') => {
  const { client, options, signal } = calling;
  const { template, humanTaskUi, requestSource } = options;
  if (template === undefined && humanTaskUi === undefined && requestSource === undefined)
    throw new UsageError('Give either --template with a file or --human-task-ui with a name.');
  if (template !== undefined && humanTaskUi !== undefined)
    throw new UsageError('Give either --template with a file or --human-task-ui with a name.');
  const given = await readGiven(calling, name);
  const content = template === undefined ? undefined : await readTemplate(template, calling.terminal);
  requireAllValid(name, given, options);
  if (template !== undefined && content !== undefined && options.check)
    await requireNoErrors(calling, template, content);
  const WorkteamArn = await arnOfWorkteam(calling, options.workteam);
  const place = placeOf(WorkteamArn);
  const managed =
    template === undefined && humanTaskUi === undefined && requestSource !== undefined
      ? managedHumanTaskUiArn(place, requestSources[requestSource])
      : undefined;
  const choosing = managed === undefined ? calling : { ...calling, options: { ...options, humanTaskUi: managed } };
  const ui = await chooseHumanTaskUi(choosing, { name, content, place });
  const asked = { WorkteamArn, HumanTaskUiArn: ui.arn };
  const input = inputOf(given, { ...asked, RoleArn: options.role ?? ownRole(place) });
  if ((await stateOf(calling, name)) !== undefined)
    throw new Error(`There is a flow ${printable(name)} already: choose another name, or delete that one first.`);
  signal.throwIfAborted();
  if (ui.content !== undefined)
    await createHumanTaskUi(calling, { HumanTaskUiName: ui.name, UiTemplate: { Content: ui.content } });
  const { FlowDefinitionArn } = await client
    .call('CreateFlowDefinition', input)
    .catch(async (error: Error) => (await madeBefore(calling, input, error)) ?? undo(calling, ui, error));
  const bucket = await makeOutputBucket(calling, options.output);
  await untilActive(calling, name);
  const made = ui.content === undefined ? 'Used' : 'Created';
  return {
    output: {
      FlowDefinitionArn,
      FlowDefinitionStatus: 'Active',
      WorkteamArn,
      HumanTaskUiArn: ui.arn,
      HumanTaskUi: made,
    },
    text: [
      `The flow ${name} is active. It asks the workteam ${nameIn(WorkteamArn)} ${describeUi(ui)}.`,
      FlowDefinitionArn,
      ...(bucket === undefined ? [] : [`The bucket ${bucket} is made for its outputs.`]),
      '',
      'Start a loop with',
      `  ${nextCommand(`loop start ${name} --input-file input.json`, options)}`,
    ].join('\n'),
  };
};

async function readTemplate(file: string, terminal: Terminal): Promise<string> {
  const content = await readText(file, terminal);
  requireTemplate(file, content);
  return content;
}

/** What the options say, before any server is asked. */
async function readGiven({ options, terminal }: Calling<CreateFlowOptions>, name: string) {
  const title = options.title ?? titleOf(name);
  const { timeLimit, availableFor, conditions, requestSource, kmsKey } = options;
  return {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      TaskTitle: title,
      TaskDescription: options.description ?? title,
      TaskCount: Number(options.taskCount),
      ...(timeLimit !== undefined && {
        TaskTimeLimitInSeconds: parseDuration(timeLimit, '--time-limit', boundsOf('TaskTimeLimitInSeconds')),
      }),
      ...(availableFor !== undefined && {
        TaskAvailabilityLifetimeInSeconds: parseDuration(
          availableFor,
          '--available-for',
          boundsOf('TaskAvailabilityLifetimeInSeconds'),
        ),
      }),
      ...(options.keyword && { TaskKeywords: [...options.keyword] }),
    },
    OutputConfig: { S3OutputPath: options.output, ...(kmsKey !== undefined && { KmsKeyId: kmsKey }) },
    ...(requestSource !== undefined && {
      HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: requestSources[requestSource] },
    }),
    ...(conditions !== undefined && {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: {
          HumanLoopActivationConditions: await readJsonText(conditions, terminal),
        },
      },
    }),
    Tags: parseTags(options.tag),
  };
}

function inputOf(
  { HumanLoopConfig, ...given }: Awaited<ReturnType<typeof readGiven>>,
  arns: { WorkteamArn: string; HumanTaskUiArn: string; RoleArn: string },
): Input {
  const { RoleArn, ...asked } = arns;
  return { ...given, HumanLoopConfig: { ...asked, ...HumanLoopConfig }, RoleArn };
}

const loopConfig = operations.CreateFlowDefinition.input.members.HumanLoopConfig.members;

function boundsOf(member: 'TaskTimeLimitInSeconds' | 'TaskAvailabilityLifetimeInSeconds'): DurationBounds {
  const { min, max }: DurationBounds = loopConfig[member];
  return { min, max };
}

/** `invoice-check` → `Invoice check` */
const titleOf = (name: string): string =>
  (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll(/-+/g, ' ').trim() || name;

/** Where a member comes from: sentences about it name the option. */
const sources: Readonly<Record<string, string>> = {
  flowDefinitionName: 'The name',
  'humanLoopConfig.workteamArn': '--workteam',
  'humanLoopConfig.humanTaskUiArn': '--human-task-ui',
  'humanLoopConfig.taskTitle': '--title',
  'humanLoopConfig.taskDescription': '--description',
  'humanLoopConfig.taskKeywords': '--keyword',
  'outputConfig.s3OutputPath': '--output',
  'outputConfig.kmsKeyId': '--kms-key',
  'humanLoopActivationConfig.humanLoopActivationConditionsConfig.humanLoopActivationConditions': '--conditions',
  roleArn: '--role',
  tags: '--tag',
};

/** Everything is looked at before a server is asked; names stand for the ARNs that only it knows. */
function requireAllValid(
  name: string,
  given: Awaited<ReturnType<typeof readGiven>>,
  { role, workteam, humanTaskUi = '' }: CreateFlowOptions,
): void {
  const place = { region: 'us-east-1', accountId: '000000000000' };
  const input = inputOf(given, {
    WorkteamArn: workteam.startsWith('arn:') ? workteam : workteamArn(place, workteam),
    HumanTaskUiArn: humanTaskUi.startsWith('arn:') ? humanTaskUi : humanTaskUiArn(place, name),
    RoleArn: role ?? ownRole(place),
  });
  requireValid('CreateFlowDefinition', input, sources);
}

async function arnOfWorkteam({ client }: Calling<unknown>, given: string): Promise<string> {
  if (given.startsWith('arn:')) return given;
  return (await client.call('DescribeWorkteam', { WorkteamName: given })).Workteam.WorkteamArn;
}

function placeOf(arn: string): ArnSettings {
  const { region = '', accountId = '' } = parseArn(arn) ?? {};
  return { region, accountId };
}

/** The service wants a role, and nothing is done with its rights. */
const ownRole = ({ region, accountId }: ArnSettings): string =>
  `arn:${partitionOf(region)}:iam::${accountId}:role/holdpoint`;

const nameIn = (arn: string): string => printable(arn.split('/').at(-1) ?? arn);

/** The description of a flow; undefined when there is none of the name. */
async function stateOf({ client, signal }: Calling<unknown>, name: string) {
  try {
    return await client.call('DescribeFlowDefinition', { FlowDefinitionName: name }, { signal });
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFound') return undefined;
    throw error;
  }
}

/** A call that is repeated because its answer was lost is refused, since the first attempt made the flow. */
async function madeBefore(calling: Calling<unknown>, input: Input, error: Error) {
  if (error.name !== 'ResourceInUse') return undefined;
  const flow = await stateOf(calling, input.FlowDefinitionName);
  const isOurs =
    flow?.HumanLoopConfig?.HumanTaskUiArn === input.HumanLoopConfig?.HumanTaskUiArn &&
    flow?.HumanLoopConfig?.WorkteamArn === input.HumanLoopConfig?.WorkteamArn &&
    flow?.OutputConfig.S3OutputPath === input.OutputConfig.S3OutputPath;
  return isOurs ? flow : undefined;
}

/** After a refusal nothing of the attempt stays; where it is not known what became of it, both names are told. */
async function undo(calling: Calling<CreateFlowOptions>, ui: ChosenUi, error: Error): Promise<never> {
  const { client, options } = calling;
  if (ui.content === undefined) throw error;
  const refused = 'statusCode' in error && Number(error.statusCode) >= 400 && Number(error.statusCode) < 500;
  const list = nextCommand('flow list', options);
  if (!refused)
    throw sayMore(error, `Whether the flow was made is not known ("${list}" tells); the human task UI ${ui.name} was.`);
  const remove = async (): Promise<void> => {
    // Somebody else may have made a flow of the same template meanwhile.
    if ((await flowsThatShow(calling, ui.arn)).length > 0) return;
    await client.call('DeleteHumanTaskUi', { HumanTaskUiName: ui.name });
  };
  await remove().catch((failure: Error) => {
    throw sayMore(error, `The human task UI ${ui.name} was made for it and could not be deleted: ${failure.message}`);
  });
  throw error;
}

async function untilActive(calling: Calling<CreateFlowOptions>, name: string): Promise<void> {
  const { signal, terminal, options } = calling;
  try {
    await waitUntil(
      terminal.errors,
      () => `Waiting until the flow ${name} is active`,
      signal,
      async () => {
        const flow = await stateOf(calling, name);
        if (flow?.FlowDefinitionStatus === 'Active') return true;
        if (flow === undefined || flow.FlowDefinitionStatus === 'Deleting')
          throw new Error(`The flow ${name} was made, and deleted by somebody else before it was active.`);
        if (flow.FlowDefinitionStatus === 'Failed')
          throw new Error(
            `The flow ${name} was made, but failed: ${flow.FailureReason ?? 'the server does not say why.'}`,
          );
        return undefined;
      },
    );
  } catch (error) {
    if (signal.aborted)
      terminal.errors.write(
        `The flow ${name} is made and becomes active by itself: ${nextCommand(`flow show ${name}`, options)}\n`,
      );
    throw error;
  }
}

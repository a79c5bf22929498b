// Flows, loops and their outputs, for tests whose subject is something else.
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { type ManagedSource, managedHumanTaskUiArn, type Output, parseS3Uri, workteamArn } from '@holdpoint/protocol';
import { eventually } from './eventually.ts';
import type { TestServer } from './test-server.ts';

/** A form with one text field and the input's `text`. */
export const noteTemplate = `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><p>{{ task.input.text }}</p><label>Note <input name="note"></label></crowd-form>`;

export interface Flow {
  readonly name: string;
  readonly arn: string;
}

export interface FlowSettings {
  readonly template?: string;
  readonly taskCount?: number;
  readonly timeLimitSeconds?: number;
  readonly availabilitySeconds?: number;
  readonly workteam?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Makes a human task UI and a flow definition of one name; the task's title is the name too. */
export async function createFlow(
  { client, ...server }: TestServer,
  name: string,
  settings: FlowSettings = {},
): Promise<Flow> {
  const { HumanTaskUiArn } = await client.call('CreateHumanTaskUi', {
    HumanTaskUiName: name,
    UiTemplate: { Content: settings.template ?? noteTemplate },
  });
  const { timeLimitSeconds, availabilitySeconds } = settings;
  const { FlowDefinitionArn } = await client.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, settings.workteam ?? 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: name,
      TaskDescription: 'Read the text and write a note',
      TaskCount: settings.taskCount ?? 1,
      ...(timeLimitSeconds !== undefined && { TaskTimeLimitInSeconds: timeLimitSeconds }),
      ...(availabilitySeconds !== undefined && { TaskAvailabilityLifetimeInSeconds: availabilitySeconds }),
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
    ...(settings.tags && { Tags: Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value })) }),
  });
  return { name, arn: FlowDefinitionArn };
}

/** Makes a flow definition of a managed task type with the page that comes with the server. */
export async function createManagedFlow(
  { client, ...server }: TestServer,
  source: ManagedSource,
  { name = 'managed', conditions }: { readonly name?: string; readonly conditions?: string } = {},
): Promise<Flow> {
  const { FlowDefinitionArn } = await client.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: source },
    ...(conditions !== undefined && {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: conditions },
      },
    }),
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn: managedHumanTaskUiArn(server, source),
      TaskTitle: name,
      TaskDescription: 'Say what is right',
      TaskCount: 1,
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
    RoleArn: 'arn:aws:iam::000000000000:role/any',
  });
  return { name, arn: FlowDefinitionArn };
}

export async function startLoop(
  { client }: TestServer,
  flow: Flow,
  name: string,
  input: unknown = { text: name },
): Promise<void> {
  const HumanLoopInput = { InputContent: JSON.stringify(input) };
  await client.call('StartHumanLoop', { HumanLoopName: name, FlowDefinitionArn: flow.arn, HumanLoopInput });
}

export const describeLoop = ({ client }: TestServer, name: string) =>
  client.call('DescribeHumanLoop', { HumanLoopName: name });

export const statusOf = async (server: TestServer, name: string): Promise<string> =>
  (await describeLoop(server, name)).HumanLoopStatus;

export const untilStatus = (server: TestServer, name: string, status: string): Promise<unknown> =>
  eventually(() => statusOf(server, name)).toBe(status);

/** The output that a loop's description names. */
export async function outputOf(server: TestServer, name: string): Promise<Output> {
  const { HumanLoopOutput } = await describeLoop(server, name);
  const { bucket, key } = parseS3Uri(HumanLoopOutput!.OutputS3Uri)!;
  const { Body } = await server.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return JSON.parse(await Body!.transformToString()) as Output;
}

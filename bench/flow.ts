/** The flow whose loops benchmarks start. */
import type { Client } from '@holdpoint/client';
import { workteamArn } from '@holdpoint/protocol';

const form = '<crowd-form><crowd-input name="a" value="{{ task.input.taskObject }}"></crowd-input></crowd-form>';

/** The ARN of a flow `bench` that is made on a new server, or of one with another name and activation conditions. */
export async function makeFlow(
  client: Client,
  more: { TaskAvailabilityLifetimeInSeconds?: number } = {},
  { name = 'bench', conditions, template = form }: { name?: string; conditions?: object; template?: string } = {},
): Promise<string> {
  const ui = await client.call('CreateHumanTaskUi', { HumanTaskUiName: name, UiTemplate: { Content: template } });
  const flow = await client.call('CreateFlowDefinition', {
    FlowDefinitionName: name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn({ region: 'us-east-1', accountId: '000000000000' }, 'reviewers'),
      HumanTaskUiArn: ui.HumanTaskUiArn,
      TaskTitle: 'Bench',
      TaskDescription: 'Bench',
      TaskCount: 1,
      ...more,
    },
    ...(conditions && {
      HumanLoopActivationConfig: {
        HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: JSON.stringify(conditions) },
      },
    }),
    OutputConfig: { S3OutputPath: 's3://holdpoint/bench' },
    RoleArn: 'arn:aws:iam::000000000000:role/holdpoint',
  });
  return flow.FlowDefinitionArn;
}

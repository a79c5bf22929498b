/** What every run has from its start: people, a task UI, flow definitions, event targets. */
import { workteamArn } from '@holdpoint/protocol';
import { bucket, outputPrefix } from './check-all.ts';
import type { History } from './history.ts';
import type { Flow } from './load.ts';
import type { Requests } from './requests.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';
import { type CrashWorker, workerPassword } from './workers.ts';

const settings = { region: 'us-east-1', accountId: '000000000000' };

export async function setUp(
  requests: Requests,
  receiver: WebhookReceiver,
  workers: readonly CrashWorker[],
): Promise<void> {
  const template = '<crowd-form><p>{{ task.input.text }}</p><crowd-input name="token"></crowd-input></crowd-form>';
  await requests.call('CreateHumanTaskUi', { HumanTaskUiName: 'torture', UiTemplate: { Content: template } });
  await requests.call('CreateEventTarget', { Url: receiver.humanLoopUrl, Kind: 'human-loop' });
  await requests.call('CreateEventTarget', { Url: receiver.objectUrl, Kind: 'object-created' });
  for (const { email } of workers)
    await requests.call('CreateWorker', { Email: email, Workteams: ['reviewers'], Password: workerPassword });
}

export async function createFlows(requests: Requests, history: History): Promise<Flow[]> {
  const flows: Flow[] = [];
  for (const taskCount of [1, 3]) {
    const name = `torture-of-${taskCount}`;
    await requests.call('CreateFlowDefinition', {
      FlowDefinitionName: name,
      HumanLoopConfig: {
        WorkteamArn: workteamArn(settings, 'reviewers'),
        HumanTaskUiArn: `arn:aws:sagemaker:${settings.region}:${settings.accountId}:human-task-ui/torture`,
        TaskTitle: 'Torture',
        TaskDescription: 'Torture',
        TaskCount: taskCount,
        // Longer than any run, whichever way its clock jumps: nothing may end by itself.
        TaskTimeLimitInSeconds: 28_800,
        TaskAvailabilityLifetimeInSeconds: 864_000,
      },
      OutputConfig: { S3OutputPath: `s3://${bucket}/${outputPrefix}` },
      RoleArn: `arn:aws:iam::${settings.accountId}:role/holdpoint`,
    });
    history.flowDefinitionNames.push(name);
    flows.push({ name, taskCount });
  }
  return flows;
}

/** The sample flows and waiting tasks of a first start, made through the API as any program would. */
import { createClient } from '@holdpoint/client';
import { workteamArn } from '@holdpoint/protocol';
import type { Server } from '../main.ts';
import { rootCredentials } from './connect.ts';
import { openObjects } from './objects.ts';
import { type SampleTask, sampleImage, sampleTasks } from './sample-tasks.ts';

/** The first reviewer's address; nobody can sign in with it but through the link. */
const reviewer = 'reviewer@example.com';
const imageKey = 'samples/receipt.svg';

/**
 * Adds what is missing of the samples, unless people sign in at an identity provider: then there is nobody to add them for.
 *
 * @returns a link that signs the first reviewer in, once.
 */
export async function addSamples(server: Server): Promise<string | undefined> {
  const credentials = rootCredentials(server.files.credentialsFile);
  const client = createClient({
    endpointUrl: server.endpointUrl,
    region: server.region,
    credentials,
    ignoreConfiguration: true,
  });
  const { credentials: provider, meta } = client;
  const objects = openObjects({ endpointUrl: meta.endpointUrl, region: meta.regionName, credentials: provider });
  const { Workforces } = await client.call('ListWorkforces', {});
  if (Workforces.some(({ OidcConfig }) => OidcConfig !== undefined)) return undefined;
  const workers = await client.call('ListWorkers', {});
  if (!workers.Workers.some((worker) => worker.Email === reviewer))
    await client.call('CreateWorker', {
      Email: reviewer,
      Name: 'First Reviewer',
      Workteams: ['reviewers'],
      Role: 'Operator',
    });
  const flows = await client.call('ListFlowDefinitions', { MaxResults: 100 });
  for (const sample of sampleTasks) {
    if (flows.FlowDefinitionSummaries.some((flow) => flow.FlowDefinitionName === sample.name)) continue;
    if (sample.usesImage) await objects.write(`s3://holdpoint/${imageKey}`, sampleImage, 'image/svg+xml');
    await addSample(client, server, sample);
  }
  const { Url } = await client.call('CreateSignInLink', { Email: reviewer, Purpose: 'SignIn' });
  return Url;
}

async function addSample(client: ReturnType<typeof createClient>, server: Server, sample: SampleTask): Promise<void> {
  const { HumanTaskUiArn } = await client.call('CreateHumanTaskUi', {
    HumanTaskUiName: sample.name,
    UiTemplate: { Content: sample.template },
  });
  const { FlowDefinitionArn } = await client.call('CreateFlowDefinition', {
    FlowDefinitionName: sample.name,
    HumanLoopConfig: {
      WorkteamArn: workteamArn(server, 'reviewers'),
      HumanTaskUiArn,
      TaskTitle: sample.title,
      TaskDescription: sample.description,
      TaskCount: 1,
      TaskKeywords: ['sample'],
    },
    OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
    RoleArn: `arn:aws:iam::${server.accountId}:role/holdpoint`,
  });
  for (const [index, input] of sample.inputs.entries())
    await client.call('StartHumanLoop', {
      HumanLoopName: `${sample.name}-${index + 1}`,
      FlowDefinitionArn,
      HumanLoopInput: { InputContent: JSON.stringify(input) },
    });
}

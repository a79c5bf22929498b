// A small account of AWS as the aws CLI would write it down, invented.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const accountId = '111122223333';
export const region = 'eu-central-1';
export const arnAtAws = (resource: string): string => `arn:aws:sagemaker:${region}:${accountId}:${resource}`;

/** What a test changes in a file: members that replace those that are there, or all of it. */
export type Files = Readonly<Record<string, unknown>>;

export const template = (text: string): string =>
  `<script src="https://assets.crowd.aws/crowd-html-elements.js"></script>
<crowd-form><p>${text}: {{ task.input.text }}</p><input name="note"></crowd-form>`;

export const invoicePage = template('Überprüfen');
export const imagePage = template('Look');

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export const flow = (
  name: string,
  more: Readonly<Record<string, unknown>> = {},
  config: Readonly<Record<string, unknown>> = {},
) => ({
  FlowDefinitionArn: arnAtAws(`flow-definition/${name}`),
  FlowDefinitionName: name,
  FlowDefinitionStatus: 'Active',
  CreationTime: '2023-04-01T10:11:12.345000+02:00',
  HumanLoopConfig: {
    WorkteamArn: arnAtAws('workteam/private-crowd/invoice-team'),
    HumanTaskUiArn: arnAtAws('human-task-ui/invoice-page'),
    TaskTitle: `Check ${name}`,
    TaskDescription: 'Compare the fields with the picture',
    TaskCount: 1,
    TaskAvailabilityLifetimeInSeconds: 864000,
    TaskTimeLimitInSeconds: 3600,
    ...config,
  },
  OutputConfig: { S3OutputPath: 's3://acme-invoices/a2i/' },
  RoleArn: `arn:aws:iam::${accountId}:role/service-role/ReviewRole`,
  ...more,
});

export const ui = (name: string, page: string) => ({
  HumanTaskUiArn: arnAtAws(`human-task-ui/${name}`),
  HumanTaskUiName: name,
  HumanTaskUiStatus: 'Active',
  CreationTime: '2023-04-01T10:10:12.345000+02:00',
  UiTemplate: { Url: 'https://sagemaker-uis.example.com/expired', ContentSha256: sha256(page) },
});

export const team = (name: string, groups: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  WorkteamName: name,
  MemberDefinitions: groups.map((UserGroup) => ({
    CognitoMemberDefinition: { UserPool: `${region}_AbCdEf123`, UserGroup, ClientId: '4abcdefgh' },
  })),
  WorkteamArn: arnAtAws(`workteam/private-crowd/${name}`),
  WorkforceArn: arnAtAws('workforce/acme'),
  Description: `The ${name}`,
  SubDomain: `x1y2z3.labeling.${region}.sagemaker.aws`,
  CreateDate: '2023-03-01T10:11:12.345000+02:00',
  ...more,
});

export const conditions =
  '{"Conditions":[{"ConditionType":"ImportantFormKeyConfidenceCheck","ConditionParameters":{"ImportantFormKey":"*","KeyValueBlockConfidenceLessThan":90}}]}';

/** One flow with everything that can be kept, one plain one, and the people behind them. */
export const sampleFiles: Files = {
  'flows.json': { FlowDefinitionSummaries: [{ FlowDefinitionName: 'invoices' }, { FlowDefinitionName: 'images' }] },
  'invoices.json': flow('invoices', {
    HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Textract/AnalyzeDocument/Forms/V1' },
    HumanLoopActivationConfig: { HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: conditions } },
    OutputConfig: { S3OutputPath: 's3://acme-invoices/a2i/', KmsKeyId: 'alias/invoices' },
  }),
  'images.json': flow(
    'images',
    { OutputConfig: { S3OutputPath: 's3://acme-images' } },
    {
      WorkteamArn: arnAtAws('workteam/private-crowd/moderators'),
      HumanTaskUiArn: arnAtAws('human-task-ui/image-page'),
      TaskKeywords: ['images', 'safety'],
    },
  ),
  'uis.json': [ui('invoice-page', invoicePage), ui('image-page', imagePage)],
  'invoice-page.liquid.html': invoicePage,
  'image-page.liquid.html': imagePage,
  'workteams.json': { Workteams: [team('invoice-team', ['invoices']), team('moderators', ['mods', 'night-mods'])] },
  'workforces.json': {
    Workforces: [
      {
        WorkforceName: 'acme',
        WorkforceArn: arnAtAws('workforce/acme'),
        SubDomain: `x1y2z3.labeling.${region}.sagemaker.aws`,
        CognitoConfig: { UserPool: `${region}_AbCdEf123`, ClientId: '4abcdefgh' },
        SourceIpConfig: { Cidrs: ['198.51.100.0/24'] },
        Status: 'Active',
      },
    ],
  },
  'tags-flow-definition-invoices.json': {
    Tags: [
      { Key: 'stage', Value: 'prod' },
      { Key: 'aws:cloudformation:stack-name', Value: 'review' },
    ],
  },
  'tags-human-task-ui-invoice-page.json': { Tags: [{ Key: 'stage', Value: 'prod' }] },
  'tags-workteam-invoice-team.json': { Tags: [{ Key: 'cost-center', Value: '42' }] },
};

/** Writes a dump; a file that is undefined is left out, a text is written as it is. */
export async function writeDump(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    const raw = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(path, raw ? content : JSON.stringify(content, null, 4));
  }
}

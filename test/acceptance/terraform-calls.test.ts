// examples/terraform/main.tf as Terraform's AWS provider carries it out: its calls, in its order, with its checks. What the
// provider sends and reads is taken from the file itself, so the example cannot say something that the server does not do.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  AddTagsCommand,
  CreateFlowDefinitionCommand,
  CreateHumanTaskUiCommand,
  CreateWorkteamCommand,
  DeleteFlowDefinitionCommand,
  DeleteHumanTaskUiCommand,
  DeleteTagsCommand,
  DeleteWorkteamCommand,
  DescribeFlowDefinitionCommand,
  type DescribeFlowDefinitionCommandOutput,
  DescribeHumanTaskUiCommand,
  DescribeWorkteamCommand,
  type HumanLoopConfig,
  ListTagsCommand,
  type MemberDefinition,
  SageMakerClient,
  UpdateWorkteamCommand,
} from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const folder = join(import.meta.dirname, '../../examples/terraform');

type Value = string | number | boolean | Value[] | { [name: string]: Value };
type Attributes = { [name: string]: Value };

let server: TestServer;
let sagemaker: SageMakerClient;
let resources: Map<string, Attributes>;
/** `aws_x.y` → its ARN, as the state holds it. */
const arns = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  const { endpointUrl: endpoint, region, credentials } = server;
  // The provider tries again on its own; here each call has to be right at once.
  sagemaker = new SageMakerClient({ endpoint, region, credentials, maxAttempts: 1 });
  const page = await readFile(join(folder, 'invoice.liquid'), 'utf8');
  resources = readResources(await readFile(join(folder, 'main.tf'), 'utf8'), (name) =>
    name === 'path.module/invoice.liquid' ? page : (arns.get(name.replace(/\.arn$/, '')) ?? name),
  );
});
afterAll(async () => {
  sagemaker?.destroy();
  await server?.close();
});

/** Blocks that stand at most once are lists of one in the provider's state. */
const block = (attributes: Attributes, name: string): Attributes => (attributes[name] as Attributes[])[0]!;
const text = (attributes: Attributes, name: string): string => attributes[name] as string;
const defaultTags = { project: 'invoices' };
const tagList = (tags: Record<string, Value>) =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value: Value as string }));

async function tagsOf(arn: string): Promise<Record<string, string>> {
  const { Tags } = await sagemaker.send(new ListTagsCommand({ ResourceArn: arn }));
  return Object.fromEntries(Tags!.map(({ Key, Value }) => [Key!, Value!]));
}

const members = (team: Attributes): MemberDefinition[] =>
  (team.member_definition as Attributes[]).map((member) => {
    const { client_id, user_pool, user_group } = block(member, 'cognito_member_definition');
    return {
      CognitoMemberDefinition: {
        ClientId: client_id as string,
        UserPool: user_pool as string,
        UserGroup: user_group as string,
      },
    };
  });

const loopConfig = (config: Attributes): HumanLoopConfig => ({
  HumanTaskUiArn: text(config, 'human_task_ui_arn'),
  TaskCount: config.task_count as number,
  TaskDescription: text(config, 'task_description'),
  TaskTitle: text(config, 'task_title'),
  WorkteamArn: text(config, 'workteam_arn'),
  TaskKeywords: config.task_keywords as string[],
  // The provider's own default: what is not said is sent all the same.
  TaskTimeLimitInSeconds: (config.task_time_limit_in_seconds as number | undefined) ?? 3600,
});

/** What a read puts into the state, in the configuration's terms. */
const stateOf = (flow: DescribeFlowDefinitionCommandOutput) => ({
  flow_definition_name: flow.FlowDefinitionName,
  role_arn: flow.RoleArn,
  human_loop_config: flow.HumanLoopConfig,
  request_source: flow.HumanLoopRequestSource?.AwsManagedHumanLoopRequestSource,
  conditions: JSON.parse(
    String(flow.HumanLoopActivationConfig?.HumanLoopActivationConditionsConfig?.HumanLoopActivationConditions),
  ),
  s3_output_path: flow.OutputConfig?.S3OutputPath,
  kms_key_id: flow.OutputConfig?.KmsKeyId ?? '',
});

const conditionsOf = (flow: Attributes): string =>
  text(
    block(block(flow, 'human_loop_activation_config'), 'human_loop_activation_conditions_config'),
    'human_loop_activation_conditions',
  );

const configured = (flow: Attributes) => ({
  flow_definition_name: flow.flow_definition_name,
  role_arn: flow.role_arn,
  human_loop_config: loopConfig(block(flow, 'human_loop_config')),
  request_source: block(flow, 'human_loop_request_source').aws_managed_human_loop_request_source,
  conditions: JSON.parse(conditionsOf(flow)),
  s3_output_path: block(flow, 'output_config').s3_output_path,
  kms_key_id: '',
});

const resource = (name: string): Attributes => resources.get(name)!;

describe('terraform apply', () => {
  test('makes the workteam', async () => {
    const team = resource('aws_sagemaker_workteam.accountants');
    await sagemaker.send(
      new CreateWorkteamCommand({
        WorkteamName: text(team, 'workteam_name'),
        WorkforceName: text(team, 'workforce_name'),
        Description: text(team, 'description'),
        MemberDefinitions: members(team),
        Tags: tagList(defaultTags),
      }),
    );
    const { Workteam } = await sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'accountants' }));
    expect(Workteam).toMatchObject({
      Description: team.description,
      MemberDefinitions: members(team),
      SubDomain: `localhost:${server.port}`,
    });
    expect(Workteam!.NotificationConfiguration).toBeUndefined();
    expect(await tagsOf(Workteam!.WorkteamArn!)).toEqual(defaultTags);
    arns.set('aws_sagemaker_workteam.accountants', Workteam!.WorkteamArn!);
  });

  test('makes the human task UI', async () => {
    const ui = resource('aws_sagemaker_human_task_ui.invoice');
    const name = text(ui, 'human_task_ui_name');
    const Content = text(block(ui, 'ui_template'), 'content');
    await sagemaker.send(
      new CreateHumanTaskUiCommand({ HumanTaskUiName: name, UiTemplate: { Content }, Tags: tagList(defaultTags) }),
    );
    const read = await sagemaker.send(new DescribeHumanTaskUiCommand({ HumanTaskUiName: name }));
    expect(read.UiTemplate).toEqual({
      ContentSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      Url: expect.stringMatching(/^http/),
    });
    expect(await (await fetch(read.UiTemplate!.Url!)).text()).toBe(Content);
    arns.set('aws_sagemaker_human_task_ui.invoice', read.HumanTaskUiArn!);
  });

  test('makes the flow definition, waits until it is Active, and the next plan is empty', async () => {
    const flow = resource('aws_sagemaker_flow_definition.invoices');
    const name = text(flow, 'flow_definition_name');
    await sagemaker.send(
      new CreateFlowDefinitionCommand({
        FlowDefinitionName: name,
        HumanLoopConfig: loopConfig(block(flow, 'human_loop_config')),
        RoleArn: text(flow, 'role_arn'),
        OutputConfig: { S3OutputPath: text(block(flow, 'output_config'), 's3_output_path') },
        HumanLoopActivationConfig: {
          HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: conditionsOf(flow) },
        },
        HumanLoopRequestSource: {
          AwsManagedHumanLoopRequestSource: block(flow, 'human_loop_request_source')
            .aws_managed_human_loop_request_source as never,
        },
        Tags: tagList({ ...defaultTags, ...(flow.tags as Attributes) }),
      }),
    );
    const statuses = new Set<string>();
    const describe = () => sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: name }));
    await eventually(async () => {
      const { FlowDefinitionStatus } = await describe();
      statuses.add(FlowDefinitionStatus!);
      return FlowDefinitionStatus;
    }).toBe('Active');
    expect([...statuses].filter((status) => !['Initializing', 'Active'].includes(status))).toEqual([]);
    const read = await describe();
    expect(stateOf(read)).toEqual(configured(flow));
    // Optional and without a default in the provider: a value that nobody asked for would be planned to be removed.
    expect(read.HumanLoopConfig).not.toHaveProperty('TaskAvailabilityLifetimeInSeconds');
    expect(await tagsOf(read.FlowDefinitionArn!)).toEqual({ ...defaultTags, stage: 'production' });
    arns.set('aws_sagemaker_flow_definition.invoices', read.FlowDefinitionArn!);
  });
});

describe('later', () => {
  test('changed tags are set and removed without a new flow definition', async () => {
    const ResourceArn = arns.get('aws_sagemaker_flow_definition.invoices')!;
    await sagemaker.send(new DeleteTagsCommand({ ResourceArn, TagKeys: ['stage'] }));
    await sagemaker.send(new AddTagsCommand({ ResourceArn, Tags: tagList({ owner: 'finance', project: 'bills' }) }));
    expect(await tagsOf(ResourceArn)).toEqual({ owner: 'finance', project: 'bills' });
  });

  test('a changed description of the workteam is an update in place', async () => {
    const team = resource('aws_sagemaker_workteam.accountants');
    const { Workteam } = await sagemaker.send(
      new UpdateWorkteamCommand({
        WorkteamName: 'accountants',
        MemberDefinitions: members(team),
        Description: 'Others',
      }),
    );
    expect(Workteam).toMatchObject({ Description: 'Others', MemberDefinitions: members(team) });
  });

  test('an import by name reads what apply has made', async () => {
    const read = await sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: 'invoices' }));
    expect(stateOf(read)).toEqual(configured(resource('aws_sagemaker_flow_definition.invoices')));
  });

  test('a create that is refused leaves nothing, so that the provider can try again for minutes', async () => {
    const flow = resource('aws_sagemaker_flow_definition.invoices');
    const HumanLoopConfig = {
      ...loopConfig(block(flow, 'human_loop_config')),
      WorkteamArn: arns.get('aws_sagemaker_workteam.accountants')!.replace('accountants', 'not-yet'),
    };
    const input = {
      FlowDefinitionName: 'later',
      HumanLoopConfig,
      RoleArn: text(flow, 'role_arn'),
      OutputConfig: { S3OutputPath: 's3://acme-reviews' },
    };
    const create = () => sagemaker.send(new CreateFlowDefinitionCommand(input));
    for (const _attempt of ['first', 'second'])
      await expect(create()).rejects.toMatchObject({ name: 'ValidationException' });
    await sagemaker.send(
      new CreateWorkteamCommand({
        WorkteamName: 'not-yet',
        Description: 'x',
        MemberDefinitions: members(resource('aws_sagemaker_workteam.accountants')),
      }),
    );
    await expect(create()).resolves.toMatchObject({
      FlowDefinitionArn: expect.stringMatching(/:flow-definition\/later$/),
    });
    await expect(create()).rejects.toMatchObject({ name: 'ResourceInUse' });
    await sagemaker.send(new DeleteFlowDefinitionCommand({ FlowDefinitionName: 'later' }));
    await expectGone(() => sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: 'later' })), {
      name: 'ResourceNotFound',
    });
    await sagemaker.send(new DeleteWorkteamCommand({ WorkteamName: 'not-yet' }));
  });
});

/** Reads until the error comes by which the provider knows that something is gone. */
async function expectGone(read: () => Promise<unknown>, error: object): Promise<void> {
  const outcome = () =>
    read().then(
      () => 'is there',
      ({ name, message }: Error) => ({ name, message }),
    );
  await eventually(async () => (await outcome()) === 'is there').toBe(false);
  expect(await outcome()).toMatchObject(error);
}

describe('terraform destroy', () => {
  const workTeamGone = { name: 'ValidationException', message: expect.stringMatching(/^The work team/) };

  test('removes all, in the order that the references give, and a second time finds nothing', async () => {
    const deleteFlow = () => sagemaker.send(new DeleteFlowDefinitionCommand({ FlowDefinitionName: 'invoices' }));
    await deleteFlow();
    await expectGone(() => sagemaker.send(new DescribeFlowDefinitionCommand({ FlowDefinitionName: 'invoices' })), {
      name: 'ResourceNotFound',
    });
    await expectGone(deleteFlow, { name: 'ResourceNotFound' });

    const deleteUi = () => sagemaker.send(new DeleteHumanTaskUiCommand({ HumanTaskUiName: 'invoice-page' }));
    await deleteUi();
    await expectGone(() => sagemaker.send(new DescribeHumanTaskUiCommand({ HumanTaskUiName: 'invoice-page' })), {
      name: 'ResourceNotFound',
    });
    await expectGone(deleteUi, { name: 'ResourceNotFound' });

    const deleteTeam = () => sagemaker.send(new DeleteWorkteamCommand({ WorkteamName: 'accountants' }));
    expect(await deleteTeam()).toMatchObject({ Success: true });
    await expectGone(() => sagemaker.send(new DescribeWorkteamCommand({ WorkteamName: 'accountants' })), workTeamGone);
    await expectGone(deleteTeam, workTeamGone);
  });
});

/** The `resource` blocks of a configuration, by `TYPE.NAME`: as much of the language as the example uses. References are looked up when read. */
function readResources(source: string, lookup: (name: string) => string): Map<string, Attributes> {
  const tokens = [
    ...source.replace(/^\s*#.*$/gm, '').matchAll(/"(?:\\.|[^"\\])*"|[A-Za-z_][\w.]*|-?\d+|[{}[\]=(),]/g),
  ].map(([token]) => token);
  let position = 0;
  const next = (): string => tokens[position++]!;
  const textOf = (token: string): string => (JSON.parse(token) as string).replace(/\$\{([^}]*)\}/g, '$1');

  function readValue(): Value {
    const token = next();
    if (token.startsWith('"')) return textOf(token);
    if (/^-?\d/.test(token)) return Number(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (token === '{') return readBody();
    if (token === '[') {
      const items: Value[] = [];
      while (tokens[position] !== ']') {
        items.push(readValue());
        if (tokens[position] === ',') position++;
      }
      position++;
      return items;
    }
    if (tokens[position] !== '(') return token;
    position++;
    const argument = readValue();
    position++;
    return token === 'jsonencode' ? JSON.stringify(argument) : argument;
  }

  function readBody(): Attributes {
    const attributes: Attributes = {};
    for (let name = next(); name !== '}'; name = next()) {
      if (tokens[position] === '=') {
        position++;
        const value = readValue();
        Object.defineProperty(attributes, name, {
          enumerable: true,
          get: () => (typeof value === 'string' ? lookup(value) : value),
        });
        continue;
      }
      while (next() !== '{');
      attributes[name] = [...((attributes[name] as Value[] | undefined) ?? []), readBody()];
    }
    return attributes;
  }

  const found = new Map<string, Attributes>();
  while (position < tokens.length) {
    const kind = next();
    const labels: string[] = [];
    while (tokens[position] !== '{') labels.push(textOf(next()));
    position++;
    const body = readBody();
    if (kind === 'resource') found.set(labels.join('.'), body);
  }
  return found;
}

// The 24 operations of sagemaker that A2I needs, through boto3. The tests go on from each other's state, as a program does.
import { createHash } from 'node:crypto';
import { operations } from '@holdpoint/protocol';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/boto3.ts';
import { useBoto3 } from '../testing/boto3-stage.ts';
import { eventually } from '../testing/eventually.ts';
import { noteTemplate } from '../testing/human-loops.ts';
import { describeWith } from '../testing/tools.ts';

const arn = (resource: string): string => `arn:aws:sagemaker:us-east-1:000000000000:${resource}`;
const teamArn = arn('workteam/private-crowd/reviewers');
const member = (UserGroup: string) => ({
  CognitoMemberDefinition: { UserPool: 'us-east-1_Holdpoint', UserGroup, ClientId: 'holdpoint' },
});
const flowInput = (FlowDefinitionName: string, HumanTaskUiName: string, more: object = {}) => ({
  FlowDefinitionName,
  RoleArn: 'arn:aws:iam::000000000000:role/ReviewRole',
  HumanLoopConfig: {
    WorkteamArn: teamArn,
    HumanTaskUiArn: arn(`human-task-ui/${HumanTaskUiName}`),
    TaskTitle: 'Title',
    TaskDescription: 'Description',
    TaskCount: 1,
  },
  OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
  ...more,
});
const python = (name: string): string => name.replace(/(?<=.)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

describeWith('Python with boto3')('sagemaker through boto3', () => {
  const stage = useBoto3();
  const call = <Output = Record<string, unknown>>(method: string, input: object = {}) =>
    stage.boto3.call<Output>('sagemaker', method, input);
  const createUi = (HumanTaskUiName: string, Content = noteTemplate, more: object = {}) =>
    call<{ HumanTaskUiArn: string }>('create_human_task_ui', { HumanTaskUiName, UiTemplate: { Content }, ...more });
  const namesOnPages = async (method: string, list: string, member: string, input: object = {}) => {
    const pages = await stage.boto3.pages<Record<string, Record<string, string>[]>>('sagemaker', method, input, 1);
    return pages.map((page) => page[list]!.map((item) => item[member]!));
  };

  test('a human task UI keeps its template, which its URL gives back byte for byte', async () => {
    const content = `${noteTemplate}\r\n<!-- ñ € 😀 \t -->\n`;
    expect((await createUi('kept', content)).HumanTaskUiArn).toBe(arn('human-task-ui/kept'));
    const described = await call<{ UiTemplate: { Url: string; ContentSha256: string } }>('describe_human_task_ui', {
      HumanTaskUiName: 'kept',
    });
    expect(described).toMatchObject({
      HumanTaskUiArn: arn('human-task-ui/kept'),
      HumanTaskUiName: 'kept',
      HumanTaskUiStatus: 'Active',
      CreationTime: expect.any(String),
    });
    const { Url, ContentSha256 } = described.UiTemplate;
    const { status, body } = await stage.boto3.fetch(Url);
    expect([status, body]).toEqual([200, content]);
    expect(ContentSha256).toBe(createHash('sha256').update(body).digest('hex'));
    expect((await stage.boto3.fetch(Url.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).status).toBe(403);
    expect(await failureOf(createUi('kept'))).toMatchObject({
      type: 'ResourceInUse',
      typed: true,
      message: expect.stringContaining('already exists'),
    });
  });

  test('a flow definition comes back as it was given, with the documented default', async () => {
    const conditions =
      '{"Conditions": [{"ConditionType": "Sampling", "ConditionParameters": {"RandomSamplingPercentage": 5}}]}';
    const input = flowInput('described', 'kept', {
      HumanLoopRequestSource: { AwsManagedHumanLoopRequestSource: 'AWS/Rekognition/DetectModerationLabels/Image/V3' },
      HumanLoopActivationConfig: { HumanLoopActivationConditionsConfig: { HumanLoopActivationConditions: conditions } },
      OutputConfig: { S3OutputPath: 's3://holdpoint/outputs/', KmsKeyId: 'alias/key' },
    });
    const config = {
      ...input.HumanLoopConfig,
      TaskKeywords: ['two words'],
      TaskAvailabilityLifetimeInSeconds: 60,
      TaskCount: 3,
    };
    const created = await call('create_flow_definition', { ...input, HumanLoopConfig: config });
    expect(created).toMatchObject({ FlowDefinitionArn: arn('flow-definition/described') });
    const describe = () =>
      call<Record<string, unknown>>('describe_flow_definition', { FlowDefinitionName: 'described' });
    await eventually(async () => (await describe()).FlowDefinitionStatus).toBe('Active');
    const { ResponseMetadata: _metadata, CreationTime, ...described } = await describe();
    expect(described).toEqual({
      ...input,
      FlowDefinitionArn: arn('flow-definition/described'),
      FlowDefinitionStatus: 'Active',
      HumanLoopConfig: { ...config, TaskTimeLimitInSeconds: 3600 },
    });
    expect(Date.parse(CreationTime as string)).toBeLessThanOrEqual(Date.now());
    expect(await failureOf(call('create_flow_definition', input))).toMatchObject({
      type: 'ResourceInUse',
      typed: true,
    });
  });

  test.each([
    {
      what: 'a work team that does not exist',
      change: { WorkteamArn: arn('workteam/private-crowd/none') },
      message: `The specified Workteam '${arn('workteam/private-crowd/none')}' does not exist or you do not have access to it.`,
    },
    {
      what: 'the public work team',
      change: { WorkteamArn: 'arn:aws:sagemaker:us-east-1:394669845002:workteam/public-crowd/default' },
      message: 'does not exist or you do not have access to it.',
    },
    {
      what: 'a work team that is no ARN',
      change: { WorkteamArn: 'reviewers' },
      message:
        "1 validation error detected: Value 'reviewers' at 'humanLoopConfig.workteamArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ",
    },
    {
      what: 'a human task UI that does not exist',
      change: { HumanTaskUiArn: arn('human-task-ui/none') },
      message: 'does not exist',
    },
    { what: 'four workers', change: { TaskCount: 4 }, message: 'Member must have value less than or equal to 3' },
    {
      what: 'a title with a control character',
      change: { TaskTitle: 'a\u0001b' },
      message: "at 'humanLoopConfig.taskTitle'",
    },
  ])('a flow definition with $what is a ValidationException', async ({ change, message }) => {
    const input = flowInput('refused', 'kept');
    const refused = call('create_flow_definition', {
      ...input,
      HumanLoopConfig: { ...input.HumanLoopConfig, ...change },
    });
    expect(await failureOf(refused)).toMatchObject({
      type: 'ClientError',
      code: 'ValidationException',
      status: 400,
      message: expect.stringContaining(message),
    });
  });

  test.each([
    { method: 'describe_flow_definition', input: { FlowDefinitionName: 'none' } },
    { method: 'delete_flow_definition', input: { FlowDefinitionName: 'none' } },
    { method: 'describe_human_task_ui', input: { HumanTaskUiName: 'none' } },
    { method: 'delete_human_task_ui', input: { HumanTaskUiName: 'none' } },
  ])('$method of what does not exist is ResourceNotFound', async ({ method, input }) => {
    expect(await failureOf(call(method, input))).toMatchObject({
      type: 'ResourceNotFound',
      status: 400,
      typed: true,
      message: expect.stringContaining('does not exist'),
    });
  });

  test.each([
    { method: 'describe_workteam', input: { WorkteamName: 'none' }, message: /^The work team/ },
    { method: 'update_workteam', input: { WorkteamName: 'none', Description: 'x' }, message: /^The work team/ },
    { method: 'delete_workteam', input: { WorkteamName: 'none' }, message: /^The work team/ },
    { method: 'describe_workforce', input: { WorkforceName: 'none' }, message: /No workforce/ },
    {
      method: 'list_tags',
      input: { ResourceArn: arn('workforce/default') },
      message: /^Invalid resource type: workforce/,
    },
    {
      method: 'describe_subscribed_workteam',
      input: { WorkteamArn: 'arn:aws:sagemaker:us-east-1:123456789012:workteam/vendor-crowd/abc' },
      message: /does not exist or you do not have access to it/,
    },
  ])('$method of what does not exist is a ValidationException', async ({ method, input, message }) => {
    expect(await failureOf(call(method, input))).toMatchObject({
      type: 'ClientError',
      code: 'ValidationException',
      message: expect.stringMatching(message),
    });
  });

  test('a deleted flow definition leaves its name to the next; a loop keeps the template of its start', async () => {
    await createUi('reused', '<crowd-form><p>the first template</p><input name="a"></crowd-form>');
    await call('create_flow_definition', flowInput('reused', 'reused'));
    const start = (HumanLoopName: string) =>
      stage.boto3.call('sagemaker-a2i-runtime', 'start_human_loop', {
        HumanLoopName,
        FlowDefinitionArn: arn('flow-definition/reused'),
        HumanLoopInput: { InputContent: '{}' },
      });
    await start('before-the-end');
    await call('delete_human_task_ui', { HumanTaskUiName: 'reused' });
    expect(await failureOf(start('without-a-page'))).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('HumanTaskUi'),
    });
    const loop = () =>
      stage.boto3.call('sagemaker-a2i-runtime', 'describe_human_loop', { HumanLoopName: 'before-the-end' });
    expect(await loop()).toMatchObject({ HumanLoopStatus: 'InProgress' });
    await call('delete_flow_definition', { FlowDefinitionName: 'reused' });
    await eventually(() =>
      failureOf(call('describe_flow_definition', { FlowDefinitionName: 'reused' })).then(({ code }) => code, String),
    ).toBe('ResourceNotFound');
    expect(await loop()).toMatchObject({ HumanLoopStatus: 'Stopped' });
    await createUi('reused');
    await call('create_flow_definition', flowInput('reused', 'reused'));
    await start('after-the-end');
  });

  test('render_ui_template answers a page, or what is wrong as data', async () => {
    const render = (template: object, input: unknown) =>
      call<{ RenderedContent: string; Errors: { Code: string; Message: string }[] }>('render_ui_template', {
        ...template,
        Task: { Input: JSON.stringify(input) },
        RoleArn: 'arn:aws:iam::000000000000:role/ReviewRole',
      });
    const content = (Content: string) => ({ UiTemplate: { Content } });
    const fine = await render({ HumanTaskUiArn: arn('human-task-ui/kept') }, { text: '<b>"x" & y</b>' });
    expect(fine.Errors).toEqual([]);
    expect(fine.RenderedContent).toContain('&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;');
    const missing = await render(content('<p>{{ task.input.a }} {{ task.input.b }}</p>'), { a: 1 });
    expect(missing.Errors).toEqual([{ Code: 'UndefinedTemplateVariable', Message: expect.stringContaining('b') }]);
    const link = await render(content('{{ task.input.a | grant_read_access }}'), { a: 'no address' });
    expect(link.Errors).toMatchObject([{ Code: 'InvalidParameters' }]);
    const syntax = await render(content('{% for %}'), {});
    expect(syntax.Errors).toHaveLength(1);
    expect(await failureOf(render({ HumanTaskUiArn: arn('human-task-ui/none') }, {}))).toMatchObject({
      type: 'ResourceNotFound',
      typed: true,
    });
    expect(await failureOf(render({}, {}))).toMatchObject({ code: 'ValidationException' });
  });

  test('tags are added, listed and deleted; they come with creation too', async () => {
    await createUi('tagged', noteTemplate, { Tags: [{ Key: 'team', Value: 'a' }] });
    const tagged = [arn('human-task-ui/tagged'), arn('flow-definition/described'), teamArn];
    for (const ResourceArn of tagged) {
      await call('add_tags', {
        ResourceArn,
        Tags: [
          { Key: 'team', Value: 'b' },
          { Key: 'stage', Value: '' },
        ],
      });
      const list = async () => (await call<{ Tags: { Key: string }[] }>('list_tags', { ResourceArn })).Tags;
      expect((await list()).toSorted((one, other) => (one.Key < other.Key ? -1 : 1))).toEqual([
        { Key: 'stage', Value: '' },
        { Key: 'team', Value: 'b' },
      ]);
      await call('delete_tags', { ResourceArn, TagKeys: ['stage', 'absent'] });
      expect(await list()).toEqual([{ Key: 'team', Value: 'b' }]);
    }
    // The model wants pages of at least 50 tags, and boto3 knows.
    const small = stage.boto3.pages('sagemaker', 'list_tags', { ResourceArn: teamArn }, 49);
    expect(await failureOf(small)).toMatchObject({ type: 'ParamValidationError' });
    const pages = stage.boto3.pages('sagemaker', 'list_tags', { ResourceArn: teamArn }, 50);
    expect(await pages).toEqual([{ Tags: [{ Key: 'team', Value: 'b' }] }]);
  });

  test('work teams are made, changed, listed and deleted', async () => {
    await call('create_workteam', {
      WorkteamName: 'Second',
      Description: 'Others',
      MemberDefinitions: [member('others')],
    });
    await call('create_workteam', {
      WorkteamName: 'third',
      WorkforceName: 'default',
      Description: 'More',
      MemberDefinitions: [member('more')],
    });
    const { Workteam } = await call<{ Workteam: Record<string, unknown> }>('update_workteam', {
      WorkteamName: 'Second',
      Description: 'Changed',
      MemberDefinitions: [member('others'), member('more')],
    });
    expect(Workteam).toMatchObject({
      WorkteamName: 'Second',
      WorkteamArn: arn('workteam/private-crowd/Second'),
      WorkforceArn: arn('workforce/default'),
      Description: 'Changed',
      MemberDefinitions: [member('others'), member('more')],
      SubDomain: `localhost:${stage.server.port}`,
    });
    expect(await call('describe_workteam', { WorkteamName: 'Second' })).toMatchObject({ Workteam });
    expect(await namesOnPages('list_workteams', 'Workteams', 'WorkteamName')).toEqual([
      ['reviewers'],
      ['Second'],
      ['third'],
    ]);
    expect(
      await namesOnPages('list_workteams', 'Workteams', 'WorkteamName', { SortBy: 'Name', SortOrder: 'Descending' }),
    ).toHaveLength(3);
    expect(await namesOnPages('list_workteams', 'Workteams', 'WorkteamName', { NameContains: 'hir' })).toEqual([
      ['third'],
    ]);
    expect(
      await failureOf(
        call('create_workteam', { WorkteamName: 'third', Description: 'x', MemberDefinitions: [member('x')] }),
      ),
    ).toMatchObject({
      type: 'ResourceInUse',
      typed: true,
    });
    expect(await call('delete_workteam', { WorkteamName: 'third' })).toMatchObject({ Success: true });
    expect(await call('list_subscribed_workteams')).toMatchObject({ SubscribedWorkteams: [] });
    expect(await namesOnPages('list_subscribed_workteams', 'SubscribedWorkteams', 'SellerName')).toEqual([[]]);
  });

  test.each([
    {
      method: 'list_flow_definitions',
      list: 'FlowDefinitionSummaries',
      member: 'FlowDefinitionName',
      names: ['reused', 'described'],
    },
    {
      method: 'list_human_task_uis',
      list: 'HumanTaskUiSummaries',
      member: 'HumanTaskUiName',
      names: ['tagged', 'reused', 'kept'],
    },
    { method: 'list_workforces', list: 'Workforces', member: 'WorkforceName', names: ['default'] },
  ])('$method goes page by page', async ({ method, list, member, names }) => {
    expect(await namesOnPages(method, list, member)).toEqual(names.map((name) => [name]));
    expect(await call(method)).toMatchObject({ [list]: names.map((name) => ({ [member]: name })) });
  });

  test('there is one workforce, which can be replaced when nothing needs it', async () => {
    const { Workforce } = await call<{ Workforce: Record<string, unknown> }>('describe_workforce', {
      WorkforceName: 'default',
    });
    expect(Workforce).toMatchObject({
      WorkforceArn: arn('workforce/default'),
      Status: 'Active',
      CognitoConfig: { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' },
      SubDomain: `localhost:${stage.server.port}`,
    });
    const another = { WorkforceName: 'another', CognitoConfig: { UserPool: 'us-east-1_Other', ClientId: 'app' } };
    expect(await failureOf(call('create_workforce', another))).toMatchObject({
      code: 'ValidationException',
      message:
        'Cannot create more than one workforce for account 000000000000. If you are trying to update existing workforce, please use UpdateWorkforce API',
    });
    const updated = await call('update_workforce', {
      WorkforceName: 'default',
      SourceIpConfig: { Cidrs: ['192.0.2.0/24', '2001:db8::/32'] },
    });
    expect(updated).toMatchObject({ Workforce: { SourceIpConfig: { Cidrs: ['192.0.2.0/24', '2001:db8::/32'] } } });
    expect(await failureOf(call('delete_workforce', { WorkforceName: 'default' }))).toMatchObject({
      code: 'ResourceInUse',
    });
    for (const FlowDefinitionName of ['reused', 'described'])
      await call('delete_flow_definition', { FlowDefinitionName });
    await eventually(() =>
      namesOnPages('list_flow_definitions', 'FlowDefinitionSummaries', 'FlowDefinitionName'),
    ).toEqual([[]]);
    for (const WorkteamName of ['reviewers', 'Second']) await call('delete_workteam', { WorkteamName });
    await call('delete_workforce', { WorkforceName: 'default' });
    expect(await namesOnPages('list_workforces', 'Workforces', 'WorkforceName')).toEqual([[]]);
    expect(await call('create_workforce', another)).toMatchObject({ WorkforceArn: arn('workforce/another') });
    await call('create_workteam', {
      WorkteamName: 'reviewers',
      Description: 'Again',
      MemberDefinitions: [member('reviewers')],
    });
  });

  test('a workforce with an identity provider of its own shows everything but the secret', async () => {
    await call('delete_workteam', { WorkteamName: 'reviewers' });
    await call('delete_workforce', { WorkforceName: 'another' });
    const page = (name: string) => `https://id.example.com/${name}`;
    const OidcConfig = {
      ClientId: 'portal',
      Issuer: 'https://id.example.com',
      AuthorizationEndpoint: page('authorize'),
      TokenEndpoint: page('token'),
      UserInfoEndpoint: page('user'),
      LogoutEndpoint: page('logout'),
      JwksUri: page('keys'),
    };
    await call('create_workforce', { WorkforceName: 'sso', OidcConfig: { ...OidcConfig, ClientSecret: 'hidden' } });
    const { Workforce } = await call<{ Workforce: object }>('describe_workforce', { WorkforceName: 'sso' });
    expect(Workforce).toMatchObject({ OidcConfig });
    expect(JSON.stringify(Workforce)).not.toContain('hidden');
  });

  test('boto3 has its own waiters for other resources, none for ours', async () => {
    const ours = /flow|human|work_?team|work_?force/i;
    expect((await stage.boto3.waiters('sagemaker')).filter((name) => ours.test(name))).toEqual([]);
  });

  test('all 24 operations were called', () => {
    const ours = Object.values(operations).filter(({ service }) => service === 'sagemaker');
    expect(ours).toHaveLength(24);
    expect(ours.map(({ name }) => `sagemaker.${python(name)}`).filter((name) => !stage.boto3.called.has(name))).toEqual(
      [],
    );
  });
});

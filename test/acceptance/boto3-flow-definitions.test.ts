// Human task UIs and flow definitions through boto3. The tests go on from each other's state, as a program does.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { failureOf } from '../testing/boto3.ts';
import { eventually } from '../testing/eventually.ts';
import { noteTemplate } from '../testing/human-loops.ts';
import { arn, useSagemaker } from '../testing/sagemaker.ts';
import { describeWith } from '../testing/tools.ts';

const flowInput = (FlowDefinitionName: string, HumanTaskUiName: string, more: object = {}) => ({
  FlowDefinitionName,
  RoleArn: 'arn:aws:iam::000000000000:role/ReviewRole',
  HumanLoopConfig: {
    WorkteamArn: arn('workteam/private-crowd/reviewers'),
    HumanTaskUiArn: arn(`human-task-ui/${HumanTaskUiName}`),
    TaskTitle: 'Title',
    TaskDescription: 'Description',
    TaskCount: 1,
  },
  OutputConfig: { S3OutputPath: 's3://holdpoint/outputs' },
  ...more,
});

describeWith('Python with boto3')('flow definitions through boto3', () => {
  const { stage, call, createUi, namesOnPages, uncalled } = useSagemaker();

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
      names: ['reused', 'kept'],
    },
  ])('$method goes page by page', async ({ method, list, member, names }) => {
    expect(await namesOnPages(method, list, member)).toEqual(names.map((name) => [name]));
    expect(await call(method)).toMatchObject({ [list]: names.map((name) => ({ [member]: name })) });
  });

  test('all nine operations were called', () => {
    expect(uncalled(/FlowDefinition|HumanTaskUi|UiTemplate/)).toEqual({ matching: 9, uncalled: [] });
  });
});

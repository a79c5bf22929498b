// Work teams, the workforce and tags through boto3. The tests go on from each other's state, as a program does.
import { expect, test } from 'vitest';
import { failureOf } from '../testing/boto3.ts';
import { eventually } from '../testing/eventually.ts';
import { createFlow, noteTemplate } from '../testing/human-loops.ts';
import { arn, useSagemaker } from '../testing/sagemaker.ts';
import { describeWith } from '../testing/tools.ts';

const teamArn = arn('workteam/private-crowd/reviewers');
const member = (UserGroup: string) => ({
  CognitoMemberDefinition: { UserPool: 'us-east-1_Holdpoint', UserGroup, ClientId: 'holdpoint' },
});

describeWith('Python with boto3')('work teams through boto3', () => {
  const { stage, call, createUi, namesOnPages, uncalled } = useSagemaker();

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

  test('tags are added, listed and deleted; they come with creation too', async () => {
    await createUi('tagged', noteTemplate, { Tags: [{ Key: 'team', Value: 'a' }] });
    const flow = await createFlow(stage.server, 'tagged-flow');
    const tagged = [arn('human-task-ui/tagged'), flow.arn, teamArn];
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
    ).toEqual([['third'], ['reviewers'], ['Second']]);
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
    expect(await namesOnPages('list_workforces', 'Workforces', 'WorkforceName')).toEqual([['default']]);
    expect(updated).toMatchObject({ Workforce: { SourceIpConfig: { Cidrs: ['192.0.2.0/24', '2001:db8::/32'] } } });
    expect(await failureOf(call('delete_workforce', { WorkforceName: 'default' }))).toMatchObject({
      code: 'ResourceInUse',
    });
    expect(await failureOf(call('delete_workteam', { WorkteamName: 'reviewers' }))).toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('tagged-flow'),
    });
    await call('delete_flow_definition', { FlowDefinitionName: 'tagged-flow' });
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

  test('all 15 operations were called', () => {
    expect(uncalled(/Workteam|Workforce|Tags/)).toEqual({ matching: 15, uncalled: [] });
  });
});

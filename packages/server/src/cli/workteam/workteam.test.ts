import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandServer, startCommandServer } from '../../testing/command-server.ts';

let stage: CommandServer;
beforeAll(async () => {
  stage = await startCommandServer();
});
afterAll(() => stage?.close());

const describeTeam = async (WorkteamName: string) =>
  (await stage.client.call('DescribeWorkteam', { WorkteamName })).Workteam;
const arn = (name: string): string => `arn:aws:sagemaker:us-east-1:000000000000:workteam/private-crowd/${name}`;

it('makes a team that workers can join, and shows them', async () => {
  const { stdout, code } = await stage.run('workteam create Invoices --description Checks_invoices --tag a=1');
  expect([code, stdout]).toEqual([
    0,
    `The workteam Invoices is made.\n${arn('Invoices')}\n\nAdd a worker with\n  holdpoint worker add --email ada@example.com --workteam Invoices --data ${stage.data}\n`,
  ]);
  const pool = { UserPool: 'us-east-1_Holdpoint', ClientId: 'holdpoint' };
  expect((await describeTeam('Invoices')).MemberDefinitions).toEqual([
    { CognitoMemberDefinition: { ...pool, UserGroup: 'Invoices' } },
  ]);
  await stage.json('worker add --email ada@example.com --name Ada --workteam Invoices');
  await stage.json('worker add --email bob@example.com --name Bob --workteam Invoices');
  await stage.json('worker add --email eve@example.com');
  await stage.json('worker disable bob@example.com');
  const shown = await stage.run('workteam show Invoices');
  for (const line of ['Description  Checks invoices', 'Groups       Invoices', 'Tags         a=1'])
    expect(shown.stdout).toContain(`\n${line}\n`);
  expect(shown.stdout).toMatch(/\nWorkers {6}Ada <ada@example\.com>\n {13}Bob <bob@example\.com>, disabled\n$/);
  expect(await stage.json('workteam show Invoices')).toMatchObject({
    Workteam: { WorkteamName: 'Invoices' },
    Tags: [{ Key: 'a', Value: '1' }],
    Workers: [{ Email: 'ada@example.com' }, { Email: 'bob@example.com' }],
  });
  const { stdout: list } = await stage.run('workteam list');
  expect(list).toMatch(/^NAME +WORKERS +GROUPS +DESCRIPTION\n/);
  expect(list).toMatch(/^Invoices +2 +Invoices +Checks invoices$/m);
  expect(list).toMatch(/^reviewers +1 +reviewers /m);
});

it('changes what is named, and nothing else', async () => {
  await stage.json('workteam create several --group one --group two');
  expect((await describeTeam('several')).Description).toBe('The workteam several');
  const topic = 'arn:aws:sns:us-east-1:000000000000:topic';
  await stage.json(`workteam update several --notification-topic ${topic}`);
  expect(await stage.run('workteam update several --description New')).toEqual({
    stdout: 'The workteam several is changed: New; groups: one, two.\n',
    stderr: '',
    code: 0,
  });
  expect(await stage.json('workteam update several --group three')).toMatchObject({
    Workteam: {
      Description: 'New',
      MemberDefinitions: [{ CognitoMemberDefinition: { UserGroup: 'three' } }],
      NotificationConfiguration: { NotificationTopicArn: topic },
    },
  });
});

it('deletes a team after a yes', async () => {
  await stage.json('workteam create short');
  expect(await stage.run('workteam delete short', { isTTY: true, input: '\n' })).toMatchObject({
    stderr: 'Delete the workteam short? Its workers stay. [y/N] holdpoint: Nothing was changed.\n',
    code: 1,
  });
  await describeTeam('short');
  expect(await stage.run('workteam delete short --yes')).toEqual({
    stdout: 'The workteam short is deleted; its workers stay.\n',
    stderr: '',
    code: 0,
  });
  await expect(describeTeam('short')).rejects.toThrow('does not exist');
});

it('shows the workforce', async () => {
  expect((await stage.run('workforce list')).stdout).toMatch(
    /^NAME +STATUS +DIRECTORY +PORTAL\ndefault +Active +user pool us-east-1_Holdpoint +localhost:\d+\n$/,
  );
  expect((await stage.run('workforce show default')).stdout).toMatch(/\nDirectory +user pool us-east-1_Holdpoint\n/);
});

it.each([
  ['workteam create Bad_Name!', 1, "The name 'Bad Name!' must match the pattern"],
  ['workteam create reviewers', 2, 'The work team with WorkteamName reviewers already exists.'],
  ['workteam create x --notification-topic y', 1, "--notification-topic 'y' must match the pattern"],
  ['workteam create x --tag y', 1, "--tag takes KEY=VALUE, not 'y'."],
  ['workteam update reviewers', 1, 'Say what to change: --description, --group or --notification-topic.'],
  ['workteam update nobody --description x', 2, 'The work team nobody does not exist.'],
  ['workteam show nobody', 2, 'The work team nobody does not exist.'],
  ['workteam delete nobody --yes', 2, 'The work team nobody does not exist.'],
  ['workteam delete reviewers', 1, 'Nobody can be asked here: give --yes.'],
  ['workforce show nobody', 2, 'No workforce found with name nobody.'],
])('%s is refused', async (words, code, sentence) => {
  const result = await stage.run(words);
  expect(result).toEqual({ stdout: '', stderr: expect.stringMatching(/^holdpoint: .*\n$/), code });
  expect(result.stderr).toContain(sentence);
});

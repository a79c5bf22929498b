// Two nodes on one PostgreSQL and one S3: what is done on one holds on the other, at once or within a second.
import { portalRequestHeader } from '@holdpoint/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthenticator } from '../../packages/server/src/testing/authenticator.ts';
import { describeWithS3 } from '../../packages/server/src/testing/describe-with-s3.ts';
import { type PostgresServer, startPostgres } from '../../packages/server/src/testing/postgres-server.ts';
import { type S3Server, startS3Server } from '../../packages/server/src/testing/s3-server.ts';
import { createHostileClient } from '../testing/hostile-client.ts';
import { createFlow, describeLoop, outputOf, startLoop, untilStatus } from '../testing/human-loops.ts';
import { sendBytes } from '../testing/raw-http.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';
import { signInByHttp } from '../testing/worker.ts';

/** Of the proxy in front of them, if there were one. */
const publicUrl = 'https://review.example.com';

describeWithS3()('two nodes', () => {
  let postgres: PostgresServer;
  let s3: S3Server;
  let config: { databaseUrl: string; objectStore: string; publicUrl: string };
  let one: TestServer;
  let other: TestServer;

  beforeAll(async () => {
    [postgres, s3] = await Promise.all([startPostgres({ isDurable: false }), startS3Server()]);
    config = { databaseUrl: await postgres.newDatabase(), objectStore: await s3.newPlace(), publicUrl };
    // Both at once: neither is the first.
    [one, other] = await Promise.all([startTestServer({ config }), startTestServer({ config })]);
  }, 60_000);
  afterAll(async () => {
    await Promise.all([one?.close(), other?.close()]);
    await Promise.all([postgres?.close(), s3?.close()]);
  });

  test('are one installation', () => {
    expect(other.credentials).toEqual(one.credentials);
    expect([other.region, other.accountId]).toEqual([one.region, one.accountId]);
  });

  test('a loop that one starts is answered on the other, and its output read on the first', async () => {
    await one.hire('ada@example.com');
    const flow = await createFlow(one, 'shared');
    await startLoop(one, flow, 'shared-1');
    const ada = await signInByHttp(other, 'ada@example.com');
    await expect.poll(ada.tasks).toHaveLength(1);
    const waiting = sendBytes(
      one.port,
      createHostileClient(one, one.credentials).bytes({
        method: 'GET',
        path: '/human-loops/shared-1',
        headers: [['prefer', 'wait=20']],
        body: '',
      }),
    );
    await ada.answer((await ada.tasks())[0]!.taskId, { note: 'read' });
    expect(JSON.parse((await waiting)[0]!.body)).toMatchObject({ HumanLoopStatus: 'Completed' });
    expect((await outputOf(one, 'shared-1')).humanAnswers).toMatchObject([{ answerContent: { note: 'read' } }]);
    await untilStatus(other, 'shared-1', 'Completed');
    expect((await outputOf(other, 'shared-1')).humanAnswers).toHaveLength(1);
  });

  test('a call that a proxy sends to both makes one, another call finds it there', async () => {
    const ask = async (server: TestServer, operation: string, input: object, call: string) => {
      const client = createHostileClient(server, one.credentials);
      const answer = await client.send({
        method: 'POST',
        path: '/',
        headers: [
          ['content-type', 'application/x-amz-json-1.1'],
          ['x-amz-target', `SageMaker.${operation}`],
          ['amz-sdk-invocation-id', call],
        ],
        body: JSON.stringify(input),
      });
      client.hangUp();
      return [answer.status, JSON.parse(answer.body)];
    };
    const flow = await one.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'shared' });
    const { HumanLoopConfig, OutputConfig, RoleArn } = flow;
    const creations: readonly (readonly [string, object])[] = [
      ['CreateHumanTaskUi', { HumanTaskUiName: 'once', UiTemplate: { Content: '<crowd-form></crowd-form>' } }],
      ['CreateFlowDefinition', { FlowDefinitionName: 'once', HumanLoopConfig, OutputConfig, RoleArn }],
      [
        'CreateWorkteam',
        {
          WorkteamName: 'once',
          Description: 'Once',
          MemberDefinitions: [{ CognitoMemberDefinition: { UserPool: 'us-east-1_p', UserGroup: 'g', ClientId: 'c' } }],
        },
      ],
    ];
    for (const [operation, input] of creations) {
      const both = await Promise.all([one, other].map((server) => ask(server, operation, input, 'a-call-of-an-sdk-1')));
      expect(both).toEqual([both[0], both[0]]);
      expect(both[0]).toEqual([200, expect.objectContaining({ [`${operation.slice(6)}Arn`]: expect.any(String) })]);
      const next = await ask(other, operation, input, 'a-call-of-an-sdk-2');
      expect(next).toEqual([400, expect.objectContaining({ __type: expect.stringContaining('ResourceInUse') })]);
    }
  });

  test('a worker hears on one of a task that the other opens', async () => {
    await one.hire('grace@example.com');
    const grace = await signInByHttp(one, 'grace@example.com');
    const events = await grace.events();
    expect(await events.next()).toContain('connected');
    await startLoop(other, await createFlow(other, 'heard'), 'heard-1');
    expect(await events.next()).toContain('event: tasks');
    events.close();
  });

  test('S4 a worker whom one disables is signed out on the other within a second: requests, and streams that are open', async () => {
    await one.hire('alan@example.com');
    const alan = await signInByHttp(other, 'alan@example.com');
    const events = await alan.events();
    expect(await events.next()).toContain('connected');
    await one.client.call('DisableWorker', { Email: 'alan@example.com' });
    const refused = () => alan.tasks().catch((error: Error) => error.message);
    await expect.poll(refused, { timeout: 1000 }).toMatch(/401.*signed-out/);
    // What a stream that has ended has to say is nothing.
    while ((await events.next()) !== '');
  });

  test('S2 a passkey that was added on one signs in on the other, and what it signed for one works once', async () => {
    await one.hire('lise@example.com');
    const post = async (server: TestServer, path: string, body: object, cookie = '') => {
      const response = await fetch(`${server.endpointUrl}/portal/api/${path}`, {
        method: 'POST',
        headers: {
          [portalRequestHeader.name]: portalRequestHeader.value,
          'content-type': 'application/json',
          cookie,
        },
        body: JSON.stringify(body),
      });
      return { cookie: response.headers.getSetCookie()[0]?.split(';')[0], json: await response.json() };
    };
    const { cookie } = await post(one, 'sign-in', { email: 'lise@example.com', password });
    const authenticator = createAuthenticator(publicUrl);
    const made = (await post(one, 'security/passkeys/options', {}, cookie)).json;
    const added = await post(
      other,
      'security/passkeys',
      { name: 'Phone', credential: authenticator.create(made.publicKey) },
      cookie,
    );
    expect(added.json.recoveryCodes).toHaveLength(10);
    const asked = (await post(one, 'passkey/options', {})).json;
    const credential = authenticator.get(asked.publicKey);
    const replies = await Promise.all([one, other].map((server) => post(server, 'passkey/sign-in', { credential })));
    const outcomes = replies.map(({ json }) => json.worker?.email ?? json.error.code);
    expect(outcomes.toSorted()).toEqual(['lise@example.com', 'passkey-refused']);
  });

  test('a key that one revokes opens nothing on the other a second later', async () => {
    const { AccessKeyId, SecretAccessKey } = await one.client.call('CreateAccessKey', {});
    const key = createHostileClient(other, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
    const list = () => key.call('ListFlowDefinitions', {});
    await list();
    await one.client.call('RevokeAccessKey', { AccessKeyId });
    await expect
      .poll(() =>
        list().then(
          () => 'served',
          (error: Error) => error.message,
        ),
      )
      .toMatch(/UnrecognizedClient|security token/);
    key.hangUp();
  });

  test('no loop starts on a flow definition that the other has deleted', async () => {
    const flow = await createFlow(one, 'deleted');
    await startLoop(other, flow, 'before');
    await one.client.call('DeleteFlowDefinition', { FlowDefinitionName: 'deleted' });
    // At once: what the other remembers of the flow is guarded by its version.
    await expect(startLoop(other, flow, 'after')).rejects.toThrow(/does not exist|is Deleting/);
    await expect(describeLoop(one, 'after')).rejects.toThrow(/does not exist|not found/i);
    await untilStatus(one, 'before', 'Stopped');
  });

  test('a third one whose objects are elsewhere is refused', async () => {
    const start = (objectStore: string | undefined) =>
      startTestServer({ config: { databaseUrl: config.databaseUrl, ...(objectStore && { objectStore }) } });
    await expect(start(undefined)).rejects.toThrow(/give all of them the same --object-store/);
    await expect(start(await s3.newPlace())).rejects.toThrow(/is not where the objects of this installation are/);
  });

  test('nor may one whose objects are in S3 join one whose objects are in a folder', async () => {
    const databaseUrl = await postgres.newDatabase();
    const alone = await startTestServer({ config: { databaseUrl } });
    const shared = { databaseUrl, objectStore: await s3.newPlace() };
    await expect(startTestServer({ config: shared })).rejects.toThrow(
      /A server that has to be alone works on the database .*: stop it first\. .*give all of them the same --object-store/,
    );
    await alone.close();
    await startTestServer({ config: shared }).then((server) => server.close());
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { rootCredentials } from './cli/connect.ts';
import { openLoopStage } from './cli/loop/testing/loop-stage.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';
import { type Server, startServer } from './main.ts';
import { openCuttingProxy } from './testing/cutting-proxy.ts';
import { describeWithS3 } from './testing/describe-with-s3.ts';
import { type PostgresServer, startPostgres } from './testing/postgres-server.ts';
import { runCommand } from './testing/run-command.ts';
import { openS3Gate, s3Error } from './testing/s3-gate.ts';
import { type S3Server, startS3Server } from './testing/s3-server.ts';

describeWithS3()('the setting objectStore', { timeout: 60_000 }, () => {
  let s3: S3Server;
  let folder: string;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    s3 = await startS3Server();
  }, 60_000);
  afterAll(() => s3?.close());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-object-store-'));
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey });
    await rm(folder, { recursive: true, force: true });
  });

  const serve = async (objectStore: string, settings: Record<string, unknown> = {}): Promise<Server> => {
    const data = join(folder, 'data');
    const config = readConfig({ data, port: 0, objectStore, ...settings }, {});
    const server = await startServer(config, { log: createLog('silent') });
    closing.push(() => server.close());
    return server;
  };
  const refusal = async (objectStore: string, settings: Record<string, unknown> = {}): Promise<string> => {
    const message = await serve(objectStore, settings).then(
      () => 'it started',
      (error: Error) => error.message,
    );
    expect(message).not.toContain('\n');
    return message;
  };
  const ready = async ({ endpointUrl }: Server): Promise<string> => {
    const answer = await fetch(`${endpointUrl}/readyz`);
    return `${answer.status} ${await answer.text()}`;
  };
  const signIn = (accessKeyId: string, secretAccessKey: string) =>
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey });
  const gateway = ({ endpointUrl, files }: Server, maxAttempts = 1): S3Client => {
    const credentials = rootCredentials(files.credentialsFile);
    const client = new S3Client({ endpoint: endpointUrl, region: 'us-east-1', credentials, maxAttempts });
    closing.push(async () => client.destroy());
    return client;
  };

  it('that is wrong is refused at the start, in one sentence that names it', async () => {
    const place = await s3.newPlace();
    expect(await refusal(place.replace(/operator-\d+/, 'nobody'))).toMatch(
      /^--object-store cannot be used: .* there is no bucket nobody\.$/,
    );
    expect(await refusal(place.replace(/:\d+$/, ':1'))).toMatch(
      /^--object-store cannot be used: The object store s3:\/\/.* at http:\/\/127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\.$/,
    );
    signIn(s3.accessKeyId, 'wrong');
    expect(await refusal(place)).toMatch(/^--object-store cannot be used: .* does not accept the credentials \(/);
    signIn('test:stranger', 'stranger');
    expect(await refusal(place)).toMatch(/^--object-store cannot be used: .* refuses access \(AccessDenied\)\.$/);
    delete process.env.AWS_ACCESS_KEY_ID;
    Object.assign(process.env, {
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none'),
      AWS_CONFIG_FILE: join(folder, 'none'),
      AWS_EC2_METADATA_DISABLED: 'true',
    });
    expect(await refusal(place)).toMatch(/^--object-store cannot be used: There are no credentials/);
    for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) delete process.env[name];
    // Reading is allowed there, writing is not.
    const gate = await openS3Gate(s3.port);
    closing.push(gate.close);
    signIn(s3.accessKeyId, s3.secretAccessKey);
    gate.answer = ({ method }) => (method === 'PUT' ? s3Error(403, 'AccessDenied') : undefined);
    expect(await refusal(await s3.newPlace(gate.port))).toMatch(/refuses access \(AccessDenied\)\.$/);
  });

  it('holds the objects of one installation, which finds them nowhere else', async () => {
    const place = await s3.newPlace();
    await serve(place).then((server) => server.close());
    closing.splice(0);
    expect(await refusal(place, { data: join(folder, 'other') })).toMatch(
      /^--object-store s3:\/\/operator-\d+\/hold\/point holds the objects of another installation/,
    );
    const within = place.replace('hold/point', 'hold/point/holdpoint');
    expect(await refusal(within, { data: join(folder, 'within') })).toMatch(
      /lies in s3:\/\/operator-\d+\/hold\/point, which holds the objects of another installation/,
    );
    expect(await refusal(await s3.newPlace())).toMatch(
      /is not where the objects of this installation are \(s3:\/\/operator-\d+\/hold\/point\): all its servers use the same\.$/,
    );
    expect(await refusal('')).toMatch(
      /^The objects of this installation are in s3:\/\/operator-\d+\/hold\/point: set HOLDPOINT_OBJECT_STORE/,
    );
    expect(await runCommand(['backup', join(folder, 'copy'), '--data', join(folder, 'data')])).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/the rows alone\. The objects are in s3:\/\/operator-\d+\/hold\/point: versions/),
    });
    const environment = { HOLDPOINT_OBJECT_STORE: place };
    expect(
      await runCommand(['backup', join(folder, 'other'), '--objects-only', '--data', join(folder, 'data')], {
        environment,
      }),
    ).toMatchObject({ code: 1, stderr: expect.stringContaining('versions or a copy of that bucket are their backup') });
    await serve(place);
  });

  it('may be a folder elsewhere, which is one server’s', async () => {
    const place = `folder:${join(folder, 'elsewhere')}`;
    const server = await serve(place);
    await gateway(server).send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'k', Body: 'x' }));
    expect(await refusal(place, { data: join(folder, 'other') })).toMatch(
      /^Another Holdpoint server keeps its objects in .*elsewhere: give each its own with --object-store\.$/,
    );
    const environment = { HOLDPOINT_OBJECT_STORE: place };
    expect(
      await runCommand(['backup', join(folder, 'copy'), '--data', join(folder, 'data'), '--json'], { environment }),
    ).toMatchObject({ code: 0, stdout: expect.stringMatching(/"Objects": 2/) });
  });

  it('delays outputs while S3 is down, and nothing else', async () => {
    const proxy = await openCuttingProxy(s3.port);
    closing.push(() => proxy.close());
    const stage = await openLoopStage({ objectStore: await s3.newPlace(proxy.port) });
    closing.push(() => stage.close());
    const client = gateway(stage.server);
    const rules = await stage.write('rules.json', JSON.stringify([{ answer: { a: 'x' }, seconds: 0 }]));
    const work = () => stage.holdpoint('simulate', '--rules', rules, '--flow', 'mood', '--until-empty');
    const statusOf = async (HumanLoopName: string) =>
      (await stage.client.call('DescribeHumanLoop', { HumanLoopName })).HumanLoopStatus;
    await stage.makeFlow('mood');
    await stage.startLoops('mood', { text: 'before' });
    proxy.part();
    // Loops start and are answered as ever.
    const input = { InputContent: '{"text":"meanwhile"}' };
    const { FlowDefinitionArn } = await stage.client.call('DescribeFlowDefinition', { FlowDefinitionName: 'mood' });
    await stage.client.call('StartHumanLoop', { HumanLoopName: 'late', FlowDefinitionArn, HumanLoopInput: input });
    expect(await work()).toMatchObject({ code: 0 });
    await expect.poll(() => ready(stage.server)).toMatch(/^200 ready, but outputs are delayed: The object store s3:/);
    expect([await statusOf('mood-1'), await statusOf('late')]).toEqual(['InProgress', 'InProgress']);
    await expect(client.send(new HeadObjectCommand({ Bucket: 'holdpoint', Key: 'x' }))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 503 },
    });
    await expect(client.send(new GetObjectCommand({ Bucket: 'holdpoint', Key: 'x' }))).rejects.toMatchObject({
      name: 'ServiceUnavailable',
      message: expect.stringContaining('cannot be reached'),
    });
    const { Checks } = await stage.client.call('CheckInstallation', {});
    expect(Checks?.find(({ Name }) => Name === 'Bucket')).toMatchObject({
      Status: 'Failed',
      Message: expect.stringMatching(/^Objects cannot be stored: The object store s3:.*cannot be reached/),
      Advice: expect.stringContaining('outputs are written when it is well again'),
    });
    proxy.mend();
    await expect.poll(() => ready(stage.server), { timeout: 20_000 }).toBe('200 ready');
    for (const name of ['mood-1', 'late'])
      await expect.poll(() => statusOf(name), { timeout: 30_000 }).toBe('Completed');
  });

  it('takes credentials that are renewed while it works', async () => {
    const gate = await openS3Gate(s3.port);
    closing.push(gate.close);
    const file = join(folder, 'credentials');
    const write = (id: string, secret: string) =>
      writeFile(file, `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
    await write(s3.accessKeyId, s3.secretAccessKey);
    delete process.env.AWS_ACCESS_KEY_ID;
    process.env.AWS_SHARED_CREDENTIALS_FILE = file;
    closing.push(async () => void delete process.env.AWS_SHARED_CREDENTIALS_FILE);
    const server = await serve(await s3.newPlace(gate.port));
    const client = gateway(server);
    const head = () => client.send(new HeadObjectCommand({ Bucket: 'holdpoint', Key: 'none' }));
    gate.answer = ({ headers }) =>
      headers.authorization?.includes(`Credential=${s3.accessKeyId}/`) ? s3Error(400, 'ExpiredToken') : undefined;
    await expect(head()).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    expect(await ready(server)).toMatch(
      /^200 ready, but outputs are delayed: .* does not accept the credentials \(ExpiredToken\)/,
    );
    await write('test:second', 'second');
    await expect.poll(() => ready(server), { timeout: 20_000 }).toBe('200 ready');
    await expect(head()).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('has outputs encrypted with the key that their flow definition names', async () => {
    const gate = await openS3Gate(s3.port);
    closing.push(gate.close);
    const asked: unknown[] = [];
    // Swift has no keys, so what is said to it is all there is to see.
    gate.answer = ({ method, url, headers }) => {
      if (headers['x-amz-server-side-encryption'] === undefined) return undefined;
      const key = headers['x-amz-server-side-encryption-aws-kms-key-id'];
      asked.push([method, url?.split('?')[0], headers['x-amz-server-side-encryption'], key]);
      return { status: 200, headers: { etag: '"0123456789abcdef0123456789abcdef"' } };
    };
    const stage = await openLoopStage({ objectStore: await s3.newPlace(gate.port) });
    closing.push(() => stage.close());
    await stage.makeFlow('mood', 1, 'alias/reviews');
    await stage.startLoops('mood', { text: 'x' });
    const rules = await stage.write('rules.json', JSON.stringify([{ answer: { a: 'x' }, seconds: 0 }]));
    await stage.holdpoint('simulate', '--rules', rules, '--flow', 'mood', '--until-empty');
    const describe = () => stage.client.call('DescribeHumanLoop', { HumanLoopName: 'mood-1' });
    await expect.poll(async () => (await describe()).HumanLoopStatus).toBe('Completed');
    const uri = new URL((await describe()).HumanLoopOutput?.OutputS3Uri ?? '');
    expect(asked).toEqual([
      ['PUT', expect.stringMatching(new RegExp(`/hold/point/holdpoint${uri.pathname}$`)), 'aws:kms', 'alias/reviews'],
    ]);
  });

  it('lets several servers share a database only in S3, and only in the same place', async () => {
    const postgres: PostgresServer = await startPostgres();
    closing.push(() => postgres.close());
    const databaseUrl = await postgres.newDatabase();
    const node = (name: string) => ({ data: join(folder, name), databaseUrl });
    const place = await s3.newPlace();
    const one = await serve(place, node('one'));
    const two = await serve(place, node('two'));
    expect(await refusal('', node('three'))).toMatch(
      /^Servers work on the database .* Servers share a database only when they share their objects too: give all of them the same --object-store s3:/,
    );
    expect(await refusal(await s3.newPlace(), node('three'))).toMatch(/all its servers use the same\.$/);
    // What one writes the other has.
    const [near, far] = [gateway(one), gateway(two)];
    await near.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'k', Body: 'x' }));
    const found = await far.send(new GetObjectCommand({ Bucket: 'holdpoint', Key: 'k' }));
    expect(await found.Body?.transformToString()).toBe('x');
  });

  it('is settled by servers that start at the same time', async () => {
    const postgres: PostgresServer = await startPostgres();
    closing.push(() => postgres.close());
    const databaseUrl = await postgres.newDatabase();
    const gate = await openS3Gate(s3.port);
    closing.push(gate.close);
    const place = await s3.newPlace();
    let wasAsked = false;
    gate.answer = async ({ url }) => {
      if (wasAsked || !url?.includes('/installation')) return undefined;
      wasAsked = true;
      // The other server does all it has to do while the answer is on its way to this one.
      await serve(place, { data: join(folder, 'two'), databaseUrl });
      return s3Error(404, 'NoSuchKey');
    };
    const throughGate = place.replace(/:\d+$/, `:${gate.port}`);
    const one = await serve(throughGate, { data: join(folder, 'one'), databaseUrl });
    expect(wasAsked).toBe(true);
    expect(await ready(one)).toBe('200 ready');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createA2IRuntimeClient } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { testOptions } from '../testing/options.ts';
import { answer, openServer, type ScriptedServer, type Step } from '../testing/scripted-server.ts';
import { json, scriptedTransport } from '../testing/scripted-transport.ts';
import type { Environment } from './platform.ts';

const files = createAwsFiles();
afterAll(() => files.remove());

/** STS, a container's endpoint and an instance's, whichever is asked. */
let server: ScriptedServer;
beforeEach(async () => {
  server = await openServer();
  // What AWS's package reads itself; nothing of this machine's own.
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_STS', server.endpointUrl);
  vi.stubEnv('AWS_EC2_METADATA_SERVICE_ENDPOINT', server.endpointUrl);
  vi.stubEnv('AWS_REGION', 'eu-central-1');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

function open(environment: Environment, profile?: string) {
  const transport = scriptedTransport(json({ HumanLoopName: 'a', HumanLoopStatus: 'InProgress', CreationTime: 0 }));
  const client = createA2IRuntimeClient({
    ...testOptions({ transport, endpointUrl: 'http://127.0.0.1:1', credentials: undefined }),
    ignoreConfiguration: false,
    environment,
    profile,
  });
  return async (): Promise<string> => {
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    const { authorization, 'x-amz-security-token': token } = transport.requests.at(-1)!.headers;
    return `${/Credential=([^/]+)/.exec(authorization!)![1]} ${token}`;
  };
}

const later = new Date(Date.now() + 3_600_000).toISOString();

/** What STS answers to a call that gives credentials. */
const sts = (operation: string, id: string): Step =>
  answer(
    200,
    `<${operation}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${operation}Result><Credentials>
     <AccessKeyId>${id}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>tok</SessionToken>
     <Expiration>${later}</Expiration></Credentials></${operation}Result></${operation}Response>`,
    { 'content-type': 'text/xml' },
  );
const stsRefusal = answer(
  403,
  `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code>
   <Message>Not you.</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`,
  { 'content-type': 'text/xml' },
);
const formOf = (index: number) => Object.fromEntries(new URLSearchParams(server.received[index]!.body));

const roleArn = 'arn:aws:iam::000000000000:role/any';
const role = {
  config: `[profile work]\nrole_arn = ${roleArn}\nsource_profile = base\nrole_session_name = me\n`,
  credentials: '[base]\naws_access_key_id = BASE\naws_secret_access_key = s\n',
};

describe('credentials through the optional package', () => {
  it.each<readonly [what: string, more: Environment, profile: string | undefined]>([
    ['that the program names', {}, 'work'],
    ['that the environment names', { AWS_PROFILE: 'work' }, undefined],
    ['that wins over a web identity', { AWS_PROFILE: 'work', AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent' }, undefined],
  ])('come from the role of a profile %s', async (_what, more, profile) => {
    server.script.push(sts('AssumeRole', 'ASIAROLE'));
    expect(await open(files.write(role, more), profile)()).toBe('ASIAROLE tok');
    expect(formOf(0)).toMatchObject({ Action: 'AssumeRole', RoleArn: roleArn, RoleSessionName: 'me' });
    expect(server.received[0]!.headers.authorization).toContain('Credential=BASE/');
  });

  it('come from the role of a profile that has keys too', async () => {
    server.script.push(sts('AssumeRole', 'ASIAROLE'));
    const credentials = `${role.credentials}[work]\naws_access_key_id = KEY\naws_secret_access_key = s\n`;
    expect(await open(files.write({ ...role, credentials }), 'work')()).toBe('ASIAROLE tok');
  });

  it('come from a role that stands in the credentials file', async () => {
    server.script.push(sts('AssumeRole', 'ASIAROLE'));
    const credentials = `${role.credentials}[work]\nrole_arn = ${roleArn}\nsource_profile = base\n`;
    expect(await open(files.write({ credentials }), 'work')()).toBe('ASIAROLE tok');
  });

  const token = join(files.folder, 'token');
  const webIdentity = { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: roleArn, AWS_ROLE_SESSION_NAME: 'me' };

  it('come from a web identity', async () => {
    writeFileSync(token, 'a.b.c');
    server.script.push(sts('AssumeRoleWithWebIdentity', 'ASIAWEB'));
    const signedWith = open(files.write({}, webIdentity));
    expect(await signedWith()).toBe('ASIAWEB tok');
    const form = {
      Action: 'AssumeRoleWithWebIdentity',
      RoleArn: roleArn,
      RoleSessionName: 'me',
      WebIdentityToken: 'a.b.c',
    };
    expect(formOf(0)).toMatchObject(form);
    // They hold for an hour.
    expect(await signedWith()).toBe('ASIAWEB tok');
    expect(server.received).toHaveLength(1);
  });

  it('come from the web identity of a profile', async () => {
    writeFileSync(token, 'a.b.c');
    server.script.push(sts('AssumeRoleWithWebIdentity', 'ASIAWEB'));
    const config = `[profile web]\nrole_arn = ${roleArn}\nweb_identity_token_file = ${token}\n`;
    expect(await open(files.write({ config }), 'web')()).toBe('ASIAWEB tok');
  });

  const fromEndpoint = { AccessKeyId: 'ASIAHTTP', SecretAccessKey: 's', Token: 'tok', Expiration: later };

  it('come from a container', async () => {
    server.script.push(answer(200, fromEndpoint));
    const environment = files.write(
      {},
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.endpointUrl}/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'pass',
      },
    );
    expect(await open(environment)()).toBe('ASIAHTTP tok');
    expect(server.received[0]).toMatchObject({
      method: 'GET',
      path: '/credentials',
      headers: { authorization: 'pass' },
    });
  });

  it('come from an instance, after everything else', async () => {
    server.script.push(
      answer(200, 'imds-token'),
      answer(200, 'the-role'),
      answer(200, { ...fromEndpoint, Code: 'Success', AccessKeyId: 'ASIAIMDS' }),
    );
    const { AWS_EC2_METADATA_DISABLED: _, ...environment } = files.write({});
    expect(await open(environment)()).toBe('ASIAIMDS tok');
    expect(server.received.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'PUT /latest/api/token',
      'GET /latest/meta-data/iam/security-credentials/',
      'GET /latest/meta-data/iam/security-credentials/the-role',
    ]);
  });

  it('do not come from an instance that must not be asked', async () => {
    await expect(open(files.write({}))()).rejects.toThrow('Unable to locate credentials');
    expect(server.received).toEqual([]);
  });

  it('do not come from an instance that has none', async () => {
    server.script.push(answer(200, 'imds-token'), answer(404, ''));
    const { AWS_EC2_METADATA_DISABLED: _, ...environment } = files.write({});
    const failure = open(environment)();
    await expect(failure).rejects.toMatchObject({
      name: 'NoCredentialsError',
      message: 'Unable to locate credentials',
    });
  });

  it('that are refused are refused in a sentence, and nobody else is asked', async () => {
    server.script.push(stsRefusal);
    const { AWS_EC2_METADATA_DISABLED: _, ...environment } = files.write(role);
    await expect(open(environment, 'work')()).rejects.toMatchObject({
      name: 'CredentialRetrievalError',
      message: 'Error when retrieving credentials from a role (role_arn): Not you.',
      cause: expect.any(Error),
    });
    expect(server.received).toHaveLength(1);
  });

  it.each<readonly [what: string, given: Parameters<typeof files.write>, profile: string | undefined, place: string]>([
    [
      'a source profile is missing',
      [{ config: `[profile work]\nrole_arn = ${roleArn}\nsource_profile = nope\n` }],
      'work',
      'a role (role_arn)',
    ],
    [
      'a token file is missing',
      [{}, { ...webIdentity, AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent' }],
      undefined,
      'a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)',
    ],
    [
      'nobody has signed in',
      [
        {
          config:
            '[profile sso]\nsso_start_url = https://sso.example\nsso_account_id = 000000000000\nsso_region = a\nsso_role_name = r\n',
        },
      ],
      'sso',
      'single sign-on',
    ],
  ])('say where they come from when %s', async (_what, given, profile, place) => {
    vi.stubEnv('HOME', files.folder);
    const { AWS_EC2_METADATA_DISABLED: _, ...environment } = files.write(...given);
    const failure = open(environment, profile)();
    await expect(failure).rejects.toMatchObject({ name: 'CredentialRetrievalError' });
    await expect(failure).rejects.toThrow(`Error when retrieving credentials from ${place}: `);
    expect(server.received).toEqual([]);
  });

  it('say where they come from when a container’s address is no good', async () => {
    // The package asks in plain text on this machine only.
    const uri = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://credentials.example/' };
    const failure = open(files.write({}, uri))();
    await expect(failure).rejects.toMatchObject({ name: 'CredentialRetrievalError' });
    await expect(failure).rejects.toThrow('credentials from the container (AWS_CONTAINER_CREDENTIALS_…_URI): ');
  });
});

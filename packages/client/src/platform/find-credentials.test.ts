import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ClientOptions, createA2IRuntimeClient } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { testOptions } from '../testing/options.ts';
import { json, scriptedTransport } from '../testing/scripted-transport.ts';
import type { Environment } from './platform.ts';

const files = createAwsFiles();
afterAll(() => files.remove());

const described = json({ HumanLoopName: 'a', HumanLoopStatus: 'InProgress', CreationTime: 0 });

function open(environment: Environment | undefined, options: ClientOptions = {}) {
  const transport = scriptedTransport(described);
  const client = createA2IRuntimeClient({
    ...testOptions({ transport, endpointUrl: 'http://127.0.0.1:1', credentials: undefined }),
    ...(environment && { ignoreConfiguration: false, environment }),
    ...options,
  });
  /** With what the next request is signed: key id and token. */
  async function signedWith(): Promise<string> {
    await client.describeHumanLoop({ HumanLoopName: 'a' });
    const { authorization, 'x-amz-security-token': token } = transport.requests.at(-1)!.headers;
    return [/Credential=([^/]+)/.exec(authorization!)![1], token].filter(Boolean).join(' ');
  }
  return { client, signedWith, transport };
}

const pair = (id: string, token = '') =>
  `aws_access_key_id = ${id}\naws_secret_access_key = s\n${token && `aws_session_token = ${token}\n`}`;
const ofEnvironment = { AWS_ACCESS_KEY_ID: 'ENV', AWS_SECRET_ACCESS_KEY: 's' };

/** A program that prints JSON, as a command for a shell. */
const printing = (value: unknown): string => {
  const program = join(files.folder, 'print.mjs');
  writeFileSync(program, `process.stdout.write(process.argv[2].replaceAll("'", '"'));`);
  return `"${process.execPath}" "${program}" "${JSON.stringify(value).replaceAll('"', "'")}"`;
};
const fromProcess = printing({ Version: 1, AccessKeyId: 'PROCESS', SecretAccessKey: 's', SessionToken: 't' });

describe('credentials', () => {
  it.each<readonly [what: string, given: Parameters<typeof files.write>, options: ClientOptions, found: string]>([
    ['explicit', [{ credentials: `[default]\n${pair('FILE')}` }, ofEnvironment], explicit('ARG'), 'ARG'],
    ['environment', [{ credentials: `[default]\n${pair('FILE')}` }, ofEnvironment], {}, 'ENV'],
    ['environment with token', [{}, { ...ofEnvironment, AWS_SESSION_TOKEN: 'tok' }], {}, 'ENV tok'],
    ['environment, token empty', [{}, { ...ofEnvironment, AWS_SESSION_TOKEN: '' }], {}, 'ENV'],
    [
      'a profile named by the program wins over the environment',
      [{ credentials: `[p]\n${pair('FILE', 'tok')}` }, ofEnvironment],
      { profile: 'p' },
      'FILE tok',
    ],
    [
      'a profile named by the environment does not',
      [{ credentials: `[p]\n${pair('FILE')}` }, { ...ofEnvironment, AWS_PROFILE: 'p' }],
      {},
      'ENV',
    ],
    [
      'credentials file',
      [{ credentials: `[default]\n${pair('FILE')}`, config: `[default]\n${pair('CONFIG')}` }],
      {},
      'FILE',
    ],
    [
      'credentials file before a process',
      [{ credentials: `[default]\n${pair('FILE')}`, config: `[default]\ncredential_process = ${fromProcess}\n` }],
      {},
      'FILE',
    ],
    [
      'process before the configuration file',
      [{ config: `[default]\n${pair('CONFIG')}credential_process = ${fromProcess}\n` }],
      {},
      'PROCESS t',
    ],
    [
      'process in the credentials file',
      [{ credentials: `[default]\ncredential_process = ${fromProcess}\n` }],
      {},
      'PROCESS t',
    ],
    ['configuration file', [{ config: `[default]\n${pair('CONFIG')}` }], {}, 'CONFIG'],
    [
      'half of a pair in the environment, the key id missing, is none',
      [{ config: `[default]\n${pair('CONFIG')}` }, { AWS_SECRET_ACCESS_KEY: 's' }],
      {},
      'CONFIG',
    ],
    [
      'an explicit profile with keys where the machine has a web identity',
      [{ credentials: `[p]\n${pair('FILE')}` }, { AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent', AWS_ROLE_ARN: 'a' }],
      { profile: 'p' },
      'FILE',
    ],
  ])('come from: %s', async (_what, given, options, found) => {
    expect(await open(files.write(...given), options).signedWith()).toBe(found);
  });

  it.each<readonly [what: string, given: Parameters<typeof files.write>, place: string, missing: string]>([
    ['environment', [{}, { AWS_ACCESS_KEY_ID: 'ENV' }], 'env', 'AWS_SECRET_ACCESS_KEY'],
    [
      'credentials file',
      [{ credentials: '[default]\naws_access_key_id = FILE\n', config: `[default]\n${pair('CONFIG')}` }],
      'shared-credentials-file',
      'aws_secret_access_key',
    ],
    ['configuration file', [{ config: '[default]\naws_access_key_id = C\n' }], 'config-file', 'aws_secret_access_key'],
  ])('that are partial in: %s', async (_what, given, place, missing) => {
    await expect(open(files.write(...given)).signedWith()).rejects.toMatchObject({
      name: 'PartialCredentialsError',
      message: `Partial credentials found in ${place}, missing: ${missing}`,
    });
  });

  it.each(['accessKeyId', 'secretAccessKey'] as const)('that are explicit and lack %s', async (missing) => {
    const credentials = { ...explicit('ARG').credentials, [missing]: '' };
    const half = {
      name: 'PartialCredentialsError',
      message: `Partial credentials found in explicit, missing: ${missing}`,
    };
    expect(() => open(undefined, { credentials })).toThrow(expect.objectContaining(half));
    const late = open(undefined, { credentials: async () => credentials }).signedWith();
    await expect(late).rejects.toThrow(`Partial credentials found in a provider, missing: ${missing}`);
  });

  it('that are nowhere are missed at the call, without a request', async () => {
    for (const environment of [files.write({}), files.write({ config: '[default]\nregion = a\n' }), undefined]) {
      const { signedWith, transport } = open(environment);
      await expect(signedWith()).rejects.toMatchObject({
        name: 'NoCredentialsError',
        message: 'Unable to locate credentials',
      });
      expect(transport.requests).toEqual([]);
    }
  });

  it('are looked for once, and again after a failure', async () => {
    const environment = files.write({});
    const { signedWith } = open(environment);
    await expect(signedWith()).rejects.toThrow('Unable to locate credentials');
    const counted = join(files.folder, 'counted');
    writeFileSync(counted, '');
    const program = join(files.folder, 'count.mjs');
    writeFileSync(
      program,
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(counted)}, 'x');
       console.log(JSON.stringify({ Version: 1, AccessKeyId: 'COUNTED', SecretAccessKey: 's' }));`,
    );
    files.write({ config: `[default]\ncredential_process = "${process.execPath}" "${program}"\n` });
    const { client, signedWith: again } = open(environment);
    const names = ['a', 'b', 'c'];
    await Promise.all(names.map((HumanLoopName) => client.describeHumanLoop({ HumanLoopName })));
    expect(await again()).toBe('COUNTED');
    expect(readFileSync(counted, 'utf8')).toBe('x');
  });
});

describe('credential_process', () => {
  const answered = { Version: 1, AccessKeyId: 'PROCESS', SecretAccessKey: 's' };
  it.each<readonly [what: string, output: unknown, reason: string]>([
    ['another version', { ...answered, Version: 2 }, 'Version 1 is expected, not 2'],
    ['no version', { AccessKeyId: 'a', SecretAccessKey: 's' }, 'Version 1 is expected, not undefined'],
    ['no object', null, 'Version 1 is expected, not undefined'],
    ['no key id', { Version: 1, SecretAccessKey: 's' }, 'Missing required key in response: AccessKeyId'],
    ['no secret', { Version: 1, AccessKeyId: 'a' }, 'Missing required key in response: SecretAccessKey'],
    ['an end in the past', { ...answered, Expiration: '2020-01-01T00:00:00Z' }, 'the credentials have expired'],
    ['an end that is no moment', { ...answered, Expiration: 'soon' }, 'the credentials have expired'],
  ])('that answers with %s fails', async (_what, output, reason) => {
    await expectFailure(printing(output), reason);
  });

  it.each<readonly [what: string, program: string, reason: string | RegExp]>([
    ['prints no JSON', "process.stdout.write('hello')", 'its output is not JSON'],
    ['prints nothing', '', 'its output is not JSON'],
    ['fails with a sentence', "console.error('No ticket.'); process.exit(3)", 'No ticket.'],
    ['fails silently', 'process.exit(3)', /Command failed/],
  ])('that %s fails', async (_what, program, reason) => {
    const file = join(files.folder, 'program.mjs');
    writeFileSync(file, program);
    await expectFailure(`"${process.execPath}" "${file}"`, reason);
  });

  it('that is not there fails', () => expectFailure('/nonexistent/program', /nonexistent/));

  async function expectFailure(command: string, reason: string | RegExp): Promise<void> {
    const { signedWith, transport } = open(files.write({ config: `[default]\ncredential_process = ${command}\n` }));
    const failure = signedWith();
    await expect(failure).rejects.toMatchObject({ name: 'CredentialRetrievalError', retryable: false });
    const sentence = 'Error when retrieving credentials from custom-process: ';
    await expect(failure).rejects.toThrow(typeof reason === 'string' ? `${sentence}${reason}` : reason);
    expect(transport.requests).toEqual([]);
  }

  it('is asked again before its credentials end', async () => {
    const start = Date.now();
    let now = start;
    const serial = join(files.folder, 'serial');
    writeFileSync(serial, '0');
    const program = join(files.folder, 'serial.mjs');
    writeFileSync(
      program,
      `import { readFileSync, writeFileSync } from 'node:fs';
       const next = Number(readFileSync(${JSON.stringify(serial)}, 'utf8')) + 1;
       writeFileSync(${JSON.stringify(serial)}, String(next));
       const Expiration = new Date(${start} + next * 3_600_000).toISOString();
       console.log(JSON.stringify({ Version: 1, AccessKeyId: 'P' + next, SecretAccessKey: 's', Expiration }));`,
    );
    const environment = files.write({ config: `[default]\ncredential_process = "${process.execPath}" "${program}"\n` });
    const { signedWith } = open(environment, { now: () => now });
    expect(await signedWith()).toBe('P1');
    now = start + 49 * 60_000;
    expect(await signedWith()).toBe('P1');
    now = start + 51 * 60_000;
    expect(await signedWith()).toBe('P2');
    expect(await signedWith()).toBe('P2');
  });
});

function explicit(accessKeyId: string) {
  return { credentials: { accessKeyId, secretAccessKey: 's' } };
}

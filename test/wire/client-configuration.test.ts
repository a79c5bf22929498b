// A program that says nothing itself finds the same region, endpoint and credentials with our client as with boto3.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServiceName, Session } from '@holdpoint/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeWith } from '../testing/tools.ts';
import { moment, theirFailure, useTwoClients } from '../testing/two-clients.ts';

const described = describeWith('Python with boto3');

interface Surroundings {
  readonly config?: string;
  readonly credentials?: string;
  readonly variables?: Readonly<Record<string, string>>;
  /** Named by the program. */
  readonly profile?: string;
  readonly service?: 'sagemaker' | 'sagemaker-a2i-runtime';
}

interface Found {
  readonly region?: string;
  readonly url?: string;
  readonly error?: { readonly name: string; readonly text: string };
}

const calls = {
  'sagemaker-a2i-runtime': { method: 'describe_human_loop', input: { HumanLoopName: 'a' } },
  sagemaker: { method: 'list_tags', input: { ResourceArn: 'a' } },
} as const;

const keys = 'aws_access_key_id = AKIDFILE\naws_secret_access_key = secret+/=\n';
const inEnvironment = { AWS_ACCESS_KEY_ID: 'AKIDENV', AWS_SECRET_ACCESS_KEY: 'env-secret' };
const region = { AWS_DEFAULT_REGION: 'eu-west-1' };
const all = { ...inEnvironment, ...region };
const main = `[default]\nregion = us-west-2\n${keys}`;

const alike: Readonly<Record<string, Surroundings>> = {
  nothing: {},
  'a region alone': { variables: region },
  'keys alone': { variables: inEnvironment },
  'everything in the environment': { variables: all },
  'a session token': { variables: { ...all, AWS_SESSION_TOKEN: 'tok/+=' } },
  'an empty session token': { variables: { ...all, AWS_SESSION_TOKEN: '' } },
  'the older name of the session token': { variables: { ...all, AWS_SECURITY_TOKEN: 'old' } },
  'both names of the session token': { variables: { ...all, AWS_SECURITY_TOKEN: 'old', AWS_SESSION_TOKEN: 'new' } },
  'half of the keys in the environment': { variables: { ...region, AWS_ACCESS_KEY_ID: 'AKIDENV' } },
  'the other half': { variables: { ...region, AWS_SECRET_ACCESS_KEY: 'x' } },
  'empty keys': { variables: { ...region, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } },
  'a region that is none': { variables: { ...all, AWS_DEFAULT_REGION: 'us east 1' } },
  'a region of digits': { variables: { ...all, AWS_DEFAULT_REGION: '123' } },
  'a region with a dot': { variables: { ...all, AWS_DEFAULT_REGION: 'a.b' } },
  'a region that begins with a hyphen': { variables: { ...all, AWS_DEFAULT_REGION: '-a' } },
  'the default profile': { config: main },
  'the environment over the file': { config: main, variables: all },
  'keys in the credentials file': { config: '[default]\nregion = us-west-2', credentials: `[default]\n${keys}` },
  'the credentials file over the configuration file': {
    config: main,
    credentials: '[default]\naws_access_key_id = AKIDOTHER\naws_secret_access_key = other',
  },
  'a region in the credentials file': { config: main, credentials: '[default]\nregion = eu-north-1' },
  'a session token in the credentials file': {
    variables: region,
    credentials: `[default]\n${keys}aws_session_token = tok`,
  },
  'the older name of the session token in the credentials file': {
    variables: region,
    credentials: `[default]\n${keys}aws_session_token = new\naws_security_token = old`,
  },
  'half of the keys in the credentials file': { variables: region, credentials: '[default]\naws_access_key_id = AKID' },
  'half of the keys in the configuration file': { config: '[default]\nregion = us-west-2\naws_access_key_id = AKID' },
  'the other half in the configuration file': { config: '[default]\nregion = us-west-2\naws_secret_access_key = x' },
  'one half in each file': {
    config: '[default]\nregion = us-west-2\naws_secret_access_key = x',
    credentials: '[default]\naws_access_key_id = AKID',
  },
  'a profile by variable': {
    config: `${main}[profile a]\nregion = sa-east-1\n${keys}`,
    variables: { AWS_PROFILE: 'a' },
  },
  'a profile by the older variable, which wins': {
    config: `${main}[profile a]\nregion = sa-east-1\n${keys}[profile b]\nregion = eu-west-3\n`,
    variables: { AWS_PROFILE: 'b', AWS_DEFAULT_PROFILE: 'a' },
  },
  'a profile by name': { config: `${main}[profile a]\nregion = sa-east-1\n${keys}`, profile: 'a' },
  'a profile by name over keys in the environment': {
    config: `[profile a]\nregion = sa-east-1\n${keys}`,
    profile: 'a',
    variables: all,
  },
  'a profile by variable under keys in the environment': {
    config: `[profile a]\nregion = sa-east-1\n${keys}`,
    variables: { ...all, AWS_PROFILE: 'a' },
  },
  'a profile of the credentials file only': { variables: { ...region, AWS_PROFILE: 'a' }, credentials: `[a]\n${keys}` },
  'a profile without the word in the configuration file': { config: `[a]\nregion = us-west-2\n${keys}`, profile: 'a' },
  'a profile with the word in the credentials file': {
    credentials: `[profile a]\n${keys}`,
    variables: region,
    profile: 'a',
  },
  'a profile that is missing': { config: main, profile: 'nope' },
  'a profile that is missing, by variable': { config: main, variables: { AWS_PROFILE: 'nope' } },
  'the default profile by name, missing': { variables: all, profile: 'default' },
  'no default profile': { config: '[profile a]\nregion = us-west-2', variables: inEnvironment },
  'the default profile in the longer form': { config: main.replace('[default]', '[profile default]') },
  'a profile with keys in quotes': { config: `[profile "a b"]\nregion = sa-east-1\n${keys}`, profile: 'a b' },
  'a profile in single quotes': { config: `[profile 'a']\nregion = sa-east-1\n${keys}`, profile: 'a' },
  'two spaces in the heading': { config: `[profile   a]\nregion = sa-east-1\n${keys}`, profile: 'a' },
  'a tab in the heading': { config: `[profile\ta]\nregion = sa-east-1\n${keys}`, profile: 'a' },
  'a profile whose name begins like the word': { config: `[profilea]\nregion = sa-east-1\n${keys}`, profile: 'a' },
  'text after the heading': { config: main.replace('[default]', '[default] # main') },
  'comments and empty lines': {
    config: `# one\n; two\n\n[default]\n# region = a\n  ; region = b\n\nregion = us-west-2\n\n${keys}\n#`,
  },
  'Windows line ends': { config: main.replaceAll('\n', '\r\n') },
  'no line end at the end': { config: main.trimEnd() },
  'no spaces around the equals sign': { config: main.replaceAll(' = ', '=') },
  'many spaces around the equals sign': { config: main.replaceAll(' = ', ' \t =\t  ') },
  'white space at the ends of lines': { config: main.replaceAll('\n', ' \t\n') },
  'colons instead of equals signs': { config: main.replaceAll(' = ', ': ') },
  'a value with equals signs and colons': { config: main.replace('secret+/=', 'a=b:c==') },
  'a value with a percent sign and quotes': { config: main.replace('secret+/=', '%(a)s "x" \'y\'') },
  'a value in quotes': { config: main.replace('us-west-2', '"us-west-2"') },
  'keys in upper case': { config: main.toUpperCase().replace('DEFAULT', 'default').replace('US-WEST-2', 'us-west-2') },
  'a section in upper case': { config: main.replace('default', 'DEFAULT'), variables: region },
  'indented keys': { config: main.replace(/^(\w)/gm, '  $1') },
  'keys indented by a tab': { config: main.replace(/^(\w)/gm, '\t$1') },
  'a nested section': {
    config: `[default]\ns3 =\n  addressing_style = path\n  region = a\nregion = us-west-2\n${keys}`,
  },
  'a nested section at the end': { config: `${main}s3 =\n  region = a\n` },
  'a nested section with comments and empty lines': {
    config: `[default]\ns3 =\n  a = b\n\n  # region = c\n\n  region = d\n\nregion = us-west-2\n${keys}`,
  },
  'a nested section among indented keys': {
    config: `[default]\n  s3 =\n    region = a\n  region = us-west-2\n${keys.replace(/^/gm, '  ')}`,
  },
  'other sections': { config: `[preview]\nregion = a\n${main}[plugins]\nregion = b\n[sso-session x]\nregion = c\n` },
  'a file that is a folder': { variables: { ...all, AWS_CONFIG_FILE: tmpdir() } },
  'a file that is missing': { variables: { ...all, AWS_CONFIG_FILE: '/nowhere/config' } },
  'text that is not ASCII': { config: `# é 漢字\n${main}[profile ü]\nregion = eu-west-3\n${keys}`, profile: 'ü' },
  'a FIPS endpoint by variable': { config: main, variables: { AWS_USE_FIPS_ENDPOINT: 'true' } },
  'a FIPS endpoint by file': { config: `${main}use_fips_endpoint = True\nuse_dualstack_endpoint = false` },
  'a dual-stack endpoint by variable over the file': {
    config: `${main}use_dualstack_endpoint = false`,
    variables: { AWS_USE_DUALSTACK_ENDPOINT: 'TRUE' },
  },
  'a flag that is no truth': { config: `${main}use_fips_endpoint = 1` },
};

const answer = (members: object): string => `/bin/echo '${JSON.stringify({ Version: 1, ...members })}'`;
const fromProcess = (command: string): Surroundings => ({
  config: `[default]\nregion = us-west-2\ncredential_process = ${command}`,
});
const given = { AccessKeyId: 'AKIDPROC', SecretAccessKey: 'process-secret' };

const processes: Readonly<Record<string, Surroundings>> = {
  'keys of a program': fromProcess(answer(given)),
  'keys of a program with a token and an end': fromProcess(
    answer({ ...given, SessionToken: 'tok', Expiration: '2999-01-01T00:00:00Z' }),
  ),
  'a program under keys of the credentials file': { ...fromProcess(answer(given)), credentials: `[default]\n${keys}` },
  'a program over keys of the configuration file': { config: `${fromProcess(answer(given)).config}\n${keys}` },
  'a program in the credentials file': {
    variables: region,
    credentials: `[default]\ncredential_process = ${answer(given)}`,
  },
  'a program with a tilde and spaces in an argument': fromProcess(answer({ ...given, SessionToken: '~ a  b' })),
};

const service =
  '[services s]\nsagemaker_a2i_runtime =\n  endpoint_url = http://a2i.test:1\nsagemaker =\n  endpoint_url = http://control.test:2\n';
const one = { AWS_ENDPOINT_URL: 'http://all.test' };
const each = {
  AWS_ENDPOINT_URL_SAGEMAKER: 'http://control.test/x',
  AWS_ENDPOINT_URL_SAGEMAKER_A2I_RUNTIME: 'http://a2i.test/',
};
const profileEndpoint = `${main}endpoint_url = http://profile.test\n`;
const withServices = `${profileEndpoint}services = s\n`;

interface Configured extends Omit<Surroundings, 'service'> {
  /** Where the clients of both services go: hosts, or the name of an error. */
  readonly leads: readonly [runtime: string, control: string];
}
const toAws = ['a2i-runtime.sagemaker.us-west-2.amazonaws.com', 'api.sagemaker.us-west-2.amazonaws.com'] as const;

/** What botocore has read since 1.31; Debian 12's leads to AWS whatever stands there. */
const configured: Readonly<Record<string, Configured>> = {
  'one endpoint by variable': { config: main, variables: one, leads: ['all.test', 'all.test'] },
  'an endpoint for each service by variable': {
    config: main,
    variables: { ...one, ...each },
    leads: ['a2i.test', 'control.test'],
  },
  'an endpoint for one service by variable': {
    config: main,
    variables: { AWS_ENDPOINT_URL_SAGEMAKER: 'http://control.test' },
    leads: [toAws[0], 'control.test'],
  },
  'empty variables': {
    config: main,
    variables: { AWS_ENDPOINT_URL: '', AWS_ENDPOINT_URL_SAGEMAKER: '' },
    leads: toAws,
  },
  'an endpoint in the profile': { config: profileEndpoint, leads: ['profile.test', 'profile.test'] },
  'an endpoint in the credentials file': {
    config: main,
    credentials: '[default]\nendpoint_url = http://c.test:1',
    leads: ['c.test:1', 'c.test:1'],
  },
  'an endpoint in another profile': { config: `${main}[profile a]\nendpoint_url = http://profile.test`, leads: toAws },
  'a services section': { config: `${withServices}${service}`, leads: ['a2i.test:1', 'control.test:2'] },
  'a services section under variables': {
    config: `${withServices}${service}`,
    variables: one,
    leads: ['all.test', 'all.test'],
  },
  'a services section for one service': {
    config: `${withServices}[services s]\nsagemaker =\n  endpoint_url = http://control.test\n`,
    leads: ['profile.test', 'control.test'],
  },
  'a services section with comments, empty lines and other keys': {
    config: `${withServices}[services s]\n# a\nsagemaker =\n\n  # b\n  other = x\n  endpoint_url = http://control.test\n\ns3 =\n  endpoint_url = http://s3.test\n`,
    leads: ['profile.test', 'control.test'],
  },
  'a services section with Windows line ends': {
    config: `${withServices}${service}`.replaceAll('\n', '\r\n'),
    leads: ['a2i.test:1', 'control.test:2'],
  },
  'a services section in quotes': {
    config: `${main}services = s t\n${service.replace('services s', 'services "s t"')}`,
    leads: ['a2i.test:1', 'control.test:2'],
  },
  'a services section that is missing': {
    config: `${main}services = nope\n${service}`,
    leads: ['InvalidConfigError', 'InvalidConfigError'],
  },
  'a services section that is missing, under a variable': {
    config: `${main}services = nope\n`,
    variables: one,
    leads: ['all.test', 'all.test'],
  },
  'a services section that nobody names': { config: `${main}${service}`, leads: toAws },
  'endpoints that are ignored by variable': {
    config: `${withServices}${service}`,
    variables: { ...one, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
    leads: toAws,
  },
  'endpoints that are ignored by file': {
    config: `${profileEndpoint}ignore_configured_endpoint_urls = True`,
    variables: one,
    leads: toAws,
  },
  'endpoints that are not ignored': {
    config: `${profileEndpoint}ignore_configured_endpoint_urls = true`,
    variables: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' },
    leads: ['profile.test', 'profile.test'],
  },
  'an endpoint that is none': {
    config: main,
    variables: { AWS_ENDPOINT_URL: 'foo' },
    leads: ['InvalidEndpointError', 'InvalidEndpointError'],
  },
  'an endpoint without a scheme': {
    config: main,
    variables: { AWS_ENDPOINT_URL: 'localhost:7800' },
    leads: ['InvalidEndpointError', 'InvalidEndpointError'],
  },
  'an endpoint without a host': {
    config: main,
    variables: { AWS_ENDPOINT_URL: 'http://' },
    leads: ['InvalidEndpointError', 'InvalidEndpointError'],
  },
};

/** How often a call is tried in all that meets status 503. */
const attempts: Readonly<Record<string, readonly [requests: number, Surroundings]>> = {
  'nothing said': [5, { config: main }],
  'a number by variable': [2, { config: main, variables: { AWS_MAX_ATTEMPTS: '2' } }],
  'one attempt': [1, { config: main, variables: { AWS_MAX_ATTEMPTS: '1' } }],
  'a higher number': [7, { config: main, variables: { AWS_MAX_ATTEMPTS: '7' } }],
  'a number by file': [3, { config: `${main}max_attempts = 3\n` }],
  'a variable over the file': [2, { config: `${main}max_attempts = 3\n`, variables: { AWS_MAX_ATTEMPTS: '2' } }],
  'the standard mode': [3, { config: main, variables: { AWS_RETRY_MODE: 'standard' } }],
  'the standard mode by file and a number': [4, { config: `${main}retry_mode = standard\nmax_attempts = 4\n` }],
};

interface Difference {
  readonly what: string;
  readonly why: string;
  readonly surroundings: Surroundings;
  /** The host of our URL, the access key id in it, or our error. */
  readonly ours: { readonly host?: string; readonly key?: string; readonly error?: string };
}
const west = { host: 'a2i-runtime.sagemaker.us-west-2.amazonaws.com', key: 'AKIDFILE' };
const lenient = (what: string, config: string, more: Surroundings = {}): Difference => ({
  what,
  why: 'boto3 cannot read such a file, or passes over the section; what is meant is plain, and other AWS SDKs read it.',
  surroundings: { config, ...more },
  ours: west,
});

/** Where our client finds something else on purpose. */
const differences: readonly Difference[] = [
  {
    what: 'AWS_REGION',
    why: 'The AWS SDK for JavaScript reads it first; boto3 does not read it.',
    surroundings: { variables: { ...all, AWS_REGION: 'us-west-2' } },
    ours: { ...west, key: 'AKIDENV' },
  },
  {
    what: 'an empty region in the environment',
    why: 'boto3 makes the host a2i-runtime.sagemaker..amazonaws.com of it.',
    surroundings: { config: main, variables: { AWS_DEFAULT_REGION: '' } },
    ours: west,
  },
  {
    what: 'an empty region',
    why: 'The same.',
    surroundings: { config: main.replace('us-west-2', '') },
    ours: { error: 'NoRegionError' },
  },
  {
    what: 'empty keys in the credentials file',
    why: 'boto3 signs with them, and every service refuses.',
    surroundings: { config: main, credentials: '[default]\naws_access_key_id =\naws_secret_access_key =\n' },
    ours: west,
  },
  lenient('a line further in than the one before', main.replace('us-west-2', 'us-west-2\n  a = b')),
  lenient('a comment after a value', main.replace('us-west-2', 'us-west-2 # here')),
  lenient('spaces within the brackets', main.replace('[default]', '[ default ]')),
  lenient('a profile with a space and without quotes', main.replace('[default]', '[profile a b]'), { profile: 'a b' }),
  lenient('a byte order mark', `\ufeff${main}`),
  lenient('text before the first section', `region = eu-west-1\n${main}`),
  lenient('a line without a value', `${main}foo\n`),
  lenient('a key twice', main.replace('region', 'region = eu-west-1\nregion')),
  lenient('a section twice', `[default]\noutput = json\n${main}`),
  lenient('a nested line without a value', `${main}s3 =\n  foo\n`),
  lenient('an empty profile variable', main, { variables: { AWS_PROFILE: '' } }),
  {
    what: 'the default profile in both forms',
    why: 'The AWS SDKs and Tools Reference Guide says that [profile default] counts; with boto3 the last one does.',
    surroundings: { config: `${main.replace('[default]', '[profile default]')}[default]\nregion = eu-west-1\n` },
    ours: west,
  },
];

described('what a program finds', () => {
  const two = useTwoClients();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdpoint-test-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** The variables of a program under these surroundings. */
  async function environmentOf({ config = '', credentials = '', variables }: Surroundings) {
    const environment = {
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...variables,
    };
    await writeFile(join(folder, 'config'), config);
    await writeFile(join(folder, 'credentials'), credentials);
    return environment;
  }

  async function ours(surroundings: Surroundings): Promise<Found> {
    const environment = await environmentOf(surroundings);
    const { service: name = 'sagemaker-a2i-runtime', profile } = surroundings;
    try {
      const client = new Session({ environment, profile, now: () => moment }).createClient<ServiceName>(name);
      const url = await client.generatePresignedUrl(calls[name].method, { params: calls[name].input });
      return { region: client.meta.regionName, url };
    } catch (error) {
      return { error: { name: (error as Error).name, text: (error as Error).message } };
    }
  }

  async function theirs(surroundings: Surroundings): Promise<Found> {
    const environment = await environmentOf(surroundings);
    const { service: name = 'sagemaker-a2i-runtime', profile } = surroundings;
    const program = { service: name, environment, ...calls[name], ...(profile !== undefined && { profile }) };
    const { result, error } = await two.oracle.settings(program);
    return error ? { error: inOurNames(theirFailure(error)) } : result!;
  }

  async function same(surroundings: Surroundings): Promise<void> {
    expect(await ours(surroundings)).toEqual(await theirs(surroundings));
  }

  it.each(Object.entries(alike))('%s', (_, surroundings) => same(surroundings));
  it.each(Object.entries(processes))('%s', (_, surroundings) => same(surroundings));
  it.each(Object.entries(configured))('%s', async (_, { leads, ...surroundings }) => {
    const { knowsConfiguredEndpoints } = await two.oracle.about();
    for (const [index, name] of (['sagemaker-a2i-runtime', 'sagemaker'] as const).entries()) {
      const found = await ours({ ...surroundings, service: name });
      expect(leadOf(found)).toBe(leads[index]);
      const other = await theirs({ ...surroundings, service: name });
      if (knowsConfiguredEndpoints) expect(found).toEqual(other);
      else expect(leadOf(other)).toBe(toAws[index]);
    }
  });
  it.each(Object.entries(attempts))('attempts with %s', async (_, [requests, surroundings]) => {
    const environment = await environmentOf(surroundings);
    const { url: endpointUrl } = two.server;
    two.server.play({ status: 503 });
    const session = new Session({ environment, now: () => moment, wait: async () => {} });
    const client = session.createClient('sagemaker', { endpointUrl });
    await expect(client.listTags({ ResourceArn: 'a' })).rejects.toMatchObject({ code: '503' });
    client.close();
    expect(two.server.requests).toHaveLength(requests);
    two.server.play({ status: 503 });
    const program = { service: 'sagemaker', environment, endpointUrl, ...calls.sagemaker, send: true } as const;
    expect((await two.oracle.settings(program)).error).toMatchObject({ type: 'ClientError' });
    expect(two.server.requests).toHaveLength(requests);
  });

  describe('that differ on purpose', () => {
    it.each(differences)('$what: $why', async ({ surroundings, ours: { host, key, error } }) => {
      const found = await ours(surroundings);
      expect(found).not.toEqual(await theirs(surroundings));
      expect(leadOf(found)).toBe(host ?? error);
      if (key !== undefined) expect(found.url).toContain(`X-Amz-Credential=${key}%2F`);
    });
  });
});

/** The host to which a program is led, or the name of what stops it. */
const leadOf = ({ url, error }: Found): string | undefined => (url === undefined ? error?.name : new URL(url).host);

/** boto3's error for an endpoint that is none is Python's ValueError. */
const inOurNames = (error: unknown): NonNullable<Found['error']> => {
  const { name, text } = error as NonNullable<Found['error']>;
  return { name: name === 'ValueError' ? 'InvalidEndpointError' : name, text };
};

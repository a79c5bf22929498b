import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, createA2IRuntimeClient, createClient, type ServiceName, Session } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';
import { credentials } from '../testing/options.ts';
import type { Environment } from './platform.ts';

const files = createAwsFiles();
afterAll(() => files.remove());
afterEach(() => void vi.unstubAllEnvs());

/** Everything in which a setting can stand, from the weakest to the strongest. */
const everything = {
  config: `
[default]
region = default-region
endpoint_url = http://default

[profile work]
region = work-region
endpoint_url = http://work
services = local
max_attempts = 2

[services local]
sagemaker =
  endpoint_url = http://work-sagemaker
sagemaker_a2i_runtime =
  endpoint_url = http://work-a2i
`,
};

function clientOf(service: ServiceName, environment: Environment, options: ClientOptions = {}) {
  return new Session({ credentials, environment, ...options }).createClient(service) as ReturnType<
    typeof createA2IRuntimeClient
  >;
}

describe('the region', () => {
  it.each<readonly [more: Environment, options: ClientOptions, region: string]>([
    [{ AWS_PROFILE: 'work', AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, { region: 'argument' }, 'argument'],
    [{ AWS_PROFILE: 'work', AWS_REGION: 'a', AWS_DEFAULT_REGION: 'b' }, {}, 'a'],
    [{ AWS_PROFILE: 'work', AWS_DEFAULT_REGION: 'b' }, {}, 'b'],
    [{ AWS_PROFILE: 'work' }, {}, 'work-region'],
    [{ AWS_PROFILE: 'work', AWS_REGION: '', AWS_DEFAULT_REGION: '' }, { region: '' }, 'work-region'],
    [{}, {}, 'default-region'],
    [{}, { profile: 'work' }, 'work-region'],
    [{ AWS_PROFILE: 'default' }, { profile: 'work' }, 'work-region'],
    [{ AWS_DEFAULT_PROFILE: 'work', AWS_PROFILE: 'default' }, {}, 'work-region'],
    [{ AWS_PROFILE: 'work' }, { profile: 'default' }, 'default-region'],
    [{ AWS_PROFILE: 'work' }, { profile: '' }, 'work-region'],
  ])('of %j and %j is %s', (more, options, region) => {
    const session = new Session({ environment: files.write(everything, more), ...options });
    expect(session.region).toBe(region);
    expect(session.createClient('sagemaker').meta.regionName).toBe(region);
    expect(session.createClient('sagemaker', { region: 'its-own' }).meta.regionName).toBe('its-own');
  });

  it('may stand in the credentials file, which wins', () => {
    const environment = files.write({ ...everything, credentials: '[default]\nregion = from-credentials\n' });
    expect(new Session({ environment }).region).toBe('from-credentials');
  });

  it('has to be somewhere, also with an endpoint', () => {
    const missing = { name: 'NoRegionError', message: 'You must specify a region.' };
    const environment = files.write({ config: '[default]\noutput = json\n' });
    const endpointUrl = 'http://127.0.0.1:1';
    for (const options of [{ environment }, { environment, endpointUrl }, { ignoreConfiguration: true, endpointUrl }]) {
      for (const make of [createClient, createA2IRuntimeClient])
        expect(() => make(options)).toThrow(expect.objectContaining(missing));
      expect(() => new Session(options).createClient('holdpoint')).toThrow(expect.objectContaining(missing));
      expect(new Session(options).region).toBeUndefined();
    }
  });

  it.each(['eu central 1', 'eu-central-1.evil.example', '-a', 'a-', 'a'.repeat(64), 'a/b', 'a@b', 'ü'])(
    'cannot be %j',
    (region) => {
      expect(() => createA2IRuntimeClient({ region, ignoreConfiguration: true })).toThrow(
        expect.objectContaining({
          name: 'InvalidRegionError',
          message: `Provided region_name '${region}' doesn't match a supported format.`,
        }),
      );
    },
  );
});

describe('the profile', () => {
  it.each<readonly [more: Environment, options: ClientOptions, name: string]>([
    [{}, { profile: 'nope' }, 'nope'],
    [{ AWS_PROFILE: 'nope' }, {}, 'nope'],
    [{ AWS_DEFAULT_PROFILE: 'neither', AWS_PROFILE: 'work' }, {}, 'neither'],
    [{ AWS_PROFILE: 'default' }, {}, 'default'],
  ])('that is named by %j and %j must be there', (more, options, name) => {
    const environment = files.write({ config: '[profile work]\nregion = a\n' }, more);
    for (const make of [createA2IRuntimeClient, (given: ClientOptions) => new Session(given)])
      expect(() => make({ environment, ...options })).toThrow(
        expect.objectContaining({
          name: 'ProfileNotFound',
          message: `The config profile (${name}) could not be found`,
        }),
      );
  });

  it('may stand in either file', () => {
    const environment = files.write({ config: '[profile a]\nregion = x\n', credentials: '[b]\nregion = y\n' });
    expect(new Session({ environment, profile: 'a' })).toMatchObject({ profile: 'a', region: 'x' });
    expect(new Session({ environment, profile: 'b' })).toMatchObject({ profile: 'b', region: 'y' });
    expect(new Session({ environment }).profile).toBeUndefined();
  });
});

describe('the endpoint', () => {
  const all = { AWS_ENDPOINT_URL_SAGEMAKER_A2I_RUNTIME: 'http://own', AWS_ENDPOINT_URL: 'http://all' };
  it.each<readonly [service: ServiceName, more: Environment, options: ClientOptions, url: string]>([
    ['sagemaker-a2i-runtime', all, { endpointUrl: 'http://argument:1/' }, 'http://argument:1'],
    ['sagemaker-a2i-runtime', all, {}, 'http://own'],
    ['sagemaker', all, {}, 'http://all'],
    ['sagemaker', { ...all, AWS_ENDPOINT_URL_SAGEMAKER: 'http://sagemaker' }, {}, 'http://sagemaker'],
    ['holdpoint', { ...all, AWS_ENDPOINT_URL_SAGEMAKER: 'http://sagemaker' }, {}, 'http://sagemaker'],
    ['sagemaker-a2i-runtime', {}, {}, 'http://default'],
    ['sagemaker-a2i-runtime', {}, { profile: 'work' }, 'http://work-a2i'],
    ['sagemaker', {}, { profile: 'work' }, 'http://work-sagemaker'],
    ['holdpoint', {}, { profile: 'work' }, 'http://work-sagemaker'],
    ['sagemaker', { AWS_ENDPOINT_URL: 'http://all' }, { profile: 'work' }, 'http://all'],
    ['sagemaker', { AWS_ENDPOINT_URL: '' }, { profile: 'work', endpointUrl: '' }, 'http://work-sagemaker'],
  ])('of %s with %j and %j is %s', (service, more, options, url) => {
    expect(clientOf(service, files.write(everything, more), options).meta.endpointUrl).toBe(url);
  });

  it('of a service that the section leaves out is the profile’s', () => {
    const config =
      '[default]\nregion=a\nservices=x\nendpoint_url=http://all\n[services x]\ns3 =\n  endpoint_url=http://s3\n';
    expect(clientOf('sagemaker', files.write({ config })).meta.endpointUrl).toBe('http://all');
  });

  it('is missing where the named services section is', () => {
    const environment = files.write({ config: '[default]\nregion = a\nservices = nope\n' });
    const missing = {
      name: 'InvalidConfigError',
      message:
        'The profile is configured to use the services section but the "nope" services configuration does not exist.',
    };
    expect(() => clientOf('sagemaker', environment)).toThrow(expect.objectContaining(missing));
    const named = { ...environment, AWS_ENDPOINT_URL: 'http://all' };
    expect(clientOf('sagemaker', named).meta.endpointUrl).toBe('http://all');
  });

  it.each<readonly [region: string, more: Environment, runtime: string, control: string]>([
    [
      'eu-central-1',
      {},
      'a2i-runtime.sagemaker.eu-central-1.amazonaws.com',
      'api.sagemaker.eu-central-1.amazonaws.com',
    ],
    [
      'us-east-1',
      { AWS_USE_FIPS_ENDPOINT: 'true' },
      'a2i-runtime.sagemaker-fips.us-east-1.amazonaws.com',
      'api-fips.sagemaker.us-east-1.amazonaws.com',
    ],
    [
      'us-east-1',
      { AWS_USE_DUALSTACK_ENDPOINT: 'TRUE' },
      'a2i-runtime.sagemaker.us-east-1.api.aws',
      'api.sagemaker.us-east-1.api.aws',
    ],
    [
      'us-east-1',
      { AWS_USE_DUALSTACK_ENDPOINT: 'true', AWS_USE_FIPS_ENDPOINT: 'true' },
      'a2i-runtime.sagemaker-fips.us-east-1.api.aws',
      'api.sagemaker-fips.us-east-1.api.aws',
    ],
    [
      'us-gov-west-1',
      { AWS_USE_FIPS_ENDPOINT: 'true' },
      'a2i-runtime.sagemaker-fips.us-gov-west-1.amazonaws.com',
      'api-fips.sagemaker.us-gov-west-1.amazonaws.com',
    ],
    [
      'cn-north-1',
      {},
      'a2i-runtime.sagemaker.cn-north-1.amazonaws.com.cn',
      'api.sagemaker.cn-north-1.amazonaws.com.cn',
    ],
    ['us-iso-east-1', {}, 'a2i-runtime.sagemaker.us-iso-east-1.c2s.ic.gov', 'api.sagemaker.us-iso-east-1.c2s.ic.gov'],
    // What is configured is passed over where that is asked for.
    [
      'us-east-1',
      { AWS_ENDPOINT_URL: 'http://all', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' },
      'a2i-runtime.sagemaker.us-east-1.amazonaws.com',
      'api.sagemaker.us-east-1.amazonaws.com',
    ],
    [
      'us-east-1',
      { AWS_PROFILE: 'work', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'True' },
      'a2i-runtime.sagemaker.us-east-1.amazonaws.com',
      'api.sagemaker.us-east-1.amazonaws.com',
    ],
  ])('of %s with %j is AWS’s', (region, more, runtime, control) => {
    const config = '[profile work]\nendpoint_url = http://work\n';
    const environment = files.write({ config }, { AWS_REGION: region, ...more });
    expect(clientOf('sagemaker-a2i-runtime', environment).meta.endpointUrl).toBe(`https://${runtime}`);
    expect(clientOf('sagemaker', environment).meta.endpointUrl).toBe(`https://${control}`);
  });

  it('is the profile’s own word on variants and on what is ignored', () => {
    const config =
      '[default]\nregion = us-east-1\nuse_fips_endpoint = true\nendpoint_url = http://x\nignore_configured_endpoint_urls = true\n';
    const { endpointUrl } = clientOf('sagemaker', files.write({ config })).meta;
    expect(endpointUrl).toBe('https://api-fips.sagemaker.us-east-1.amazonaws.com');
  });

  it('of Holdpoint’s own operations has to be named', () => {
    const environment = files.write({ config: '[default]\nregion = us-east-1\n' });
    expect(() => clientOf('holdpoint', environment)).toThrow(
      'No Holdpoint server is named: give endpointUrl, or set AWS_ENDPOINT_URL_SAGEMAKER or endpoint_url in the profile.',
    );
  });

  it.each(['localhost', 'localhost:7800', 'ftp://x', 'http://', '//x', 'http://a b', 'javascript:alert(1)'])(
    'cannot be %j, from wherever it comes',
    (url) => {
      const bad = expect.objectContaining({ name: 'InvalidEndpointError', message: `Invalid endpoint: ${url}` });
      const region = 'us-east-1';
      expect(() => createA2IRuntimeClient({ region, endpointUrl: url, ignoreConfiguration: true })).toThrow(bad);
      expect(() => clientOf('sagemaker', files.write({}, { AWS_REGION: region, AWS_ENDPOINT_URL: url }))).toThrow(bad);
      const config = `[default]\nregion = ${region}\nendpoint_url = ${url}\n`;
      expect(() => clientOf('sagemaker', files.write({ config }))).toThrow(bad);
    },
  );
});

describe('ignoreConfiguration', () => {
  beforeEach(() => {
    const environment = files.write(everything, { AWS_REGION: 'from-environment', AWS_ENDPOINT_URL: 'http://all' });
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAENV');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_PROFILE', 'nope');
  });

  it('reads nothing of what a client otherwise reads', async () => {
    expect(() => createA2IRuntimeClient()).toThrow('The config profile (nope) could not be found');
    vi.stubEnv('AWS_PROFILE', 'work');
    expect(createA2IRuntimeClient().meta).toMatchObject({ regionName: 'from-environment', endpointUrl: 'http://all' });
    expect(() => createA2IRuntimeClient({ ignoreConfiguration: true })).toThrow('You must specify a region.');
    const client = createA2IRuntimeClient({ ignoreConfiguration: true, region: 'us-east-1' });
    expect(client.meta.endpointUrl).toBe('https://a2i-runtime.sagemaker.us-east-1.amazonaws.com');
    await expect(client.describeHumanLoop({ HumanLoopName: 'a' })).rejects.toThrow('Unable to locate credentials');
  });
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { Session } from '../index.ts';
import { createAwsFiles } from '../testing/aws-files.ts';

const files = createAwsFiles();
afterAll(() => files.remove());
afterEach(() => void vi.unstubAllEnvs());

describe('shared files', () => {
  const regionOf = (config: string, profile = 'p') =>
    new Session({ environment: files.write({ config }), profile }).region;

  it.each<readonly [what: string, config: string]>([
    ['plain', '[profile p]\nregion = r\n'],
    ['without spaces', '[profile p]\nregion=r'],
    ['with many spaces', '  [ profile   p ]  \nregion   =   r   \n'],
    ['quoted name', '[profile "p"]\nregion = r\n'],
    ['Windows line ends', '[profile p]\r\nregion = r\r\n'],
    ['byte order mark', '\ufeff[profile p]\nregion = r\n'],
    ['comments', '# a\n; b\n[profile p] # c\n#region = x\n;region = x\nregion = r # d\n'],
    ['comment with a semicolon', '[profile p]\nregion = r ; d\n'],
    ['key in capitals', '[profile p]\nREGION = r\n'],
    ['twice, the last one counts', '[profile p]\nregion = x\nregion = r\n'],
    ['in two sections of one name', '[profile p]\noutput = json\n[profile p]\nregion = r\n'],
    ['after a group', '[profile p]\ns3 =\n  region = x\nregion = r\n'],
    ['between lines that are none', 'lost = 1\nnonsense\n[profile p]\nnonsense\n= 3\nregion = r\n'],
  ])('are understood: %s', (_what, config) => {
    expect(regionOf(config)).toBe('r');
  });

  it('keep a hash inside a value', () => {
    const environment = files.write({ config: '[default]\nregion = a\nendpoint_url = http://x/#y\n' });
    expect(new Session({ environment }).createClient('sagemaker').meta.endpointUrl).toBe('http://x/#y');
  });

  it('without the word "profile" are of the default profile only', () => {
    expect(() => regionOf('[p]\nregion = r\n')).toThrow('The config profile (p) could not be found');
    expect(regionOf('[default]\nregion = r\n', 'default')).toBe('r');
    expect(regionOf('[profile default]\nregion = r\n', 'default')).toBe('r');
  });

  it.each(['__proto__', 'constructor', 'toString'])('have profiles and keys of any name: %s', (name) => {
    expect(() => regionOf('[profile p]\nregion = r\n', name)).toThrow(
      `The config profile (${name}) could not be found`,
    );
    const config = `[profile ${name}]\n${name} = x\nregion = r\n[${name}]\npolluted = yes\n`;
    expect(regionOf(config, name)).toBe('r');
    expect({}).not.toHaveProperty('polluted');
    expect({}).not.toHaveProperty('region');
  });

  it('that are not there are empty', () => {
    const environment = files.write({}, { AWS_REGION: 'r' });
    expect(new Session({ environment })).toMatchObject({ region: 'r', profile: undefined });
  });

  it('are those of the home folder unless variables lead elsewhere', () => {
    const environment = files.write({ config: '[default]\nregion = elsewhere\n' });
    mkdirSync(join(files.folder, '.aws'));
    writeFileSync(join(files.folder, '.aws/config'), '[default]\nregion = home\n');
    writeFileSync(join(files.folder, '.aws/credentials'), '[other]\nregion = other\n');
    for (const name of ['HOME', 'USERPROFILE']) vi.stubEnv(name, files.folder);
    expect(new Session({ environment }).region).toBe('elsewhere');
    expect(new Session({ environment: {} }).region).toBe('home');
    expect(new Session({ environment: { AWS_PROFILE: 'other' } }).region).toBe('other');
    expect(new Session({ environment: { AWS_CONFIG_FILE: '~/config' } }).region).toBe('elsewhere');
  });
});

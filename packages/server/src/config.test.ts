import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, readConfig, strayVariables } from './config.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'holdpoint-config-'));
});
afterEach(() => rmSync(data, { recursive: true }));

const withFile = (settings: object, environment: NodeJS.ProcessEnv = {}) => {
  writeFileSync(join(data, 'config.json'), JSON.stringify(settings));
  return readConfig({ data }, environment);
};

test('a key of config.json that is no setting is refused, with the one that was meant', () => {
  expect(() => withFile({ databaseURL: 'postgres://db/x' })).toThrow(
    new ConfigError(`"databaseURL" in ${join(data, 'config.json')} is no setting. Did you mean databaseUrl?`),
  );
  expect(() => withFile({ colour: 'red' })).toThrow(/"colour" in .*config\.json is no setting\.$/);
  expect(withFile({ port: 7801 }).port).toBe(7801);
});

test('a variable that is named like a setting and is none is told of', () => {
  const environment = {
    HOLDPOINT_PORT: '7800',
    HOLDPOINT_DATABSE_URL: 'postgres://db/x',
    HOLDPOINT_COLOUR: 'red',
    HOLDPOINT_COMMAND: 'npx holdpoint',
    HOLDPOINT_TEST_S3: 'x',
    PATH: '/bin',
  };
  expect(strayVariables(environment)).toEqual([
    'The variable HOLDPOINT_DATABSE_URL is no setting, so it has no effect. Did you mean HOLDPOINT_DATABASE_URL?',
    'The variable HOLDPOINT_COLOUR is no setting, so it has no effect.',
  ]);
});

test('what Kubernetes sets for a service of this name is no setting', () => {
  const environment = {
    HOLDPOINT_PORT: 'tcp://10.0.0.1:7800',
    HOLDPOINT_PORT_7800_TCP_ADDR: '10.0.0.1',
    HOLDPOINT_SERVICE_HOST: '10.0.0.1',
    HOLDPOINT_POSTGRESQL_SERVICE_PORT_TCP: '5432',
    HOLDPOINT_POSTGRESQL_PORT: 'tcp://10.0.0.2:5432',
    HOLDPOINT_POSTGRESQL_PORT_5432_TCP_PROTO: 'tcp',
  };
  expect(strayVariables(environment)).toEqual([]);
  expect(withFile({ port: 7801 }, environment).port).toBe(7801);
});

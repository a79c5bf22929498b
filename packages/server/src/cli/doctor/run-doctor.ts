import { type Config, readConfig, strayVariables, variableOf } from '../../config.ts';
import { namesEndpoint } from '../connect.ts';
import { sentenceOf } from '../failure.ts';
import type { ServerOptions } from '../server-options.ts';
import type { Terminal } from '../terminal.ts';
import { asSentence, type Check, failed, warning } from './check.ts';
import { checkLocal } from './check-local.ts';
import { checkNode } from './check-node.ts';
import { checkRemote } from './check-remote.ts';
import { formatChecks } from './format-checks.ts';

export interface DoctorOptions extends ServerOptions {
  readonly json?: boolean;
}

/**
 * Looks at everything, also where something fails on the way.
 *
 * @param version of this command.
 * @throws Error with a count when something failed.
 */
export async function runDoctor(options: DoctorOptions, terminal: Terminal, version: string): Promise<void> {
  const checks = [checkNode(), ...(await checkServer(options, terminal.environment, version))];
  const { output } = terminal;
  output.write(`${options.json ? JSON.stringify({ Checks: checks }, null, 2) : formatChecks(checks, output)}\n`);
  const count = checks.filter(({ Status }) => Status === 'Failed').length;
  if (count > 0) throw new Error(count === 1 ? 'One check failed.' : `${count} checks failed.`);
}

/** The server that commands with these options reach. */
async function checkServer(options: DoctorOptions, environment: NodeJS.ProcessEnv, version: string) {
  const { data, endpointUrl, profile } = options;
  const named = data ?? environment[variableOf('data')];
  if (endpointUrl !== undefined || profile !== undefined || (!named && namesEndpoint(environment)))
    return checkRemote(options, environment);
  const config = readSettings(data, environment);
  const stray = strayVariables(environment).map((sentence) =>
    warning('Settings', sentence, 'Correct its name, or remove it; docs/configuration.md lists all settings.'),
  );
  return [...stray, ...('Status' in config ? [config] : await checkLocal(config, options, environment, version))];
}

function readSettings(data: string | undefined, environment: NodeJS.ProcessEnv): Config | Check {
  try {
    return readConfig({ ...(data !== undefined && { data }) }, environment);
  } catch (error) {
    return failed(
      'Settings',
      asSentence(sentenceOf(error)),
      'Correct the setting; docs/configuration.md lists them all.',
    );
  }
}

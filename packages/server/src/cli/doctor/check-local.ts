/** The checks of a server on this machine: its data directory, its port, itself, and what only it knows. */

import { type Config, holdsData } from '../../config.ts';
import { connect, runningAt } from '../connect.ts';
import { sentenceOf } from '../failure.ts';
import type { ServerOptions } from '../server-options.ts';
import { asSentence, type Check, failed, ok, skipped, warning } from './check.ts';
import { checkDirectory, checkSpace } from './check-directory.ts';
import { checkPort } from './check-port.ts';
import { callSoon, checkReadiness } from './check-readiness.ts';

export async function checkLocal(
  config: Config,
  options: ServerOptions,
  environment: NodeJS.ProcessEnv,
  version: string,
): Promise<readonly Check[]> {
  const { data } = config;
  const directory = await checkDirectory(data);
  const running = await runningAt(data);
  const server = await checkServer({ data, running, version }, options, environment);
  const port = await checkPort(config, running);
  // What the server tells of its disk and rights, it knows better.
  const space = server.some(({ Name }) => Name === 'Disk') ? [] : await checkSpace(data);
  return [...directory, port, ...server, ...space];
}

interface Place {
  readonly data: string;
  readonly running: string | undefined;
  readonly version: string;
}

async function checkServer(
  { data, running, version }: Place,
  options: ServerOptions,
  environment: NodeJS.ProcessEnv,
): Promise<readonly Check[]> {
  // Looking must not make an installation.
  if (running === undefined && !holdsData(data))
    return [skipped('Server', `No server has been started on ${data} yet.`)];
  const unready = running && (await checkReadiness(running));
  if (unready) return [unready];
  try {
    const connection = await connect({ ...options, data }, environment);
    try {
      const { Version, Checks } = await callSoon(connection);
      return [describe(data, running, Version, version), ...Checks];
    } finally {
      await connection.close();
    }
  } catch (error) {
    return [failed('Server', asSentence(sentenceOf(error)))];
  }
}

function describe(data: string, running: string | undefined, version: string, own: string): Check {
  if (running === undefined)
    return skipped('Server', `No server runs on ${data}; one was started for these checks, and has ended.`);
  if (version === own) return ok('Server', `Holdpoint ${version} answers at ${running}.`);
  return warning(
    'Server',
    `The server at ${running} is Holdpoint ${version}, and this command is ${own}.`,
    'Start the server again after an update, and use the command that belongs to it.',
  );
}

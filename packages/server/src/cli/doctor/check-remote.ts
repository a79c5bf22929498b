/** The checks of a server somewhere else, step by step on the way to it: what is not reached is skipped. */
import { readFileSync } from 'node:fs';
import { type Connection, connect } from '../connect.ts';
import { sentenceOf } from '../failure.ts';
import type { ServerOptions } from '../server-options.ts';
import { asSentence, type Check, failed, ok, skipped } from './check.ts';
import { checkBucket } from './check-bucket.ts';
import { checkClock } from './check-clock.ts';
import { callSoon, checkReadiness } from './check-readiness.ts';
import { checkConnection, checkEncryption, checkName } from './check-route.ts';
import type { Route } from './route.ts';

export async function checkRemote(options: ServerOptions, environment: NodeJS.ProcessEnv): Promise<readonly Check[]> {
  let connection: Connection;
  let route: Route;
  try {
    connection = await connect(options, environment);
    const bundle = environment.AWS_CA_BUNDLE;
    const ca = bundle ? readFileSync(bundle, 'utf8') : undefined;
    route = { url: new URL(connection.client.meta.endpointUrl), ca };
  } catch (error) {
    return [failed('Settings', asSentence(sentenceOf(error)))];
  }
  try {
    const { endpointUrl, regionName } = connection.client.meta;
    const settings = ok('Settings', `The server is ${endpointUrl}, its region ${regionName}.`);
    const { checks, reached } = await checkWay(route);
    const service = reached ? await checkService(connection, route) : [unreached];
    return [settings, ...checks, ...service];
  } finally {
    await connection.close();
  }
}

const unreached = skipped('Credentials', 'The server was not reached.');

/** Name, connection, encryption and clock; where the server is not reached, the rest cannot be told. */
async function checkWay(route: Route): Promise<{ checks: readonly Check[]; reached: boolean }> {
  const checks: Check[] = [];
  for (const check of [checkName, checkConnection]) {
    checks.push(...(await check(route)));
    if (checks.at(-1)?.Status === 'Failed') return { checks, reached: false };
  }
  return { checks: [...checks, ...(await checkEncryption(route)), ...(await checkClock(route))], reached: true };
}

/** What signed calls tell. */
async function checkService(connection: Connection, route: Route): Promise<readonly Check[]> {
  const { client } = connection;
  const unready = await checkReadiness(route.url, route.ca);
  if (unready) return [unready, skipped('Credentials', 'The server cannot serve now.')];
  try {
    const { accessKeyId } = await client.credentials();
    const { Version, Checks } = await callSoon(connection);
    const accepted = ok('Credentials', `Holdpoint ${Version} takes requests signed with ${accessKeyId}.`);
    return [accepted, await checkBucket(connection, route), ...Checks];
  } catch (error) {
    return [refusal(error as Error), skipped('Objects', 'Without an accepted request this cannot be checked.')];
  }
}

function refusal(error: Error): Check {
  // The check of the encryption has told why.
  if (error.name === 'SSLError') return unreached;
  if (error.name === 'UnknownOperationException')
    return failed(
      'Credentials',
      'What answers there does not know the operations of Holdpoint.',
      'See that the address is that of a Holdpoint server, of this version.',
    );
  return failed('Credentials', asSentence(sentenceOf(error)), advice[error.name]);
}

const advice: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'Make a key with "holdpoint key create" on the server, or import the one that you use.',
  InvalidSignatureException: 'Compare the secret access key, the region and the clock with those of the server.',
  AccessDeniedException: 'Use a key that may call all operations.',
};

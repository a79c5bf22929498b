/** What a data directory is given at its first start: identity, keys, the first workforce and workteam. */
import { randomBytes } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type Config, ConfigError } from './config.ts';
import { type Change, insert } from './domain/change.ts';
import type { AccessKey } from './domain/rows.ts';
import { newId, newSecret } from './id.ts';
import { newVapidKey } from './push/vapid.ts';
import { movingFrom } from './store/move-rows.ts';
import type { Store } from './store/store.ts';

export interface Identity {
  readonly accountId: string;
  readonly region: string;
  readonly linkSecret: string;
  /** What push messages are signed with; browsers subscribe with its public half. */
  readonly vapidKey: string;
  readonly root: AccessKey;
  /** Signs links to objects; never leaves the server but as signatures. */
  readonly internal: AccessKey;
}

export const defaultWorkforce = 'default';
export const defaultWorkteam = 'reviewers';
/** The one client of the built-in user pool. */
export const builtInClientId = 'holdpoint';
export const userPoolId = (region: string): string => `${region}_Holdpoint`;

/**
 * Reads the identity of a data directory, and makes it at the first start.
 *
 * @throws ConfigError when account id or region are given and differ from the ones that are fixed.
 */
export async function openInstallation(store: Store, config: Config, clock: Clock): Promise<Identity> {
  const now = clock.now();
  if (await store.setting(movingFrom))
    throw new Error('The move into this database has not ended: run "holdpoint migrate" again, to its end.');
  if (!(await store.setting('accountId'))) await store.save(firstRows(config, now));
  await store.save([insert('settings', { name: 'vapidKey', value: newVapidKey() }, { ifAbsent: true })]);
  const value = async (name: string): Promise<string> => (await store.setting(name))?.value ?? '';
  const identity = { accountId: await value('accountId'), region: await value('region') };
  for (const name of ['accountId', 'region'] as const)
    if (config[name] !== '' && config[name] !== identity[name])
      throw new ConfigError(
        `--${name === 'region' ? 'region' : 'account-id'} ${config[name]} differs from ${identity[name]}, which was fixed at the first start ${config.databaseUrl === '' ? `of ${config.data}` : 'on this database'} and is part of every ARN: for another one start on another ${config.databaseUrl === '' ? 'data directory' : 'database'}.`,
      );
  const keys = await store.accessKeys();
  return {
    ...identity,
    linkSecret: await value('linkSecret'),
    vapidKey: await value('vapidKey'),
    root: keys.find((key) => key.kind === 'root')!,
    internal: keys.find((key) => key.kind === 'internal')!,
  };
}

function firstRows(config: Config, now: number): Change[] {
  const accountId = config.accountId || '000000000000';
  const region = config.region || 'us-east-1';
  const pool = { UserPool: userPoolId(region), ClientId: builtInClientId };
  const times = { createdAt: now, updatedAt: now };
  return [
    insert('settings', { name: 'accountId', value: accountId }),
    insert('settings', { name: 'region', value: region }),
    insert('settings', { name: 'linkSecret', value: newSecret() }),
    insert('accessKeys', newAccessKey('root', 'made at the first start', now)),
    insert('accessKeys', newAccessKey('internal', 'signs links to objects', now)),
    insert('workforces', {
      id: 'workforce',
      name: defaultWorkforce,
      config: { CognitoConfig: pool },
      tags: {},
      ...times,
    }),
    insert('workteams', {
      id: newId(now),
      name: defaultWorkteam,
      workforceId: 'workforce',
      description: 'Everybody who reviews, until there are other teams',
      memberDefinitions: [{ CognitoMemberDefinition: { ...pool, UserGroup: defaultWorkteam } }],
      groups: [defaultWorkteam],
      config: {},
      tags: {},
      ...times,
    }),
  ];
}

function newAccessKey(kind: AccessKey['kind'], description: string, now: number): Omit<AccessKey, 'version'> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const id = Array.from(randomBytes(14), (byte) => letters[byte & 31]).join('');
  return {
    accessKeyId: `AKIAHP${id}`,
    secretAccessKey: randomBytes(30).toString('base64url'),
    description,
    kind,
    createdAt: now,
  };
}

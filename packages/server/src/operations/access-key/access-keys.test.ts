import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationContext } from '../../context.ts';
import { insert } from '../../domain/change.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { createAccessKey } from './create-access-key.ts';
import { importAccessKey } from './import-access-key.ts';
import { listAccessKeys } from './list-access-keys.ts';
import { revokeAccessKey } from './revoke-access-key.ts';

let scenario: PortalScenario;
let context: OperationContext;
let forgotten: { accessKeyId: string | undefined; there: boolean }[];

beforeEach(async () => {
  scenario = await openPortalScenario();
  forgotten = [];
  const key = { secretAccessKey: 'hidden', description: '', createdAt: 0 };
  await scenario.store.save([
    insert('accessKeys', { ...key, accessKeyId: 'ROOTKEY', kind: 'root' }),
    insert('accessKeys', { ...key, accessKeyId: 'INNERKEY', kind: 'internal' }),
  ]);
  context = {
    ...scenario.operationContext(),
    forget: ({ accessKeyId }) => {
      const revoked = scenario.store.accessKey(accessKeyId ?? '');
      void revoked.then((row) => forgotten.push({ accessKeyId, there: row !== undefined }));
    },
  };
});
afterEach(() => scenario.close());

const listed = async () => (await listAccessKeys(context, {})).AccessKeys;

describe('access keys', () => {
  it('are made with an id and a secret in the form of AWS', async () => {
    const made = await createAccessKey(context, { Description: 'pipeline' });
    expect(made).toEqual({
      AccessKeyId: expect.stringMatching(/^AKIAHP[A-Z2-7]{14}$/),
      SecretAccessKey: expect.stringMatching(/^[\w-]{40}$/),
      Description: 'pipeline',
      CreationTime: new Date(context.now),
    });
    expect(await scenario.store.accessKey(made.AccessKeyId)).toMatchObject({
      secretAccessKey: made.SecretAccessKey,
      kind: 'user',
    });
  });

  it('are listed without secrets and without internal ones', async () => {
    await importAccessKey(context, { AccessKeyId: 'AKIAMINE', SecretAccessKey: 'hidden' });
    expect((await listed()).map(({ AccessKeyId, Kind, Status }) => [AccessKeyId, Kind, Status])).toEqual([
      ['ROOTKEY', 'root', 'Active'],
      ['AKIAMINE', 'user', 'Active'],
    ]);
    expect(JSON.stringify(await listed())).not.toContain('hidden');
  });

  it.each(['ROOTKEY', 'INNERKEY', 'AKIAMINE'])('are not imported over %s', async (AccessKeyId) => {
    const pair = { AccessKeyId, SecretAccessKey: 'other' };
    await importAccessKey(context, { AccessKeyId: 'AKIAMINE', SecretAccessKey: 'hidden' });
    await expect(importAccessKey(context, pair)).rejects.toMatchObject({ name: 'ResourceInUse' });
    expect((await scenario.store.accessKey(AccessKeyId))?.secretAccessKey).toBe('hidden');
  });

  it('are imported once when two do so at the same time', async () => {
    const pair = { AccessKeyId: 'AKIAMINE', SecretAccessKey: 'x' };
    const settled = await Promise.allSettled([importAccessKey(context, pair), importAccessKey(context, pair)]);
    expect(settled.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('are forgotten after the row is gone', async () => {
    await importAccessKey(context, { AccessKeyId: 'AKIAMINE', SecretAccessKey: 'x' });
    expect(await revokeAccessKey(context, { AccessKeyId: 'AKIAMINE' })).toEqual({});
    expect(forgotten).toEqual([{ accessKeyId: 'AKIAMINE', there: false }]);
    expect((await listed()).map(({ AccessKeyId }) => AccessKeyId)).toEqual(['ROOTKEY']);
  });

  it.each([
    ['ROOTKEY', 'ResourceInUse'],
    ['INNERKEY', 'ResourceNotFound'],
    ['UNKNOWN', 'ResourceNotFound'],
  ])('%s is not revoked', async (AccessKeyId, name) => {
    await expect(revokeAccessKey(context, { AccessKeyId })).rejects.toMatchObject({ name });
    expect(forgotten).toEqual([]);
    expect(await scenario.store.accessKeys()).toHaveLength(2);
  });
});

import { describe, expect, it } from 'vitest';
import { enrolWorker } from './enrol-worker.ts';
import { type OidcAccount, readOidcClaims } from './oidc-claims.ts';
import type { Worker } from './rows.ts';

const claims = {
  'sagemaker:groups': ['b', 'a', 'b'],
  'sagemaker:sub': 'u-1',
  'sagemaker:client_id': 'client',
  'sagemaker:name': 'Ada',
};

describe('S1 claims', () => {
  it.each<[string, Record<string, unknown>, Partial<OidcAccount>]>([
    ['as they stand', {}, { sub: 'u-1', name: 'Ada', groups: ['a', 'b'], email: undefined }],
    ['one group as a text', { 'sagemaker:groups': 'legal' }, { groups: ['legal'] }],
    ['no group at all', { 'sagemaker:groups': [] }, { groups: [] }],
    [
      'groups of other scripts',
      { 'sagemaker:groups': ['Prüfer', '審査', 'a/b:c'] },
      { groups: ['Prüfer', 'a/b:c', '審査'] },
    ],
    ['a long name', { 'sagemaker:name': ` ${'é'.repeat(200)}` }, { name: 'é'.repeat(128) }],
    ['an address', { email: 'Ada@example.com' }, { email: 'Ada@example.com' }],
    ['a verified address', { email: 'a@b', email_verified: true }, { email: 'a@b' }],
    ['an address that is not verified', { email: 'a@b', email_verified: false }, { email: undefined }],
    ['an address that is none', { email: 'a b@c' }, { email: undefined }],
    ['an address with a control character', { email: 'a\u0000@b' }, { email: undefined }],
    ['an address that is too long', { email: `${'a'.repeat(254)}@b` }, { email: undefined }],
  ])('S1 %s', (_, changes, expected) => {
    expect(readOidcClaims({ ...claims, ...changes }, 'client')).toMatchObject(expected);
  });

  it('S1 may be written with hyphens', () => {
    const hyphens = Object.fromEntries(Object.entries(claims).map(([name, value]) => [name.replace(':', '-'), value]));
    expect(readOidcClaims(hyphens, 'client')).toEqual(readOidcClaims(claims, 'client'));
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['nothing', { 'sagemaker:groups': undefined }, 'no claim sagemaker:groups.'],
    ['null', { 'sagemaker:name': null }, 'no claim sagemaker:name.'],
    ['an empty text', { 'sagemaker:sub': '' }, 'a claim sagemaker:sub that is not a text of at most 255 characters.'],
    ['a long sub', { 'sagemaker:sub': 'x'.repeat(256) }, 'a claim sagemaker:sub that is not a text of at most 255'],
    ['a control character', { 'sagemaker:sub': 'a\u0000b' }, 'a claim sagemaker:sub that is not'],
    ['half a character', { 'sagemaker:name': 'a\ud800' }, 'a claim sagemaker:name that is not'],
    ['a name of spaces', { 'sagemaker:name': '  ' }, 'a claim sagemaker:name that is not a text that is not empty.'],
    [
      'a client of other characters',
      { 'sagemaker:client_id': 'a b' },
      'a claim sagemaker:client_id that is not letters',
    ],
    ['another client', { 'sagemaker:client_id': 'other' }, 'a claim sagemaker:client_id for another client.'],
    ['an object', { 'sagemaker:groups': { a: 1 } }, 'a claim sagemaker:groups that is not a group'],
    ['a group with a space', { 'sagemaker:groups': ['a b'] }, 'a claim sagemaker:groups that is not a group'],
    [
      'eleven groups',
      { 'sagemaker:groups': [...'abcdefghijk'] },
      'a claim sagemaker:groups that is not a group or a list of at most 10',
    ],
    ['an empty group', { 'sagemaker:groups': [''] }, 'a claim sagemaker:groups that is not a group'],
    ['a long group', { 'sagemaker:groups': ['x'.repeat(64)] }, 'a claim sagemaker:groups that is not a group'],
    ['a number', { 'sagemaker:groups': [1] }, 'a claim sagemaker:groups that is not a group'],
  ])('S1 %s is refused, by name', (_, changes, expected) => {
    expect(() => readOidcClaims({ ...claims, ...changes }, 'client')).toThrow(
      `Your account at the identity provider has ${expected}`,
    );
  });
});

describe('S1 enrolling', () => {
  const identity = {
    workerId: '0123456789abcdef',
    identityProviderType: 'Oidc',
    issuer: 'https://i',
    sub: 'u-1',
  } as const;
  const account: OidcAccount = { sub: 'u-1', name: 'Ada', groups: ['a'], email: 'Ada@example.com' };
  const worker: Worker = {
    id: 'id',
    identity,
    name: 'Ada',
    groups: ['a'],
    email: 'ada@example.com',
    emailAsGiven: 'Ada@example.com',
    status: 'active',
    passwordHash: null,
    role: 'worker',
    createdAt: 1,
    version: 3,
  };
  const somebody: Worker = { ...worker, id: 'other' };
  const address = { key: 'ada@example.com', asGiven: 'Ada@example.com', owner: undefined };
  const enrol = (changes: Partial<Parameters<typeof enrolWorker>[0]>) =>
    enrolWorker({ account, id: 'id', identity, existing: worker, address, now: 7, ...changes });

  it.each<[string, Partial<Parameters<typeof enrolWorker>[0]>, object]>([
    ['a new account', { existing: undefined }, { change: 'insert', row: { ...worker, createdAt: 7, version: 1 } }],
    [
      'a new account without an address',
      { existing: undefined, address: undefined },
      {
        change: 'insert',
        row: { email: '0123456789abcdef@oidc.invalid', emailAsGiven: '0123456789abcdef@oidc.invalid' },
      },
    ],
    [
      'a new account whose address is somebody’s',
      { existing: undefined, address: { ...address, owner: somebody } },
      { change: 'insert', row: { id: 'id', email: '0123456789abcdef@oidc.invalid' } },
    ],
    ['the same again', { address: { ...address, owner: worker } }, { change: 'guard' }],
    ['another name', { account: { ...account, name: 'Ada L.' } }, { change: 'update', set: { name: 'Ada L.' } }],
    ['other groups', { account: { ...account, groups: [] } }, { change: 'update', set: { groups: [] } }],
    [
      'another address',
      { address: { key: 'a@b', asGiven: 'A@b', owner: undefined } },
      { change: 'update', set: { email: 'a@b', emailAsGiven: 'A@b' } },
    ],
    [
      'an address that is somebody’s',
      { address: { key: 'a@b', asGiven: 'a@b', owner: somebody } },
      { change: 'guard' },
    ],
    ['no address any more', { address: undefined }, { change: 'guard' }],
  ])('S1 %s', (_, changes, expected) => {
    expect(enrol(changes).changes).toEqual([expect.objectContaining({ table: 'workers' })]);
    expect(enrol(changes).changes[0]).toMatchObject(expected);
  });

  it('S1 who is disabled is not let in', () => {
    expect(() => enrol({ existing: { ...worker, status: 'disabled' } })).toThrow('Your account is disabled here.');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OperationContext, Premises } from '../../context.ts';
import { deliver } from '../../domain/announce.ts';
import { insert, update } from '../../domain/change.ts';
import { addJob } from '../../domain/jobs.ts';
import { openPortalScenario, type PortalScenario } from '../../testing/portal-scenario.ts';
import { eventTargetRow, humanLoopRow } from '../../testing/rows.ts';
import { checkInstallation } from './check-installation.ts';

let scenario: PortalScenario;
beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

const minute = 60_000;
const day = 24 * 60 * minute;
const broken = (message: string) => () => Promise.reject(new Error(message));

type Set = Partial<Pick<OperationContext, 'installation' | 'templates' | 'store'>> & {
  readonly premises?: Partial<Premises>;
};

function check(set: Set = {}) {
  const context = scenario.operationContext();
  return checkInstallation({ ...context, ...set, premises: { ...context.premises, ...set.premises } }, {});
}

/** The one check of that name. */
async function one(name: string, set: Set = {}) {
  const { Checks } = await check(set);
  const { Name: _, ...verdict } = Checks.find(({ Name }) => Name === name)!;
  return verdict;
}

const publicUrl = (url: string): Set => ({
  installation: { ...scenario.operationContext().installation, publicUrl: url },
});
const certificate = (inDays: number, replaced = false): Set => ({
  premises: { certificate: async () => ({ expiresAt: scenario.clock.now() + inDays * day, replaced }) },
});

describe('CheckInstallation', () => {
  it('of a sound installation says what it is and that all is well', async () => {
    const { Checks, ...facts } = await check(publicUrl('https://review.example'));
    expect(facts).toEqual({
      Version: '1.2.3',
      AccountId: '000000000000',
      Region: 'us-east-1',
      EndpointUrl: 'http://127.0.0.1:7800',
      PublicUrl: 'https://review.example',
      ServerTime: new Date(scenario.clock.now()),
    });
    expect(Checks.map(({ Name, Status }) => [Name, Status])).toEqual([
      ['Database', 'Ok'],
      ['Bucket', 'Ok'],
      ['Disk', 'Ok'],
      ['Rights', 'Ok'],
      ['Clock', 'Ok'],
      ['Jobs', 'Ok'],
      ['EventTargets', 'Ok'],
      ['Renderer', 'Ok'],
      ['PublicUrl', 'Ok'],
      ['Certificate', 'Skipped'],
      ['IdentityProvider', 'Ok'],
      ['Mail', 'Skipped'],
      ['AiServices', 'Skipped'],
    ]);
    for (const { Message } of Checks) expect(Message).toMatch(/^[A-Z].*\.$/);
    expect(Checks[0]!.Message).toMatch(/^The database is sound \(schema \d+, all of it was checked\)\.$/);
  });

  it.each<[what: string, name: string, set: () => Set, status: string, message: string]>([
    [
      'a bucket that cannot be written',
      'Bucket',
      () => ({ premises: { probeBucket: broken('ENOSPC: no space left on device, write') } }),
      'Failed',
      'Objects cannot be stored: ENOSPC: no space left on device, write.',
    ],
    ['no bucket', 'Bucket', () => ({ premises: { probeBucket: async () => undefined } }), 'Warning', 'no bucket'],
    ['a disk that fills', 'Disk', () => disk(500 * 1024 ** 2), 'Warning', 'has 500 MiB left.'],
    ['a full disk', 'Disk', () => disk(1024 ** 2), 'Failed', 'has 1 MiB left.'],
    ['few files', 'Disk', () => disk(1024 ** 4, 1500), 'Warning', '1024 GiB left and room for 1500 files.'],
    ['no files', 'Disk', () => disk(1024 ** 4, 1), 'Failed', 'room for 1 file.'],
    [
      'a disk that cannot be asked',
      'Disk',
      () => ({ premises: { disk: broken('EIO: i/o error, statfs') } }),
      'Failed',
      'This could not be checked: EIO: i/o error, statfs.',
    ],
    [
      'an open directory',
      'Rights',
      () => rights({ directory: '/data', secrets: [] }),
      'Warning',
      'data directory /data.',
    ],
    [
      'secrets that others can read',
      'Rights',
      () => rights({ directory: '/data', secrets: ['/data/aws/credentials'] }),
      'Failed',
      'can read /data/aws/credentials, which holds secrets.',
    ],
    ['a system without rights', 'Rights', () => rights(undefined), 'Skipped', 'no rights'],
    [
      'a clock that was set back',
      'Clock',
      () => ({ premises: { clockSetBack: () => 3_600_400 } }),
      'Warning',
      'set back by 3600 seconds since the server started.',
    ],
    [
      'a renderer that is down',
      'Renderer',
      () => ({
        templates: { ...scenario.operationContext().templates, render: broken('render processes do not start') },
      }),
      'Failed',
      'Templates are not rendered: render processes do not start.',
    ],
    [
      'a renderer that fails',
      'Renderer',
      () => ({
        templates: {
          ...scenario.operationContext().templates,
          render: async () => ({ html: '', errors: [{ code: 'InternalError', message: 'it is broken' }] }),
        },
      }),
      'Failed',
      'A template could not be rendered: it is broken.',
    ],
    ['links without https', 'PublicUrl', () => publicUrl('http://review.example'), 'Warning', 'travel unprotected'],
    ['links to this machine', 'PublicUrl', () => publicUrl('http://localhost:7800'), 'Ok', 'on this machine only.'],
    [
      'links to this machine of a server for others',
      'PublicUrl',
      () => ({ ...publicUrl('http://localhost:7800'), premises: { listensBeyondLoopback: true } }),
      'Warning',
      'listens for other machines, but its links lead to http://localhost:7800',
    ],
    ['a certificate', 'Certificate', () => certificate(90), 'Ok', 'valid until 2026-04-02.'],
    ['a certificate that ends soon', 'Certificate', () => certificate(20), 'Warning', 'expires on 2026-01-22.'],
    ['a certificate that has ended', 'Certificate', () => certificate(-1), 'Failed', 'expired on 2026-01-01.'],
    [
      'a certificate that was replaced',
      'Certificate',
      () => certificate(90, true),
      'Warning',
      'not the one that is served',
    ],
  ])('tells of %s', async (_, name, set, status, message) => {
    const verdict = await one(name, set());
    expect(verdict.Status).toBe(status);
    expect(verdict.Message).toContain(message);
    expect(verdict.Advice ?? '').toMatch(status === 'Failed' || status === 'Warning' ? /^\S.*\.$/ : /^$/);
  });

  const disk = (freeBytes: number, freeFiles?: number): Set => ({
    premises: { disk: async () => ({ freeBytes, ...(freeFiles !== undefined && { freeFiles }) }) },
  });
  const rights = (open: Awaited<ReturnType<Premises['readableByOthers']>>): Set => ({
    premises: { readableByOthers: async () => open },
  });

  it('tells of damage in the database, and of one that cannot be written', async () => {
    const { store } = scenario;
    const health = await store.health();
    const damaged = { ...store, health: async () => ({ ...health, damage: ['row 7 missing from index loops'] }) };
    expect(await one('Database', { store: damaged })).toMatchObject({
      Status: 'Failed',
      Message: 'The database is damaged: row 7 missing from index loops.',
    });
    const full = { ...store, save: broken('database or disk is full') };
    expect(await one('Database', { store: full })).toMatchObject({
      Status: 'Failed',
      Message: 'Nothing can be saved: database or disk is full.',
    });
    const part = { ...store, health: async () => ({ ...health, complete: false }) };
    expect((await one('Database', { store: part })).Message).toContain('a part of it was checked');
  });

  it('leaves no row behind', async () => {
    const changed: unknown[] = [];
    const kept = {
      ...scenario.store,
      save: (changes: Parameters<typeof scenario.store.save>[0]) => {
        changed.push(...changes);
        return scenario.store.save(changes);
      },
    };
    await check({ store: kept });
    const [made] = changed as [{ row: { name: string } }];
    expect(made.row.name).toMatch(/^check-/);
    expect(await scenario.store.setting(made.row.name)).toBeUndefined();
  });

  it('tells of rows from the future', async () => {
    const createdAt = scenario.clock.now() + 60 * minute;
    await scenario.store.save([insert('humanLoops', humanLoopRow({ createdAt }))]);
    expect(await one('Clock')).toMatchObject({
      Status: 'Warning',
      Message: 'The newest entry was made at 2026-01-02T04:04:05.000Z, which is in the future.',
    });
  });

  it('tells of jobs that fail, and rather of one that is overdue', async () => {
    const now = scenario.clock.now();
    await scenario.store.save([addJob('send-event', 'a', now + minute, now), addJob('write-output', 'b', now, now)]);
    expect((await one('Jobs')).Status).toBe('Ok');
    const job = (await scenario.store.job('send-event:a'))!;
    await scenario.store.save([update('jobs', job, { attempts: 1 })]);
    expect(await one('Jobs')).toMatchObject({ Status: 'Warning', Message: '1 job failed and will be tried again.' });
    scenario.clock.pass(25 * minute);
    expect(await one('Jobs')).toMatchObject({
      Status: 'Warning',
      Message: 'A job has been due for 25 minutes and is not done.',
    });
  });

  it('tells of events that were given up', async () => {
    await scenario.store.save([
      insert('eventTargets', eventTargetRow()),
      insert('eventTargets', eventTargetRow({ id: 'target-2' })),
    ]);
    expect((await one('EventTargets')).Message).toBe('2 event targets took all events.');
    const queue = (id: string) =>
      scenario.store.save(deliver(eventTargetRow(), '{}', { now: scenario.clock.time, newId: () => id }));
    await queue('waiting');
    expect(await one('EventTargets')).toMatchObject({
      Status: 'Ok',
      Message: 'No event was given up. 1 event waits to be sent.',
    });
    for (const id of ['one', 'two']) {
      await queue(id);
      const delivery = (await scenario.store.eventDelivery(id))!;
      await scenario.store.save([update('eventDeliveries', delivery, { failedAt: 1 })]);
    }
    expect(await one('EventTargets')).toMatchObject({
      Status: 'Warning',
      Message: '2 events to 1 event target could not be delivered and were given up. 1 event waits to be sent.',
    });
  });

  it('tells of a workforce with an identity provider', async () => {
    const workforce = (await scenario.store.workforceByName('default'))!;
    await scenario.store.save([
      update('workforces', workforce, {
        config: { OidcConfig: { Issuer: 'https://login.example', ClientSecret: 'hidden' } },
      }),
    ]);
    const verdict = await one('IdentityProvider');
    expect(verdict).toMatchObject({
      Status: 'Warning',
      Message: expect.stringContaining(
        'sign in at https://login.example, which leads back to http://portal.example/oauth2/idpresponse.',
      ),
    });
    expect(JSON.stringify(verdict)).not.toContain('hidden');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSecret } from '../auth/secrets.ts';
import { createWorker } from '../operations/worker/create-worker.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { enableWorker } from '../operations/worker/enable-worker.ts';
import { accept, openPortalScenario, type PortalScenario, password } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('signing in', () => {
  it('takes the right password, whatever the case of the address, and keeps only a hash of the cookie', async () => {
    await scenario.hire('Ada@Example.com');
    const browser = scenario.browser();
    const reply = await browser.post('/portal/api/sign-in', { email: ' ADA@example.com ', password });
    expect(reply.json).toEqual({
      worker: { email: 'Ada@Example.com', name: 'Ada' },
      isOperator: false,
      organisation: 'Example Inc.',
    });
    expect(reply.headers.get('set-cookie')).toMatch(
      /^holdpoint=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Lax$/,
    );
    const value = browser.cookies.get('holdpoint')!;
    expect(await scenario.store.session(value)).toBeUndefined();
    expect(await scenario.store.session(hashSecret(value))).toBeDefined();
    expect((await browser.get('/portal/api/session')).status).toBe(200);
  });

  it('uses a __Host- cookie behind https', async () => {
    await scenario.hire('ada@example.com');
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'portal.example' };
    const reply = await scenario.browser().post('/portal/api/sign-in', { email: 'ada@example.com', password }, https);
    expect(reply.headers.get('set-cookie')).toMatch(/^__Host-holdpoint=[\w-]{43}; .*Path=\/.*; Secure$/);
  });

  it.each([
    ['a wrong password', 'ada@example.com', 'wrong', 401, 'wrong-credentials'],
    ['an unknown address', 'eve@example.com', password, 401, 'wrong-credentials'],
    ['a worker without a password', 'new@example.com', password, 401, 'wrong-credentials'],
    ['a disabled worker', 'off@example.com', password, 401, 'wrong-credentials'],
    ['a password that is no text', 'ada@example.com', 7, 400, 'bad-request'],
    ['an endless address', 'a'.repeat(300), password, 400, 'bad-request'],
  ])('refuses %s', async (_what, email, given, status, code) => {
    await scenario.hire('ada@example.com');
    await scenario.hire('off@example.com');
    await createWorker(scenario.operationContext(), { Email: 'new@example.com' });
    await disableWorker(scenario.operationContext(), { Email: 'off@example.com' });
    const reply = await scenario.browser().post('/portal/api/sign-in', { email, password: given });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(reply.headers.get('set-cookie')).toBeNull();
  });

  it('limits guessing without locking the worker out', async () => {
    await scenario.hire('ada@example.com');
    const known = { 'x-forwarded-for': '198.51.100.7' };
    const right = { email: 'ada@example.com', password };
    expect((await scenario.browser().post('/portal/api/sign-in', right, known)).status).toBe(200);
    const guess = () => scenario.browser().post('/portal/api/sign-in', { ...right, password: 'guess' });
    for (let attempt = 0; attempt < 10; attempt++) expect((await guess()).status).toBe(401);
    const refusal = await guess();
    expect([refusal.status, refusal.code]).toEqual([429, 'too-many-attempts']);
    expect(Number(refusal.headers.get('retry-after'))).toBe(900);
    expect((await scenario.browser().post('/portal/api/sign-in', right)).status).toBe(429);
    expect((await scenario.browser().post('/portal/api/sign-in', right, known)).status).toBe(200);
    scenario.clock.pass(15 * 60_000);
    expect((await scenario.browser().post('/portal/api/sign-in', right)).status).toBe(200);
  });

  it('gives a new session at each sign-in and ends the one before', async () => {
    await scenario.hire('ada@example.com');
    const browser = scenario.browser();
    await browser.post('/portal/api/sign-in', { email: 'ada@example.com', password });
    const first = browser.cookies.get('holdpoint')!;
    await browser.post('/portal/api/sign-in', { email: 'ada@example.com', password });
    expect(browser.cookies.get('holdpoint')).not.toBe(first);
    expect(await scenario.store.session(hashSecret(first))).toBeUndefined();
  });

  it('signs out for good', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const cookie = `holdpoint=${browser.cookies.get('holdpoint')}`;
    expect((await browser.post('/portal/api/sign-out')).status).toBe(200);
    expect(browser.cookies.size).toBe(0);
    expect((await scenario.browser().get('/portal/api/session', { cookie })).code).toBe('signed-out');
    expect((await browser.post('/portal/api/sign-out')).status).toBe(200);
  });
});

describe('S4 sessions', () => {
  const hour = 3_600_000;

  it('end when they were not used for twelve hours', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    for (const _use of [1, 2, 3]) {
      scenario.clock.pass(11 * hour);
      expect((await browser.get('/portal/api/session')).status).toBe(200);
    }
    scenario.clock.pass(12 * hour);
    expect((await browser.get('/portal/api/session')).code).toBe('signed-out');
  });

  it('end seven days after sign-in, however much they are used', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    for (let used = 0; used < 167; used++) {
      scenario.clock.pass(hour);
      expect((await browser.get('/portal/api/session')).status).toBe(200);
    }
    scenario.clock.pass(hour);
    expect((await browser.get('/portal/api/session')).code).toBe('signed-out');
  });

  it('that are over are cleared away by later sign-ins', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    scenario.clock.pass(13 * hour);
    await scenario.signedIn('bob@example.com');
    expect(await scenario.store.session(hashSecret(browser.cookies.get('holdpoint')!))).toBeUndefined();
  });

  it('end at once when the worker is disabled, and do not come back', async () => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    await accept(browser, task.id);
    await disableWorker(scenario.operationContext(), { Email: 'ada@example.com' });
    expect((await browser.get('/portal/api/tasks')).code).toBe('signed-out');
    await enableWorker(scenario.operationContext(), { Email: 'ada@example.com' });
    expect((await browser.get('/portal/api/tasks')).code).toBe('signed-out');
    expect(await scenario.store.task(task.id)).toMatchObject({ assignmentsOpen: 0, slotsFree: 1 });
  });
});

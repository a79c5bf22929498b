import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSignInLink } from '../operations/worker/create-sign-in-link.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('one-time links', () => {
  const tokenOf = (url: string) => url.split('#')[1];

  it('sign in once', async () => {
    await scenario.hire('ada@example.com');
    const link = await createSignInLink(scenario.operationContext(), { Email: 'ada@example.com', Purpose: 'SignIn' });
    expect(link.Url).toMatch(/^http:\/\/portal\.example\/portal\/link#[\w-]{43}$/);
    const use = () => scenario.browser().post('/portal/api/use-link', { token: tokenOf(link.Url) });
    const replies = await Promise.all([use(), use(), use()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(replies.find(({ status }) => status === 200)?.json).toEqual({
      purpose: 'sign-in',
      email: 'ada@example.com',
      name: 'Ada',
    });
    expect((await use()).code).toBe('link-invalid');
  });

  it.each([
    ['SignIn', 30 * 60_000],
    ['SetPassword', 7 * 86_400_000],
  ] as const)('of purpose %s expire', async (Purpose, lifetime) => {
    await scenario.hire('ada@example.com');
    const link = await createSignInLink(scenario.operationContext(), { Email: 'ada@example.com', Purpose });
    expect(link.ExpirationTime.getTime()).toBe(scenario.clock.now() + lifetime);
    scenario.clock.pass(lifetime);
    const reply = await scenario.browser().post('/portal/api/use-link', { token: tokenOf(link.Url) });
    expect([reply.status, reply.code]).toEqual([400, 'link-invalid']);
  });

  it('set a password: shown without being used, used once, other sessions end', async () => {
    const other = await scenario.signedIn('ada@example.com');
    const { Url } = await createSignInLink(scenario.operationContext(), {
      Email: 'ada@example.com',
      Purpose: 'SetPassword',
    });
    const token = tokenOf(Url);
    const browser = scenario.browser();
    for (const _twice of [1, 2])
      expect((await browser.post('/portal/api/use-link', { token })).json).toMatchObject({ purpose: 'set-password' });
    expect(browser.cookies.size).toBe(0);
    for (const weak of ['short', 'ADA@example.com', 'aaaaaaaaaaaa', 'x'.repeat(1500)]) {
      const reply = await browser.post('/portal/api/set-password', { token, password: weak });
      expect([reply.status, reply.code, reply.json.error.message]).toEqual([
        400,
        'weak-password',
        expect.stringMatching(/^Please/),
      ]);
    }
    const reply = await browser.post('/portal/api/set-password', { token, password: 'Straße und Wege' });
    expect(reply.json).toMatchObject({ worker: { email: 'ada@example.com' } });
    expect((await browser.get('/portal/api/session')).status).toBe(200);
    expect((await other.get('/portal/api/session')).code).toBe('signed-out');
    expect((await browser.post('/portal/api/set-password', { token, password: 'another password' })).code).toBe(
      'link-invalid',
    );
    const again = await scenario
      .browser()
      .post('/portal/api/sign-in', { email: 'ada@example.com', password: 'Straße und Wege' });
    expect(again.status).toBe(200);
  });

  it('of a disabled worker are none, and a sign-in link sets no password', async () => {
    await scenario.hire('ada@example.com');
    const link = await createSignInLink(scenario.operationContext(), { Email: 'ada@example.com', Purpose: 'SignIn' });
    const token = tokenOf(link.Url);
    const browser = scenario.browser();
    expect((await browser.post('/portal/api/set-password', { token, password: 'another password' })).code).toBe(
      'link-invalid',
    );
    await disableWorker(scenario.operationContext(), { Email: 'ada@example.com' });
    expect((await browser.post('/portal/api/use-link', { token })).code).toBe('link-invalid');
    await expect(
      createSignInLink(scenario.operationContext(), { Email: 'ada@example.com', Purpose: 'SignIn' }),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

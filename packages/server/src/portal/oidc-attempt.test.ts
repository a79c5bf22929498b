import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { update } from '../domain/change.ts';
import { type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

/** Nothing listens there: an attempt that gets so far was accepted by this server. */
const nowhere = 'https://127.0.0.1:1';
const OidcConfig = {
  ClientId: 'client',
  ClientSecret: 'secret',
  Issuer: nowhere,
  AuthorizationEndpoint: `${nowhere}/auth?tenant=a`,
  TokenEndpoint: `${nowhere}/token`,
  UserInfoEndpoint: `${nowhere}/me`,
  LogoutEndpoint: `${nowhere}/logout?post_logout_redirect_uri=https%3A%2F%2Fportal.example`,
  JwksUri: `${nowhere}/jwks`,
};
const asPublic = { 'x-forwarded-host': 'portal.example' };
const over = 'This attempt to sign in is over';
const unreachable = 'The identity provider cannot be reached';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openOidcScenario();
});
afterEach(() => scenario.close());

async function openOidcScenario(): Promise<PortalScenario> {
  const opened = await openPortalScenario();
  const workforce = (await opened.store.workforceByName('default'))!;
  await opened.store.save([update('workforces', workforce, { config: { OidcConfig } })]);
  return opened;
}

/** Begins an attempt; answers the path that leads back with a code. */
async function begin(browser: Browser, headers: Record<string, string> = asPublic): Promise<string> {
  const { headers: answered } = await browser.get('/portal/oidc/start', headers);
  const state = new URL(answered.get('location')!).searchParams.get('state');
  return `/oauth2/idpresponse?code=c&state=${state}`;
}

describe('S1 an attempt', () => {
  it('S1 begins at the public address, since it ends there', async () => {
    const { status, headers } = await scenario.browser().get('/portal/oidc/start?to=/portal/work/a');
    expect([status, headers.get('location')]).toEqual([
      303,
      'http://portal.example/portal/oidc/start?to=%2Fportal%2Fwork%2Fa&moved=',
    ]);
    // Where a proxy hides the public address it begins all the same.
    const again = await scenario.browser().get('/portal/oidc/start?moved=');
    expect(again.headers.get('location')).toMatch(/^https:\/\/127\.0\.0\.1:1\/auth\?tenant=a&/);
  });

  it.each([
    [{}, /^holdpoint-oidc=[\w-]{300,700}; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax$/],
    [
      { 'x-forwarded-proto': 'https' },
      /^__Host-holdpoint-oidc=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Lax; Secure$/,
    ],
  ])('S1 is kept in a cookie that tells nothing (%o)', async (more, expected) => {
    const { headers } = await scenario.browser().get('/portal/oidc/start?moved=', { ...asPublic, ...more });
    expect(headers.get('set-cookie')).toMatch(expected);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('S1 can be finished by another node, and for fifteen minutes', async () => {
    const browser = scenario.browser();
    const back = await begin(browser);
    const node = await openOidcScenario();
    try {
      const other = node.browser();
      other.cookies.set('holdpoint-oidc', browser.cookies.get('holdpoint-oidc')!);
      expect((await other.get(back, asPublic)).text).toContain(unreachable);
    } finally {
      await node.close();
    }
    scenario.clock.pass(15 * 60_000 - 1);
    const kept = browser.cookies.get('holdpoint-oidc')!;
    expect(await browser.get(back, asPublic)).toMatchObject({
      status: 502,
      text: expect.stringContaining(unreachable),
    });
    browser.cookies.set('holdpoint-oidc', kept);
    scenario.clock.pass(1);
    expect(await browser.get(back, asPublic)).toMatchObject({ status: 400, text: expect.stringContaining(over) });
  });

  it('S1 of a provider that the workforce has no more is over', async () => {
    const browser = scenario.browser();
    const back = await begin(browser);
    const workforce = (await scenario.store.workforceByName('default'))!;
    const config = { OidcConfig: { ...OidcConfig, Issuer: 'https://other.example' } };
    await scenario.store.save([update('workforces', workforce, { config })]);
    expect((await browser.get(back, asPublic)).text).toContain(over);
    const changed = (await scenario.store.workforceByName('default'))!;
    await scenario.store.save([update('workforces', changed, { config: {} })]);
    expect((await browser.get('/portal/oidc/start', asPublic)).headers.get('location')).toBe('/portal/sign-in');
    expect((await browser.get('/portal/sign-in')).text).not.toContain('holdpoint-identity-provider');
  });

  it('S1 is logged with its reason when it fails, and without what came', async () => {
    const browser = scenario.browser();
    await browser.get(await begin(browser), asPublic);
    await browser.get('/oauth2/idpresponse?code=leaked-code&state=leaked-state&error=leaked%20error', asPublic);
    const lines = scenario.logged.filter((line) => line.includes('identity provider refused'));
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(['token request: ECONNREFUSED', 'no attempt']);
    expect(scenario.logged.join('')).not.toContain('leaked');
  });

  it('S1 that fails again and again from one address is not tried any more for a while', {
    timeout: 60_000,
  }, async () => {
    const browser = scenario.browser();
    const headers = { ...asPublic, 'x-forwarded-for': '198.51.100.9' };
    for (let attempt = 0; attempt < 10; attempt++) {
      const back = await begin(browser, headers);
      const kept = browser.cookies.get('holdpoint-oidc')!;
      // One that is answered twice counts twice.
      for (let answer = 0; answer < 10; answer++) {
        browser.cookies.set('holdpoint-oidc', kept);
        expect((await browser.get(back, headers)).status).toBe(502);
      }
    }
    expect(await browser.get(await begin(browser, headers), headers)).toMatchObject({
      status: 429,
      text: expect.stringContaining('Too many attempts to sign in.'),
    });
    const elsewhere = { ...asPublic, 'x-forwarded-for': '198.51.100.10' };
    expect((await browser.get(await begin(browser, elsewhere), elsewhere)).status).toBe(502);
  });

  it('S1 has no other addresses and no other methods', async () => {
    const browser = scenario.browser();
    for (const path of ['/oauth2', '/oauth2/', '/oauth2/token', '/portal/oidc', '/portal/oidc/finish'])
      expect((await browser.get(path)).status).toBe(404);
    expect((await browser.post('/oauth2/idpresponse')).status).toBe(405);
    expect((await browser.request('HEAD', '/portal/oidc/start', { headers: asPublic })).status).toBe(303);
  });

  it('S1 signing out keeps what the operator put into LogoutEndpoint', async () => {
    expect((await scenario.browser().post('/portal/api/sign-out')).json).toEqual({
      goOn: `${nowhere}/logout?post_logout_redirect_uri=https%3A%2F%2Fportal.example&client_id=client`,
    });
  });
});

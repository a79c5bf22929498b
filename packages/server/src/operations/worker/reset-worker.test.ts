import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAuthenticator } from '../../testing/authenticator.ts';
import { openPortalScenario, type PortalScenario, password } from '../../testing/portal-scenario.ts';
import { createSignInLink } from './create-sign-in-link.ts';
import { disableWorker } from './disable-worker.ts';
import { resetWorker } from './reset-worker.ts';

let scenario: PortalScenario;
const Email = 'ada@example.com';
const origin = 'https://review.example.com';
const api = '/portal/api/';

beforeEach(async () => {
  scenario = await openPortalScenario({ publicUrl: origin });
});
afterEach(() => scenario.close());

it('S2 a reset takes password, passkeys, recovery codes, links and sessions, and gives a link', async () => {
  await scenario.hire(Email);
  const browser = scenario.browser();
  await browser.post(`${api}sign-in`, { email: Email, password });
  const authenticator = createAuthenticator(origin);
  const { publicKey } = (await browser.post(`${api}security/passkeys/options`)).json;
  const credential = authenticator.create(publicKey);
  const { recoveryCodes } = (await browser.post(`${api}security/passkeys`, { name: 'Phone', credential })).json;
  const old = await createSignInLink(scenario.operationContext(), { Email, Purpose: 'SignIn' });
  const halfway = scenario.browser();
  await halfway.post(`${api}sign-in`, { email: Email, password });

  const { Worker, SetPasswordUrl, ...rest } = await resetWorker(scenario.operationContext(), { Email });
  expect([Worker.Email, Worker.Status, rest]).toEqual([Email, 'Active', {}]);
  expect((await browser.get(`${api}session`)).code).toBe('signed-out');
  expect((await halfway.post(`${api}second-factor/code`, { code: recoveryCodes[0] })).code).toBe('signed-out');
  expect((await scenario.browser().post(`${api}sign-in`, { email: Email, password })).code).toBe('wrong-credentials');
  const used = await scenario.browser().post(`${api}use-link`, { token: old.Url.split('#')[1] });
  expect(used.code).toBe('link-invalid');
  const options = (await browser.post(`${api}passkey/options`)).json.publicKey;
  const refused = await browser.post(`${api}passkey/sign-in`, { credential: authenticator.get(options) });
  expect(refused.code).toBe('passkey-refused');
  const token = SetPasswordUrl?.split('#')[1];
  const set = await browser.post(`${api}set-password`, { token, password: 'another password' });
  expect(set.json).toMatchObject({ worker: { email: Email } });
});

it('S2 nobody is reset who is not there or is disabled', async () => {
  const context = scenario.operationContext();
  await expect(resetWorker(context, { Email })).rejects.toMatchObject({ name: 'ResourceNotFound' });
  await scenario.hire(Email);
  await disableWorker(context, { Email });
  await expect(resetWorker(context, { Email })).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'The worker ada@example.com is disabled.',
  });
});

import { createECDH, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromBase32, hotp } from '../auth/totp.ts';
import { defaultNotices } from '../domain/notices.ts';
import { createMailer } from '../mail/mailer.ts';
import { unsubscribeUrl } from '../mail/unsubscribe-link.ts';
import { createAuthenticator } from '../testing/authenticator.ts';
import { type Browser, openPortalScenario, type PortalScenario, password } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
const origin = 'https://review.example.com';
const ada = 'ada@example.com';
const api = '/portal/api/';

beforeEach(async () => {
  // Nobody listens there: what matters here is that links are made at all.
  const mailer = createMailer({ url: 'smtp://127.0.0.1:9', from: 'reviews@example.com' });
  scenario = await openPortalScenario({ publicUrl: origin, mailer });
});
afterEach(() => scenario.close());

const rows = async () => [...(await scenario.store.activities({ limit: 100 })).activities].reverse();
const told = async () =>
  (await rows()).map(
    ({ action, actorName, resourceType, resourceName }) =>
      `${actorName || '?'} ${action} ${resourceType}/${resourceName}`,
  );
const codeOf = (secret: string, steps = 0): string =>
  hotp(fromBase32(secret.replaceAll(' ', '')), Math.floor(scenario.clock.now() / 30_000) + steps, 6);
const optionsOf = async (browser: Browser, path: string) => (await browser.post(api + path)).json.publicKey;

it('O5 has each change of how somebody signs in under a name of its own, and what did not let in', async () => {
  await scenario.hire(ada);
  const browser = scenario.browser();
  await browser.post(`${api}sign-in`, { email: ada, password });
  const authenticator = createAuthenticator(origin);
  const credential = authenticator.create(await optionsOf(browser, 'security/passkeys/options'));
  await browser.post(`${api}security/passkeys`, { name: 'Phone', credential });
  const { token, secret } = (await browser.post(`${api}security/app/start`)).json;
  await browser.post(`${api}security/app`, { token, code: codeOf(secret) });
  const { recoveryCodes } = (await browser.post(`${api}security/recovery-codes`)).json;
  const [{ passkeyId }] = (await browser.get(`${api}security`)).json.passkeys;
  await browser.post(`${api}security/passkeys/${passkeyId}/name`, { name: 'Telefon' });

  const second = scenario.browser();
  await second.post(`${api}sign-in`, { email: ada, password });
  const wrong = 'no code at all';
  await second.post(`${api}second-factor/code`, { code: wrong });
  await second.post(`${api}second-factor/passkey`, {
    credential: authenticator.get(await optionsOf(second, 'second-factor/options'), { breakSignature: true }),
  });
  await second.post(`${api}second-factor/code`, { code: recoveryCodes[0] });
  const alone = scenario.browser();
  const stranger = createAuthenticator(origin);
  stranger.create(await optionsOf(browser, 'security/passkeys/options'));
  await alone.post(`${api}passkey/sign-in`, { credential: stranger.get(await optionsOf(alone, 'passkey/options')) });
  await alone.post(`${api}passkey/sign-in`, {
    credential: authenticator.get(await optionsOf(alone, 'passkey/options')),
  });
  await browser.post(`${api}security/app/remove`);
  await browser.post(`${api}security/passkeys/${passkeyId}/remove`);

  expect(await told()).toEqual([
    `${ada} sign-in worker/${ada}`,
    `${ada} add-passkey worker/${ada}`,
    `${ada} set-up-app worker/${ada}`,
    `${ada} renew-recovery-codes worker/${ada}`,
    `${ada} name-passkey worker/${ada}`,
    `${ada} sign-in-refused worker/${ada}`,
    `${ada} sign-in-refused worker/${ada}`,
    `${ada} second-factor worker/${ada}`,
    '? sign-in-refused /',
    `${ada} sign-in worker/${ada}`,
    `${ada} remove-app worker/${ada}`,
    `${ada} remove-passkey worker/${ada}`,
  ]);
  const all = await rows();
  expect(all.flatMap(({ details }) => details ?? [])).toEqual([
    '{"reason":"wrong-code"}',
    '{"reason":"passkey-refused"}',
    '{"reason":"passkey-refused"}',
  ]);
  for (const said of [wrong, secret, token, recoveryCodes[0], passkeyId])
    expect(JSON.stringify(all)).not.toContain(said);
});

it('O5 has how somebody wants to hear of tasks, once for each change, without the address that messages go to', async () => {
  const browser = await scenario.signedIn(ada);
  const keys = createECDH('prime256v1');
  const subscription = {
    endpoint: 'https://push.example.com/secret-of-the-browser',
    keys: { p256dh: keys.generateKeys('base64url'), auth: randomBytes(16).toString('base64url') },
  };
  for (let page = 0; page < 3; page++)
    expect((await browser.post(`${api}notices/subscribe`, subscription)).status).toBe(200);
  await browser.post(`${api}notices`, { ...defaultNotices, mail: true });
  const { id } = (await scenario.store.workerByEmail(ada))!;
  const link = new URL(unsubscribeUrl(origin, scenario.operationContext().linkSecret, id));
  for (let press = 0; press < 2; press++)
    expect((await scenario.browser().request('POST', link.pathname + link.search, {})).status).toBe(200);
  await browser.post(`${api}notices/unsubscribe`, { endpoint: subscription.endpoint });
  expect((await told()).slice(1)).toEqual([
    `${ada} subscribe worker/${ada}`,
    `${ada} choose-notices worker/${ada}`,
    `${ada} mail-off worker/${ada}`,
    `${ada} unsubscribe worker/${ada}`,
  ]);
  const all = JSON.stringify(await rows());
  for (const secret of ['secret-of-the-browser', subscription.keys.auth, link.search])
    expect(all).not.toContain(secret);
});

it('O5 does not say that whoever asks for a link to a forgotten password is its owner', async () => {
  await scenario.hire(ada);
  await scenario.browser().post(`${api}forgot-password`, { email: ada });
  await expect.poll(told).toEqual([`? forgot-password worker/${ada}`]);
});

import { afterEach, expect, it } from 'vitest';
import { fromBase32, hotp } from '../auth/totp.ts';
import { createSignInLink } from '../operations/worker/create-sign-in-link.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { enableWorker } from '../operations/worker/enable-worker.ts';
import { setWorkerRole } from '../operations/worker/set-worker-role.ts';
import { createAuthenticator } from '../testing/authenticator.ts';
import {
  type Browser,
  openPortalScenario,
  type PortalScenario,
  password,
  type ScenarioOptions,
} from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
const publicUrl = 'https://review.example.com';
const email = 'ada@example.com';
const api = '/portal/api/';

async function open(options: ScenarioOptions = {}): Promise<void> {
  scenario = await openPortalScenario({ publicUrl, ...options });
}
afterEach(() => scenario.close());

/** The code of now, or of steps away from it. */
const codeOf = (secret: string, steps = 0): string =>
  hotp(fromBase32(secret.replaceAll(' ', '')), Math.floor(scenario.clock.now() / 30_000) + steps, 6);

async function setUpApp(browser: Browser): Promise<{ secret: string; recoveryCodes: string[]; json: object }> {
  const { token, secret } = (await browser.post(`${api}security/app/start`)).json;
  const { json } = await browser.post(`${api}security/app`, { token, code: codeOf(secret) });
  return { secret, recoveryCodes: json.recoveryCodes, json };
}

/** Ada with a password and an app; the code of the present step is used up. */
async function adaWithApp() {
  await open();
  const browser = await enter();
  return { browser, ...(await setUpApp(browser)) };
}

/** A browser that has given the password. */
async function enter(): Promise<Browser> {
  if (!(await scenario.store.workerByEmail(email))) await scenario.hire(email);
  const browser = scenario.browser();
  await browser.post(`${api}sign-in`, { email, password });
  return browser;
}

const give = (browser: Browser, code: unknown) => browser.post(`${api}second-factor/code`, { code });
const isIn = async (browser: Browser): Promise<boolean> => (await browser.get(`${api}session`)).status === 200;

it('S2 the password alone opens nothing any more: the code of the app does', async () => {
  const { secret } = await adaWithApp();
  const browser = scenario.browser();
  const reply = await browser.post(`${api}sign-in`, { email, password });
  expect(reply.json).toEqual({ secondFactor: 'give' });
  expect(reply.headers.getSetCookie()[0]).toMatch(
    /^holdpoint-step=[\w-]+; Path=\/; Max-Age=900; HttpOnly; SameSite=Strict$/,
  );
  expect((await browser.get(`${api}second-factor`)).json).toEqual({
    secondFactor: 'give',
    email,
    passkey: false,
    app: true,
    recoveryCodesLeft: 10,
    place: { origin: publicUrl },
  });
  for (const [method, path] of [
    ['get', 'session'],
    ['get', 'tasks'],
    ['get', 'security'],
    ['post', 'tasks/next'],
    ['post', 'sessions/end-others'],
    ['post', 'security/recovery-codes'],
    ['post', 'security/app/remove'],
  ] as const)
    expect((await browser[method](api + path)).code, path).toBe('signed-out');
  scenario.clock.pass(30_000);
  const entered = await give(browser, codeOf(secret));
  expect(entered.json).toMatchObject({ worker: { email } });
  expect([...browser.cookies.keys()]).toEqual(['holdpoint']);
  expect(await isIn(browser)).toBe(true);
});

it('S2 with the password alone nothing can be set up beside what there is', async () => {
  await adaWithApp();
  const browser = await enter();
  expect((await setUpApp(browser)).json).toMatchObject({ error: { code: 'signed-out' } });
  const { publicKey } = (await browser.post(`${api}security/passkeys/options`)).json;
  const credential = createAuthenticator(publicUrl).create(publicKey);
  expect((await browser.post(`${api}security/passkeys`, { name: 'Phone', credential })).code).toBe('signed-out');
  expect(await isIn(browser)).toBe(false);
});

it('S2 a code of the step before or after is taken, none twice, none from before one that was taken', async () => {
  const { secret } = await adaWithApp();
  const tries: [number, boolean][] = [
    [0, false], // Taken when the app was set up.
    [-1, false],
    [2, false],
    [1, true],
    [1, false],
  ];
  for (const [steps, works] of tries) {
    const reply = await give(await enter(), codeOf(secret, steps));
    expect([reply.status, reply.code], `step ${steps}`).toEqual(works ? [200, undefined] : [401, 'wrong-code']);
  }
  scenario.clock.pass(60_000);
  const browsers = [await enter(), await enter(), await enter()];
  const replies = await Promise.all(browsers.map((browser) => give(browser, codeOf(secret))));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
});

it('S2 each recovery code works once, however it is typed; new ones replace the old', async () => {
  const { browser, recoveryCodes } = await adaWithApp();
  expect(new Set(recoveryCodes).size).toBe(10);
  for (const code of recoveryCodes) expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
  const [first, second, third] = recoveryCodes as [string, string, string];
  const factor = await scenario.store.secondFactor((await scenario.store.workerByEmail(email))!.id);
  expect(JSON.stringify(factor)).not.toContain(first.slice(0, 9));
  expect((await give(await enter(), first)).status).toBe(200);
  expect((await give(await enter(), first)).code).toBe('wrong-code');
  expect((await give(await enter(), ` ${second.toUpperCase().replaceAll('-', ' ')} `)).status).toBe(200);
  expect((await browser.get(`${api}security`)).json.recoveryCodesLeft).toBe(8);
  const renewed = (await browser.post(`${api}security/recovery-codes`)).json.recoveryCodes;
  expect((await give(await enter(), third)).code).toBe('wrong-code');
  expect((await give(await enter(), renewed[0])).status).toBe(200);
});

it('S2 guesses of codes are limited, also from several browsers', async () => {
  const { secret } = await adaWithApp();
  scenario.clock.pass(30_000);
  for (let attempt = 0; attempt < 5; attempt++) expect((await give(await enter(), '000000')).code).toBe('wrong-code');
  const refused = await give(await enter(), codeOf(secret));
  expect([refused.status, refused.code]).toEqual([429, 'too-many-attempts']);
  scenario.clock.pass(15 * 60_000);
  expect((await give(await enter(), codeOf(secret))).status).toBe(200);
});

it.each<[string, (browser: Browser) => Promise<unknown>]>([
  ['after a quarter of an hour', async () => scenario.clock.pass(15 * 60_000)],
  ['when the worker was disabled', () => disableWorker(scenario.operationContext(), { Email: email })],
  [
    'when the worker was disabled and is back',
    async () => {
      await disableWorker(scenario.operationContext(), { Email: email });
      await enableWorker(scenario.operationContext(), { Email: email });
    },
  ],
  ['with a cookie that somebody changed', async (browser) => browser.cookies.set('holdpoint-step', 'A'.repeat(120))],
  ['after signing out', (browser) => browser.post(`${api}sign-out`)],
])('S2 the second step is over %s', async (_, end) => {
  const { recoveryCodes } = await adaWithApp();
  const browser = await enter();
  await end(browser);
  expect((await browser.get(`${api}second-factor`)).code).toBe('signed-out');
  expect((await give(browser, recoveryCodes[0])).code).toBe('signed-out');
});

it('S2 a passkey is a second factor, for a challenge of this step alone', async () => {
  await open();
  const authenticator = createAuthenticator(publicUrl);
  const first = await enter();
  const { publicKey } = (await first.post(`${api}security/passkeys/options`)).json;
  await first.post(`${api}security/passkeys`, { name: 'Key', credential: authenticator.create(publicKey) });
  const browser = await enter();
  expect((await browser.get(`${api}second-factor`)).json).toMatchObject({ passkey: true, app: false });
  expect((await give(browser, '123456')).json.error.message).toBe('This recovery code is wrong or was used already.');
  const other = (await browser.post(`${api}passkey/options`)).json.publicKey;
  const wrong = await browser.post(`${api}second-factor/passkey`, { credential: authenticator.get(other) });
  expect(wrong.code).toBe('passkey-refused');
  const options = (await browser.post(`${api}second-factor/options`)).json.publicKey;
  expect(options.allowCredentials).toEqual([{ type: 'public-key', id: authenticator.id, transports: ['internal'] }]);
  const entered = await browser.post(`${api}second-factor/passkey`, { credential: authenticator.get(options) });
  expect(entered.status).toBe(200);
  expect(await isIn(browser)).toBe(true);
});

it('S2 links lead no way around the second factor', async () => {
  const { recoveryCodes } = await adaWithApp();
  for (const Purpose of ['SignIn', 'SetPassword'] as const) {
    const { Url } = await createSignInLink(scenario.operationContext(), { Email: email, Purpose });
    const browser = scenario.browser();
    const token = Url.split('#')[1];
    const opened =
      Purpose === 'SignIn'
        ? await browser.post(`${api}use-link`, { token })
        : await browser.post(`${api}set-password`, { token, password: 'another password' });
    expect(opened.json).toMatchObject({ secondFactor: 'give' });
    expect(await isIn(browser)).toBe(false);
    expect((await give(browser, recoveryCodes.pop())).status).toBe(200);
  }
});

it('S2 an app is set up with a code of now and a QR code that was just made, by whoever asked for it', async () => {
  await open();
  const browser = await enter();
  const started = (await browser.post(`${api}security/app/start`)).json;
  expect(started.uri).toBe(
    `otpauth://totp/Example%20Inc.:ada%40example.com?secret=${started.secret.replaceAll(' ', '')}&issuer=Example%20Inc.`,
  );
  expect(started.qr).toEqual({ size: expect.any(Number), path: expect.stringMatching(/^(M\d+ \d+h1v1h-1z)+$/) });
  const confirm = (token: unknown, code: unknown, who = browser) => who.post(`${api}security/app`, { token, code });
  expect((await confirm(started.token, codeOf(started.secret, 2))).code).toBe('wrong-code');
  expect((await confirm(`${started.token}A`, codeOf(started.secret))).code).toBe('wrong-code');
  const bob = await scenario.signedIn('bob@example.com');
  expect((await confirm(started.token, codeOf(started.secret), bob)).code).toBe('wrong-code');
  expect((await confirm(7, codeOf(started.secret))).code).toBe('bad-request');
  scenario.clock.pass(15 * 60_000);
  const late = await confirm(started.token, codeOf(started.secret));
  expect(late.json.error.message).toBe('This QR code is too old. Please begin again with a new one.');
  expect((await browser.get(`${api}security`)).json.app).toBe(false);
  await setUpApp(browser);
  const again = await setUpApp(browser);
  expect(again.recoveryCodes).toBeUndefined();
  scenario.clock.pass(60_000);
  expect((await give(await enter(), codeOf(again.secret))).status).toBe(200);
  expect((await browser.post(`${api}security/app/remove`)).status).toBe(200);
  expect(await isIn(await enter())).toBe(true);
});

it.each<[ScenarioOptions['requireSecondFactor'], 'Worker' | 'Operator', boolean]>([
  ['none', 'Operator', false],
  ['operators', 'Worker', false],
  ['operators', 'Operator', true],
  ['everyone', 'Worker', true],
])('S2 with --require-second-factor %s a %s is asked to set one up: %s', async (requireSecondFactor, Role, asked) => {
  await open({ requireSecondFactor });
  await scenario.hire(email);
  await setWorkerRole(scenario.operationContext(), { Email: email, Role });
  const browser = await enter();
  expect(await isIn(browser)).toBe(!asked);
  if (!asked) return;
  expect((await browser.get(`${api}second-factor`)).json).toMatchObject({ secondFactor: 'set-up' });
  const { json, recoveryCodes } = await setUpApp(browser);
  expect(json).toMatchObject({ session: { worker: { email } } });
  expect(recoveryCodes).toHaveLength(10);
  expect(await isIn(browser)).toBe(true);
  const removed = await browser.post(`${api}security/app/remove`);
  expect(removed.json.error.message).toBe(
    'You need a second factor here. Please add another one before you remove this one.',
  );
});

it('S2 of two browsers that set up what is missing one gets in', async () => {
  await open({ requireSecondFactor: 'everyone' });
  const browsers = [await enter(), await enter()];
  const results = await Promise.all(browsers.map(setUpApp));
  expect(results.filter(({ recoveryCodes }) => recoveryCodes !== undefined)).toHaveLength(1);
});

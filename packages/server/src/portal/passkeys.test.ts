import { afterEach, expect, it } from 'vitest';
import { update } from '../domain/change.ts';
import { disableWorker } from '../operations/worker/disable-worker.ts';
import { createAuthenticator, type Lie } from '../testing/authenticator.ts';
import { type Browser, openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;
const origin = 'https://review.example.com';
const [ada, bob] = ['ada@example.com', 'bob@example.com'];
const api = '/portal/api/';

async function open(publicUrl = origin): Promise<PortalScenario> {
  scenario = await openPortalScenario({ publicUrl });
  return scenario;
}
afterEach(() => scenario.close());

type Authenticator = ReturnType<typeof createAuthenticator>;

const optionsOf = async (browser: Browser, path: string) => (await browser.post(api + path)).json.publicKey;

async function add(browser: Browser, authenticator: Authenticator, lie: Lie = {}, name = 'Phone') {
  const options = await optionsOf(browser, 'security/passkeys/options');
  return browser.post(`${api}security/passkeys`, { name, credential: authenticator.create(options, lie) });
}

async function signIn(authenticator: Authenticator, lie: Lie = {}, browser = scenario.browser()) {
  const options = await optionsOf(browser, 'passkey/options');
  const credential = authenticator.get(options, lie);
  return { browser, credential, reply: await browser.post(`${api}passkey/sign-in`, { credential }) };
}

/** Ada, signed in, with a passkey. */
async function adaWithPasskey() {
  await open();
  const browser = await scenario.signedIn(ada!);
  const authenticator = createAuthenticator(origin);
  const added = await add(browser, authenticator);
  expect([added.status, added.json.recoveryCodes?.length]).toEqual([200, 10]);
  return { browser, authenticator };
}

it('S2 a worker adds a passkey, signs in by it without an address, names it and removes it', async () => {
  const { browser, authenticator } = await adaWithPasskey();
  const { reply, browser: other } = await signIn(authenticator);
  expect(reply.json).toMatchObject({ worker: { email: ada } });
  expect((await other.get(`${api}session`)).status).toBe(200);
  const [passkey] = (await browser.get(`${api}security`)).json.passkeys;
  expect(passkey).toEqual({
    passkeyId: expect.stringMatching(/^[0-9a-f]{64}$/),
    name: 'Phone',
    createdAt: expect.any(String),
    lastUsedAt: expect.any(String),
  });
  expect((await scenario.store.passkey(passkey.passkeyId))?.transports).toEqual(['internal']);
  const path = `${api}security/passkeys/${passkey.passkeyId}`;
  expect((await browser.post(`${path}/name`, { name: ' Telefon ' })).status).toBe(200);
  expect((await browser.get(`${api}security`)).json.passkeys).toMatchObject([{ name: 'Telefon' }]);
  expect((await browser.post(`${path}/remove`)).status).toBe(200);
  expect((await browser.get(`${api}security`)).json).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
  const refused = await signIn(authenticator);
  expect([refused.reply.code, refused.reply.json.error.message]).toEqual([
    'passkey-refused',
    'This passkey is not known here, or it was removed. Please sign in in another way.',
  ]);
  expect((await browser.post(`${path}/remove`)).code).toBe('not-found');
});

const sentences = {
  unverified: 'What the passkey signed could not be verified. Please try again.',
  over: 'This request for a passkey is over, or it was answered already. Please try again.',
  origin: `Passkeys work at ${origin} only. Please open the portal there.`,
  site: 'This passkey belongs to another site.',
  user: 'The passkey must check that it is you, by fingerprint, face or PIN. Please try again.',
};

const forged = Buffer.alloc(54, 7).toString('base64url');
const lies: readonly [string, Lie, string][] = [
  ['a challenge that nobody made', { challenge: forged }, sentences.over],
  ['no challenge', { challenge: '' }, sentences.over],
  ['another origin', { origin: 'https://review.example.com.evil.example' }, sentences.origin],
  ['another host', { rpId: 'evil.example' }, sentences.site],
  ['somebody who was not verified', { unverified: true }, sentences.user],
  ['another ceremony', { type: 'payment.get' }, sentences.unverified],
];

it.each(lies)('S2 a new passkey with %s is refused with a sentence', async (_, lie, sentence) => {
  await open();
  const browser = await scenario.signedIn(ada!);
  const reply = await add(browser, createAuthenticator(origin), lie);
  expect([reply.status, reply.code, reply.json.error.message]).toEqual([400, 'passkey-refused', sentence]);
  expect((await browser.get(`${api}security`)).json.passkeys).toEqual([]);
});

it.each<[string, Lie, string]>([
  ...lies,
  ['a broken signature', { breakSignature: true }, sentences.unverified],
  [
    'another owner',
    { userHandle: Buffer.from('somebody').toString('base64url') },
    'This passkey is not known here, or it was removed. Please sign in in another way.',
  ],
  ['a counter that went back', { counter: 1 }, 'This passkey was used elsewhere since it was used here'],
])('S2 signing in by a passkey with %s is refused with a sentence', async (_, lie, sentence) => {
  const { authenticator } = await adaWithPasskey();
  const { reply, browser } = await signIn(authenticator, lie);
  expect([reply.status, reply.code]).toEqual([400, 'passkey-refused']);
  expect(reply.json.error.message).toContain(sentence);
  expect(browser.cookies.size).toBe(0);
});

it('S2 what was signed opens one session, however often it is sent, and none when it is late', async () => {
  await open();
  // As passkeys that are shared by devices do, it does not count.
  const authenticator = createAuthenticator(origin, { counter: 0 });
  await add(await scenario.signedIn(ada!), authenticator);
  const browser = scenario.browser();
  const credential = authenticator.get(await optionsOf(browser, 'passkey/options'));
  const replies = await Promise.all(
    [1, 2, 3].map(() => scenario.browser().post(`${api}passkey/sign-in`, { credential })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
  const late = await optionsOf(browser, 'passkey/options');
  scenario.clock.pass(10 * 60_000);
  const reply = await browser.post(`${api}passkey/sign-in`, { credential: authenticator.get(late) });
  expect(reply.json.error.message).toBe(sentences.over);
  // Rows of challenges go when they would be over anyway.
  await signIn(authenticator);
  expect(await scenario.store.expiredChallenges(scenario.clock.now(), 9)).toEqual([]);
});

it('S2 a challenge is for one worker and one thing', async () => {
  const { authenticator, browser } = await adaWithPasskey();
  const other = await scenario.signedIn(bob!);
  const hers = await optionsOf(browser, 'security/passkeys/options');
  const stolen = createAuthenticator(origin).create(hers);
  const reply = await other.post(`${api}security/passkeys`, { name: 'Phone', credential: stolen });
  expect(reply.json.error.message).toBe(sentences.over);
  const toAdd = { ...hers, rpId: 'review.example.com' };
  const misused = await scenario.browser().post(`${api}passkey/sign-in`, { credential: authenticator.get(toAdd) });
  expect(misused.json.error.message).toBe(sentences.over);
  const twice = await add(other, authenticator);
  expect(twice.json.error.message).toBe('This passkey is known here already.');
});

it('S2 a worker who is disabled does not get in by a passkey, and nobody touches somebody else’s', async () => {
  const { authenticator, browser } = await adaWithPasskey();
  const other = await scenario.signedIn(bob!);
  const [{ passkeyId }] = (await browser.get(`${api}security`)).json.passkeys;
  for (const what of ['name', 'remove'])
    expect((await other.post(`${api}security/passkeys/${passkeyId}/${what}`, { name: 'Mine' })).code).toBe('not-found');
  await disableWorker(scenario.operationContext(), { Email: ada! });
  const { reply } = await signIn(authenticator);
  expect(reply.json.error.message).toMatch(/^This passkey is not known here/);
});

it('S2 guesses of passkeys are limited as those of passwords are', async () => {
  const { authenticator } = await adaWithPasskey();
  for (let attempt = 0; attempt < 10; attempt++) await signIn(authenticator, { breakSignature: true });
  const { reply } = await signIn(authenticator);
  expect([reply.status, reply.code]).toEqual([429, 'too-many-attempts']);
});

it('S2 after half an hour a change of factors needs a new sign-in', async () => {
  const { browser, authenticator } = await adaWithPasskey();
  const [{ passkeyId }] = (await browser.get(`${api}security`)).json.passkeys;
  scenario.clock.pass(30 * 60_000);
  for (const path of ['passkeys/options', `passkeys/${passkeyId}/remove`, 'app/start', 'recovery-codes'])
    expect((await browser.post(`${api}security/${path}`)).code, path).toBe('sign-in-again');
  const { browser: again } = await signIn(authenticator);
  expect((await again.post(`${api}security/passkeys/${passkeyId}/remove`)).status).toBe(200);
});

it.each([
  ['http://192.0.2.7:7800', /^Passkeys belong to a name, and this portal is at the address 192\.0\.2\.7/],
  ['https://[2001:db8::7]', /^Passkeys belong to a name, and this portal is at the address 2001:db8::7/],
  ['http://review.example.com', /^Passkeys need https/],
])('S2 at %s passkeys cannot be, and that is said', async (publicUrl, sentence) => {
  await open(publicUrl);
  const browser = await scenario.signedIn(ada!);
  expect((await browser.get(`${api}security`)).json.place.problem).toMatch(sentence);
  for (const path of ['security/passkeys/options', 'passkey/options'])
    expect((await browser.post(api + path)).json.error.message).toMatch(sentence);
});

it.each([
  ['nothing', {}],
  ['no credential', { credential: null }],
  ['a credential that is a text', { credential: 'x' }],
  ['a credential without an answer', { credential: { id: 'x', rawId: 'x', type: 'public-key' } }],
  [
    'client data that are no JSON',
    { credential: { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: '%%%' } } },
  ],
])('S2 %s is refused with a sentence', async (_, body) => {
  const { browser } = await adaWithPasskey();
  for (const path of ['passkey/sign-in', 'security/passkeys']) {
    const reply = await browser.post(api + path, { name: 'x', ...body });
    expect([reply.status, reply.code, reply.json.error.message]).toEqual([
      400,
      'passkey-refused',
      expect.stringMatching(/^[A-Z].*\.$/),
    ]);
  }
  for (const name of ['', ' ', 'a\nb', 'x'.repeat(101), 7])
    expect((await browser.post(`${api}security/passkeys`, { ...body, name })).code).toBe('bad-request');
  const large = JSON.stringify({ name: 'x', credential: { id: 'x'.repeat(70_000) } });
  expect((await browser.post(`${api}security/passkeys`, large)).status).toBe(413);
});

it('S2 of a host that the portal had before, a passkey says where it works', async () => {
  const { browser } = await adaWithPasskey();
  const [{ passkeyId }] = (await browser.get(`${api}security`)).json.passkeys;
  const row = (await scenario.store.passkey(passkeyId))!;
  await scenario.store.save([update('passkeys', row, { rpId: 'old.example.com' })]);
  expect((await browser.get(`${api}security`)).json.passkeys).toMatchObject([{ otherHost: 'old.example.com' }]);
});

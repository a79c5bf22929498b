// A workforce whose people sign in at an identity provider: the provider is a real one, over https.
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addSamples } from '../../packages/server/src/cli/samples.ts';
import type { IdentityProvider } from '../testing/identity-provider.ts';
import { makeCertificate } from '../testing/make-certificate.ts';
import { account, type OidcStage, openOidcStage } from '../testing/oidc-stage.ts';
import type { TestServer } from '../testing/test-server.ts';
import type { Seen, WebVisitor } from '../testing/web-visitor.ts';

let stage: OidcStage;
let server: TestServer;
let provider: IdentityProvider;

beforeAll(async () => {
  stage = await openOidcStage();
  ({ server, provider } = stage);
});
afterAll(() => stage?.close());

beforeEach(() => {
  provider.accounts.clear();
  provider.accounts.set('ada', account('Ada'));
  provider.format = 'jwt';
  provider.tamper = undefined;
});

const configure = (changes: Partial<IdentityProvider['config']> & Record<string, unknown>) =>
  server.client.call('UpdateWorkforce', { WorkforceName: 'sso', OidcConfig: { ...provider.config, ...changes } });

const session = async (visitor: WebVisitor) => {
  const { status, text } = await visitor.ask(new URL(`${server.url}/portal/api/session`));
  return { status, ...(JSON.parse(text) as { worker?: { email: string; name: string } }) };
};
const workers = async () => (await server.client.call('ListWorkers', {})).Workers;
const sentence = ({ text }: Seen): string => /<p>([^<]*)<\/p>/.exec(text)?.[1] ?? text;

async function refused(visitor: WebVisitor, way: Promise<Seen>): Promise<string> {
  const seen = await way;
  expect(seen.text).toContain('You are not signed in');
  expect(seen.text).toContain('href="/portal/oidc/start"');
  expect((await session(visitor)).status).toBe(401);
  return sentence(seen);
}

const unverified = /^What the identity provider sent could not be verified\./;

describe('S1 signing in', () => {
  test.each(['jwt', 'opaque'] as const)('S1 by %s access tokens: the worker is who the claims say', async (format) => {
    provider.format = format;
    provider.accounts.set('eve', account(`Eve ${format}`, { email: `eve-${format}@example.com` }));
    const visitor = stage.visitor();
    const seen = await stage.signIn(visitor, 'eve', '/portal/work/some-task');
    expect([seen.status, seen.url.href]).toEqual([200, `${server.url}/portal/work/some-task`]);
    expect(await session(visitor)).toMatchObject({
      status: 200,
      worker: { email: `eve-${format}@example.com`, name: `Eve ${format}` },
    });
    expect(provider.asked.filter((path) => path === '/me').length > 0).toBe(format === 'opaque');
    // Nothing of the attempt is left in the browser.
    expect([...visitor.cookiesOf(server.url).keys()]).toEqual(['holdpoint']);
  });

  test('S1 the page offers the provider instead of a password, and passwords and links of the directory open nothing', async () => {
    const { text } = await stage.visitor().ask(new URL(`${server.url}/portal/sign-in`));
    expect(text).toContain(`content="${new URL(provider.issuer).host}"`);
    const reply = await fetch(`${server.url}/portal/api/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' },
      body: JSON.stringify({ email: 'directory@example.com', password: 'correct horse battery staple' }),
    });
    expect([reply.status, await reply.text()]).toEqual([
      403,
      expect.stringContaining('through your identity provider'),
    ]);
    for (const [name, input] of [
      ['CreateWorker', { Email: 'new@example.com' }],
      ['CreateSignInLink', { Email: 'directory@example.com', Purpose: 'SignIn' }],
      ['SetWorkerWorkteams', { Email: 'directory@example.com', Workteams: [] }],
    ] as const)
      await expect(server.client.call(name, input as never)).rejects.toThrow(`come from ${provider.issuer}`);
  });

  test('S1 a provider that sends no ID token will do', async () => {
    provider.tamper = ({ access_token }) => ({ access_token, token_type: 'Bearer' });
    const visitor = stage.visitor();
    await stage.signIn(visitor);
    expect((await session(visitor)).status).toBe(200);
    const cookie = `holdpoint=${visitor.cookiesOf(server.url).get('holdpoint')}`;
    const headers = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal', cookie };
    const reply = await fetch(`${server.url}/portal/api/sign-out`, { method: 'POST', headers, body: '{}' });
    expect(await reply.json()).toEqual({ goOn: `${provider.issuer}/session/end?client_id=holdpoint` });
  });

  test('S1 a start with samples adds none, since there is nobody of the directory to see them', async () => {
    const before = await workers();
    expect(await addSamples(server)).toBeUndefined();
    expect(await workers()).toEqual(before);
  });

  test('S1 groups decide workteams, at each sign-in', async () => {
    await server.client.call('CreateWorkteam', {
      WorkteamName: 'legal',
      Description: 'x',
      MemberDefinitions: [{ OidcMemberDefinition: { Groups: ['lawyers', 'clerks'] } }],
    });
    const teams = async () => (await workers()).find(({ Name }) => Name === 'Ada')?.Workteams;
    for (const [groups, expected] of [
      [['reviewers'], []],
      [['clerks', 'others'], ['legal']],
      ['lawyers', ['legal']],
      [[], []],
    ] as const) {
      provider.accounts.set('ada', account('Ada', { 'sagemaker:groups': groups }));
      expect((await stage.signIn(stage.visitor())).status).toBe(200);
      expect(await teams()).toEqual(expected);
    }
    await server.client.call('DeleteWorkteam', { WorkteamName: 'legal' });
  });

  test('S1 an account is one worker for good; an address of somebody else leads to nobody', async () => {
    const address = { email: 'Directory@example.com', email_verified: true };
    provider.accounts.set('ada', account('Ada', address));
    await stage.signIn(stage.visitor());
    provider.accounts.set('ada', account('Ada Lovelace', address));
    const visitor = stage.visitor();
    await stage.signIn(visitor);
    const found = (await workers()).filter(({ Sub }) => Sub === 'sub-of-Ada Lovelace' || Sub === 'sub-of-Ada');
    expect(found.map(({ Name, Email }) => [Name, Email])).toEqual([
      ['Ada', expect.stringMatching(/^[0-9a-f]{16}@oidc\.invalid$/)],
      ['Ada Lovelace', expect.stringMatching(/^[0-9a-f]{16}@oidc\.invalid$/)],
    ]);
    expect(await session(visitor)).toMatchObject({ worker: { name: 'Ada Lovelace' } });
    expect((await workers()).find(({ Email }) => Email === 'directory@example.com')).toMatchObject({
      Name: 'directory',
      Workteams: [],
    });
  });

  test('S1 first sign-ins at the same moment make one worker for each account, and an address is one’s', async () => {
    const email = 'same@example.com';
    for (const name of ['Tom', 'Tim']) provider.accounts.set(name, account(name, { email }));
    const visitors = ['Tom', 'Tom', 'Tim', 'Tim'].map((name) => ({ name, visitor: stage.visitor() }));
    const back = await Promise.all(visitors.map(({ name, visitor }) => stage.comeBack(visitor, name)));
    await Promise.all(visitors.map(({ visitor }, index) => visitor.open(back[index]!.href)));
    expect(await Promise.all(visitors.map(async ({ visitor }) => (await session(visitor)).worker?.name))).toEqual(
      visitors.map(({ name }) => name),
    );
    const made = (await workers()).filter(({ Name }) => Name === 'Tom' || Name === 'Tim');
    expect(made.map(({ Email }) => Email).sort()).toEqual([expect.stringMatching(/@oidc\.invalid$/), email]);
  });

  test('S1 who is disabled stays out, and is told', async () => {
    provider.accounts.set('dan', account('Dan', { email: 'dan@example.com' }));
    const visitor = stage.visitor();
    await stage.signIn(visitor, 'dan');
    await server.client.call('DisableWorker', { Email: 'dan@example.com' });
    expect((await session(visitor)).status).toBe(401);
    expect(await refused(visitor, stage.signIn(visitor, 'dan'))).toMatch(/^Your account is disabled here\./);
    await server.client.call('EnableWorker', { Email: 'dan@example.com' });
    await stage.signIn(visitor, 'dan');
    expect((await session(visitor)).status).toBe(200);
  });

  test('S1 a workforce of another provider ends the sessions of this one', async () => {
    const visitor = stage.visitor();
    await stage.signIn(visitor);
    await configure({ Issuer: 'https://other.example' });
    expect((await session(visitor)).status).toBe(401);
    await configure({});
    expect((await session(visitor)).status).toBe(200);
  });
});

describe('S1 refusals', () => {
  test.each<[string, () => unknown, RegExp]>([
    ['another issuer', () => configure({ Issuer: 'https://other.example' }), unverified],
    ['an ID token of another issuer', () => changeIdToken({ iss: 'https://other.example' }), unverified],
    ['tokens for another client', () => changeIdToken({ aud: 'another' }), unverified],
    ['the nonce of another attempt', () => changeIdToken({ nonce: 'another' }), unverified],
    [
      'an ID token with a broken signature',
      () => tamper((tokens) => ({ ...tokens, id_token: flip(tokens.id_token!) })),
      unverified,
    ],
    ['an ID token that is over', () => changeIdToken({ exp: 1000 }), unverified],
    ['an access token for another client', () => changeAccessToken({ client_id: 'another' }), unverified],
    ['an access token of another issuer', () => changeAccessToken({ iss: 'https://other.example' }), unverified],
    ['an access token that is over', () => changeAccessToken({ exp: 1000 }), unverified],
    [
      'an access token with a broken signature',
      () => tamper(({ access_token }) => ({ access_token: flip(access_token) })),
      unverified,
    ],
    [
      'an access token that nobody signed',
      () => tamper(({ access_token }) => ({ access_token: unsigned(access_token) })),
      unverified,
    ],
    ['user information about somebody else', userInformationOfAnother, unverified],
    [
      'a wrong secret',
      () => configure({ ClientSecret: 'wrong' }),
      /^The identity provider did not accept this attempt \(invalid_client\)\./,
    ],
    [
      'no answer',
      () => configure({ TokenEndpoint: 'https://localhost:1/token' }),
      /^The identity provider cannot be reached/,
    ],
    ['an answer that is no token', () => configure({ TokenEndpoint: provider.config.JwksUri }), unverified],
    [
      'a redirect instead of tokens',
      () => configure({ TokenEndpoint: `${provider.issuer}/session/end/success` }),
      unverified,
    ],
    ['keys that are not there', () => configure({ JwksUri: `${provider.issuer}/none` }), unverified],
    ['no groups', () => claims({ 'sagemaker:groups': undefined }), /no claim sagemaker:groups\./],
    [
      'claims for another client',
      () => claims({ 'sagemaker:client_id': 'other' }),
      /sagemaker:client_id for another client\./,
    ],
    ['a name that is a number', () => claims({ 'sagemaker:name': 7 }), /sagemaker:name that is not a text/],
  ])('S1 %s', async (_, arrange, expected) => {
    const visitor = stage.visitor();
    const before = (await workers()).length;
    await arrange();
    expect(await refused(visitor, stage.signIn(visitor))).toMatch(expected);
    expect((await workers()).length).toBe(before);
  });
  afterEach(() => configure({}));

  const tamper = (change: NonNullable<IdentityProvider['tamper']>): void => {
    provider.tamper = async (tokens) => ({ ...tokens, ...(await change(tokens)) });
  };
  const changeIdToken = (changes: Record<string, unknown>): void =>
    tamper(async (tokens) => ({ ...tokens, id_token: await provider.resign(tokens.id_token!, changes) }));
  const changeAccessToken = (changes: Record<string, unknown>): void =>
    tamper(async (tokens) => ({ ...tokens, access_token: await provider.resign(tokens.access_token, changes) }));
  function claims(changes: Record<string, unknown>): void {
    provider.accounts.set('ada', account('Nobody', { 'sagemaker:sub': 'never seen', ...changes }));
  }
  function userInformationOfAnother(): void {
    provider.format = 'opaque';
    changeIdToken({ sub: 'another' });
  }
  const flip = (token: string): string => token.slice(0, -6) + (token.endsWith('AAAAAA') ? 'BBBBBB' : 'AAAAAA');
  const unsigned = (token: string): string =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${token.split('.')[1]}.`;
});

test('S1 a provider with a certificate that nobody vouches for is not talked to', async () => {
  const { key, certificate } = makeCertificate();
  const asked: string[] = [];
  const impostor = createServer({ key, cert: certificate }, (request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  });
  await new Promise<void>((resolve) => impostor.listen(0, '127.0.0.1', resolve));
  const { port } = impostor.address() as AddressInfo;
  await configure({ TokenEndpoint: `https://localhost:${port}/token` });
  const visitor = stage.visitor();
  expect(await refused(visitor, stage.signIn(visitor))).toMatch(/^The identity provider cannot be reached/);
  expect(asked).toEqual([]);
  await configure({});
  impostor.close();
});

describe('S1 attempts', () => {
  const over = /^This attempt to sign in is over, or it was begun in another window\./;

  test('S1 an answer is used once: the same address again opens nothing, there or elsewhere', async () => {
    const visitor = stage.visitor();
    const back = await stage.comeBack(visitor);
    const kept = visitor.cookiesOf(server.url).get('holdpoint-oidc')!;
    await visitor.open(back.href);
    expect((await session(visitor)).status).toBe(200);
    const other = stage.visitor();
    expect(await refused(other, other.open(back.href))).toMatch(over);
    // Even with the cookie, as somebody would have it who copied the browser's profile: the provider knows the code.
    const thief = stage.visitor();
    const cookie = `holdpoint-oidc=${kept}`;
    expect(sentence(await thief.ask(back, { headers: { cookie } }))).toMatch(/\(invalid_grant\)/);
  });

  test.each<[string, (back: URL) => void, RegExp, number]>([
    ['another state', (back) => back.searchParams.set('state', 'x'.repeat(43)), over, 400],
    ['no state', (back) => back.searchParams.delete('state'), over, 400],
    ['no code', (back) => back.searchParams.delete('code'), over, 400],
    ['a code of nobody', (back) => back.searchParams.set('code', 'nobody'), /\(invalid_grant\)/, 403],
    ['another issuer', (back) => back.searchParams.set('iss', 'https://other.example'), unverified, 502],
    [
      'an error',
      (back) => back.searchParams.set('error', 'server_error'),
      /did not sign you in \(server_error\)\./,
      403,
    ],
    ['an error with markup', (back) => back.searchParams.set('error', '<b>x</b>'), /\(unknown_error\)\./, 403],
  ])('S1 %s', async (_, change, expected, status) => {
    const visitor = stage.visitor();
    const back = await stage.comeBack(visitor);
    change(back);
    const answer = visitor.open(back.href);
    expect(await refused(visitor, answer)).toMatch(expected);
    expect((await answer).status).toBe(status);
    // The attempt is used up.
    expect([...visitor.cookiesOf(server.url).keys()]).toEqual([]);
  });

  test('S1 who the provider does not know comes back with its error', async () => {
    const visitor = stage.visitor();
    expect(await refused(visitor, stage.signIn(visitor, 'nobody'))).toMatch(/did not sign you in \(access_denied\)\.$/);
  });

  test('S1 a cookie that somebody made or changed is none', async () => {
    const visitor = stage.visitor();
    const back = await stage.comeBack(visitor);
    const cookies = visitor.cookiesOf(server.url);
    const kept = cookies.get('holdpoint-oidc')!;
    for (const value of ['', 'x', 'A'.repeat(300), `${kept.slice(0, -8)}AAAAAAAA`, `AAAA${kept.slice(4)}`]) {
      cookies.set('holdpoint-oidc', value);
      expect(await refused(visitor, visitor.open(back.href))).toMatch(over);
    }
  });

  test('S1 keys that are new are fetched again, once', async () => {
    await stage.signIn(stage.visitor());
    provider.rotateKeys();
    const fetched = () => provider.asked.filter((path) => path === '/jwks').length;
    const before = fetched();
    const visitor = stage.visitor();
    await stage.signIn(visitor);
    expect((await session(visitor)).status).toBe(200);
    await stage.signIn(stage.visitor());
    expect(fetched() - before).toBe(1);
  });

  test('S1 the request carries scope and extra parameters, and those that keep an attempt safe', async () => {
    const AuthenticationRequestExtraParams = { display: 'page', ui_locales: 'de en' };
    await configure({ Scope: 'openid email', AuthenticationRequestExtraParams });
    const { url } = await stage.visitor().open(`${server.url}/portal/oidc/start`, {
      stop: (next) => next.origin === provider.issuer,
    });
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...AuthenticationRequestExtraParams,
      client_id: 'holdpoint',
      redirect_uri: `${server.url}/oauth2/idpresponse`,
      response_type: 'code',
      scope: 'openid email',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    await expect(configure({ AuthenticationRequestExtraParams: { state: 'mine' } })).rejects.toThrow(
      'OidcConfig.AuthenticationRequestExtraParams cannot have state',
    );
    await configure({});
  });

  test.each([
    ['//elsewhere.example', '/portal'],
    ['/portal/work/../../docs', '/portal'],
  ])('S1 afterwards a page of the portal is opened, not %s', async (to, expected) => {
    const seen = await stage.signIn(stage.visitor(), 'ada', to);
    expect(seen.url.href).toBe(server.url + expected);
  });

  test('S1 signing out leads to the provider, which is shown its ID token', async () => {
    const visitor = stage.visitor();
    await stage.signIn(visitor);
    const cookie = `holdpoint=${visitor.cookiesOf(server.url).get('holdpoint')}`;
    const headers = { 'content-type': 'application/json', 'x-holdpoint-request': 'portal', cookie };
    const reply = await fetch(`${server.url}/portal/api/sign-out`, { method: 'POST', headers, body: '{}' });
    const { goOn } = (await reply.json()) as { goOn: string };
    const url = new URL(goOn);
    expect(url.href).toMatch(`${provider.issuer}/session/end?client_id=holdpoint&id_token_hint=`);
    expect(decodeJwt(url.searchParams.get('id_token_hint')!)).toMatchObject({ iss: provider.issuer, sub: 'ada' });
    expect((await session(visitor)).status).toBe(401);
    expect((await visitor.open(goOn)).status).toBe(200);
  });
});

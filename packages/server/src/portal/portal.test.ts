import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { update } from '../domain/change.ts';
import { accept, openPortalScenario, type PortalScenario, password } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('addresses and parameters', () => {
  it.each([
    ['GET', '/portal/api/session', 401, 'signed-out'],
    ['GET', '/portal/api/tasks', 401, 'signed-out'],
    ['GET', '/portal/events', 401, 'signed-out'],
    ['GET', '/portal/api/nothing', 404, 'not-found'],
    ['GET', '/portal/api', 404, 'not-found'],
    ['GET', '/portal/api/sign-in', 405, 'bad-request'],
    ['DELETE', '/portal/api/tasks', 405, 'bad-request'],
    ['POST', '/portal', 405, 'bad-request'],
  ])('%s %s → %i %s when signed out', async (method, path, status, code) => {
    const reply = await scenario.browser().request(method, path, {});
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(reply.json.error.message).toMatch(/\.$/);
  });

  it.each([
    ['tasks?limit=0', 400, 'bad-request'],
    ['tasks?limit=101', 400, 'bad-request'],
    ['tasks?limit=ten', 400, 'bad-request'],
    ['tasks?cursor=nonsense', 400, 'bad-request'],
    ['tasks?cursor=WzEsMl0', 400, 'bad-request'],
    ['assignments/7', 404, 'not-found'],
    ['assignments/..%2f..', 404, 'not-found'],
    ['assignments/00000000-0000-7000-8000-000000000000', 404, 'not-found'],
  ])('GET %s → %i %s when signed in', async (path, status, code) => {
    const browser = await scenario.signedIn('ada@example.com');
    const reply = await browser.get(`/portal/api/${path}`);
    expect([reply.status, reply.code]).toEqual([status, code]);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['null', 'null', 400],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1'), 400],
    ['too much', `{"token":"${'x'.repeat(70_000)}"}`, 413],
  ])('a body that is %s is refused', async (_what, body, status) => {
    const reply = await scenario.browser().post('/portal/api/use-link', body);
    expect([reply.status, reply.code]).toEqual([status, 'bad-request']);
  });
});

describe('pages', () => {
  it.each(['/portal', '/portal/', '/portal/sign-in', '/portal/work/1', '/portal/whatever?x=1'])(
    '%s is the shell',
    async (path) => {
      const { status, headers, text } = await scenario.browser().get(path);
      expect(status).toBe(200);
      expect(text).toContain('<script src="/assets/portal/first-paint.js"></script>');
      expect(text).toContain('<script type="module" src="/assets/portal/app.js"></script>');
      const policy = headers.get('content-security-policy')!;
      expect(policy).toContain(`script-src ${scenario.origin}/assets/portal/ http://portal.example/assets/portal/;`);
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|script-src[^;]*'self'/);
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('say over https that it stays https', async () => {
    const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'portal.example' };
    const { headers } = await scenario.browser().get('/portal', https);
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d+/);
    expect(headers.get('content-security-policy')).toContain('script-src https://portal.example/assets/portal/');
  });

  it.each(["evil.example; script-src 'unsafe-inline'", 'a b', 'x;y', '*'])(
    'take no policy from the host %s',
    async (host) => {
      const { headers } = await scenario.browser().get('/portal', { 'x-forwarded-host': host });
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
      expect(headers.get('content-security-policy')).toContain('script-src http://portal.example/assets/portal/;');
    },
  );
});

it('logs no secrets, and an unexpected failure tells the worker no more than a request id', async () => {
  await scenario.hire('ada@example.com');
  const browser = scenario.browser();
  await browser.post('/portal/api/sign-in', { email: 'ada@example.com', password });
  const { task, humanLoop } = await scenario.addTask();
  const id = await accept(browser, task.id);
  const broken = (await scenario.store.humanLoop(humanLoop.id))!;
  await scenario.store.save([update('humanLoops', broken, { templateSha256: 'missing' })]);
  const reply = await browser.get(`/portal/frame/${id}`);
  expect(reply.status).toBe(500);
  expect(reply.text).not.toContain('lacks its template');
  const log = scenario.logged.join('');
  expect(log).toContain('lacks its template');
  expect(log).not.toContain(password);
  expect(log).not.toContain(browser.cookies.get('holdpoint'));
});

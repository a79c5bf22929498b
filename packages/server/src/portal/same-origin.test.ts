import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPortalScenario, type PortalScenario } from '../testing/portal-scenario.ts';

let scenario: PortalScenario;

beforeEach(async () => {
  scenario = await openPortalScenario();
});
afterEach(() => scenario.close());

describe('requests of other sites', () => {
  const json = { 'content-type': 'application/json' };
  const portal = { 'x-holdpoint-request': 'portal' };
  it.each([
    ['without the header', json, 403, 'forbidden'],
    ['with another value of it', { ...json, 'x-holdpoint-request': 'x' }, 403, 'forbidden'],
    ['with another origin', { ...json, ...portal, origin: 'https://evil.example' }, 403, 'forbidden'],
    ['from an opaque origin', { ...json, ...portal, origin: 'null' }, 403, 'forbidden'],
    ['as a form', { ...portal, 'content-type': 'application/x-www-form-urlencoded' }, 400, 'bad-request'],
    ['as text', { ...portal, 'content-type': 'text/plain' }, 400, 'bad-request'],
  ])('%s are refused', async (_what, headers, status, code) => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    const reply = await browser.request('POST', `/portal/api/tasks/${task.id}/accept`, { body: '{}', headers });
    expect([reply.status, reply.code]).toEqual([status, code]);
    expect(await scenario.store.assignmentsOfTask(task.id)).toEqual([]);
  });

  it.each([['as received'], ['of the public URL']])('with the origin %s are not refused', async (which) => {
    const browser = await scenario.signedIn('ada@example.com');
    const { task } = await scenario.addTask();
    const origin = which === 'as received' ? scenario.origin : 'http://portal.example';
    expect((await browser.post(`/portal/api/tasks/${task.id}/accept`, {}, { origin })).status).toBe(200);
  });

  it('are refused before their body is looked at', async () => {
    const reply = await scenario.browser().request('POST', '/portal/api/sign-in', { body: 'x'.repeat(100_000) });
    expect(reply.status).toBe(403);
  });
});

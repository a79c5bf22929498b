// SourceIpConfig of a workforce: who comes from elsewhere finds no portal, and programs find everything.
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { password, startTestServer, type TestServer } from '../testing/test-server.ts';

const inside = '192.0.2.7';
const outside = '198.51.100.7';
const template = `<crowd-form><a href="{{ task.input.file | grant_read_access }}">file</a></crowd-form>`;

let server: TestServer;
let cookie: string;
let frame: string;
let object: string;

/** A request that a trusted proxy hands on for a client at an address. */
const from = (address: string, path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(new URL(path, server.url), {
    redirect: 'manual',
    ...init,
    headers: { 'x-forwarded-for': address, ...(cookie && { cookie }), ...init.headers },
  });
const post = (address: string, path: string, body: unknown = {}) =>
  from(address, `/portal/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' },
    body: JSON.stringify(body),
  });
const restrict = (...Cidrs: string[]) =>
  server.client.call('UpdateWorkforce', { WorkforceName: 'default', SourceIpConfig: { Cidrs } });
/** The address of the object in a page. */
const linkIn = (page: string): string => /href="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&');

beforeAll(async () => {
  cookie = '';
  server = await startTestServer({ config: { trustedProxy: '127.0.0.1' } });
  await server.hire('ada@example.com');
  await server.s3.send(new PutObjectCommand({ Bucket: 'holdpoint', Key: 'file.txt', Body: 'seen' }));
  const flow = await createFlow(server, 'files', { template });
  await startLoop(server, flow, 'one', { file: 's3://holdpoint/file.txt' });
  const signedIn = await post(inside, 'sign-in', { email: 'ada@example.com', password });
  cookie = signedIn.headers.getSetCookie()[0]!.split(';')[0]!;
  const assignmentId = await vi.waitFor(
    async () => {
      const next = (await (await post(inside, 'tasks/next')).json()) as { assignmentId: string | null };
      if (next.assignmentId === null) throw new Error('The task is not offered yet.');
      return next.assignmentId;
    },
    { timeout: 15_000 },
  );
  frame = `/portal/frame/${assignmentId}`;
  object = linkIn(await (await from(inside, frame)).text());
});
afterAll(() => server?.close());

/** What each address answers there: status, and for the stream only that it began. */
async function statuses(address: string): Promise<number[]> {
  const found: number[] = [];
  for (const path of [
    '/portal',
    '/portal/sign-in',
    '/portal/api/session',
    '/portal/api/tasks',
    frame,
    object,
    '/portal/events',
  ]) {
    const reply = await from(address, path);
    await reply.body?.cancel();
    found.push(reply.status);
  }
  return found;
}
const everything = [200, 200, 200, 200, 200, 200, 200];
const nothing = [404, 404, 404, 404, 404, 403, 404];

describe('S3 the networks of a workforce', () => {
  test.each<[string, string[], string, number[]]>([
    ['no restriction', [], outside, everything],
    ['inside', ['203.0.113.0/24', '192.0.2.0/24'], inside, everything],
    ['outside', ['192.0.2.0/24'], outside, nothing],
    ['one address', ['192.0.2.7/32'], inside, everything],
    ['the address beside it', ['192.0.2.6/32'], inside, nothing],
    ['everybody of IPv4', ['0.0.0.0/0'], outside, everything],
    ['IPv6 inside', ['2001:db8::/32'], '2001:db8:1::7', everything],
    ['IPv6 outside', ['2001:db8::/32'], '2001:db9::7', nothing],
    ['IPv4 where IPv6 is let in', ['::/0'], inside, nothing],
    ['an IPv4 address in IPv6 form', ['192.0.2.0/24'], '::ffff:192.0.2.7', everything],
    ['no address at all: the proxy itself', ['192.0.2.0/24'], 'unknown', nothing],
  ])('S3 %s', async (_, cidrs, address, expected) => {
    await restrict(...cidrs);
    expect(await statuses(address)).toEqual(expected);
  });

  test('S3 nothing tells that there is a portal, and nothing is done there', async () => {
    await restrict('192.0.2.0/24');
    const page = await from(outside, '/portal');
    expect([page.status, await page.text()]).toEqual([404, 'Not Found']);
    expect((await post(outside, 'sign-in', { email: 'ada@example.com', password })).status).toBe(404);
    expect((await post(outside, 'sign-out')).status).toBe(404);
    expect((await from(outside, '/portal/oidc/start')).status).toBe(404);
    expect((await from(outside, '/oauth2/idpresponse?code=a&state=b')).status).toBe(404);
    expect((await from(inside, '/portal/api/session')).status).toBe(200);
  });

  test('S3 what a client says of itself is believed of a trusted proxy only: the last one that is none of ours counts', async () => {
    await restrict('192.0.2.0/24');
    expect((await from(`${inside}, ${outside}`, '/portal')).status).toBe(404);
    expect((await from(`${outside}, ${inside}`, '/portal')).status).toBe(200);
  });

  test('S3 programs are served from everywhere, and so are links that they were given', async () => {
    await restrict('192.0.2.0/24');
    // The client of the tests comes from the proxy's own address, which is not in the network.
    const { HumanLoopStatus } = await server.client.call('DescribeHumanLoop', { HumanLoopName: 'one' });
    expect(HumanLoopStatus).toBe('InProgress');
    const { RenderedContent } = await server.client.call('RenderUiTemplate', {
      UiTemplate: { Content: template },
      Task: { Input: JSON.stringify({ file: 's3://holdpoint/file.txt' }) },
      RoleArn: 'arn:aws:iam::000000000000:role/any',
    });
    const reply = await from(outside, linkIn(RenderedContent));
    expect([reply.status, await reply.text()]).toEqual([200, 'seen']);
  });

  test('S3 a link of a task without its mark is no link', async () => {
    await restrict('192.0.2.0/24');
    expect(object).toContain('holdpoint-for=worker');
    expect((await from(outside, object.replace('holdpoint-for=worker&', ''))).status).toBe(403);
    expect((await from(inside, object.replace('holdpoint-for=worker&', ''))).status).toBe(403);
  });
});

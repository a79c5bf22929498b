// Settings that change what a caller or a browser meets: quotas, waiting, TLS on the same listener, proxies.
import { writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { join } from 'node:path';
import { createClient, createFetchTransport } from '@holdpoint/client';
import { describe, expect, test } from 'vitest';
import { tlsCertificate, tlsKey } from '../../packages/server/src/testing/tls.ts';
import { createFlow, startLoop } from '../testing/human-loops.ts';
import { password, startTestServer, type TestServer, temporaryFolder } from '../testing/test-server.ts';

async function withServer(config: Record<string, unknown>, use: (server: TestServer) => Promise<void>): Promise<void> {
  const server = await startTestServer({ config });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

const signIn = (url: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/portal/api/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal', ...headers },
    body: JSON.stringify({ email: 'ada@example.com', password }),
  });

describe('quotas', () => {
  test('of human loops in flight answer 402 and give way when one ends', () =>
    withServer({ inFlightHumanLoops: 1 }, async (server) => {
      const flow = await createFlow(server, 'quota');
      await startLoop(server, flow, 'one');
      await startLoop(server, flow, 'one');
      await expect(startLoop(server, flow, 'two')).rejects.toMatchObject({
        name: 'ServiceQuotaExceededException',
        statusCode: 402,
      });
      await server.client.call('StopHumanLoop', { HumanLoopName: 'one' });
      await startLoop(server, flow, 'two');
    }));

  test('of flow definitions answer ResourceLimitExceeded', () =>
    withServer({ flowDefinitions: 1 }, async (server) => {
      await createFlow(server, 'first');
      await expect(createFlow(server, 'second')).rejects.toMatchObject({
        name: 'ResourceLimitExceeded',
        statusCode: 400,
      });
    }));

  test('of requests a second answer 429 with a time to come back', () =>
    withServer({ requestsPerSecond: 1 }, async (server) => {
      const replies: Response[] = [];
      const client = createClient({
        endpointUrl: server.endpointUrl,
        region: server.region,
        credentials: server.credentials,
        transport: createFetchTransport({
          fetch: async (input, init) => {
            const reply = await fetch(input, init);
            replies.push(reply);
            return reply;
          },
        }),
      });
      const described = Array.from({ length: 4 }, () => client.call('DescribeHumanLoop', { HumanLoopName: 'none' }));
      await Promise.allSettled(described);
      const throttled = replies.filter((reply) => reply.status === 429);
      expect(throttled.length).toBeGreaterThan(0);
      expect(throttled[0]!.headers.get('x-amzn-errortype')).toBe('ThrottlingException');
      expect(Number(throttled[0]!.headers.get('retry-after'))).toBeGreaterThan(0);
    }));
});

test('https is served on the same listener, with cookies that stay on it', async () => {
  const folder = await temporaryFolder();
  const files = { tlsCert: join(folder, 'cert.pem'), tlsKey: join(folder, 'key.pem') };
  await writeFile(files.tlsCert, tlsCertificate);
  await writeFile(files.tlsKey, tlsKey);
  // The client of the test server does not know the certificate, so the worker is made before TLS is switched on.
  const first = await startTestServer({ data: folder });
  await first.hire('ada@example.com');
  await first.close();
  const server = await startTestServer({ data: folder, config: files });
  try {
    expect(server.url).toBe(`https://localhost:${server.port}`);
    const body = JSON.stringify({ email: 'ada@example.com', password });
    const reply = await new Promise<{ status: number | undefined; cookie: string }>((resolve, reject) => {
      const sent = request(
        `${server.url}/portal/api/sign-in`,
        {
          method: 'POST',
          ca: tlsCertificate,
          headers: { 'content-type': 'application/json', 'x-holdpoint-request': 'portal' },
        },
        (response) => {
          response.resume();
          resolve({ status: response.statusCode, cookie: String(response.headers['set-cookie']) });
        },
      );
      sent.on('error', reject).end(body);
    });
    expect(reply.status).toBe(200);
    expect(reply.cookie).toMatch(/^__Host-holdpoint=.*Secure/);
  } finally {
    await server.close();
  }
});

describe('behind a proxy', () => {
  const forwarded = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'review.example.com',
    origin: 'https://review.example.com',
  };

  test('one that is trusted says how the browser came', () =>
    withServer({ trustedProxy: '127.0.0.1', publicUrl: 'https://review.example.com' }, async (server) => {
      await server.hire('ada@example.com');
      const reply = await signIn(server.endpointUrl, forwarded);
      expect(reply.status).toBe(200);
      expect(reply.headers.get('set-cookie')).toMatch(/^__Host-holdpoint=/);
      const { Workteam } = await server.client.call('DescribeWorkteam', { WorkteamName: 'reviewers' });
      expect(Workteam.SubDomain).toBe('review.example.com');
    }));

  test('anybody else is not believed', () =>
    withServer({}, async (server) => {
      await server.hire('ada@example.com');
      const reply = await signIn(server.endpointUrl, forwarded);
      expect(reply.status).toBe(403);
      expect((await signIn(server.endpointUrl)).headers.get('set-cookie')).toMatch(/^holdpoint=/);
    }));
});

test('DescribeHumanLoop waits for a change when the caller says so, and says that it did', () =>
  withServer({}, async (server) => {
    const flow = await createFlow(server, 'waiting');
    await startLoop(server, flow, 'slow');
    const begun = performance.now();
    const described = describeWaiting(server, 'slow', 15);
    await server.client.call('StopHumanLoop', { HumanLoopName: 'slow' });
    const { status, applied } = await described;
    expect(status).not.toBe('InProgress');
    expect(applied).toBe('wait=15');
    expect(performance.now() - begun).toBeLessThan(15_000);
  }));

async function describeWaiting(server: TestServer, name: string, seconds: number) {
  let applied: string | null = null;
  const client = createClient({
    endpointUrl: server.endpointUrl,
    region: server.region,
    credentials: server.credentials,
    // The header is added after signing, as a proxy or a wrapper would: it is not a signed one.
    transport: createFetchTransport({
      fetch: async (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('prefer', `wait=${seconds}`);
        const reply = await fetch(input, { ...init, headers });
        applied = reply.headers.get('preference-applied');
        return reply;
      },
    }),
  });
  const { HumanLoopStatus } = await client.call('DescribeHumanLoop', { HumanLoopName: name });
  return { status: HumanLoopStatus, applied };
}

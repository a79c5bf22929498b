import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answer, answerWith, openReceiver } from '../testing/receiver.ts';
import { eventTargetRow } from '../testing/rows.ts';
import { tlsCertificate } from '../testing/tls.ts';
import { createWebhookSender, type WebhookSettings } from './webhook.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function receiver(answer: Answer, options: { tls?: boolean } = {}) {
  const opened = await openReceiver(answer, options);
  closing.push(opened.close);
  return { ...opened, url: `${options.tls ? 'https' : 'http'}://localhost:${opened.port}/hook?tenant=1` };
}

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const target = (url: string) => eventTargetRow({ url, secret });
const event = JSON.stringify({ detail: { humanLoopName: 'größe — 漢字' } });
const send = (url: string, settings: Partial<WebhookSettings> = {}) =>
  createWebhookSender({ allowPrivateTargets: true, clock: { now: Date.now }, ...settings })(
    target(url),
    'delivery-1',
    event,
  );

describe('webhooks', () => {
  it('are signed so that a Standard Webhooks receiver takes them', async () => {
    const { url, received } = await receiver(answerWith(204));
    expect(await send(url)).toEqual({ delivered: true, statusCode: 204 });
    const [one] = received;
    expect(one).toMatchObject({ method: 'POST', path: '/hook?tenant=1', body: event });
    expect(one!.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'user-agent': expect.stringMatching(/^Holdpoint/),
      'webhook-id': 'delivery-1',
    });
    const webhook = new Webhook(secret);
    const headers = one!.headers as Record<string, string>;
    expect(webhook.verify(one!.body, headers)).toEqual(JSON.parse(event));
    expect(() => webhook.verify(`${one!.body} `, headers)).toThrow();
    expect(() => new Webhook(`whsec_${randomBytes(32).toString('base64')}`).verify(one!.body, headers)).toThrow();
  });

  it.each([
    [200, { delivered: true, statusCode: 200 }],
    [299, { delivered: true, statusCode: 299 }],
    [301, { delivered: false, statusCode: 301, error: 'The answer was 301.' }],
    [302, { delivered: false, statusCode: 302, error: 'The answer was 302.' }],
    [404, { delivered: false, statusCode: 404, error: 'The answer was 404.' }],
    [410, { delivered: false, statusCode: 410, error: 'The answer was 410.', permanent: true }],
    [503, { delivered: false, statusCode: 503, error: 'The answer was 503.' }],
  ])('status %i', async (status, result) => {
    const { url, received } = await receiver(answerWith(status, { location: 'http://localhost:1/' }));
    expect(await send(url)).toEqual(result);
    expect(received).toHaveLength(1);
  });

  it('follow redirects that keep method and body, at most three', async () => {
    const { url, received } = await receiver((response, { path }) => {
      const left = Number(path.slice(1)) || 0;
      response.writeHead(left > 0 ? 307 + (left % 2) : 200, { location: `/${left - 1}` }).end();
    });
    const base = new URL('/', url).href;
    expect(await send(`${base}3`)).toEqual({ delivered: true, statusCode: 200 });
    expect(received.map(({ method, path, body }) => [method, path, body])).toEqual(
      [3, 2, 1, 0].map((left) => ['POST', `/${left}`, event]),
    );
    expect(await send(`${base}4`)).toEqual({ delivered: false, error: 'There were more than 3 redirects.' });
  });

  it.each([
    ['nowhere', {}],
    ['to another scheme', { location: 'ftp://localhost/' }],
    ['to nonsense', { location: 'http://[' }],
  ])('do not follow a redirect %s', async (_, headers) => {
    const { url } = await receiver(answerWith(307, headers as Record<string, string>));
    expect(await send(url)).toMatchObject({ delivered: false, error: 'The answer 307 names no http or https URL.' });
  });

  it('over https need a certificate that is trusted, and are not led away from it', async () => {
    const { url } = await receiver(answerWith(200), { tls: true });
    expect(await send(url, { ca: tlsCertificate })).toEqual({ delivered: true, statusCode: 200 });
    expect(await send(url)).toMatchObject({ delivered: false, error: expect.stringContaining('certificate') });
    const plain = await receiver(answerWith(200));
    const leading = await receiver(answerWith(308, { location: plain.url }), { tls: true });
    expect(await send(leading.url, { ca: tlsCertificate })).toEqual({
      delivered: false,
      error: 'A redirect from https to http is not followed.',
    });
    expect(plain.received).toEqual([]);
  });

  it('end when there is no answer', async () => {
    const silent = await receiver(() => {});
    expect(await send(silent.url, { timeoutMs: 50 })).toEqual({
      delivered: false,
      error: 'There was no answer within 0.05 seconds.',
    });
    const rude = await receiver((response) => response.destroy());
    expect(await send(rude.url)).toMatchObject({ delivered: false, error: expect.stringContaining('closed without') });
    const gone = await receiver(answerWith(200));
    await gone.close();
    expect(await send(gone.url)).toEqual({ delivered: false, error: 'The connection was refused. (ECONNREFUSED)' });
    expect(await send('http://name.invalid/')).toMatchObject({
      delivered: false,
      error: expect.stringMatching(/host name/),
    });
    expect(await send('ftp://localhost/')).toMatchObject({ delivered: false, permanent: true });
  });

  it('read only the beginning of an answer, also of one that never ends', async () => {
    const { url } = await receiver((response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', more);
      more();
    });
    expect(await send(url)).toEqual({ delivered: true, statusCode: 200 });
    const stuck = await receiver((response) => response.writeHead(200).write('x'));
    expect(await send(stuck.url, { timeoutMs: 500 })).toEqual({ delivered: true, statusCode: 200 });
  });
});

describe('webhooks to private addresses', () => {
  it('are refused before a connection is made, however the address is written', async () => {
    const { port, received } = await receiver(answerWith(200));
    const hosts = [
      'localhost',
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.0.0.1',
      '0177.0.0.1',
      '127.0.0.1.',
      '１２７.0.0.1',
    ];
    hosts.push('[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[64:ff9b::7f00:1]', '0.0.0.0', '[::]');
    for (const host of hosts) {
      const result = await send(`http://${host}:${port}/`, { allowPrivateTargets: false });
      expect([host, result]).toEqual([
        host,
        { delivered: false, error: expect.stringContaining('--allow-private-targets') },
      ]);
    }
    expect(received).toEqual([]);
  });
});

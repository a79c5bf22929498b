/**
 * A push service on loopback (https): it hands out subscriptions, checks who sends (RFC 8292) and opens what was sent with
 * the subscription's keys (RFC 8291, RFC 8188), all with Node's own cryptography and nothing of what the product uses.
 */
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { tlsCertificate, tlsKey } from './tls.ts';

export interface Pushed {
  readonly subscription: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  /** The sender's public key, base64url. */
  readonly key: string;
  /** What was sent, decrypted. */
  readonly text: string;
}

export async function openPushService() {
  const receivers = new Map<number, { readonly ecdh: ECDH; readonly auth: Buffer }>();
  const pushed: Pushed[] = [];
  const refused: string[] = [];
  /** What is answered instead of 201, by subscription. */
  const statuses = new Map<number, number>();
  const server = createServer({ key: tlsKey, cert: tlsCertificate }, async (request, response) => {
    const body = await buffer(request);
    const subscription = Number(request.url?.split('/').at(-1));
    const status = statuses.get(subscription);
    if (status !== undefined) return void response.writeHead(status).end();
    try {
      const receiver = receivers.get(subscription);
      if (!receiver) return void response.writeHead(404).end();
      if (request.headers.ttl === undefined) throw new Error('There is no TTL.');
      if (request.headers['content-encoding'] !== 'aes128gcm') throw new Error('The content encoding is another.');
      const sender = readVapid(request.headers.authorization ?? '', origin());
      pushed.push({ subscription, headers: request.headers, ...sender, text: open(body, receiver) });
      response.writeHead(201, { location: `${origin()}/message` }).end();
    } catch (error) {
      refused.push((error as Error).message);
      response.writeHead(400).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = (): string => `https://localhost:${port}`;
  return {
    port,
    pushed,
    refused,
    statuses,
    /** A browser's subscription, as `PushSubscription.toJSON()` gives it. */
    subscribe() {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const id = receivers.size + 1;
      receivers.set(id, { ecdh, auth });
      const keys = { p256dh: ecdh.getPublicKey('base64url'), auth: auth.toString('base64url') };
      return { endpoint: `${origin()}/push/${id}`, keys };
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** RFC 8292, sections 2 and 3. */
function readVapid(header: string, audience: string): Pick<Pushed, 'claims' | 'key'> {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
  const [head = '', payload = '', signature = ''] = token.split('.');
  if (JSON.parse(Buffer.from(head, 'base64url').toString()).alg !== 'ES256') throw new Error('The token is no ES256.');
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) throw new Error('The key is no uncompressed point.');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const publicKey = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', Buffer.from(`${head}.${payload}`), publicKey, Buffer.from(signature, 'base64url')))
    throw new Error('The token has a wrong signature.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  if (claims.aud !== audience) throw new Error(`The token is for ${claims.aud}.`);
  if (!/^(mailto:|https:)/.test(claims.sub)) throw new Error(`The token is from ${claims.sub}.`);
  return { claims, key };
}

/** RFC 8188, section 2, one record; the keys as RFC 8291, section 3.4 derives them. */
function open(body: Buffer, { ecdh, auth }: { ecdh: ECDH; auth: Buffer }): string {
  const salt = body.subarray(0, 16);
  const recordSize = body.readUInt32BE(16);
  const idLength = body.readUInt8(20);
  const sender = body.subarray(21, 21 + idLength);
  const record = body.subarray(21 + idLength);
  if (record.length > recordSize) throw new Error('There is more than one record.');
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const ikm = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(sender), auth, info, 32));
  const derive = (what: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', ikm, salt, Buffer.from(`Content-Encoding: ${what}\0`), length));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Error('The record has no end.');
  return padded.subarray(0, end).toString();
}

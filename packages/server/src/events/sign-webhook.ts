import { createHmac } from 'node:crypto';

const prefix = 'whsec_';

/**
 * The headers by which a receiver knows who sent an event and when, as the Standard Webhooks specification describes them:
 * HMAC-SHA256 over `id.timestamp.body` with the bytes behind the secret's `whsec_`, in base64.
 *
 * @param id the delivery's id, the same at every attempt.
 * @param now milliseconds since 1970; the timestamp is in whole seconds, and that of this attempt.
 */
export function signWebhook(secret: string, id: string, now: number, body: string): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

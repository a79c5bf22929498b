/** The address in a mail at which these mails are turned off. It can do nothing else, so it may be valid for ever. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** The path under which the portal answers. */
export const unsubscribePath = '/portal/mail-off';

const keyOf = (secret: string, workerId: string): string =>
  createHmac('sha256', secret).update(`mail-off:${workerId}`).digest('base64url');

export const unsubscribeUrl = (publicUrl: string, secret: string, workerId: string): string =>
  `${publicUrl}${unsubscribePath}?worker=${encodeURIComponent(workerId)}&key=${keyOf(secret, workerId)}`;

/** Whose mails the query of a request turns off; undefined when the link is none of ours. */
export function readUnsubscribe(rawQuery: string, secret: string): string | undefined {
  const query = new URLSearchParams(rawQuery);
  const workerId = query.get('worker') ?? '';
  const given = Buffer.from(query.get('key') ?? '');
  const expected = Buffer.from(keyOf(secret, workerId));
  return given.length === expected.length && timingSafeEqual(given, expected) ? workerId : undefined;
}

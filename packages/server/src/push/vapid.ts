/** Who we are to push services: RFC 8292, "Voluntary Application Server Identification". */
import { generateKeyPairSync } from 'node:crypto';
import type { JWK } from 'jose';

/** A key pair of this installation, as a private JWK (P-256). Subscriptions are bound to it, so it never changes. */
export const newVapidKey = (): string =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }));

/** The public key as browsers take it: the uncompressed point, base64url. */
export function vapidPublicKey(key: string): string {
  const { x = '', y = '' } = JSON.parse(key) as JWK;
  const point = [Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')];
  return Buffer.concat(point).toString('base64url');
}

/** RFC 8292, section 2: not more than 24 hours after the request. */
const validSeconds = 12 * 3600;

/** The value of `Authorization` for a message to a push service. */
export async function vapidHeader(
  key: string,
  { origin, subject, now }: { origin: string; subject: string; now: number },
): Promise<string> {
  const { importJWK, SignJWT } = await import('jose');
  const signing = await importJWK(JSON.parse(key) as JWK, 'ES256');
  const token = await new SignJWT({})
    .setProtectedHeader({ typ: 'JWT', alg: 'ES256' })
    .setAudience(origin)
    .setExpirationTime(Math.floor(now / 1000) + validSeconds)
    .setSubject(subject)
    .sign(signing);
  return `vapid t=${token}, k=${vapidPublicKey(key)}`;
}

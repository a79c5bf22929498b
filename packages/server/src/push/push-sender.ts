/** Sends messages to browsers through their push services (RFC 8030), encrypted for the browser alone (RFC 8291). */
import { createECDH, createHash } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import type { Clock } from '../clock.ts';
import { networkError } from '../events/network-error.ts';
import { post } from '../events/post.ts';
import { publicLookup } from '../events/private-address.ts';
import { vapidHeader } from './vapid.ts';

/** What a browser hands over when it is allowed to show messages; keys are base64url. */
export interface PushAddress {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export type PushResult =
  | { readonly pushed: true }
  /** `gone`: the browser takes no more and its address is to be forgotten; `isFinal`: this message will never be taken. */
  | { readonly pushed: false; readonly error: string; readonly gone: boolean; readonly isFinal: boolean };

export type PushSender = (address: PushAddress, message: object) => Promise<PushResult>;

export interface PushSettings {
  /** A private JWK (`newVapidKey`). */
  readonly vapidKey: string;
  /** How the push service's people reach ours: `mailto:` or `https:` (RFC 8292, section 2.1). */
  readonly subject: string;
  readonly allowPrivateTargets: boolean;
  readonly clock: Clock;
  /** Certificates in PEM form that are trusted besides those that Node trusts. */
  readonly ca?: string | undefined;
  /** How long one attempt may take in all, in milliseconds. */
  readonly timeoutMs?: number;
}

/** How long a push service keeps a message for a browser that is away, in seconds. */
const keptFor = 4 * 3600;
/** A later message replaces one that was not fetched yet (RFC 8030, section 5.4): at most 32 characters. */
const topic = 'waiting';

export function createPushSender(settings: PushSettings): PushSender {
  const { vapidKey, subject, clock, timeoutMs = 10_000 } = settings;
  const lookup = settings.allowPrivateTargets ? undefined : publicLookup();
  const ca = settings.ca && [...getCACertificates('default'), settings.ca].join('\n');

  return async ({ endpoint, p256dh, auth }, message) => {
    const url = URL.parse(endpoint);
    if (url?.protocol !== 'https:') return failed('The address of the browser is not an https URL.', true);
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const { encrypt } = (await import('http_ece')).default;
      const privateKey = createECDH('prime256v1');
      privateKey.generateKeys();
      const body = encrypt(Buffer.from(JSON.stringify(message)), {
        version: 'aes128gcm',
        dh: p256dh,
        privateKey,
        authSecret: auth,
      });
      const headers = {
        authorization: await vapidHeader(vapidKey, { origin: url.origin, subject, now: clock.now() }),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(keptFor),
        topic,
        urgency: 'normal',
        'user-agent': 'Holdpoint-Push/1',
      };
      const { status } = await post(url, { headers, body, lookup, signal, ca });
      return resultOf(status);
    } catch (error) {
      const late = signal.aborted ? `There was no answer within ${timeoutMs / 1000} seconds.` : undefined;
      return failed(late ?? networkError(error as NodeJS.ErrnoException), false);
    }
  };
}

const failed = (error: string, isFinal: boolean, gone = false): PushResult => ({ pushed: false, error, isFinal, gone });

/** RFC 8030, sections 5 and 7.3; RFC 8292, section 4.2: 403 is a subscription of another key than ours. */
function resultOf(status: number): PushResult {
  if (status >= 200 && status < 300) return { pushed: true };
  const error = `The push service answered ${status}.`;
  if (status === 404 || status === 410 || status === 403) return failed(error, true, true);
  return failed(error, status >= 400 && status < 500 && status !== 429);
}

/** A public key (P-256, uncompressed) and a secret of 16 bytes, as RFC 8291 wants them; encryption would fail with others. */
export function arePushKeys(p256dh: string, auth: string): boolean {
  const isText = (text: string): boolean => /^[A-Za-z0-9_-]+$/.test(text);
  if (!isText(p256dh) || !isText(auth) || Buffer.from(auth, 'base64url').length !== 16) return false;
  const point = Buffer.from(p256dh, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return false;
  try {
    const ecdh = createECDH('prime256v1');
    ecdh.generateKeys();
    return ecdh.computeSecret(point).length === 32;
  } catch {
    return false;
  }
}

/** The id of the row of a browser. */
export const subscriptionId = (endpoint: string): string => createHash('sha256').update(endpoint).digest('hex');

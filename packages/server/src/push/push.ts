/** Push messages as handlers and jobs use them. */
import { arePushKeys, createPushSender, type PushSender, type PushSettings, subscriptionId } from './push-sender.ts';
import { vapidPublicKey } from './vapid.ts';

export interface Push {
  /** What browsers subscribe with: our public key, base64url. */
  readonly publicKey: string;
  readonly send: PushSender;
  /** Whether messages can be encrypted for a browser with these keys. */
  readonly areKeys: (p256dh: string, auth: string) => boolean;
  /** The id of the row of a browser. */
  readonly idOf: (endpoint: string) => string;
}

export const createPush = (settings: PushSettings): Push => ({
  publicKey: vapidPublicKey(settings.vapidKey),
  send: createPushSender(settings),
  areKeys: arePushKeys,
  idOf: subscriptionId,
});

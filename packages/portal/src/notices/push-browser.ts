// Whether this browser shows push messages, and letting it.
import { api } from '../api.ts';

/** `on` is allowed and subscribed; `off` can be asked for; `denied` only the browser's own settings can change. */
export type PushState = 'on' | 'off' | 'denied' | 'unsupported';

const script = '/assets/portal/sw.js';
const scope = '/portal';

const isSupported = (): boolean => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

export async function pushState(): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const subscription = await registration?.pushManager.getSubscription();
  return Notification.permission === 'granted' && subscription ? 'on' : 'off';
}

/** Asks for permission unless there is one, subscribes, and tells the server. */
export async function allowPush(publicKey: string): Promise<PushState> {
  if (!isSupported()) return 'unsupported';
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return permission === 'denied' ? 'denied' : 'off';
  const registration = await navigator.serviceWorker.register(script, { scope });
  await navigator.serviceWorker.ready;
  const known = await registration.pushManager.getSubscription();
  // A subscription of another installation's key is of no use here.
  const isOurs = known !== null && base64url(known.options.applicationServerKey) === publicKey;
  if (known && !isOurs) await known.unsubscribe();
  const subscription =
    known && isOurs
      ? known
      : await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint = '', keys } = subscription.toJSON();
  await api.subscribe({ endpoint, keys: { p256dh: keys?.p256dh ?? '', auth: keys?.auth ?? '' } });
  return 'on';
}

/** No more in this browser. */
export async function stopPush(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration(scope);
  const subscription = await registration?.pushManager.getSubscription();
  if (!subscription) return;
  await api.unsubscribe(subscription.endpoint);
  await subscription.unsubscribe();
}

/** The server ties a browser to the session of its last page, so that messages end with it: each page says so again. */
export async function renewPush(publicKey: string): Promise<void> {
  if ((await pushState()) === 'on') await allowPush(publicKey);
}

const base64url = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

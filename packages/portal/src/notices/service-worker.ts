// Shows push messages while no page of the portal is looked at. It keeps nothing and answers no requests.
import type { PushMessage } from '@holdpoint/protocol';
import { endingWords, testWords, waitingWords } from './words.ts';

// What of a service worker is used here; the library of types that has all of it does not go together with that of pages.
interface Page {
  readonly visibilityState: 'visible' | 'hidden';
  focus(): Promise<unknown>;
}
interface Later extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Events {
  install: Later;
  activate: Later;
  push: Later & { readonly data: { json(): unknown } | null };
  notificationclick: Later & { readonly notification: Notification };
}
declare const self: {
  addEventListener<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): void;
  skipWaiting(): Promise<void>;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(path: string): Promise<unknown>;
  };
};

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(show(read(event.data))));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openPortal());
});

function read(data: Events['push']['data']): PushMessage {
  try {
    return data?.json() as PushMessage;
  } catch {
    return { waiting: 0 };
  }
}

async function show({ waiting, test, endsInMinutes }: PushMessage): Promise<void> {
  // Who looks at the portal is told there.
  if (!test && (await pages()).some(({ visibilityState }) => visibilityState === 'visible')) return;
  const isEnding = endsInMinutes !== undefined;
  const title = isEnding ? endingWords(endsInMinutes) : waitingWords(waiting);
  await self.registration.showNotification(title, {
    body: test ? testWords : '',
    icon: '/assets/portal/icon.svg',
    // A later one takes the place of an earlier one.
    tag: isEnding ? 'ending' : 'waiting',
  });
}

const pages = () => self.clients.matchAll({ type: 'window', includeUncontrolled: true });

async function openPortal(): Promise<void> {
  const [page] = await pages();
  if (page) await page.focus();
  else await self.clients.openWindow('/portal');
}

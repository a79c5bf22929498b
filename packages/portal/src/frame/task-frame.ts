// The prelude of the task frame: a classic script that the server puts before the template's own. The frame's origin is
// opaque, where storage throws on first touch, so each kind gets a stand-in in memory. It leaves no global behind.
import type { FrameMessage } from '@holdpoint/protocol';
import { waitAhead } from './ahead.ts';
import { createCaches, createServiceWorkers } from './caches.ts';
import { createCookie } from './cookie.ts';
import { keepDrafts } from './drafts.ts';
import { softenIndexedDb } from './indexed-db.ts';
import { showNoFormNotice } from './no-form-notice.ts';
import { createStorage } from './storage.ts';
import { taskKeys } from './task-keys.ts';

const longestMessage = 500;
const mostErrors = 20;

function standIn(owner: object, name: string, value: unknown): void {
  Object.defineProperty(owner, name, { get: () => value, configurable: true, enumerable: true });
}

/** The portal's window, taken before the template can replace `window.parent`. */
const portal = window.parent === window ? undefined : window.parent;
const tell = (message: FrameMessage) => portal?.postMessage(message, '*');

standIn(window, 'localStorage', createStorage());
standIn(window, 'sessionStorage', createStorage());
const cookie = createCookie(Date.now);
Object.defineProperty(document, 'cookie', { ...cookie, configurable: true, enumerable: true });
try {
  softenIndexedDb(window.indexedDB);
} catch {
  const factory = {};
  softenIndexedDb(factory);
  standIn(window, 'indexedDB', factory);
}
if ('caches' in window) standIn(window, 'caches', createCaches());
if ('serviceWorker' in navigator) standIn(navigator, 'serviceWorker', createServiceWorkers());

let errors = 0;
function tellError(message: string): void {
  errors += 1;
  if (errors <= mostErrors) tell({ holdpoint: 'error', message: message.slice(0, longestMessage) });
}
window.addEventListener('error', (event) => {
  // Told as an error by browsers, but it only means that a size is looked at again in the next frame.
  if (event instanceof ErrorEvent && !event.message.startsWith('ResizeObserver loop')) tellError(event.message);
});
window.addEventListener('unhandledrejection', (event) => {
  tellError(event.reason instanceof Error ? event.reason.message : String(event.reason));
});
if (portal) waitAhead(portal, () => tell({ holdpoint: 'unready' }));
if (portal) keepDrafts(portal, tell, tellError);
window.addEventListener('message', ({ source, data }) => {
  if (portal !== undefined && source === portal && (data as { holdpoint?: unknown } | null)?.holdpoint === 'keys')
    tell({ holdpoint: 'keys', keys: taskKeys(document) });
});
window.addEventListener('load', () => {
  tell({ holdpoint: 'ready' });
  showNoFormNotice(document);
});

// indexedDB whose databases fail to open by event: the real open() throws in a frame of opaque origin, which libraries
// with a fallback do not expect.

/** Makes `indexedDB.open` and its sisters fail the way a full disk would; libraries then fall back to memory. */
export function softenIndexedDb(factory: object): void {
  const define = (name: string, value: unknown) =>
    Object.defineProperty(factory, name, { value, configurable: true, writable: true });
  define('open', failingRequest);
  define('deleteDatabase', failingRequest);
  define('databases', () => Promise.resolve([]));
}

function failingRequest(): EventTarget {
  const error = new DOMException('Databases are not available in a task.', 'UnknownError');
  const request = Object.assign(new EventTarget(), {
    error: null as DOMException | null,
    readyState: 'pending',
    source: null,
    transaction: null,
    result: undefined,
    onerror: null as ((event: Event) => unknown) | null,
    onsuccess: null,
    onblocked: null,
    onupgradeneeded: null,
  });
  setTimeout(() => {
    request.readyState = 'done';
    request.error = error;
    const event = new Event('error', { bubbles: true, cancelable: true });
    request.addEventListener('error', (sent) => request.onerror?.call(request, sent), { once: true });
    request.dispatchEvent(event);
  });
  return request;
}

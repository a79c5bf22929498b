// Cache storage and service workers, which throw on first touch in a frame of opaque origin.

/** A cache storage whose caches accept everything and keep nothing. */
export function createCaches(): object {
  const cache = {
    match: async () => undefined,
    matchAll: async () => [],
    add: async () => undefined,
    addAll: async () => undefined,
    put: async () => undefined,
    delete: async () => false,
    keys: async () => [],
  };
  return {
    open: async () => cache,
    match: async () => undefined,
    has: async () => false,
    delete: async () => false,
    keys: async () => [],
  };
}

/** A service worker container that refuses registrations by promise. */
export function createServiceWorkers(): EventTarget {
  const refusal = () =>
    Promise.reject(new DOMException('Service workers are not available in a task.', 'SecurityError'));
  return Object.assign(new EventTarget(), {
    controller: null,
    ready: new Promise(() => undefined),
    oncontrollerchange: null,
    onmessage: null,
    register: refusal,
    getRegistration: async () => undefined,
    getRegistrations: async () => [],
    startMessages: () => undefined,
  });
}

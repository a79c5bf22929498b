// An in-memory Storage: localStorage and sessionStorage throw in a frame of opaque origin.

/**
 * Makes a stand-in for `localStorage` that lives as long as the page.
 * Items can be used through the methods and as properties, like those of the real one.
 */
export function createStorage(): Storage {
  const items = new Map<string, string>();
  const methods: Record<string, unknown> = {
    getItem: (key: unknown) => items.get(String(key)) ?? null,
    setItem: (key: unknown, value: unknown) => void items.set(String(key), String(value)),
    removeItem: (key: unknown) => void items.delete(String(key)),
    clear: () => items.clear(),
    key: (index: number) => [...items.keys()][index] ?? null,
  };
  return new Proxy<Storage>(Object.create(Storage.prototype), {
    get(target, key) {
      if (typeof key === 'symbol') return Reflect.get(target, key);
      if (key === 'length') return items.size;
      return (
        methods[key] ?? items.get(key) ?? (key in Object.prototype ? Reflect.get(Object.prototype, key) : undefined)
      );
    },
    set(_target, key, value) {
      items.set(String(key), String(value));
      return true;
    },
    has: (target, key) => (typeof key === 'string' && items.has(key)) || Reflect.has(target, key),
    deleteProperty(_target, key) {
      items.delete(String(key));
      return true;
    },
    ownKeys: () => [...items.keys()],
    getOwnPropertyDescriptor(_target, key) {
      const value = typeof key === 'string' ? items.get(key) : undefined;
      return value === undefined ? undefined : { value, writable: true, enumerable: true, configurable: true };
    },
  });
}

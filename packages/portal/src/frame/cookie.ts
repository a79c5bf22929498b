// An in-memory document.cookie: the real one throws in a frame of opaque origin.

/** Makes the getter and setter of `document.cookie` over a jar that lives as long as the page. */
export function createCookie(now: () => number): { get: () => string; set: (text: unknown) => void } {
  const jar = new Map<string, { value: string; expires: number }>();
  return {
    get() {
      for (const [name, cookie] of jar) if (cookie.expires <= now()) jar.delete(name);
      return [...jar].map(([name, { value }]) => (name === '' ? value : `${name}=${value}`)).join('; ');
    },
    set(text) {
      const [pair = '', ...attributes] = String(text).split(';');
      const equals = pair.indexOf('=');
      const name = equals < 0 ? '' : pair.slice(0, equals).trim();
      const value = pair.slice(equals + 1).trim();
      if (name === '' && value === '') return;
      jar.delete(name);
      jar.set(name, { value, expires: expiry(attributes, now()) });
    },
  };
}

/** Max-Age wins over Expires (RFC 6265, 5.3). */
function expiry(attributes: readonly string[], now: number): number {
  let expires = Number.POSITIVE_INFINITY;
  for (const attribute of attributes) {
    const [key = '', value = ''] = attribute.split('=', 2);
    if (/^\s*max-age\s*$/i.test(key) && /^\s*-?\d+\s*$/.test(value)) return now + Number(value) * 1000;
    if (/^\s*expires\s*$/i.test(key)) {
      const time = Date.parse(value);
      if (!Number.isNaN(time)) expires = time;
    }
  }
  return expires;
}
